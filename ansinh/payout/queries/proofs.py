"""Proofs of the payout: questions over all orders, batches, results and their books whose right answer is nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ansinh.funds.types import FUND_NAMES
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.queries.recovery_proofs import RECOVERY_PROOFS
from ansinh.payout.queries.year_ends import YEAR_END_PROOFS
from ansinh.payout.states import ORDER_STATE_NAMES, OUTCOME_NAMES
from ansinh.platform import sql
from ansinh.platform.proofs import Break, Proof

_WRONG_RESULT = {
    "changed": "đã bị sửa sau khi ghi",
    "of_no_order": "không còn lệnh chi",
    "other_amount": "khác số tiền của lệnh chi",
    "not_presented": "không thuộc đợt chi nào đã xuất",
    "other_presentation": "không khớp xã hoặc lượt của lần trình chi",
    "other_recording": "không khớp lần báo kết quả",
    "reverses_nothing": "trả lại mà không có khoản chi tương ứng",
}
_DID = {"prepare": "lập", "approve": "phê duyệt", "release": "xuất chi", "pay": "chi trả"}


def find_lines_without_orders() -> list[Break]:
    """Per run with orders (those paid with it counted with it), person and fund: the sum of lines, and the sum of
    standing orders and what was withheld less claims."""
    return [
        Break(
            f"Kỳ chi trả {row['run_id']}, người số {row['person_id']}, {_fund(row)}: danh sách "
            f"{Dong(row['lines_dong'])} đồng, lệnh chi {Dong(row['orders_dong'])} đồng, "
            f"đã khấu trừ {Dong(row['withheld_dong'])} đồng, phải thu hồi {Dong(row['claims_dong'])} đồng",
            _plain(row),
            row["commune_code"],
        )
        for row in sql.rows("payout/find_lines_without_orders")
    ]


def find_changed_orders() -> list[Break]:
    """Each order's digest at issue, the sum of its parts and the roster entry it was made from, and the same as the
    order stands now."""
    return [
        Break(
            f"{_order(row)}: {Dong(row['amount_dong'])} đồng, các nguồn cộng {Dong(row['parts_dong'])} đồng; "
            "nội dung không còn như lúc lập",
            _plain(row),
            row["commune_code"],
        )
        for row in sql.rows("payout/find_changed_orders")
    ]


def find_changed_batches() -> list[Break]:
    """Each batch's declared count, total and digest, and those of its items; its payer and channel and theirs; its
    place, month and people and those of its run."""
    return [
        Break(
            f"Đợt chi {row['batch_id']} tháng {_vi(row['month'])} ({row['payer']}): khai {row['declared_count']} lệnh, "
            f"{Dong(row['declared_dong'])} đồng; các dòng có {row['items']} lệnh, {Dong(row['amount_dong'])} đồng; "
            "hoặc khác kỳ chi trả, khác tổ chức chi trả",
            _plain(row),
            row["place_code"],
        )
        for row in sql.rows("payout/find_changed_batches")
    ]


def find_misplaced_orders() -> list[Break]:
    """Each order's state, batch and round, and what its presentations, results and cancellation say they are."""
    return [
        Break(
            f'{_order(row)} đang ở trạng thái "{_state(row["state"])}", theo chứng từ phải là '
            f'"{_state(row["expected_state"])}", hoặc sai đợt chi, sai lượt',
            _plain(row),
            row["commune_code"],
        )
        for row in sql.rows("payout/find_misplaced_orders")
    ]


def find_wrong_results() -> list[Break]:
    """Each result's digest, and its amount, presentation, recording and reversed payment against those it names."""
    return [
        Break(
            f"Kết quả {row['result_id']} ({OUTCOME_NAMES.get(row['kind'], row['kind']).lower()} "
            f"{Dong(row['amount_dong'])} đồng) của lệnh chi {row['code']} ({Dong(row['listed_dong'])} đồng): "
            f"{_WRONG_RESULT[row['why']]}",
            _plain(row),
            row["commune_code"],
        )
        for row in sql.rows("payout/find_wrong_results")
    ]


def find_doubled_payments() -> list[Break]:
    """Per person and month's list of a programme: payments less those that came back, against one; against none of an
    order given up."""
    return [
        Break(
            f"Người số {row['person_id']}, danh sách tháng {_vi(row['month'])}: {row['payments']} lần chi còn hiệu lực "
            f"({row['codes']})" + (", có lệnh đã hủy" if row["cancelled"] else ""),
            _plain(row),
            row["commune_code"],
        )
        for row in sql.rows("payout/find_doubled_payments")
    ]


def find_doubled_orders() -> list[Break]:
    """Per person, listed month and programme or occasion: the number of live orders, and one."""
    return [
        Break(
            f"Người số {row['person_id']}, tháng {_vi(row['month'])}: {row['orders']} lệnh chi ({row['codes']})",
            _plain(row),
            row["commune_code"],
        )
        for row in sql.rows("payout/find_doubled_orders")
    ]


def find_doubled_presentations() -> list[Break]:
    """Each order's presentations in batches not released or cancelled, and one at most, of an order free for it."""
    return [
        Break(
            f"{_order(row)} nằm trong các đợt chi {', '.join(map(str, row['batch_ids']))} cùng lúc, "
            "hoặc trong đợt không còn chờ",
            _plain(row),
            row["commune_code"],
        )
        for row in sql.rows("payout/find_doubled_presentations")
    ]


