"""How long what is kept, and by which article: data read by the acts that empty it, the command line and the documents.

What lists, orders, books and the trail hold is append-only and never emptied by the program; it stands here so that
the whole answer stands in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ACCOUNTING_5 = "khoản 5 điểm a Điều 41 Luật Kế toán 88/2015/QH13; Điều 12 Nghị định 174/2016/NĐ-CP"
ACCOUNTING_10 = "khoản 5 điểm b Điều 41 Luật Kế toán 88/2015/QH13; Điều 13 Nghị định 174/2016/NĐ-CP"
NO_LONGER_THAN_NEEDED = "nguyên tắc chỉ lưu trong thời gian cần thiết của Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"


@dataclass(frozen=True, slots=True)
class Period:
    """How long one kind of thing is kept.

    `years` after the end of the year it is of (None: the program never empties it); 0: as soon as it is of no use.
    `counted_from` says which year that is. `unsure`: what to ask about before relying on it; empty where nothing is.
    """

    code: str
    name_vi: str
    years: int | None
    law: str
    counted_from: str
    unsure: str = ""

    def last_year_over(self, today: date) -> int:
        """The latest year whose things are past their period on a day; refuses (ValueError) one never emptied."""
        if self.years is None:
            raise ValueError(self.code)
        return today.year - self.years - 1


PERIODS: tuple[Period, ...] = (
    Period(
        "register_originals",
        "Tệp sổ gốc nhận từ các xã (bản niêm phong)",
        10,
        ACCOUNTING_10,
        "năm nhận tệp",
        "sổ là căn cứ lập danh sách chi, nên được giữ như chứng từ dùng trực tiếp để ghi sổ; luật không gọi tên riêng",
    ),
    Period(
        "results_originals",
        "Tệp kết quả của tổ chức chi trả đã ghi nhận (bản niêm phong)",
        10,
        ACCOUNTING_10,
        "năm nhận tệp",
    ),
    Period(
        "results_discarded",
        "Tệp kết quả đã bỏ, chưa từng ghi nhận (bản niêm phong và các ô chép ra)",
        5,
        ACCOUNTING_5,
        "năm bỏ tệp",
        "tệp chưa vào sổ kế toán; giữ 5 năm như chứng từ không dùng trực tiếp để ghi sổ, có thể được xóa sớm hơn",
    ),
    Period("ended_sessions", "Phiên đăng nhập đã hết hạn", 0, NO_LONGER_THAN_NEEDED, "lúc hết hạn"),
    Period(
        "lists_and_books",
        "Danh sách đã duyệt, lệnh chi, kết quả, sổ kế toán, quyết toán",
        None,
        ACCOUNTING_10,
        "năm kế toán",
        "luật buộc ít nhất 10 năm; phần mềm không xóa, việc hủy sau đó cần hội đồng tiêu hủy theo Nghị định 174/2016",
    ),
    Period(
        "decisions_and_people",
        "Hồ sơ người hưởng, quyết định, biến động",
        None,
        ACCOUNTING_10,
        "năm thôi hưởng",
        "thời hạn hồ sơ trợ giúp xã hội theo pháp luật lưu trữ chưa đối chiếu được; phần mềm không xóa",
    ),
    Period("audit_trail", "Nhật ký", None, ACCOUNTING_10, "năm ghi", "chuỗi nhật ký không tách ra được, giữ trọn"),
)


def period_of(code: str) -> Period:
    """The period of that code."""
    return next(one for one in PERIODS if one.code == code)


@dataclass(frozen=True, slots=True)
class Emptied:
    """How many of a kind past their period were emptied (in a preview: would be). `kept`: needed all the same."""

    code: str
    count: int
    kept: int = 0
