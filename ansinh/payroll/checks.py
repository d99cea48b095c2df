"""The checks of a run: each looks at the whole run and names what an officer must know. One loop runs them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from ansinh.entitlement.queries import list_turns
from ansinh.kernel.month import Month
from ansinh.payroll.laws import law_of
from ansinh.payroll.models import Line, Run
from ansinh.payroll.one_off import decision_words
from ansinh.payroll.one_off_repeats import list_alike_others
from ansinh.payroll.queries.comparison import list_unexplained, told_change
from ansinh.payroll.queries.upcoming import missing_decision
from ansinh.payroll.rules import vi_coefficient
from ansinh.payroll.runs import regimes_of
from ansinh.payroll.staging import benefits_without_amount
from ansinh.payroll.states import MERIT_YEARLY
from ansinh.payroll.types import BLOCKING, WARNING, Found
from ansinh.places.queries import find_last_place, list_commune_codes
from ansinh.platform import sql
from ansinh.policy import load_pack
from ansinh.registry.queries import list_unplaced_residents

# Before any month this system has law for.
_LONG_AGO = Month.of(2000, 1)
# Of a commune; more are told as one.
_MOST_BY_NAME = 5


def _params(run: Run) -> dict[str, Any]:
    return {
        "run_id": run.pk,
        "month": run.month.first_day,
        "communes": list(_communes(run)),
        "benefits": list(_benefits(run)),
    }


def same_person_twice(run: Run) -> Iterator[Found]:
    """Two people of one name and one full birth date: perhaps one person paid twice."""
    for row in sql.rows("payroll/find_twins", {"run_id": run.pk}):
        yield Found(
            "same_person_twice",
            BLOCKING,
            f"{row['full_name']} có cùng họ tên và ngày sinh với {row['other_name']} ở "
            f"{find_last_place(row['other_commune'], run.month.first_day) or row['other_commune']}: "
            "có thể là một người hưởng hai lần. Hãy xác minh; nếu là hai người khác nhau thì ghi lý do để bỏ qua.",
            row["person_id"],
            row["commune_code"],
        )


def shared_identity(run: Run) -> Iterator[Found]:
    """One identity number carried by two people."""
    for row in sql.rows("payroll/find_shared_identities", {"run_id": run.pk}):
        yield Found(
            "shared_identity",
            BLOCKING,
            f"{row['full_name']} có số định danh trùng với {row['other_name']}. Hãy đối chiếu giấy tờ và sửa số sai; "
            "nếu chưa sửa được ngay thì ghi lý do vẫn chi trả.",
            row["person_id"],
            row["commune_code"],
        )


def granted_not_due(run: Run) -> Iterator[Found]:
    """A grant that pays nothing this month, with the law's reason; whose category it is, is named for nobody."""
    for row in sql.rows("payroll/find_granted_not_due", _params(run)):
        because = row["reason"] or "pháp luật không còn mức hưởng cho diện này"
        yield Found(
            "granted_not_due",
            WARNING,
            f"{row['full_name']} có quyết định hưởng nhưng tháng {run.month.vi} không có tiền: {because}. "
            "Hãy mở hồ sơ kiểm tra ngày sinh và diện hưởng, hoặc ra quyết định thôi hưởng.",
            row["person_id"],
            row["commune_code"],
        )


def other_coefficient(run: Run) -> Iterator[Found]:
    """A decision's coefficient the law does not give this month; the law's is listed."""
    for row in sql.rows("payroll/find_other_coefficients", _params(run)):
        yield Found(
            "other_coefficient",
            WARNING,
            f"{row['full_name']}: quyết định ghi hệ số {vi_coefficient(row['decided'])}, theo quy định tháng này là "
            f"{vi_coefficient(row['lawful'])}; danh sách lấy theo quy định. Hãy ra quyết định điều chỉnh.",
            row["person_id"],
            row["commune_code"],
        )


