"""Articles of law as data ("d5.k5.c") and as Vietnamese papers print them ("điểm c khoản 5 Điều 5")."""

from __future__ import annotations

import re
from functools import cache

_WRITTEN = re.compile(r"d(?P<article>\d{1,3})(\.k(?P<clause>\d{1,2})(\.(?P<point>[a-zđ]))?)?")


def is_article(text: str) -> bool:
    """Whether the text names an article in the pack's short form."""
    return _WRITTEN.fullmatch(text) is not None


@cache
def printed(article: str) -> str:
    """The short form as papers print it.

    >>> printed("d6.k1.đ")
    'điểm đ khoản 1 Điều 6'
    """
    found = _WRITTEN.fullmatch(article)
    if found is None:
        return article
    parts = [f"Điều {found['article']}"]
    if found["clause"]:
        parts.insert(0, f"khoản {found['clause']}")
    if found["point"]:
        parts.insert(0, f"điểm {found['point']}")
    return " ".join(parts)


def cited(places: list[tuple[str, str]]) -> str:
    """Places (title of the instrument, article) as one citation; articles of one instrument share its title.

    >>> cited([("Nghị định 136/2013/NĐ-CP", "d5.k5.b"), ("Nghị định 136/2013/NĐ-CP", "d6")])
    'điểm b khoản 5 Điều 5, Điều 6 Nghị định 136/2013/NĐ-CP'
    """
    by_title: dict[str, list[str]] = {}
    for title, article in places:
        articles = by_title.setdefault(title, [])
        if printed(article) not in articles:
            articles.append(printed(article))
    return "; ".join(f"{', '.join(articles)} {title}" for title, articles in by_title.items())
