"""Every finding the reader can make: its code, how grave it is, its sentence. The code is stable, the text may improve.

error: wrong against the law or against itself; warning: missing, contradictory or assumed by us; info: good to know.
Every error and warning says the way out: what the officer should do, or what was done and is to be checked.
What somebody's group is taken to be is repeated for nobody: a finding that hid some groups would point at them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ansinh.platform.sheets.marking import ERROR, INFO, WARNING


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding. `sets_aside`: the row cannot be taken in."""

    severity: str
    message: str
    sets_aside: bool = False
    # Sentences that say more where more is known: the fact they need → the sentence; the first that fits is said.
    closer: Mapping[str, str] = field(default_factory=dict)

    def sentence(self, facts: Mapping[str, Any]) -> str:
        """What the officer reads, with the facts filled in."""
        said = next((text for fact, text in self.closer.items() if facts.get(fact)), self.message)
        return said.format_map(facts)


# Code → fact → the sentence said instead where that fact is known.
_CLOSER: dict[str, dict[str, str]] = {
    "unknown_commune": {
        "candidates": ('Tên "{text}" có ở nhiều nơi: {candidates}. Hãy ghi đủ tên như một nơi ở đây, hoặc ghi mã xã.'),
        "nearest": (
            'Không thấy xã, phường "{text}" trong địa bàn đang nhập; gần nhất có: {nearest}. Hãy sửa tên xã, hoặc '
            "kiểm tra địa bàn đã chọn."
        ),
        "not_said": (
            "Không biết dòng này thuộc xã nào: tên trang và tiêu đề ({text}) không chỉ xã nào của địa bàn. Hãy thêm "
            "cột xã, phường rồi nhập lại, hoặc chọn địa bàn là xã."
        ),
    },
    "unknown_category": {
        "not_said": (
            "Chưa ghi nhóm đối tượng và không có tiêu đề nhóm ở trên. Hãy ghi nhóm theo quyết định rồi nhập lại."
        ),
        "nearest": (
            'Không biết "{text}" là nhóm nào của luật; gần nhất là: {nearest}. Hãy sửa theo tên đúng, hoặc khai cách '
            "ghi này vào bảng từ ngữ của đơn vị."
        ),
    },
    "coefficient_not_in_law": {
        "fitting": (
            "Hệ số {coefficient} không có trong luật ở tháng {month}; số tiền ứng với hệ số {fitting}. Hãy đối chiếu "
            "với quyết định rồi sửa."
        ),
    },
}


def _kinds(severity: str, *, sets_aside: bool = False, **messages: str) -> dict[str, FindingKind]:
    return {code: FindingKind(severity, text, sets_aside, _CLOSER.get(code, {})) for code, text in messages.items()}