def decision_missing(run: Run) -> Iterator[Found]:
    """What the law changed or ended by itself since this system pays it, with no decision recorded about it.

    The list follows the law all the same; the paper has to follow too. Names the way to record it, never a category.
    """
    turns = list_turns(
        _communes(run),
        home_month=run.month,
        first=_LONG_AGO,
        last=run.month,
        law=law_of(run),
        only_undecided=True,
    )
    regimes = regimes_of(run)
    for turn in turns:
        if any(side is not None and side.regime in regimes for side in (turn.before, turn.after)):
            yield Found("decision_missing", WARNING, missing_decision(turn), turn.person_id, turn.commune_code)


def change_unexplained(run: Run) -> Iterator[Found]:
    """A line that came, went or changed since the month before, and nothing recorded, no date of the law, says why."""
    # What is given once has no month before.
    for change in list_unexplained(run) if run.occasion_id is None else ():
        yield Found(
            "change_unexplained",
            BLOCKING,
            f"{change.full_name}: {told_change(change)} so với danh sách tháng trước mà sổ không ghi vì sao: không có "
            "biến động, quyết định, đề nghị đã nhận hay mốc tuổi nào ứng với thay đổi này. Hãy ghi biến động còn thiếu "
            "rồi tính lại; nếu danh sách đúng thì ghi lý do.",
            change.person_id,
            change.commune_code,
        )


def amount_not_published(run: Run) -> Iterator[Found]:
    """Somebody owed an allowance for a month whose table is not published: nothing is listed, never a guess."""
    for month in run.horizon.until(run.month + 1):
        benefits = benefits_without_amount(run, month)
        if benefits:
            asked = {"run_id": run.pk, "month": month.first_day, "benefits": list(benefits)}
            for row in sql.rows("payroll/count_without_amount", asked):
                yield Found(
                    "amount_not_published",
                    WARNING,
                    f"{row['people']} người được hưởng nhưng bộ quy định chưa có bảng mức của tháng {month.vi}, nên "
                    "danh sách không tính và không thu hồi gì của tháng này. Khi có bảng mức chính thức, danh sách kế "
                    "tiếp sẽ truy lĩnh. Nếu địa bàn vẫn chi theo bảng cũ, hãy ghi tháng áp dụng văn bản mới (ansinh "
                    "policy apply-from).",
                    None,
                    row["commune_code"],
                )


def carer_not_linked(run: Run) -> Iterator[Found]:
    """Carer support paid as decided because the register does not know whom it is for."""
    unlinked = Line.objects.filter(payroll_month=run.month, run=run, kind="regular", for_person_id__lt=0)
    for person_id, commune_code in unlinked.order_by("commune_code", "id").values_list("person_id", "commune_code"):
        yield Found(
            "carer_not_linked",
            WARNING,
            "Kinh phí chăm sóc được chi theo quyết định, nhưng sổ chưa ghi rõ người được chăm sóc là ai. "
            "Hãy bổ sung người được chăm sóc.",
            person_id,
            commune_code,
        )


def resident_of_divided_commune(run: Run) -> Iterator[Found]:
    """Somebody whose commune was divided, so that only a person can say to which heir they belong."""
    communes = _communes(run)
    unplaced = list_unplaced_residents(communes, month=run.month) if run.occasion_id is None else ()
    for one in unplaced:
        kept = next((heir for heir in one.heirs if heir.code == one.home.code), None)
        listed = f"tạm đứng trong danh sách của {kept}" if kept else "chưa có trong danh sách nào"
        ours = next((heir.code for heir in one.heirs if heir.code in communes), "")
        yield Found(
            "resident_of_divided_commune",
            BLOCKING,
            f"{one.full_name} ở {one.home}, nay đã chia cho {', '.join(map(str, one.heirs))}; {listed} vì chưa rõ "
            "thuộc xã nào. Hãy xác minh nơi cư trú, ghi bằng lệnh: ansinh register place "
            f"{one.person_id} --commune MÃ_XÃ --from {one.since}, rồi kiểm tra lại; nếu thuộc xã mình thì hủy kỳ này "
            "và mở lại để có tên, hoặc để truy lĩnh ở tháng sau.",
            one.person_id,
            ours,
        )


