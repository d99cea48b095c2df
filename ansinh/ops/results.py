"""`ansinh results …`: take in payers' results files, settle the rows set aside, say how a payer lays its files out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ansinh.access.types import Actor
from ansinh.audit.actions import tell_export
from ansinh.funds.queries import list_payers
from ansinh.kernel.month import Month
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import looker, now, payer
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import MONTH, as_option
from ansinh.ops.preparation import prepared_database
from ansinh.ops.progress import progress_bar
from ansinh.ops.reading import read_file
from ansinh.reconcile.actions import apply_results, discard_results, import_results, resolve_row, save_layout
from ansinh.reconcile.queries import (
    find_layout,
    get_results_file,
    list_file_findings,
    list_open_rows,
    list_results_files,
    list_rows_set_aside,
    marked_results,
)
from ansinh.reconcile.types import FILE_STATE_NAMES, OUTCOME_WORDS, ResultsAccount, RowSetAside

# Rows said to a person before "and so many more"; --marked and --json have them all.
_SHOWN = 20


class WhichPayer(Refusal):
    """Có {count} tổ chức chi trả: {payers}. Hãy ghi rõ --payer MÃ."""


class MatchOrDismiss(Refusal):
    """Hãy chọn một trong hai: --match MÃ_LỆNH_CHI để ghép, hoặc --dismiss để bỏ qua; không dùng cả hai cùng lúc."""


class NotWrittenAsPair(Refusal):
    """ "{text}" không có dạng TÊN=GIÁ TRỊ. Ví dụ: --column "order_code=Mã GD", --word "SUCCESS=paid"."""


@click.group("results")
def command() -> None:
    """Kết quả chi trả: nhập tệp của tổ chức chi trả, xử lý dòng để riêng, khai mẫu tệp."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--payer", "payer_code", help="Mã tổ chức chi trả; bỏ trống khi chỉ có một.")
