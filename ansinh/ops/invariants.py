"""What must always hold of the money, as people read it; each number is proved by `ansinh verify`."""

from __future__ import annotations

INVARIANTS: dict[int, str] = {
    1: "Số đã lên danh sách bằng số pháp luật buộc phải trả, từng người, từng diện, từng tháng hưởng",
    2: "Mỗi người, mỗi diện, mỗi tháng một dòng; mỗi lệnh chi một lần trả",
    3: "Danh sách đã duyệt không bao giờ thay đổi",
    4: "Sổ kế toán cân, chỉ ghi thêm, và khớp với lệnh chi",
    5: "Đã chuyển + mang sang = đã trả + hoàn trả + chuyển kỳ sau + còn giữ, từng đơn vị chi trả, xã, tháng",
    6: "Người lập, người duyệt, người phát hành và người trả là những người khác nhau",
    7: "Không trả tiền mặt cho người nhận thay thiếu ủy quyền; không điểm chỉ thiếu tên và quan hệ",
    8: "Tính lại khi không có gì thay đổi thì không ghi gì",
    9: "Mỗi tháng của một người do đúng một xã chi trả",
    10: "Nhật ký và chuỗi sổ còn nguyên vẹn",
    11: "Số và tệp đã niêm phong đều mở được bằng khóa đang giữ",
}
