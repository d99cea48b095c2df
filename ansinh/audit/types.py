"""What is told of looking: every sight and export that leaves an entry, by the name people know it by."""

from __future__ import annotations

# Sights of one person: an entry each time, with the person in its column.
PERSON_LOOKS: dict[str, str] = {
    "registry.look_person": "Xem hồ sơ một người",
    "registry.look_story": "Xem diễn biến của một người",
    "payroll.look_month": "Xem giải thích số tiền một tháng của một người",
    "reports.export_slip": "Lấy phiếu giải thích của một người",
}
# Lists of people and money that left as a file, or stood on the terminal of the command line. The facts keep which.
EXPORTS: dict[str, str] = {
    "payroll.export_list": "Tải danh sách chi trả",
    "payroll.export_upcoming": "Tải danh sách sắp đến hạn",
    "payroll.export_payees": "Lấy danh sách chi một lần",
    "registry.export_changes": "Tải danh sách biến động",
    "registry.export_marked": "Tải sổ đối tượng đã đánh dấu",
    "registry.export_proposals": "Lấy danh sách đề nghị thay đổi",
    "registry.export_holds": "Lấy danh sách tạm giữ tiền",
    "reports.export_paper": "Lấy giấy tờ của kỳ chi trả",
    "reports.export_settlement": "Lấy bảng quyết toán",
    "reports.export_transfer": "Lấy đề nghị chuyển tiền",
    "reconcile.export_marked": "Tải tệp kết quả đã đánh dấu",
    "payout.export_uncollected": "Lấy danh sách người không nhận tiền",
    "payout.export_recoveries": "Lấy danh sách khoản phải thu hồi",
    "access.export_audit": "Xuất nhật ký",
}
# What the door tells of itself.
SIGN_INS: dict[str, str] = {
    "access.signed_in": "Đăng nhập",
    "access.sign_in_failed": "Đăng nhập không được",
    "access.locked_out": "Bị khóa vì đăng nhập sai nhiều lần",
    "access.signed_out": "Đăng xuất",
}
LOOKS: dict[str, str] = {**PERSON_LOOKS, **EXPORTS, **SIGN_INS}
