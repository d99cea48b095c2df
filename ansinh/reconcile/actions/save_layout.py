"""Save how a payer's own results files are laid out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.funds.queries import get_payer
from ansinh.kernel.digest import digest_of
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.reconcile.models import Layout
from ansinh.reconcile.queries.files import find_layout
from ansinh.reconcile.reader import FIELD_NAMES, NEEDED, TICKS, word_key
from ansinh.reconcile.states import OUTCOMES
from ansinh.reconcile.types import LayoutSaved

_LONGEST_NAME = 100


class LayoutWithoutName(Refusal):
    """Mẫu tệp cần một tên không quá 100 ký tự, ví dụ: Tệp kết quả của Bưu điện tỉnh."""


class LayoutSaysNothing(Refusal):
    """Mẫu tệp chưa khai tiêu đề hay từ nào. Hãy khai ít nhất một tiêu đề cột hoặc một từ chỉ kết quả."""


class UnknownField(Refusal):
    """Không có cột "{field}". Các cột khai được: {fields}."""


class LayoutIncomplete(Refusal):
    """Mẫu tệp còn thiếu cột: {missing}. Thiếu các cột này thì không đối chiếu được kết quả với lệnh chi."""


class HeadingUsedTwice(Refusal):
    """Tiêu đề "{heading}" được khai cho hơn một cột, hoặc để trống. Mỗi cột phải có một tiêu đề riêng."""


class UnknownOutcome(Refusal):
    """Từ "{word}" được khai nghĩa là "{outcome}", nhưng nghĩa chỉ có thể là paid (đã trả), unpaid (chưa trả) hoặc
    returned (hoàn trả), và từ không được để trống."""


@action(permission="reconcile.save_layout", name="Khai mẫu tệp của tổ chức chi trả")
def save_layout(
    *, payer: str, name: str, columns: Mapping[str, str], words: Mapping[str, str], by: Actor, at: datetime
) -> LayoutSaved:
    """Say which of the payer's headings holds which of our fields, and what their own words mean.

    `columns`: our field → their heading (none: the headings are ours); `words`: their word → paid | unpaid | returned.
    The newest layout counts for files to come. Refuses another's payer (OtherPayer), unknown fields and outcomes, a
    heading used twice, and columns without the order code, the amount or the outcome.
    """
    get_payer(payer)
    by.must_serve(payer)
    if not 0 < len(name.strip()) <= _LONGEST_NAME:
        raise LayoutWithoutName()
    if not columns and not words:
        raise LayoutSaysNothing()
    _check_columns(columns)
    for word, outcome in words.items():
        if outcome not in OUTCOMES or not word_key(word):
            raise UnknownOutcome(word=word, outcome=outcome)
    digest = digest_of({"name": name.strip(), "columns": columns, "words": words})
    newest = find_layout(payer)
    if newest is not None and newest.digest == digest:
        return LayoutSaved(newest.pk, changed=False)
    layout = Layout.objects.create(
        payer=payer, name=name.strip(), columns=dict(columns), words=dict(words), digest=digest, saved_at=at,
        saved_by=by.user_id,
    )  # fmt: skip
    return LayoutSaved(layout.pk, changed=True)


def _check_columns(columns: Mapping[str, str]) -> None:
    known = {**FIELD_NAMES, **TICKS}
    for field in columns:
        if field not in known:
            raise UnknownField(field=field, fields=", ".join(known))
    keys = Counter(word_key(heading) for heading in columns.values())
    for heading in columns.values():
        if not word_key(heading) or keys[word_key(heading)] > 1:
            raise HeadingUsedTwice(heading=heading)
    ticked = not columns.keys().isdisjoint(TICKS)
    missing = [name for name in NEEDED if name not in columns and not (name == "outcome" and ticked)]
    if columns and missing:
        raise LayoutIncomplete(missing=", ".join(f'"{FIELD_NAMES[name]}" ({name})' for name in missing))
