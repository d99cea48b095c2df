"""What must hold of approved lists, over all data: the proofs `ansinh verify` runs for this floor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ansinh.entitlement.queries import Law, list_decided_otherwise
from ansinh.kernel.digest import digest_of, short_digest
from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payroll.laws import pack_with
from ansinh.payroll.models import CommuneList, Run
from ansinh.payroll.queries.amounts import amounts_gone_by, regimes_by_programme, same_packs
from ansinh.payroll.queries.level_proofs import find_levels_not_as_agreed
from ansinh.payroll.queries.signing_proofs import find_runs_not_countersigned, find_runs_of_one_hand
from ansinh.payroll.states import MONTHLY, PROGRAMMES, SEALED_STATES, STATE_NAMES
from ansinh.places.queries import list_paths
from ansinh.platform import sql
from ansinh.platform.proofs import Break, Proof
from ansinh.policy import load_pack

# People decided anew each time; deciding is Python, and the nation's people would take hours.
_SAMPLED = 300

_BROKEN_LINE = {
    "other_run": "không khớp kỳ chi trả của nó",
    "other_roster": "người này không có trong danh sách đã chốt của xã đó",
    "other_span": "khác khoảng thời gian được hưởng mà nó dẫn tới",
    "other_sum": "số tiền không bằng hệ số × mức chuẩn − khấu trừ, hoặc sai dấu",
    "other_month": "tháng hưởng không hợp với loại dòng",
    "other_group": "nhóm in trên giấy không phải nhóm của diện hưởng",
}


def find_lines_not_due() -> list[Break]:
    """Per person, benefit and entitlement month: the sum of approved lines, and what the spans known when the person's
    last list was approved × the standard amounts that list went by owe, over the months it compared."""
    rows = sql.rows("payroll/find_lines_not_due", amounts_gone_by())
    # Under another law's standard amounts the next list makes the difference good; what agrees is proved all the same.
    return [_not_due(row) for row in rows if not (row["by_other_law"] or row["is_move_told_since"])]


def count_waiting() -> Mapping[str, int]:
    """People whose facts or law moved since their last approved list: the next list brings their difference."""
    return {
        "người có thay đổi sau kỳ duyệt gần nhất, chờ kỳ sau": sql.rows(
            "payroll/count_people_waiting", {"programmes": list(MONTHLY)}
        )[0]["people"]
    }


def find_repeated_lines() -> list[Break]:
    """Per person, benefit and entitlement month: the lines of one payroll month, of which there may be one."""
    return [
        Break(
            f"Tháng {_vi(row['payroll_month'])}, người số {row['person_id']}: {row['lines']} dòng cho cùng một diện và "
            f"tháng hưởng {_vi(row['entitlement_month'])} (các dòng {row['line_ids']})",
            {"person_id": row["person_id"], "month": _code(row["payroll_month"]), "line_ids": row["line_ids"]},
            row["commune_code"],
        )
        for row in sql.rows("payroll/find_repeated_lines")
    ]


def find_broken_lines() -> list[Break]:
    """Each line and its own arithmetic, its run, its person's roster entry, its span, its printed group."""
    pack = load_pack()
    headings = [
        (month.first_day, category.code, pack.group_of(category.code, month))
        for month in Run.objects.order_by().values_list("month", flat=True).distinct()
        for category in pack.categories
    ]
    months, benefits, groups = (list(column) for column in zip(*headings, strict=True)) if headings else ([], [], [])
    asked = {"months": months, "benefits": benefits, "groups": groups, "packs": same_packs()}
    asked |= regimes_by_programme(PROGRAMMES)
    return [_broken_line(row) for row in sql.rows("payroll/find_broken_lines", asked)]


def find_one_off_lines_unlike() -> list[Break]:
    """Each submitted or approved list of sums given once: its lines, and whom its occasion gives what."""
    return [
        Break(
            f"Kỳ chi trả {row['run_id']} ({row['title']}), người số {row['person_id']}: được chi "
            f"{Dong(row['payee_dong'])} đồng, danh sách ghi {Dong(row['line_dong'])} đồng",
            {"run_id": row["run_id"], "person_id": row["person_id"]},
            row["commune_code"],
        )
        for row in sql.rows("payroll/find_one_off_lines_unlike")
    ]


