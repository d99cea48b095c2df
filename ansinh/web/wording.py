"""The words of states, steps, kinds and severities on screen, each said once."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STATES: dict[str, Promise] = {
    "OPEN": _("Đã chốt danh sách"),
    "COMPUTED": _("Đã tính tiền"),
    "CHECKED": _("Đã kiểm tra"),
    "SUBMITTED": _("Chờ phê duyệt"),
    "ENDORSED": _("Chờ phê duyệt lần hai"),
    "APPROVED": _("Đã phê duyệt"),
    "CANCELLED": _("Đã hủy"),
}

# The five steps drawn on every run, in order; a run in a state has done so many of them.
STEPS: tuple[Promise, ...] = (_("Chốt danh sách"), _("Tính tiền"), _("Kiểm tra"), _("Trình duyệt"), _("Phê duyệt"))
STEPS_DONE: dict[str, int] = {
    "OPEN": 1,
    "COMPUTED": 2,
    "CHECKED": 3,
    "SUBMITTED": 4,
    "ENDORSED": 5,
    "APPROVED": 5,
    "CANCELLED": 0,
}
# Drawn after them where the list is above a threshold.
SECOND_STEP: Promise = _("Phê duyệt lần hai")

BUTTONS: dict[str, Promise] = {
    "compute_run": _("Tính tiền"),
    "check_run": _("Kiểm tra"),
    "submit_run": _("Trình duyệt"),
    "approve_run": _("Phê duyệt"),
    "countersign_run": _("Phê duyệt lần hai"),
    "return_run": _("Trả lại"),
    "cancel_run": _("Hủy kỳ chi trả"),
}
# What a step done once is called when it may be done again.
BUTTONS_AGAIN: dict[str, Promise] = {"compute_run": _("Tính lại"), "check_run": _("Kiểm tra lại")}
BUTTON_HINTS: dict[str, Promise] = {
    "compute_run": _("Lấy mức hưởng của từng người theo quy định, cộng truy lĩnh, trừ thu hồi."),
    "check_run": _("Tìm người trùng, số định danh trùng, hệ số khác quyết định."),
    "submit_run": _("Khóa danh sách và chuyển cho người phê duyệt."),
    "approve_run": _("Sau khi phê duyệt, danh sách không thể thay đổi nữa."),
    "countersign_run": _("Danh sách vượt ngưỡng: sau lần phê duyệt này, danh sách không thể thay đổi nữa."),
    "return_run": _("Gửi lại cho người lập kèm lý do."),
    "cancel_run": _("Bỏ kỳ này để sửa sổ rồi mở lại. Kỳ đã hủy vẫn được lưu cùng lý do."),
}
NEEDS_REASON = frozenset({"return_run", "cancel_run"})

VERBS_DONE: dict[str, Promise] = {
    "payroll.open_run": _("Mở kỳ, chốt danh sách"),
    "payroll.compute_run": _("Tính tiền"),
    "payroll.check_run": _("Kiểm tra"),
    "payroll.clear_finding": _("Giải quyết một phát hiện"),
    "payroll.submit_run": _("Trình duyệt"),
    "payroll.return_run": _("Trả lại"),
    "payroll.approve_run": _("Phê duyệt"),
    "payroll.countersign_run": _("Phê duyệt lần hai"),
    "payroll.cancel_run": _("Hủy kỳ"),
    "payroll.pay_together": _("Chọn chi chung một lần"),
    "payroll.pay_apart": _("Tách ra chi riêng"),
    "payout.issue_orders": _("Lập lệnh chi"),
}

KINDS: dict[str, Promise] = {
    "regular": _("Hằng tháng"),
    "arrears": _("Truy lĩnh"),
    "recovery": _("Thu hồi"),
    "one_off": _("Chi một lần"),
}

# What a list is of, where it is not social assistance.
PROGRAMMES: dict[str, Promise] = {
    "merit": _("Trợ cấp ưu đãi người có công"),
    "one_off": _("Chi một lần"),
}

# What a sum is given once for.
OCCASIONS: dict[str, Promise] = {
    "gift": _("Quà tặng"),
    "emergency": _("Trợ giúp khẩn cấp"),
    "funeral": _("Hỗ trợ chi phí mai táng"),
    "merit_yearly": _("Trợ cấp thờ cúng liệt sĩ"),
    "merit_once": _("Trợ cấp ưu đãi người có công một lần"),
}
# Which households a gift is for.
POVERTY: dict[str, Promise] = {
    "poor": _("Chỉ hộ nghèo"),
    "near_poor": _("Chỉ hộ cận nghèo"),
    "either": _("Hộ nghèo và hộ cận nghèo"),
}
EMERGENCIES: dict[str, Promise] = {
    "serious_injury": _("Người bị thương nặng"),
    "disaster_funeral": _("Mai táng người chết do thiên tai, tai nạn"),
    "housing_rebuild": _("Làm lại nhà ở"),
    "housing_urgent_move": _("Di dời nhà ở khẩn cấp"),
    "housing_repair": _("Sửa nhà ở bị hư hỏng nặng"),
}

CHANGES: dict[str, Promise] = {"joined": _("Tăng"), "left": _("Giảm"), "changed": _("Đổi mức")}

SEVERITIES: dict[str, Promise] = {
    "blocking": _("Phải giải quyết"),
    "error": _("Lỗi"),
    "warning": _("Cảnh báo"),
    "info": _("Lưu ý"),
    "cleared": _("Đã giải quyết"),
}

SEXES: dict[str, Promise] = {"male": _("Nam"), "female": _("Nữ"), "": _("Chưa rõ")}

ROLES: dict[str, Promise] = {
    "officer": _("Cán bộ lập danh sách"),
    "approver": _("Người phê duyệt"),
    "finance": _("Kế toán, tài chính"),
    "payer": _("Cán bộ tổ chức chi trả"),
    "district_officer": _("Cán bộ cấp huyện (đến 30/6/2025)"),
    "district_approver": _("Người phê duyệt cấp huyện (đến 30/6/2025)"),
    "province_officer": _("Cán bộ cấp tỉnh"),
    "province_approver": _("Người phê duyệt cấp tỉnh"),
    "teller": _("Nhân viên chi trả"),
    "inspector": _("Thanh tra"),
    "administrator": _("Quản trị viên"),
}

# What each role does in a month, for whoever tries the demonstration.
ROLE_WORK: dict[str, Promise] = {
    "officer": _("Nhập sổ, lập và trình danh sách, lập lệnh chi, xác nhận kết quả chi."),
    "approver": _("Phê duyệt danh sách; hủy lệnh chi khi có lý do."),
    "finance": _("Giao dự toán, chuyển tiền, xuất chi, quyết toán."),
    "payer": _("Nhận danh sách, báo kết quả ai đã nhận tiền, ai chưa."),
    "district_officer": _("Lập danh sách của huyện, đến 30/6/2025."),
    "district_approver": _("Phê duyệt danh sách của huyện, đến 30/6/2025."),
    "province_officer": _("Đề nghị mức trợ cấp của tỉnh, danh mục cơ sở và cách gọi chung."),
    "province_approver": _("Phê duyệt mức trợ cấp của tỉnh."),
    "teller": _("Ghi ai đã nhận tiền, theo lệnh chi của tổ chức mình."),
    "inspector": _("Xem tất cả, không thay đổi gì."),
    "administrator": _("Thêm người dùng, giao việc; không thấy người hưởng và tiền."),
}

NUMBERS: dict[str, Promise] = {
    "cccd": _("Căn cước công dân"),
    "cmnd": _("Chứng minh nhân dân (cũ)"),
    "unreadable": _("Số giấy tờ chưa đọc được"),
    "phone": _("Điện thoại"),
    "account": _("Tài khoản"),
}

DUE: dict[str, Promise] = {
    "done": _("đúng hạn"),
    "done_late": _("xong muộn"),
    "late": _("quá hạn"),
    "today": _("hôm nay"),
    "soon": _("sắp đến hạn"),
    "ahead": _("còn hạn"),
    "past": _("đã qua"),
}

PAPERS: dict[str, Promise] = {}