@click.option("--month", type=MONTH, help="Tháng của danh sách đã gửi, ví dụ 2020-08; bỏ trống: theo tiêu đề tệp.")
@click.option("--check-only", is_flag=True, help="Chỉ kiểm tra và cho biết sẽ ra sao, chưa ghi nhận gì.")
@click.option("--marked", type=click.Path(path_type=Path), help="Ghi bản sao tệp đã đánh dấu các ô cần sửa ra đây.")
@as_option
@json_option
@click.pass_obj
def import_(
    answer: Answer, *, file: Path, payer_code: str | None, month: Month | None, check_only: bool, marked: Path | None,
    usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Nhập kết quả chi trả từ FILE (.xlsx, .xls, .ods, .csv): kiểm tra cả tệp trước, rồi ghi nhận một lần."""
    content = read_file(file)
    prepared_database(answer.say)
    by = payer(usernames)
    with progress_bar(answer, "Đang đọc và đối chiếu tệp") as step:
        taken = import_results(
            content=content, file_name=file.name, payer=_payer_code(payer_code), month=month, by=by, at=now(),
            progress=step,
        )  # fmt: skip
    if not check_only:
        taken = apply_results(file_id=taken.file_id, by=by, at=now())
    if marked is not None:
        tell_export("reconcile.export_marked", by=by, at=now(), file_id=taken.file_id, month=month)
        marked.write_bytes(marked_results(get_results_file(taken.file_id, by=by), by=by))
    _give_account(answer, taken, by=by)


@command.command("apply")
@click.argument("file_id", type=int)
@as_option
@json_option
@click.pass_obj
def apply(answer: Answer, file_id: int, usernames: tuple[str, ...]) -> None:
    """Ghi nhận tệp số FILE_ID đã kiểm tra trước đó."""
    prepared_database(answer.say)
    by = payer(usernames)
    _give_account(answer, apply_results(file_id=file_id, by=by, at=now()), by=by)


@command.command("discard")
@click.argument("file_id", type=int)
@click.option("--reason", required=True, help="Vì sao bỏ tệp này.")
@as_option
@json_option
@click.pass_obj
def discard(answer: Answer, file_id: int, reason: str, usernames: tuple[str, ...]) -> None:
    """Bỏ tệp số FILE_ID đã kiểm tra nhưng không ghi nhận."""
    prepared_database(answer.say)
    put_away = discard_results(file_id=file_id, reason=reason, by=payer(usernames), at=now())
    answer.give({"file_id": put_away.file_id, "state": put_away.state}, f"Đã bỏ tệp số {file_id}.")


@command.command("list")
@click.option("--payer", "payer_code", default="", help="Chỉ tệp của tổ chức này.")
@as_option
@json_option
@click.pass_obj
def list_(answer: Answer, payer_code: str, usernames: tuple[str, ...]) -> None:
    """Các tệp kết quả đã nhận, mới nhất trước."""
    prepared_database(answer.say)
    files = list_results_files(by=looker("reconcile.see_results", usernames), payer=payer_code)
    facts = [
        {"file_id": f.pk, "payer": f.payer, "month": f.month and str(f.month), "file_name": f.file_name,
         "state": f.state, "rows": f.rows, "applied": f.applied, "repeats": f.repeats, "set_aside": f.set_aside,
         "unreported": f.unreported, "paid_dong": f.paid_dong.value, "unpaid_dong": f.unpaid_dong.value,
         "returned_dong": f.returned_dong.value}
        for f in files
    ]  # fmt: skip
    lines = [
        f"{f.pk:>6}  {f.payer:<12} {f.month.vi if f.month else '':<8} {f.file_name}: {f.rows} dòng, ghi nhận "
        f"{f.applied}, để riêng {f.set_aside}, {FILE_STATE_NAMES[f.state].lower()}"
        for f in files
    ]
    answer.give({"files": facts}, "\n".join(lines) or "Chưa có tệp kết quả nào.")


@command.command("rows")
@click.option("--file", "file_id", type=int, help="Mọi dòng để riêng của một tệp; bỏ trống: các dòng chờ xử lý.")
@click.option("--payer", "payer_code", default="", help="Chỉ của tổ chức này.")
@click.option("--commune", default="", help="Chỉ lệnh chi của xã này (mã 5 chữ số).")
@click.option("--month", type=MONTH, help="Chỉ của tháng này.")
@as_option
@json_option
@click.pass_obj
def rows(
    answer: Answer,
    *,
    file_id: int | None,
    payer_code: str,
    commune: str,
    month: Month | None,
    usernames: tuple[str, ...],
) -> None:
    """Các dòng để riêng đang chờ xử lý, kèm lý do và cách làm."""
    prepared_database(answer.say)
    by = looker("reconcile.see_results", usernames)
    if file_id is not None:
        found = list_rows_set_aside(get_results_file(file_id, by=by))
    else:
        found = list_open_rows(by=by, payer=payer_code, commune_code=commune, month=month)
    text = "\n".join(_line(row) for row in found) or "Không có dòng nào để riêng."
    answer.give({"rows": [_row_facts(row) for row in found]}, text)


@command.command("resolve")
@click.argument("row_id", type=int)
@click.option("--match", "order_code", help="Ghép với lệnh chi có mã này.")
@click.option("--dismiss", is_flag=True, help="Bỏ qua dòng.")
@click.option("--reason", required=True, help="Căn cứ xử lý; được lưu lại.")
@as_option
@json_option
@click.pass_obj
def resolve(
    answer: Answer, *, row_id: int, order_code: str | None, dismiss: bool, reason: str, usernames: tuple[str, ...]
) -> None:
    """Xử lý dòng để riêng số ROW_ID: ghép với lệnh chi, hoặc bỏ qua có lý do."""
    if dismiss == (order_code is not None):
        raise MatchOrDismiss()
    prepared_database(answer.say)
    how = "dismiss" if dismiss else "match_order"
    settled = resolve_row(
        row_id=row_id, how=how, order_code=order_code or "", reason=reason, by=payer(usernames), at=now()
    )
    facts = {"row_id": settled.row_id, "how": settled.how, "result_id": settled.result_id}
    answer.give(facts, f"Đã bỏ qua dòng {row_id}." if dismiss else f"Đã ghép dòng {row_id} với lệnh chi {order_code}.")


@command.command("layout")
@click.argument("payer_code")
@click.option("--name", default="Mẫu tệp riêng", help="Tên gọi của mẫu.")
@click.option("--column", "columns", multiple=True, metavar="CỘT=TIÊU ĐỀ", help='Ví dụ: "order_code=Mã GD".')
@click.option("--word", "words", multiple=True, metavar="TỪ=NGHĨA", help='Nghĩa: paid, unpaid, returned; "OK=paid".')
@as_option
@json_option
@click.pass_obj
def layout(
    answer: Answer, *, payer_code: str, name: str, columns: tuple[str, ...], words: tuple[str, ...],
    usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Khai một lần mẫu tệp riêng của tổ chức PAYER_CODE; không có --column, --word thì xem mẫu đang dùng."""
    prepared_database(answer.say)
    if columns or words:
        save_layout(
            payer=payer_code, name=name, columns=dict(map(_pair, columns)), words=dict(map(_pair, words)),
            by=payer(usernames), at=now(),
        )  # fmt: skip
    kept = find_layout(payer_code)
    if kept is None:
        answer.give({"layout": None}, "Chưa khai mẫu riêng: đọc theo danh sách chi trả của hệ thống.")
        return
    lines = [f"{kept.name}:", *(f"  {field} = {heading}" for field, heading in kept.columns.items())]
    lines += [f'  "{word}" nghĩa là {OUTCOME_WORDS[outcome].lower()}' for word, outcome in kept.words.items()]
    answer.give({"layout": {"name": kept.name, "columns": kept.columns, "words": kept.words}}, "\n".join(lines))


def _payer_code(given: str | None) -> str:
    if given is not None:
        return given
    codes = [payer.code for payer in list_payers()]
    if len(codes) != 1:
        raise WhichPayer(count=len(codes), payers=", ".join(codes) or "chưa khai")
    return codes[0]


def _pair(text: str) -> tuple[str, str]:
    left, sign, right = text.partition("=")
    if not sign or not left.strip() or not right.strip():
        raise NotWrittenAsPair(text=text)
    return left.strip(), right.strip()


def _give_account(answer: Answer, taken: ResultsAccount, *, by: Actor) -> None:
    file = get_results_file(taken.file_id, by=by)
    aside = list_rows_set_aside(file)
    warnings = [found for found in list_file_findings(file) if found.severity == "warning"]
    facts = {
        **_account_facts(taken),
        "payer": file.payer,
        "month": file.month and str(file.month),
        "rows_set_aside": [_row_facts(row) for row in aside],
        "warnings": [
            {"sheet": f.sheet, "row": f.row, "column": f.column, "code": f.code, "message": f.message} for f in warnings
        ],
    }
    if taken.state == "APPLIED":
        said = "Tệp này đã được ghi nhận trước đây; đây là kết quả lần đầu." if taken.already_known else "Đã ghi nhận."
    else:
        said = "Mới kiểm tra, chưa ghi nhận gì."
    counts = f"{taken.applied} ghi nhận, {taken.repeats} đã có từ trước, {taken.set_aside} để riêng"
    lines = [
        said,
        f"{taken.rows} dòng: {counts}, {taken.unreported} chưa báo.",
        f"Đã trả {taken.paid_dong} đồng, chưa trả {taken.unpaid_dong} đồng, hoàn trả {taken.returned_dong} đồng.",
        *(_line(row) for row in aside[:_SHOWN]),
    ]
    if len(aside) > _SHOWN:
        lines.append(f"  … và {len(aside) - _SHOWN} dòng khác; thêm --marked TỆP.xlsx để xem tất cả trong bảng.")
    lines += [f"  Cần xem: {found.message}" for found in warnings[:_SHOWN]]
    answer.give(facts, "\n".join(lines))


def _account_facts(taken: ResultsAccount) -> dict[str, Any]:
    return {
        "file_id": taken.file_id,
        "state": taken.state,
        "already_known": taken.already_known,
        "rows": taken.rows,
        "applied": taken.applied,
        "repeats": taken.repeats,
        "set_aside": taken.set_aside,
        "unreported": taken.unreported,
        "paid_dong": taken.paid_dong.value,
        "unpaid_dong": taken.unpaid_dong.value,
        "returned_dong": taken.returned_dong.value,
    }


def _row_facts(row: RowSetAside) -> dict[str, Any]:
    return {
        "row_id": row.row_id, "file_id": row.file_id, "sheet": row.sheet, "row": row.row, "column": row.column,
        "cell": row.cell, "code": row.code, "message": row.message, "order_code": row.order_code,
        "outcome": row.outcome, "amount_dong": row.amount_dong and row.amount_dong.value,
        "may_match": row.may_match, "resolved_how": row.resolved_how,
    }  # fmt: skip


def _line(row: RowSetAside) -> str:
    return f"{row.row_id:>6}  {row.sheet}, dòng {row.row} {row.order_code}: {row.message}"
