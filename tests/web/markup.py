"""What may not stand in a page: anything the content policy would refuse, or that leads off this site."""

from __future__ import annotations

from html.parser import HTMLParser

_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster"})
_NEVER = frozenset({"style", "iframe", "object", "embed", "applet", "base"})
_CODE = ("javascript:", "data:", "vbscript:")


def inline_faults(page: str) -> list[str]:
    """Each inline script, style, event attribute, foreign address or unguarded form of a page, as it stands there."""
    walk = _Walk()
    walk.feed(page)
    walk.close()
    walk.leave_form()
    return walk.faults


class _Walk(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self._posts: tuple[str, bool] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Looks at one element."""
        said = {name: value or "" for name, value in attrs}
        shown = self.get_starttag_text() or tag
        if tag in _NEVER or (tag == "script" and not said.get("src")):
            self.faults.append(shown)
        for name, value in said.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                self.faults.append(shown)
            if name in _ADDRESSES and (value.strip().lower().startswith(_CODE) or "//" in value.partition("?")[0][:8]):
                self.faults.append(shown)
        if tag == "form" and said.get("method", "").lower() == "post":
            self._posts = (shown, False)
        if tag == "input" and said.get("name") == "csrfmiddlewaretoken" and self._posts:
            self._posts = (self._posts[0], True)

    def handle_endtag(self, tag: str) -> None:
        """A form that writes bears its token."""
        if tag == "form":
            self.leave_form()

    def leave_form(self) -> None:
        """Notes a form that was sent without a token."""
        if self._posts and not self._posts[1]:
            self.faults.append(self._posts[0])
        self._posts = None
