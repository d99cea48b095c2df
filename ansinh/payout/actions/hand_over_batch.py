"""The payer has a batch's list: said once, answered the same however often the line breaks."""

from __future__ import annotations

import re
from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.digest import short_digest
from ansinh.kernel.refusal import Refusal
from ansinh.payout.batches import lock_batch, must_be_another, must_have_told_nothing, people_of_lists
from ansinh.payout.models import Batch
from ansinh.payout.types import BatchHandedOver
from ansinh.platform.action import action

_DIGEST = re.compile(r"[0-9a-f]{64}")


class BatchNotReleased(Refusal):
    """Đợt chi số {batch_id} chưa được xuất chi nên chưa giao cho tổ chức chi trả. Hãy chờ kế toán xuất chi."""


class OtherFileHandedOver(Refusal):
    """Đợt chi số {batch_id} đã được giao với tệp có mã {given}, khác tệp đang giao (mã {asked}).
    Hãy dùng đúng tệp đã giao; nếu không còn, tải lại danh sách của đợt chi này."""


class WrongFileDigest(Refusal):
    """Mã tệp "{text}" không đúng dạng (64 chữ số thập lục phân). Hãy dùng mã SHA-256 của tệp đã tải."""


@action(permission="payout.hand_over_batch", name="Giao danh sách chi trả")
def hand_over_batch(*, batch_id: int, file_digest: str, by: Actor, at: datetime) -> BatchHandedOver:
    """Record that the payer has the batch's list; again with the same digest gives the same answer.

    `file_digest` is the SHA-256 of the list handed over. Refuses a batch not released (BatchNotReleased), another
    file than the first (OtherFileHandedOver), and whoever listed, approved or released it (SamePersonInChain).
    """
    if _DIGEST.fullmatch(file_digest) is None:
        raise WrongFileDigest(text=file_digest[:80])
    batch = lock_batch(batch_id, by=by)
    if batch.state != "RELEASED":
        raise BatchNotReleased(batch_id=batch.pk)
    people = (*people_of_lists(batch), batch.issued_by, batch.released_by)
    must_be_another(by, people, action="Giao danh sách chi trả")
    must_have_told_nothing(by, batch, action="Giao danh sách chi trả")
    handed_over_at = batch.handed_over_at or at
    if batch.handed_over_at is None:
        Batch.objects.filter(pk=batch.pk).update(handed_over_at=at, handed_over_by=by.user_id, file_digest=file_digest)
    elif batch.file_digest != file_digest:
        raise OtherFileHandedOver(
            batch_id=batch.pk, given=short_digest(batch.file_digest), asked=short_digest(file_digest)
        )
    return BatchHandedOver(
        batch.pk, str(batch.key), file_digest, handed_over_at, batch.declared_count, batch.declared_dong
    )