def find_changed_lists() -> list[Break]:
    """Each sealed list's people, lines, total and digest, and the same of its lines and names as they stand now."""
    return [
        Break(
            f"Kỳ chi trả {row['run_id']} tháng {_vi(row['month'])}, xã {row['commune_code']}: danh sách đã ký "
            f"{_list(row, '')}; các dòng hiện nay {_list(row, '_now')}",
            {**row, "month": _code(row["month"])},
            row["commune_code"],
        )
        for row in sql.rows("payroll/find_changed_lists")
    ]


def find_changed_run_digests() -> list[Break]:
    """Each submitted or approved run's digest, and the digest over its communes' digests."""
    digests: dict[int, list[list[str]]] = {}
    for run_id, commune, digest in CommuneList.objects.order_by("commune_code").values_list(
        "run_id", "commune_code", "digest"
    ):
        digests.setdefault(run_id, []).append([commune, digest])
    return [
        Break(
            f"Kỳ chi trả {run.pk} tháng {run.month.vi}: mã kiểm tra {_short(run.list_digest)} không phải mã của các "
            f"danh sách xã ({_short(found)})",
            {"run_id": run.pk, "list_digest": run.list_digest, "found": found},
            run.place_code,
        )
        for run in Run.objects.filter(state__in=SEALED_STATES).order_by("pk")
        if (found := digest_of(digests.get(run.pk, []))) != run.list_digest
    ]


def find_decided_otherwise() -> list[Break]:
    """A sample of the last month's people whose facts and law have not moved: their spans, and deciding anew."""
    sampled = sql.rows("payroll/list_sampled_people", {"most": _SAMPLED, "programmes": list(MONTHLY)})
    found: list[Break] = []
    for laws in sorted({(row["levels_not_taken"], row["level_packs"]) for row in sampled}):
        people = {row["person_id"]: row for row in sampled if (row["levels_not_taken"], row["level_packs"]) == laws}
        areas = list_paths({row["commune_code"] for row in people.values()}, sampled[0]["month"])
        law = Law(pack_with(laws[1]), frozenset(code for code in laws[0].split(",") if code))
        for person_id in list_decided_otherwise(list(people), areas=areas, law=law):
            row = people[person_id]
            what = f"{row['full_name']} (người số {person_id}): xác định lại mức hưởng cho kết quả khác mức đang lưu"
            found.append(Break(what, {"person_id": person_id}, row["commune_code"]))
    return found


def find_people_in_two_communes() -> list[Break]:
    """Per person and payroll month: the communes and runs of a programme that list them, of which there may
    be one."""
    return [
        Break(
            f"Tháng {_vi(row['payroll_month'])}, người số {row['person_id']}: có dòng ở xã {row['commune_code']} (kỳ "
            f"{row['run_id']}) và xã {row['other_commune_code']} (kỳ {row['other_run_id']})",
            {**row, "payroll_month": _code(row["payroll_month"])},
            row["commune_code"],
        )
        for row in sql.rows("payroll/find_people_in_two_communes")
    ]


def find_runs_not_as_told() -> list[Break]:
    """Each run's place, month, people, signatures and digest, and what the audit trail wrote of its steps."""
    return [
        Break(
            f"Kỳ chi trả {row['run_id']}: khác nhật ký: {'; '.join(faults)}",
            {"run_id": row["run_id"], "faults": faults},
            row["place_code"] or "",
        )
        for row in sql.rows("payroll/list_signed_runs")
        if (faults := list(_unlike_trail(row)))
    ]


def _unlike_trail(row: Mapping[str, Any]) -> Iterator[str]:
    if row["state"] is None:
        yield "nhật ký ghi kỳ này đã được phê duyệt, nay không còn"
        return
    if row["told_opened_by"] is None:
        yield "nhật ký không ghi việc mở kỳ này"
        return
    opened = (row["place_code"], _code(row["month"]), row["programme"], row["opened_by"])
    if opened != (row["told_place_code"], row["told_month"], row["told_programme"], row["told_opened_by"]):
        yield "địa bàn, tháng, chương trình hoặc người mở không phải như lúc mở"
    if row["state"] != "CANCELLED" and row["people"] != row["told_people"]:
        yield f"có {row['people']} người, lúc chốt có {row['told_people']} người"
    if row["state"] in SEALED_STATES and row["submitted_by"] != row["told_submitted_by"]:
        yield "người trình không phải người đã trình"
    if (row["state"] == "APPROVED") != row["is_told_final"]:
        yield f'đang ở bước "{STATE_NAMES.get(row["state"], row["state"])}", nhật ký ghi khác'
    elif row["state"] == "APPROVED":
        columns = ("approved_by", "approved_at", "countersigned_by", "countersigned_at", "threshold_id", "list_digest")
        if any(row[name] != row[f"told_{name}"] for name in columns):
            yield "người, lúc phê duyệt, ngưỡng hoặc mã kiểm tra không phải như lúc phê duyệt"
        if row["paid_with_id"] != row["told_paid_with_id"]:
            yield "kỳ cùng chi không phải kỳ đã ghi lúc phê duyệt"


