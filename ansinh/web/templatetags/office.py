"""How money, months, numbers and words of state are written on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from ansinh.kernel.digest import short_digest
from ansinh.kernel.grouped import grouped
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.kernel.unspoken import speaks_of_hidden
from ansinh.policy import load_pack
from ansinh.web import change_names, job_words, money_words, upcoming_words, wording
from ansinh.web.seeing import may

register = template.Library()
_NUMBER = re.compile(r"\d+")

_TABLES: dict[str, Mapping[str, Promise]] = {
    "state": wording.STATES,
    "kind": wording.KINDS,
    "occasion": wording.OCCASIONS,
    "change": wording.CHANGES,
    "severity": wording.SEVERITIES,
    "sex": wording.SEXES,
    "role": wording.ROLES,
    "role_work": wording.ROLE_WORK,
    "number": wording.NUMBERS,
    "due": wording.DUE,
    **money_words.TABLES,
    **upcoming_words.TABLES,
    **change_names.TABLES,
    **job_words.TABLES,
}


@register.filter(name="may")
def may_see(request: HttpRequest, permission: str) -> bool:
    """Whether whoever asks holds an act or a sight: pages show no way to what is refused."""
    return may(request, permission)


@register.filter
def list_code(digest: str) -> str:
    """The digest of a list as its paper shows it; nothing while the list is not fixed."""
    return short_digest(digest) if digest else "–"


@register.filter
def dong(amount: Dong | int | None) -> str:
    """ "1.234.000 đ", the unit held to the number; a dash where there is no amount."""
    if amount is None:
        return "–"
    value = int(amount)
    sign = "−" if value < 0 else ""
    return f"{sign}{grouped(abs(value))}\u00a0đ"


@register.filter
def more(amount: Dong) -> str:
    """ "+1.234.000 đ" for what comes on top, "−5.000 đ" for less."""
    return f"+{dong(amount)}" if amount.value > 0 else dong(amount)


@register.filter
def count(number: int) -> str:
    """ "2.454"."""
    return grouped(number)


@register.filter
def month(value: Month | None) -> str:
    """ "08/2020"; nothing for none."""
    return "" if value is None else value.vi


@register.filter
def last_month(ends: Month | None) -> str:
    """The last month of a span whose end is its first month no longer covered."""
    return "" if ends is None else (ends + -1).vi


@register.filter
def coefficient(number: Decimal | None) -> str:
    """ "1,5"."""
    return "" if number is None else f"{number.normalize():f}".replace(".", ",")


@register.filter
def said(key: Any, table: str) -> str:
    """The word for a key of one of the tables of `wording`; the key itself where the table has none."""
    return str(_TABLES[table].get(str(key), key))


@register.filter
def veil(text: str) -> str:
    """Words somebody typed, unless they speak of what never stands beside a name."""
    return str(_("(nội dung được che)")) if speaks_of_hidden(str(text)) else text


@register.filter
def told(sentence: str) -> str:
    """A short sentence of a lower floor in the visitor's language, with the one number it may hold; else as it came."""
    number = _NUMBER.search(sentence)
    if number is None:
        return gettext(sentence) if sentence else ""
    return gettext(_NUMBER.sub("%(number)s", sentence, count=1)).replace("%(number)s", number[0])


@register.filter
def category(code: str) -> str:
    """The name of a category; for pages of one person only."""
    return next((one.name_vi for one in load_pack().categories if one.code == code), code)


@register.filter
def happening(said: str) -> str:
    """What the calendar does, in the visitor's language."""
    return upcoming_words.happening(said)


@register.filter
def at(table: Mapping[Any, Any], key: Any) -> Any:
    """The entry of a table under a key, or the key itself."""
    return table.get(key, key)


@register.simple_tag
def badge(key: str, table: str) -> SafeString:
    """A word of state in its colour; the word says all, the colour only helps."""
    return format_html('<span class="badge badge--{}">{}</span>', key.lower(), said(key, table))


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The page's own query string with some parts changed; a part set to '' is left out, and so is the page number."""
    parts: QueryDict = context["request"].GET.copy()
    parts.pop("page", None)
    for key, value in changes.items():
        if value in ("", None):
            parts.pop(key, None)
        else:
            parts[key] = str(value)
    return f"?{parts.urlencode()}" if parts else "?"