def find_unbooked_results() -> list[Break]:
    """Per batch, settlement month, commune and fund: payments less payments that came back, and what the books moved
    off what is owed."""
    return [
        Break(
            f"{row['document'].replace('batch:', 'Đợt chi ')}, tháng {_vi(row['month'])}, xã {row['commune_code']}, "
            f"{_fund(row)}: kết quả {Dong(row['said_dong'])} đồng, sổ cái {Dong(row['booked_dong'])} đồng",
            _plain(row),
            row["commune_code"],
        )
        for row in sql.rows("payout/find_unbooked_results")
    ]


def find_unbooked_orders() -> list[Break]:
    """Per payer, commune and fund: orders not yet paid, and what the books say is owed to people; claims less all that
    lessened them, and what the books say is to be recovered."""
    return [
        Break(
            f"Xã {row['commune_code']}, {row['payer'] or 'thu hồi'}, {_fund(row)}: "
            f"{'lệnh chi còn phải trả' if row['kind'] == 'owed' else 'khoản phải thu hồi'} "
            f"{Dong(abs(row['said_dong']))} đồng, sổ cái {Dong(abs(row['booked_dong']))} đồng",
            _plain(row),
            row["commune_code"],
        )
        for row in sql.rows("payout/find_unbooked_orders")
    ]


def find_same_people() -> list[Break]:
    """Per batch: who listed and approved its run and those paid with it, released, and paid or reported, pairwise."""
    return [
        Break(
            f"Đợt chi {row['batch_id']} tháng {_vi(row['month'])}: người dùng số {row['user_id']} làm nhiều bước "
            f"({', '.join(_DID[did] for did in row['did'])})",
            _plain(row),
            row["place_code"],
        )
        for row in sql.rows("payout/find_same_people")
    ]


def find_unauthorised_payments() -> list[Break]:
    """Each payment to an agent against the authorisation's last day; each fingerprint against name and relation."""
    return [
        Break(
            f"Lệnh chi {row['code']}: chi ngày {_day(row['happened_on'])} cho {row['receiver_name'] or '(không tên)'}, "
            f"ủy quyền đến {_day(row['authorised_until'])}, {row['proof']}",
            _plain(row),
            row["commune_code"],
        )
        for row in sql.rows("payout/find_unauthorised_payments")
    ]


def find_other_recordings() -> list[Break]:
    """Each report's number of results taken in and their sums, and those of the results it left."""
    return [
        Break(
            f"Lần báo kết quả {row['recording_id']} ({row['source_key']}): ghi nhận {row['applied']} dòng, "
            f"{Dong(row['paid_dong'])} đồng đã chi; kết quả có {row['results']} dòng, {Dong(row['found_dong'])} đồng",
            _plain(row),
        )
        for row in sql.rows("payout/find_other_recordings")
    ]


def find_released_held() -> list[Break]:
    """Each order's releases, and the days from a hold on it, or on its person, until it was lifted."""
    return [
        Break(
            f"{_order(row)} đã xuất chi (đợt chi {row['batch_id']}) trong khi đang tạm giữ (lượt số {row['hold_id']})",
            _plain(row),
            row["commune_code"],
        )
        for row in sql.rows("payout/find_released_held")
    ]


PROOFS: tuple[Proof, ...] = (
    Proof("order_equals_lines", 4, "Lệnh chi và khấu trừ trừ khoản thu hồi bằng danh sách", find_lines_without_orders),
    Proof("order_is_unchanged", 3, "Lệnh chi còn nguyên như lúc lập, đủ nguồn kinh phí", find_changed_orders),
    Proof("batch_is_as_declared", 3, "Đợt chi đúng số lệnh, số tiền và nội dung đã khai", find_changed_batches),
    Proof("order_stands_by_results", 2, "Trạng thái lệnh chi khớp các kết quả", find_misplaced_orders),
    Proof("result_is_unchanged", 10, "Kết quả chi trả còn nguyên và khớp lệnh chi", find_wrong_results),
    Proof("paid_once", 2, "Mỗi người chỉ được chi một lần cho một danh sách", find_doubled_payments),
    Proof("one_order_a_month", 9, "Mỗi người mỗi tháng chỉ có một lệnh chi", find_doubled_orders),
    Proof("presented_once", 2, "Không lệnh chi nào nằm trong hai đợt chi đang chờ", find_doubled_presentations),
    Proof("results_sum_to_ledger", 4, "Kết quả chi trả khớp sổ cái", find_unbooked_results),
    Proof("orders_sum_to_ledger", 4, "Lệnh chi chưa trả và khoản thu hồi khớp sổ cái", find_unbooked_orders),
    Proof("people_differ", 6, "Người lập, duyệt, xuất chi và chi trả khác nhau", find_same_people),
    Proof("agent_is_authorised", 7, "Nhận thay có ủy quyền, điểm chỉ có họ tên", find_unauthorised_payments),
    Proof("recording_is_as_counted", 4, "Lần báo kết quả đúng số dòng, số tiền đã ghi", find_other_recordings),
    Proof("held_is_not_released", 6, "Không lệnh chi nào xuất đi trong khi đang tạm giữ", find_released_held),
    *RECOVERY_PROOFS,
    *YEAR_END_PROOFS,
)


def _order(row: Mapping[str, Any]) -> str:
    return f"Lệnh chi {row['code']} tháng {_vi(row['month'])} của người số {row['person_id']}"


def _state(state: str) -> str:
    return ORDER_STATE_NAMES.get(state, state)


def _fund(row: Mapping[str, Any]) -> str:
    return FUND_NAMES.get(row["fund"], str(row["fund"]))


def _vi(month: date) -> str:
    return Month.containing(month).vi


def _day(on: date | None) -> str:
    return f"{on:%d/%m/%Y}" if on else "(không có)"


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its days as text."""
    return {key: value if isinstance(value, (int, str, list)) else str(value) for key, value in row.items()}