KINDS: dict[str, FindingKind] = {
    # The only four reasons to set a row aside.
    **_kinds(
        ERROR,
        sets_aside=True,
        missing_name="Dòng này có thông tin đối tượng nhưng chưa ghi họ tên. Hãy ghi họ tên rồi nhập lại.",
        missing_birth="Chưa ghi ngày sinh hoặc năm sinh. Hãy ghi ít nhất năm sinh rồi nhập lại.",
        impossible_date='"{text}" không phải là ngày sinh có thật. Hãy sửa theo giấy tờ của đối tượng rồi nhập lại.',
        unreadable_birth=(
            'Không hiểu ngày sinh "{text}". Hãy ghi dạng ngày/tháng/năm, tháng/năm hoặc năm rồi nhập lại.'
        ),
        unknown_category=(
            'Không biết "{text}" là nhóm đối tượng nào của luật. Hãy ghi theo tên trong nghị định, hoặc khai cách ghi '
            "này vào bảng từ ngữ của đơn vị."
        ),
        unknown_commune=(
            'Không thấy xã, phường "{text}" trong địa bàn đang nhập. Hãy kiểm tra tên xã và địa bàn đã chọn, hoặc ghi '
            "mã xã."
        ),
    ),
    # Wrong against the law, or against itself.
    **_kinds(
        ERROR,
        amount_not_coefficient_times_base=(
            "Số tiền {amount} đồng khác hệ số {coefficient} nhân mức chuẩn {base} đồng (= {expected} đồng). Hãy đối "
            "chiếu với quyết định rồi sửa số tiền hoặc hệ số."
        ),
        coefficient_not_in_law=(
            "Hệ số {coefficient} không có trong luật cho nhóm nào ở tháng {month}. Hãy sửa theo quyết định."
        ),
        too_young_for_category=(
            "Mới {age} tuổi ở tháng {month}; nhóm này dành cho người từ đủ {low} tuổi. Hãy kiểm tra ngày sinh và nhóm "
            "đối tượng."
        ),
        cccd_contradicts_birth_year=(
            "Số CCCD là của người sinh năm {number_year}, danh sách ghi sinh năm {year}. Hãy xem thẻ CCCD rồi sửa bên "
            "ghi sai."
        ),
        phone_wrong_length=(
            'Số điện thoại "{text}" có {digits} chữ số, phải là 10. Hãy hỏi lại số đúng, hoặc để trống nếu chưa có.'
        ),
        id_wrong_length=(
            "Số giấy tờ có {digits} chữ số; CCCD phải có 12, CMND phải có 9. Hãy ghi lại theo thẻ CCCD của người này."
        ),
        duplicate_id=("Số giấy tờ này cũng ghi ở {others}. Hãy xem giấy tờ của từng người và sửa dòng ghi nhầm số."),
        same_person_twice="Cùng họ tên và ngày sinh với {others}: một người ghi hai dòng. Hãy giữ lại một dòng.",
        formula_error="Công thức trong ô này bị lỗi {text}, không có giá trị. Hãy gõ giá trị vào ô rồi nhập lại.",
    ),
    # Missing, contradictory, or assumed by us: the law and its groups.
    **_kinds(
        WARNING,
        coefficient_not_for_this_person=(
            "Hệ số {coefficient} không đúng với nhóm và tuổi của người này; luật ở tháng {month} là {expected}. Hãy "
            "kiểm tra nhóm, ngày sinh và hệ số."
        ),
        category_not_in_force=(
            "Nhóm này chưa có hoặc không còn trong luật ở tháng {month}. Hãy ghi nhóm theo quyết định đang có hiệu lực."
        ),
        too_old_for_category=(
            "Đã {age} tuổi ở tháng {month}; nhóm này dành cho người dưới {high} tuổi. Hãy kiểm tra ngày sinh, hoặc "
            "chuyển nhóm, dừng trợ cấp theo quy định."
        ),
        children_contradict_coefficient=(
            "Ghi {children} con nhưng hệ số {coefficient}; theo luật là {expected}. Hãy kiểm tra số con đang nuôi và "
            "hệ số."
        ),
        amounts_at_another_base=(
            "{count} dòng tính theo mức chuẩn {base} đồng, không phải mức {current} đồng của tháng {month}. Hãy kiểm "
            "tra tháng đã chọn; tiền chi trả luôn tính theo mức của tháng."
        ),
        amount_missing="Chưa ghi số tiền; tiền chi trả sẽ tính theo luật. Hãy đối chiếu với quyết định.",
        coefficient_missing="Chưa ghi hệ số; hệ số sẽ lấy theo luật. Hãy đối chiếu với quyết định.",
        amount_unreadable='Không hiểu số tiền "{text}". Hãy chỉ ghi số, ví dụ 405.000.',
        coefficient_unreadable='Không hiểu hệ số "{text}". Hãy chỉ ghi số, ví dụ 1,5.',
        two_categories_in_one_row="Ô này ghi hai nhóm; đã đọc cả hai. Hãy tách thành hai dòng.",
        category_from_heading=(
            "Dòng không ghi nhóm; đã lấy theo tiêu đề nhóm ở trên. Hãy kiểm tra người này đúng nhóm đó."
        ),
        category_by_rule="Cách ghi nhóm này không có trong bảng từ ngữ; đã hiểu là: {meaning}. Hãy kiểm tra.",
        group_heading_contradicts_category=(
            "Dòng đứng dưới tiêu đề của một nhóm nhưng ghi nhóm khác; đã lấy nhóm ghi ở dòng. Hãy kiểm tra nhóm đúng."
        ),
        carer_without_cared_for="Dòng hỗ trợ chăm sóc chưa ghi người được chăm sóc. Hãy ghi họ tên người đó.",
        cared_for_not_found=(
            "Không thấy người được chăm sóc trong các dòng của tệp này. Hãy kiểm tra họ tên, hoặc thêm dòng người đó."
        ),
        cared_for_without_carer=(
            "Có ghi người được chăm sóc nhưng nhóm của dòng không phải nhóm chăm sóc. Hãy sửa nhóm, hoặc xóa tên đó."
        ),
    ),
    # The person and the papers.
    **_kinds(
        WARNING,
        missing_id="Chưa có số CCCD/CMND. Hãy bổ sung số CCCD khi có.",
        id_unreadable="Không đọc được số giấy tờ. Hãy chỉ ghi số CCCD, không kèm chữ.",
        leading_zero_lost="Số này mất số 0 ở đầu (do ô định dạng số); đã thêm lại. Hãy đối chiếu với giấy tờ.",
        id_sex_contradiction=(
            "Số CCCD là của {number_sex}, danh sách ghi {sex}. Hãy xem thẻ CCCD rồi sửa bên ghi sai."
        ),
        id_unknown_province="Ba số đầu của số CCCD không phải mã tỉnh nào. Hãy xem lại số trên thẻ CCCD.",
        id_digits_lost=(
            "Số giấy tờ đã mất chữ số cuối do ô định dạng số. Hãy đổi ô sang dạng văn bản (Text) rồi gõ lại số."
        ),
        cmnd_expired="CMND 9 số hết giá trị sử dụng từ 01/01/2025. Hãy bổ sung số CCCD 12 số của người này.",
        name_in_legacy_encoding=(
            'Chữ gõ bằng phông cũ ({encoding}); đã đổi sang Unicode thành "{text}". Hãy kiểm tra họ tên.'
        ),
        name_has_digits='Họ tên "{text}" có chữ số hoặc ký hiệu lạ. Hãy sửa theo giấy tờ.',
        birth_year_only="Chỉ biết năm sinh; đã tính là ngày 01/01 của năm. Hãy bổ sung ngày sinh nếu giấy tờ có ghi.",
        birth_month_only=(
            "Chỉ biết tháng sinh; đã tính là ngày 01 của tháng. Hãy bổ sung ngày sinh nếu giấy tờ có ghi."
        ),
        birth_read_from_serial="Ô ngày sinh chứa số {text}; đã hiểu là ngày {birth}. Hãy kiểm tra với giấy tờ.",
        birth_year_in_date_cell=(
            "Ô ngày sinh định dạng ngày nhưng gõ năm; đã hiểu là sinh năm {year}. Hãy kiểm tra với giấy tờ."
        ),
        birth_century_assumed='Năm sinh chỉ ghi hai số ("{text}"); đã hiểu là {birth}. Hãy ghi đủ bốn số của năm.',
        birth_with_other_text='Ô ngày sinh ghi "{text}"; đã hiểu là {birth}. Hãy kiểm tra với giấy tờ.',
        birth_in_both_columns=(
            "Có ngày sinh ở cả cột nam và cột nữ; đã lấy cột nam và để trống giới tính. Hãy xóa bên ghi nhầm."
        ),
        birth_too_long_ago="Sinh {birth}, tính ra {age} tuổi. Hãy kiểm tra ngày sinh và xem người này còn sống không.",
        sex_unreadable='Không hiểu giới tính "{text}". Hãy ghi Nam hoặc Nữ.',
        phone_unreadable='Không hiểu số điện thoại "{text}". Hãy ghi đủ 10 chữ số, hoặc để trống nếu chưa có.',
        phone_unknown_prefix='Đầu số của "{text}" không có trong danh mục đầu số điện thoại. Hãy hỏi lại số đúng.',
        phone_two_numbers=(
            "Có nhiều số điện thoại; chỉ giữ số đầu. Hãy kiểm tra số đầu còn dùng, các số khác ghi vào cột ghi chú."
        ),
        phones_missing="{count} dòng chưa có số điện thoại. Hãy bổ sung số của đối tượng hoặc người thân nếu có.",
    ),
    # Decisions and months.
    **_kinds(
        WARNING,
        decision_missing="Chưa ghi số quyết định. Hãy bổ sung số quyết định hưởng trợ cấp.",
        date_unreadable='Không hiểu ngày "{text}". Hãy ghi dạng ngày/tháng/năm.',
        month_unreadable='Không hiểu tháng "{text}". Hãy ghi dạng tháng/năm, ví dụ 08/2020.',
        decided_after_month=(
            "Ngày quyết định {day} sau tháng {month} của danh sách. Hãy kiểm tra ngày quyết định và tháng đã chọn."
        ),
        decided_before_birth=(
            "Ngày quyết định {day} trước ngày sinh. Hãy xem lại quyết định và giấy tờ rồi sửa bên ghi sai."
        ),
        from_month_missing="Chưa ghi thời điểm hưởng. Hãy ghi tháng bắt đầu hưởng theo quyết định.",
        from_month_after_month=(
            "Hưởng từ tháng {from_month}, sau tháng {month} của danh sách. Hãy đối chiếu với quyết định."
        ),
        from_month_before_birth=(
            "Hưởng từ tháng {from_month}, trước khi sinh. Hãy xem lại quyết định và giấy tờ rồi sửa bên ghi sai."
        ),
        from_month_before_decision=(
            "Hưởng từ tháng {from_month}, trước tháng ký quyết định (ký ngày {day}). Hãy đối chiếu với quyết định."
        ),
        ended_before_month=(
            "Hưởng đến hết tháng {ends_month}, trước tháng {month} của danh sách. Hãy kiểm tra tháng thôi hưởng, hoặc "
            "bỏ dòng này khỏi danh sách."
        ),
    ),
    # How the money reaches the person.
    **_kinds(
        WARNING,
        channel_unknown='Không hiểu hình thức nhận "{text}". Hãy ghi tiền mặt, tại nhà, tài khoản hoặc ví điện tử.',
        account_missing="Nhận qua {channel} nhưng chưa có số tài khoản. Hãy bổ sung, hoặc đổi hình thức nhận.",
        account_without_channel=(
            "Có số tài khoản nhưng hình thức nhận là tiền mặt. Hãy hỏi lại người nhận muốn nhận cách nào."
        ),
        account_unreadable="Số tài khoản có ký tự lạ. Hãy ghi lại theo ngân hàng, chỉ gồm chữ số và chữ cái.",
        account_digits_lost=(
            "Số tài khoản đã mất chữ số cuối do ô định dạng số. Hãy đổi ô sang dạng văn bản (Text) rồi gõ lại số."
        ),
        account_name_differs=(
            "Tên chủ tài khoản khác họ tên đối tượng và khác người nhận thay. Hãy kiểm tra tài khoản là của ai."
        ),
        bank_missing="Có số tài khoản nhưng chưa ghi ngân hàng. Hãy ghi tên ngân hàng.",
        unknown_bank='Không biết ngân hàng "{text}". Hãy ghi tên viết tắt quen dùng của ngân hàng, ví dụ Agribank.',
        collector_without_relation="Có người nhận thay nhưng chưa ghi quan hệ. Hãy ghi quan hệ với đối tượng.",
        relation_without_collector=(
            "Có ghi quan hệ hoặc hạn ủy quyền nhưng chưa có tên người nhận thay. Hãy ghi họ tên người nhận thay."
        ),
        authorisation_without_end=(
            "Có người nhận thay nhưng chưa ghi hạn ủy quyền. Hãy ghi ngày hết hạn theo giấy ủy quyền."
        ),
        authorisation_expired=(
            "Ủy quyền đã hết hạn ngày {day}, trước tháng {month}. Hãy lập giấy ủy quyền mới, hoặc xóa người nhận thay."
        ),
    ),
    # The file: its rows against each other, its places, sums, sheets and columns.
    **_kinds(
        WARNING,
        maybe_same_person="Có thể cùng một người với {others} (trùng tên và năm sinh hoặc ngày sinh). Hãy đối chiếu.",
        commune_from_sheet="Dòng để trống cột xã; đã lấy theo {source}. Hãy kiểm tra người này đúng xã đó.",
        commune_of_sheet="Xã của các dòng lấy theo {source}. Hãy kiểm tra đúng xã.",
        commune_assumed="Tệp không ghi xã, phường; đã lấy địa bàn đang nhập. Hãy kiểm tra đã chọn đúng địa bàn.",
        sheet_and_title_disagree=(
            'Trang tính tên "{sheet_text}" nhưng tiêu đề ghi "{title}"; đã lấy theo tên trang. Hãy kiểm tra xã đúng.'
        ),
        title_month_differs=(
            "Tiêu đề ghi tháng {title_month}, khác tháng {month} đang nhập. Hãy kiểm tra đã chọn đúng tệp, đúng tháng."
        ),
        sum_differs=(
            "Dòng cộng ghi {stated} đồng; cộng các dòng được {counted} đồng. Hãy kiểm tra có dòng thiếu, thừa hoặc sai "
            "số tiền."
        ),
        count_differs="Dòng cộng ghi {stated} người; đếm các dòng được {counted}. Hãy kiểm tra dòng thiếu, thừa.",
        row_not_understood="Dòng có chữ nhưng không phải đối tượng, tiêu đề hay dòng cộng; đã bỏ qua. Hãy kiểm tra.",
        hidden_sheet_skipped="Trang tính bị ẩn nên không đọc. Nếu cần, hãy bỏ ẩn trang rồi nhập lại.",
        sheet_without_header=(
            "Không thấy dòng tiêu đề (họ tên, ngày sinh, nhóm đối tượng…) nên không đọc trang này. Nếu trang có đối "
            "tượng, hãy thêm dòng tiêu đề rồi nhập lại."
        ),
        column_missing="Trang tính không có cột {field}. Hãy thêm cột này nếu có số liệu, hoặc bổ sung sau khi nhập.",
        heading_twice='Hai cột cùng nghĩa "{heading}"; đã lấy cột đứng trước. Hãy kiểm tra đó là cột đúng.',
    ),
    **_kinds(
        INFO,
        one_person_two_rows_lawful="Cùng một người với {others}; luật cho hưởng cả hai nhóm này.",
        blank_sheet="Trang tính trống.",
        unknown_columns="Các cột không có nghĩa với phần mềm, chỉ giữ nguyên văn: {headings}.",
    ),
}