def _not_due(row: Mapping[str, Any]) -> Break:
    listed, due = Dong(row["listed_dong"]), Dong(row["due_dong"])
    category = load_pack().categories_by_code.get(row["benefit"])
    # No name stands beside an HIV category, here neither.
    told = category is not None and not category.is_hiv
    benefit = f'diện "{category.name_vi}"' if category is not None and told else "diện ghi trong quyết định"
    changed = " (hồ sơ đã thay đổi sau kỳ duyệt này)" if row["moved"] else ""
    return Break(
        f"{row['full_name']} (người số {row['person_id']}), {benefit}, tháng hưởng {_vi(row['entitlement_month'])}: "
        f"phải trả {due} đồng, đã lên danh sách {listed} đồng, tính đến kỳ {row['run_id']}{changed}",
        {
            "person_id": row["person_id"],
            "benefit": row["benefit"] if told else "",
            "month": _code(row["entitlement_month"]),
            "due_dong": due.value,
            "listed_dong": listed.value,
            "run_id": row["run_id"],
        },
        row["commune_code"] or "",
    )


def _broken_line(row: Mapping[str, Any]) -> Break:
    faults = [words for name, words in _BROKEN_LINE.items() if row[name]]
    who = f"{row['full_name'] or 'người không có trong danh sách'} (người số {row['person_id']})"
    return Break(
        f"Dòng {row['id']} của {who}, kỳ {row['run_id']} tháng {_vi(row['payroll_month'])}, "
        f"{Dong(row['amount_dong'])} đồng: {'; '.join(faults)}",
        {
            "line_id": row["id"],
            "run_id": row["run_id"],
            "person_id": row["person_id"],
            "month": _code(row["payroll_month"]),
            "amount_dong": row["amount_dong"],
            "faults": [name for name in _BROKEN_LINE if row[name]],
        },
        row["commune_code"],
    )


def _list(row: Mapping[str, Any], when: str) -> str:
    people, lines, total = row[f"people{when}"], row[f"lines{when}"], Dong(row[f"total_dong{when}"])
    return f"{people} người, {lines} dòng, {total} đồng, mã {_short(row[f'digest{when}'] or '')}"


def _short(digest: str) -> str:
    return short_digest(digest) if len(digest) == 64 else "(không có)"


def _vi(month: date) -> str:
    return Month.containing(month).vi


def _code(month: date) -> str:
    return str(Month.containing(month))


PROOFS: tuple[Proof, ...] = (
    Proof("lines_equal_due", 1, "Đã lên danh sách bằng số phải trả", find_lines_not_due, count_waiting),
    Proof("one_line_a_month", 2, "Mỗi diện, mỗi tháng hưởng một dòng", find_repeated_lines),
    Proof("lines_add_up", 3, "Từng dòng đúng với kỳ, người và mức của nó", find_broken_lines),
    Proof("one_off_as_decided", 3, "Danh sách chi một lần đúng người, đúng tiền", find_one_off_lines_unlike),
    Proof("lists_as_signed", 3, "Danh sách xã còn nguyên như đã ký", find_changed_lists),
    Proof("runs_as_signed", 3, "Mã kiểm tra của kỳ là mã của các danh sách xã", find_changed_run_digests),
    Proof("runs_of_two_hands", 6, "Người duyệt không phải người lập", find_runs_of_one_hand),
    Proof("runs_countersigned", 6, "Danh sách vượt ngưỡng có hai người duyệt", find_runs_not_countersigned),
    Proof(
        "deciding_again_changes_nothing",
        8,
        "Xác định lại mức hưởng (mẫu) cho kết quả cũ",
        find_decided_otherwise,
    ),
    Proof("one_commune_a_month", 9, "Mỗi người mỗi tháng một xã chi trả", find_people_in_two_communes),
    Proof("runs_as_told", 10, "Kỳ chi trả khớp nhật ký", find_runs_not_as_told),
    Proof("levels_as_agreed", 10, "Gói mức đúng như hai người đã nạp và duyệt", find_levels_not_as_agreed),
)