def _benefits(run: Run) -> frozenset[str]:
    """The categories of the run's programme."""
    regimes = regimes_of(run)
    return frozenset(category.code for category in load_pack().categories if category.regime in regimes)


def _communes(run: Run) -> tuple[str, ...]:
    return list_commune_codes(run.place_code, run.month.first_day)


def same_payee_twice(run: Run) -> Iterator[Found]:
    """Of a sum given once: two payees of one name, birth year and hamlet; people without papers above all."""
    if run.occasion_id is None:
        return
    for row in sql.rows("payroll/find_payee_twins", {"run_id": run.pk}):
        yield Found(
            "same_payee_twice",
            BLOCKING,
            f"{row['full_name']} có cùng họ tên, năm sinh và thôn, tổ với {row['others']} người khác trong danh sách: "
            "có thể là một người được chi hai lần. Hãy xác minh; nếu là những người khác nhau thì ghi lý do để bỏ qua.",
            row["person_id"],
            row["commune_code"],
        )


def same_martyr_twice(run: Run) -> Iterator[Found]:
    """Of worship money: a martyr of the name of another of the year, under another number."""
    if run.occasion is None or run.occasion.kind != MERIT_YEARLY:
        return
    for row in sql.rows("payroll/find_martyr_twins", {"occasion_id": run.occasion_id}):
        yield Found(
            "same_martyr_twice",
            WARNING,
            f"Liệt sĩ {row['full_name']} (số {row['martyr_no']}) trùng họ tên với liệt sĩ số {row['others']} cũng được "
            f"chi trợ cấp thờ cúng năm {row['for_year']} trong xã. Hãy đối chiếu Bằng Tổ quốc ghi công: nếu là một "
            "người thì chỉ được chi một lần.",
            row["person_id"],
            row["commune_code"],
        )


def given_already(run: Run) -> Iterator[Found]:
    """Of a sum given once: whoever stands in another live run of what looks like the same decision."""
    if run.occasion is None:
        return
    alike = {one.pk: one for one in list_alike_others(run.occasion)}
    asked = {"run_id": run.pk, "occasion_id": run.occasion_id, "occasions": list(alike)}
    found = sql.rows("payroll/find_given_already", asked) if alike else []
    for (commune, other_id), rows in groupby(found, key=itemgetter("commune_code", "other_run_id")):
        own = list(rows)
        other = alike[own[0]["occasion_id"]]
        where = (
            f'kỳ chi trả {other_id} ("{other.title}", {decision_words(other)}, tháng {other.month.vi}): có thể một '
            "quyết định được lập hai lần. Hãy đối chiếu quyết định; nếu lập trùng thì hủy kỳ này, nếu là hai khoản "
            "khác nhau thì ghi lý do vẫn chi."
        )
        if len(own) > _MOST_BY_NAME:
            place = find_last_place(commune, run.month.first_day) or commune
            yield Found("given_already", BLOCKING, f"{place}: {len(own)} suất đã có ở {where}", None, commune)
            continue
        for row in own:
            who = f"hộ của {row['full_name']}" if row["by_household"] else row["full_name"]
            yield Found("given_already", BLOCKING, f"{who} đã có ở {where}", row["person_id"], commune)


CHECKS: tuple[Callable[[Run], Iterator[Found]], ...] = (
    same_person_twice,
    shared_identity,
    granted_not_due,
    other_coefficient,
    decision_missing,
    change_unexplained,
    amount_not_published,
    carer_not_linked,
    resident_of_divided_commune,
    same_payee_twice,
    same_martyr_twice,
    given_already,
)
