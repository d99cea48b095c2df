"""Every finding the reader can make: its code, how grave it is, its sentence. The code is stable, the text may improve.

error: wrong against the law or against itself; warning: missing, contradictory or assumed by us; info: good to know.
"""

from __future__ import annotations

from dataclasses import dataclass

ERROR, WARNING, INFO = "error", "warning", "info"
SEVERITIES = (ERROR, WARNING, INFO)
SEVERITY_VI = {ERROR: "Sai", WARNING: "Cần xem", INFO: "Lưu ý"}


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding. `sets_aside`: the row cannot be taken in."""

    severity: str
    message: str
    sets_aside: bool = False


def _kinds(severity: str, *, sets_aside: bool = False, **messages: str) -> dict[str, FindingKind]:
    return {code: FindingKind(severity, text, sets_aside) for code, text in messages.items()}


KINDS: dict[str, FindingKind] = {
    # The only four reasons to set a row aside.
    **_kinds(
        ERROR,
        sets_aside=True,
        missing_name="Dòng này có thông tin đối tượng nhưng chưa ghi họ tên. Hãy ghi họ tên rồi nạp lại.",
        missing_birth="Chưa ghi ngày sinh hoặc năm sinh. Hãy ghi ít nhất năm sinh rồi nạp lại.",
        impossible_date='"{text}" không phải là ngày sinh có thật. Hãy sửa theo giấy tờ của đối tượng.',
        unreadable_birth='Không hiểu ngày sinh "{text}". Hãy ghi dạng ngày/tháng/năm, tháng/năm hoặc năm.',
        unknown_category=(
            'Không biết "{text}" là nhóm đối tượng nào của luật. Hãy ghi theo tên trong nghị định, hoặc khai cách ghi '
            "này vào bảng từ ngữ của đơn vị."
        ),
        unknown_commune='Không thấy xã, phường "{text}" trong địa bàn nạp. Hãy kiểm tra tên xã hoặc địa bàn đã chọn.',
    ),
    # Wrong against the law, or against itself.
    **_kinds(
        ERROR,
        amount_not_coefficient_times_base=(
            "Số tiền {amount} đồng không bằng hệ số {coefficient} nhân mức chuẩn {base} đồng (= {expected} đồng)."
        ),
        coefficient_not_in_law="Hệ số {coefficient} không có trong luật cho nhóm nào ở tháng {month}.",
        too_young_for_category="Mới {age} tuổi ở tháng {month}; nhóm này chỉ dành cho người từ đủ {low} tuổi.",
        cccd_contradicts_birth_year="Số CCCD là của người sinh năm {number_year}, danh sách ghi năm sinh {year}.",
        phone_wrong_length='Số điện thoại "{text}" không đủ số (có {digits} chữ số, phải là 10).',
        id_wrong_length="Số giấy tờ có {digits} chữ số; CCCD phải có 12, CMND phải có 9 chữ số.",
        duplicate_id="Số giấy tờ này cũng đứng ở {others} với người khác hoặc dòng khác.",
        same_person_twice="Cùng họ tên và ngày sinh với {others}: một người đứng hai dòng. Hãy giữ một dòng.",
        formula_error="Ô này là công thức lỗi {text}; không đọc được giá trị.",
    ),
    # Missing, contradictory, or assumed by us.
    **_kinds(
        WARNING,
        coefficient_not_for_this_person=(
            "Hệ số {coefficient} không đúng với nhóm và tuổi của người này; theo luật tháng {month} là {expected}."
        ),
        category_not_in_force="Nhóm này không còn hoặc chưa có trong luật ở tháng {month}.",
        too_old_for_category="Đã {age} tuổi ở tháng {month}; nhóm này chỉ dành cho người dưới {high} tuổi.",
        children_contradict_coefficient="Ghi {children} con nhưng hệ số {coefficient}; theo luật là {expected}.",
        amounts_at_another_base=(
            "{count} dòng tính theo mức chuẩn {base} đồng, không phải mức {current} đồng đang áp dụng ở tháng {month}."
        ),
        amount_missing="Chưa ghi số tiền.",
        coefficient_missing="Chưa ghi hệ số.",
        amount_unreadable='Không hiểu số tiền "{text}".',
        coefficient_unreadable='Không hiểu hệ số "{text}".',
        two_categories_in_one_row='Một dòng ghi hai nhóm: "{text}". Đã đọc cả hai; nên tách thành hai dòng.',
        category_from_heading='Dòng không ghi nhóm; đã lấy theo tiêu đề nhóm "{heading}" ở trên.',
        category_by_rule="Cách ghi nhóm này không có trong bảng từ ngữ; đã hiểu là: {meaning}. Hãy kiểm tra.",
        group_heading_contradicts_category='Dòng đứng dưới tiêu đề "{heading}" nhưng nhóm ghi ở dòng thuộc loại khác.',
        missing_id="Chưa có số CCCD/CMND.",
        id_unreadable="Không đọc được số giấy tờ.",
        leading_zero_lost="Số này mất số 0 ở đầu (ô bị định dạng số); đã thêm lại, còn chờ đối chiếu.",
        id_sex_contradiction="Số CCCD là của {number_sex}, danh sách ghi {sex}.",
        id_unknown_province="Ba số đầu của số CCCD không phải mã tỉnh nào.",
        id_digits_lost="Số giấy tờ bị định dạng số và đã mất chữ số. Hãy nhập lại dạng chữ.",
        name_in_legacy_encoding='Chữ gõ bằng phông cũ ({encoding}); đã đổi sang Unicode thành "{text}".',
        name_has_digits='Họ tên "{text}" có chữ số hoặc ký hiệu lạ.',
        birth_read_from_serial="Ô ngày sinh chứa số {text}; đã hiểu là ngày {birth}.",
        birth_year_in_date_cell="Ô ngày sinh định dạng ngày nhưng gõ năm; đã hiểu là sinh năm {year}.",
        birth_century_assumed='Năm sinh chỉ ghi hai số ("{text}"); đã hiểu là {birth}.',
        birth_with_other_text='Ô ngày sinh ghi "{text}"; đã hiểu là {birth}.',
        birth_in_both_columns="Có ngày sinh ở cả cột nam và cột nữ; đã lấy cột nam và để trống giới tính.",
        birth_too_long_ago="Sinh {birth}, tính ra {age} tuổi. Hãy kiểm tra.",
        sex_unreadable='Không hiểu giới tính "{text}".',
        phone_unreadable='Không hiểu số điện thoại "{text}".',
        phone_unknown_prefix='Đầu số của "{text}" không có trong danh mục đầu số điện thoại.',
        decision_missing="Chưa ghi số quyết định.",
        date_unreadable='Không hiểu ngày "{text}".',
        month_unreadable='Không hiểu tháng "{text}".',
        decided_after_month="Ngày quyết định {day} sau tháng {month} của danh sách.",
        decided_before_birth="Ngày quyết định {day} trước ngày sinh.",
        from_month_missing="Chưa ghi thời điểm hưởng.",
        from_month_after_month="Hưởng từ tháng {from_month}, sau tháng {month} của danh sách.",
        from_month_before_birth="Hưởng từ tháng {from_month}, trước khi sinh.",
        ended_before_month="Hưởng đến hết tháng {ends_month}, trước tháng {month} của danh sách.",
        carer_without_cared_for="Dòng hỗ trợ chăm sóc chưa ghi người được chăm sóc.",
        cared_for_not_found="Không thấy người được chăm sóc trong các dòng của tệp này.",
        cared_for_without_carer="Có ghi người được chăm sóc nhưng nhóm của dòng không phải nhóm chăm sóc.",
        channel_unknown='Không hiểu hình thức nhận "{text}".',
        account_missing="Nhận qua {channel} nhưng chưa có số tài khoản.",
        account_without_channel="Có số tài khoản nhưng hình thức nhận là tiền mặt.",
        account_unreadable="Số tài khoản có ký tự lạ.",
        account_digits_lost="Số tài khoản dài bị định dạng số và đã mất chữ số. Hãy nhập lại dạng chữ.",
        account_name_differs="Tên chủ tài khoản khác họ tên đối tượng và khác người nhận thay.",
        bank_missing="Có số tài khoản nhưng chưa ghi ngân hàng.",
        unknown_bank='Không biết ngân hàng "{text}".',
        collector_without_relation="Có người nhận thay nhưng chưa ghi quan hệ.",
        relation_without_collector="Có ghi quan hệ hoặc hạn ủy quyền nhưng chưa có tên người nhận thay.",
        authorisation_without_end="Có người nhận thay nhưng chưa ghi hạn ủy quyền.",
        authorisation_expired="Ủy quyền đã hết hạn ngày {day}, trước tháng {month}.",
        maybe_same_person="Có thể cùng một người với {others} (trùng tên và năm sinh hoặc ngày sinh). Hãy đối chiếu.",
        commune_from_sheet="Dòng để trống cột xã; đã lấy theo {source}.",
        commune_assumed="Tệp không ghi xã, phường; đã lấy địa bàn đang nạp.",
        sheet_and_title_disagree='Trang tính tên "{sheet_text}" nhưng tiêu đề ghi "{title}"; đã lấy theo tên trang.',
        title_month_differs="Tiêu đề ghi tháng {title_month}, khác tháng {month} đang nạp.",
        sum_differs="Dòng cộng ghi {stated} đồng; cộng các dòng trong tệp được {counted} đồng.",
        count_differs="Dòng cộng ghi {stated} người; đếm các dòng trong tệp được {counted}.",
        row_not_understood="Dòng có chữ nhưng không phải đối tượng, tiêu đề hay dòng cộng; đã bỏ qua. Hãy kiểm tra.",
        hidden_sheet_skipped="Trang tính bị ẩn, không đọc. Nếu cần nạp hãy bỏ ẩn rồi nạp lại.",
        sheet_without_header="Không thấy dòng tiêu đề (họ tên, ngày sinh, nhóm đối tượng…); không đọc trang tính này.",
        column_missing="Không có cột {field} trong trang tính.",
        heading_twice='Hai cột cùng nghĩa "{heading}"; đã lấy cột đứng trước.',
    ),
    **_kinds(
        INFO,
        one_person_two_rows_lawful="Cùng một người với {others}; luật cho hưởng cả hai nhóm này.",
        birth_year_only="Chỉ biết năm sinh; luật tính từ ngày 01/01.",
        birth_month_only="Chỉ biết tháng sinh; luật tính từ ngày 01 của tháng.",
        phone_two_numbers="Có nhiều số điện thoại; đã lấy số đầu.",
        phones_missing="{count} dòng chưa có số điện thoại.",
        cmnd_expired="CMND 9 số không còn giá trị sử dụng từ 01/01/2025; cần bổ sung số định danh.",
        from_month_before_decision="Hưởng từ tháng {from_month}, trước tháng ký quyết định {day}.",
        commune_of_sheet="Xã của trang tính lấy theo {source}.",
        blank_sheet="Trang tính trống.",
        unknown_columns="Các cột không có nghĩa với phần mềm, chỉ giữ nguyên văn: {headings}.",
    ),
}
