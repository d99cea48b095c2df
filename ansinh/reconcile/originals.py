"""Payers' files as they came: sealed, a text packed first, as a nation's is large and much the same row after row."""

from __future__ import annotations

import gzip

from ansinh.platform.sealing import seal, unseal

# Bound into the seal of a kept original, so that it cannot be passed off as anything else.
ORIGINAL = "results_file"
# How a packed text begins; no file that came in does: what is packed this way is refused (platform.sheets).
_PACKED = b"\x1f\x8b"
# A workbook is packed already.
_ZIP = b"PK"


def seal_original(content: bytes) -> bytes:
    """The file as it is kept."""
    kept = content if content.startswith(_ZIP) else gzip.compress(content, compresslevel=1, mtime=0)
    return seal(kept, kind=ORIGINAL)


def open_original(sealed: bytes) -> bytes:
    """The very bytes that came in; refuses (WrongSealingKey) without their key."""
    kept = unseal(sealed, kind=ORIGINAL)
    return gzip.decompress(kept) if kept.startswith(_PACKED) else kept
