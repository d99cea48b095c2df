// The button that makes or uses a passkey: which of allauth's ways it takes stands on it (data-passkey).
// Where the browser makes or uses none, the page says so; the other ways stand beside it.
"use strict";

const button = document.querySelector("[data-passkey]");
const form = button.closest("form");

window.allauth.webauthn.forms[button.dataset.passkey]({
  ids: {
    login: button.id,
    add: button.id,
    authenticate: button.id,
    credential: form.querySelector("[name=credential]").id,
    passwordless: form.querySelector("[name=passwordless]")?.id,
    data: "passkey-request",
  },
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-fault").hidden = false;
});
