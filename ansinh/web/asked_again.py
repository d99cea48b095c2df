"""An act that needs a better proof of who one is: keep what was typed, ask for the proof, come back to it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ansinh.access.types import SecondFactorNeeded, SignInAgainNeeded
from ansinh.platform.sealing import seal, unseal

_WAITING = "act_waiting"
# What a form of an act holds at most; a larger one is filled in again.
_LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class WaitingAct:
    """A form that was sent and waits for the proof: what it does, where it goes, what was typed, where it stood."""

    what: str
    path: str
    fields: tuple[tuple[str, str], ...]
    before: str


def ask_again(request: HttpRequest, refusal: SecondFactorNeeded | SignInAgainNeeded, *, before: str) -> HttpResponse:
    """The page that asks for the missing proof. A form sent waits, sealed; `before` is the page it stood on."""
    if request.method == "POST":
        wanted = reverse("web:waiting_act") if _keep(request, str(refusal.facts["what"]), before) else before
    else:
        wanted = request.get_full_path()
    if isinstance(refusal, SecondFactorNeeded) and not is_mfa_enabled(request.user):
        return _shown(request, refusal, before)
    ways = get_adapter().get_reauthentication_methods(request.user)
    if isinstance(refusal, SecondFactorNeeded):
        ways = [way for way in ways if way["id"].startswith("mfa")]
    if not ways:
        return _shown(request, refusal, before)
    return _gone_to(request, f"{ways[0]['url']}?{urlencode({'next': wanted})}")


def take_waiting(request: HttpRequest) -> WaitingAct | None:
    """The act that waits, taken out of the session: it can be done once."""
    sealed = request.session.pop(_WAITING, None)
    if sealed is None:
        return None
    kept = json.loads(unseal(base64.b64decode(sealed), kind=_WAITING))
    fields = tuple((name, value) for name, value in kept["fields"])
    return WaitingAct(kept["what"], kept["path"], fields, kept["before"])


def has_waiting(request: HttpRequest) -> bool:
    """Whether an act waits for a proof."""
    return _WAITING in request.session


def _keep(request: HttpRequest, what: str, before: str) -> bool:
    """Seal what was typed into the session; a file, or very much, is not kept and has to be given again."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in map(str, values)
    ]
    kept = json.dumps({"what": what, "path": request.get_full_path(), "fields": fields, "before": before})
    if request.FILES or len(kept) > _LARGEST:
        messages.info(request, _("Xác nhận xong, hãy chọn tệp và gửi lại."))
        return False
    request.session[_WAITING] = base64.b64encode(seal(kept, kind=_WAITING)).decode()
    return True


def _shown(request: HttpRequest, refusal: SecondFactorNeeded | SignInAgainNeeded, before: str) -> HttpResponse:
    """The page that leads to setting up a second factor."""
    page = render(request, "web/security/needed.html", {"refusal": refusal, "before": before}, status=403)
    if "HX-Request" in request.headers:
        page["HX-Retarget"], page["HX-Reswap"] = "body", "outerHTML"
    return page


def _gone_to(request: HttpRequest, address: str) -> HttpResponse:
    """There; a part of a page asks the whole page to go."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
