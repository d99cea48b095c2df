"""What a page says: its text without markup, its messages."""

from __future__ import annotations

import html
import re
from typing import Any


def text_of(response: Any) -> str:
    """The words of a page, spaces single, tags and attributes gone."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def messages_of(response: Any) -> list[str]:
    """What the page tells the visitor about what they just did."""
    return [str(message) for message in response.context["messages"]]
