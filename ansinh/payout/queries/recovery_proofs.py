"""Proofs of what people owe back: amounts, states, entries and decisions are what they say of one another."""

from __future__ import annotations

from ansinh.kernel.money import Dong
from ansinh.payout.models import RecoveryDecision
from ansinh.payout.recoveries import digest_of_decision
from ansinh.payout.states import RECOVERY_ENTRIES, RECOVERY_STATE_NAMES
from ansinh.platform import sql
from ansinh.platform.proofs import Break, Proof

_WRONG_ENTRY = {
    "of_nothing": "không còn khoản phải thu hồi",
    "other_order": "không đúng kỳ hoặc người của lệnh chi",
    "other_person": "khấu trừ vào tiền của người khác",
    "not_given_back": "lệnh chi đã hủy mà khoản khấu trừ chưa trả lại",
    "other_decision": "không đúng quyết định",
    "other_voucher": "không đúng chứng từ",
    "other_reversal": "trả lại không khớp khoản đã khấu trừ",
    "voucher_without_entries": "chứng từ nộp tiền không khớp số đã trừ",
    "no_voucher": "sổ cái ghi tiền nộp lại mà không có chứng từ",
}


def find_wrong_recoveries() -> list[Break]:
    """Each recovery's amount and the sum of its claims; its state, and what its entries and last decision say it is."""
    return [
        Break(
            f"Khoản phải thu hồi {row['recovery_id'] or '(không có)'} của người số {row['person_id']}: "
            f"{Dong(row['amount_dong'])} đồng, danh sách {Dong(row['claimed_dong'])} đồng, "
            f"còn {Dong(row['open_dong'])} đồng, "
            f'trạng thái "{RECOVERY_STATE_NAMES.get(row["state"], row["state"])}" không khớp',
            row,
            row["commune_code"],
        )
        for row in sql.rows("payout/find_wrong_recoveries")
    ]


def find_wrong_entries() -> list[Break]:
    """Each amount withheld, repaid, written off or given back, and the order, decision, voucher, entry it rests on."""
    return [
        Break(
            f"Khoản phải thu hồi {row['recovery_id'] or '(không có)'} của người số {row['person_id']}: "
            f"{RECOVERY_ENTRIES.get(row['kind'], row['kind']).lower()} {Dong(row['amount_dong'])} đồng: "
            f"{_WRONG_ENTRY[row['why']]}",
            row,
            row["commune_code"],
        )
        for row in sql.rows("payout/find_wrong_entries")
    ]


def find_changed_decisions() -> list[Break]:
    """Each decision on a recovery: its digest when it was made, and the same as it stands now."""
    return [
        Break(
            f"Quyết định {decision.decision_no or decision.pk} về khoản phải thu hồi {decision.recovery_id}: nội dung "
            "không còn như lúc ghi",
            {"recovery_id": decision.recovery_id, "decision_id": decision.pk},
        )
        for decision in RecoveryDecision.objects.order_by("pk")
        if decision.digest != digest_of_decision(decision)
    ]


RECOVERY_PROOFS: tuple[Proof, ...] = (
    Proof("recovery_stands_by_entries", 4, "Khoản phải thu hồi khớp danh sách và các lần thu", find_wrong_recoveries),
    Proof("recovered_rests_on_papers", 4, "Mỗi lần khấu trừ, nộp lại, xóa đều có căn cứ", find_wrong_entries),
    Proof("recovery_decision_unchanged", 10, "Quyết định thu hồi còn nguyên như lúc ghi", find_changed_decisions),
)
