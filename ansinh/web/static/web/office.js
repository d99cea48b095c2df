// Small kindnesses; every page works without them.
// 1. A form is sent once: its button says that the work is under way, and so does the note it names, with a clock.
// 2. One box ticks all boxes of a name.
// 3. A panel that opens comes into sight; Esc closes it and gives the focus back, and so does a press beside it.
"use strict";

let clock = 0;

function showBusy(note) {
  const begun = Date.now();
  const said = note.querySelector("[data-clock]");
  note.hidden = false;
  note.scrollIntoView({ block: "nearest" });
  clock = setInterval(() => {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    said.textContent = `${said.dataset.clock} ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }, 1000);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("data-again")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  const note = document.getElementById(form.dataset.busy ?? "");
  if (note) showBusy(note);
});

// Coming back by the browser's own button shows the page as it was kept: forms may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  for (const note of document.querySelectorAll(".busy")) note.hidden = true;
  clearInterval(clock);
});

function openPanels() {
  return document.querySelectorAll("details.act[open]");
}

// A toggle does not bubble: it is met on its way down.
document.addEventListener("toggle", (event) => {
  if (event.target.matches("details.act[open]")) event.target.scrollIntoView({ block: "nearest" });
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const panel of openPanels()) {
    panel.open = false;
    panel.querySelector("summary").focus();
  }
});

document.addEventListener("click", (event) => {
  for (const panel of openPanels()) if (!panel.contains(event.target)) panel.open = false;
});

document.addEventListener("change", (event) => {
  const name = event.target.dataset.checkAll;
  if (!name) return;
  for (const box of document.getElementsByName(name)) box.checked = event.target.checked;
});
