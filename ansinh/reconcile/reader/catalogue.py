"""Every finding a results file can bring: its code, how grave it is, its sentence. The code is stable.

A set-aside finding says what was read, why it cannot be used, and the way out.
"""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.platform.sheets.marking import ERROR, INFO, WARNING


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding. `sets_aside`: the row cannot be recorded."""

    severity: str
    message: str
    sets_aside: bool = False


def _set_aside(**messages: str) -> dict[str, FindingKind]:
    return {code: FindingKind(ERROR, message, sets_aside=True) for code, message in messages.items()}


KINDS: dict[str, FindingKind] = {
    **_set_aside(
        no_order_code=(
            "Dòng có kết quả nhưng ô {cell} không có mã lệnh chi, nên không biết là của ai. Hãy ghi mã lệnh chi như "
            "trên danh sách đã gửi."
        ),
        bad_order_code=(
            'Ô {cell} ghi "{text}", không phải mã lệnh chi. Mã gồm hai chữ AS và các chữ số, ví dụ AS79444; hãy chép '
            "lại từ danh sách đã gửi."
        ),
        unknown_word=(
            'Ô {cell} ghi "{text}", không hiểu là đã trả hay chưa. Hãy ghi Đã trả, Chưa trả hoặc Hoàn trả; hoặc khai '
            "từ này một lần trong mẫu tệp của tổ chức chi trả."
        ),
        two_outcomes=("Ô {cell}: dòng được đánh dấu ở hơn một cột kết quả ({text}). Hãy để lại một dấu ở cột đúng."),
        amount_missing=(
            "Ô {cell} không có số tiền, nên không đối chiếu được với lệnh chi. Hãy ghi số tiền đã trả, kể cả khi đúng "
            "bằng số trên danh sách."
        ),
        amount_unreadable='Ô {cell} ghi "{text}", không đọc được là số tiền: {why}. Hãy ghi số đồng, ví dụ 405.000.',
        amount_not_positive='Ô {cell} ghi "{text}": số tiền phải lớn hơn 0. Hãy ghi số tiền đã trả cho người nhận.',
        day_missing=(
            "Ô {cell} chưa ghi ngày. Kết quả đã trả hoặc hoàn trả phải có ngày; hãy ghi ngày/tháng/năm, ví dụ "
            "05/08/2020."
        ),
        day_unreadable=(
            'Ô {cell} ghi "{text}", không đọc được là ngày. Hãy ghi đủ ngày/tháng/năm bốn chữ số, ví dụ 05/08/2020.'
        ),
        authorisation_unreadable=(
            'Ô {cell} ghi "{text}", không đọc được là ngày hết hạn ủy quyền. Hãy ghi đủ ngày/tháng/năm, ví dụ '
            "31/12/2020."
        ),
        unknown_proof=(
            'Ô {cell} ghi "{text}", không rõ người nhận xác nhận bằng cách nào. Hãy ghi Ký nhận, Điểm chỉ, Mã xác '
            "nhận hoặc Chuyển khoản."
        ),
        fingerprint_without_name=(
            "Ô {cell}: điểm chỉ phải kèm họ tên người nhận và quan hệ với người hưởng. Hãy ghi đủ hai ô đó."
        ),
        text_too_long="Ô {cell} dài {length} ký tự, nhiều nhất là {most}. Hãy ghi ngắn lại.",
        formula_failed=("Ô {cell} là công thức bị lỗi ({text}), không có giá trị để đọc. Hãy ghi giá trị thẳng vào ô."),
        unclear_twin=(
            "Ô {cell}: mã lệnh chi này còn ở dòng {others}, nơi có ô không đọc được, nên không biết tệp nói gì về lệnh "
            "này. Hãy sửa để mỗi lệnh chi chỉ còn một dòng."
        ),
    ),
    "day_without_outcome": FindingKind(
        WARNING,
        "Ô {cell} chưa ghi kết quả nhưng dòng đã có ngày, người nhận hoặc lý do ({text}). Dòng được tính là chưa báo; "
        "hãy ghi kết quả rồi gửi lại.",
    ),
    "amount_without_code": FindingKind(
        WARNING,
        "Ô {cell} có số tiền nhưng dòng không có mã lệnh chi và kết quả. Dòng được tính là chưa báo; nếu là một kết "
        "quả, hãy ghi mã lệnh chi và kết quả rồi gửi lại.",
    ),
    "reason_missing": FindingKind(
        WARNING, "Ô {cell} chưa ghi lý do chưa trả. Kết quả vẫn được ghi nhận; lần sau hãy ghi lý do."
    ),
    "merged_cells": FindingKind(
        WARNING,
        "Ô {cell} gộp {count} dòng; chỉ dòng đầu được đọc. Hãy bỏ gộp ô và ghi kết quả vào từng dòng rồi gửi lại.",
    ),
    "sum_differs": FindingKind(
        WARNING,
        "Ô {cell} ghi tổng {stated} đồng, cộng các dòng được {counted} đồng. Hãy kiểm tra xem tệp thiếu hay thừa dòng.",
    ),
    "sheet_without_heading": FindingKind(
        WARNING,
        'Trang tính "{sheet}" không có dòng tiêu đề nhận ra được nên không đọc. Nếu trang này có kết quả, hãy chép '
        "dòng tiêu đề của danh sách vào rồi gửi lại.",
    ),
    "hidden_sheet": FindingKind(
        WARNING,
        'Trang tính "{sheet}" bị ẩn nên không đọc. Nếu trang này có kết quả, hãy bỏ ẩn rồi gửi lại.',
    ),
    "not_a_result": FindingKind(
        INFO, "Dòng này không có mã lệnh chi, kết quả và số tiền nên không phải một dòng kết quả; đã bỏ qua."
    ),
}
