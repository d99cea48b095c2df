"""`ansinh policy …`: the law, tried on written cases; and from when a place lists by a law's levels.

Trying cases is pure: neither database nor Django is touched; the other commands import them when called.
"""

from __future__ import annotations

from pathlib import Path

import click

from ansinh.kernel.month import Month
from ansinh.ops.answer import Answer, json_option
from ansinh.ops.options import MONTH, as_option
from ansinh.ops.policy_draft import draft


@click.group("policy")
def command() -> None:
    """Luật: chạy các tình huống mẫu; từ tháng nào một địa bàn lập danh sách theo mức của một nghị định."""


@command.command("cases")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@json_option
@click.pass_obj
def cases(answer: Answer, files: tuple[Path, ...]) -> int:
    """Chạy các tình huống trong FILES (tệp YAML hoặc thư mục); dòng cuối là "N passed, N failed"."""
    from ansinh.policy.cases import run_files

    lines: list[str] = []
    paths = [inner for path in files for inner in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])]
    passed, failed = run_files(paths, lines.append if answer.as_json else click.echo)
    facts = {"passed": passed, "failed": failed, "report": lines}
    answer.give(facts, f"{passed} passed, {failed} failed")
    return 1 if failed else 0


@command.command("preview")
@click.argument("month", type=MONTH)
@click.option("--law", required=True, help="Mã văn bản: nd136, nd20, nd76, nd176, nd335.")
@click.option("--place", "place_code", required=True, help="Mã địa bàn: 2, 3 hoặc 5 chữ số.")
@as_option
@json_option
@click.pass_obj
def preview(answer: Answer, *, month: Month, law: str, place_code: str, usernames: tuple[str, ...]) -> None:
    """Xem trước, không ghi gì: lập theo mức của một văn bản từ danh sách tháng MONTH thì thêm bao nhiêu tiền."""
    _set_up()
    from ansinh.ops.levels import show_preview

    show_preview(answer, month=month, law=law, place_code=place_code, usernames=usernames)


@command.command("simulate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--place", "place_code", required=True, help="Mã địa bàn: 2, 3 hoặc 5 chữ số.")
@click.option("--months", type=int, default=12, show_default=True, help="Số tháng xem trước.")
@click.option("--from", "first", type=MONTH, help="Tháng đầu; bỏ trống: sau danh sách đã duyệt gần nhất.")
@as_option
@json_option
@click.pass_obj
def simulate(
    answer: Answer, *, file: Path, place_code: str, months: int, first: Month | None, usernames: tuple[str, ...]
) -> None:
    """Thử mức hoặc hệ số dự kiến trong FILE (YAML) với một địa bàn: tốn thêm bao nhiêu; không ghi gì."""
    _set_up()
    from ansinh.ops.levels import show_simulation

    show_simulation(answer, file=file, place_code=place_code, months=months, first=first, usernames=usernames)


@command.command("apply-from")
@click.argument("month", type=MONTH)
@click.option("--law", required=True, help="Mã văn bản: nd136, nd20, nd76, nd176, nd335.")
@click.option("--place", "place_code", required=True, help="Mã địa bàn: 2, 3 hoặc 5 chữ số.")
@click.option("--reason", default="", help="Vì sao áp dụng từ tháng này, ví dụ số công văn.")
@as_option
@json_option
@click.pass_obj
def apply_from(
    answer: Answer, *, month: Month, law: str, place_code: str, reason: str, usernames: tuple[str, ...]
) -> None:
    """Lập danh sách theo mức của một văn bản từ danh sách tháng MONTH; một người đề nghị, một người duyệt."""
    _set_up()
    from ansinh.ops.levels import start_levels

    start_levels(answer, month=month, law=law, place_code=place_code, reason=reason, usernames=usernames)


@command.command("schedule")
@as_option
@json_option
@click.pass_obj
def schedule(answer: Answer, usernames: tuple[str, ...]) -> None:
    """Các tháng áp dụng mức đã ghi cho các địa bàn."""
    _set_up()
    from ansinh.ops.levels import show_schedule

    show_schedule(answer, usernames)


@command.command("withdraw")
@click.argument("level_start_id", type=int)
@as_option
@json_option
@click.pass_obj
def withdraw(answer: Answer, level_start_id: int, usernames: tuple[str, ...]) -> None:
    """Rút tháng áp dụng mức số LEVEL_START_ID, khi chưa có danh sách nào lập theo."""
    _set_up()
    from ansinh.ops.levels import withdraw_levels

    withdraw_levels(answer, level_start_id, usernames)


@command.command("explain")
@click.option("--person", "person_id", type=int, help="Số của người trong sổ.")
@click.option("--month", type=MONTH, help="Tháng được hưởng cần giải thích, ví dụ 2021-10.")
@click.option("--payroll", type=MONTH, help="Chỉ giải thích các dòng của danh sách tháng này cho tháng đó.")
@click.option("--run", "run_id", type=int, help="Số kỳ chi trả.")
@click.option("--line", "line_id", type=int, help="Số dòng trong kỳ chi trả.")
@click.option("--pdf", type=click.Path(path_type=Path), help="Ghi phiếu giải thích mức hưởng (PDF) ra tệp này.")
@click.option("--without-category", is_flag=True, help="Phiếu chỉ có số tiền và văn bản, không ghi diện hưởng.")
@as_option
@json_option
@click.pass_obj
def explain(
    answer: Answer, *, person_id: int | None, month: Month | None, payroll: Month | None, run_id: int | None,
    line_id: int | None, pdf: Path | None, without_category: bool, usernames: tuple[str, ...],
) -> None:  # fmt: skip
    """Giải thích bằng một đoạn văn kèm điều luật: tiền một tháng của một người, hoặc một dòng của danh sách."""
    _set_up()
    from ansinh.ops.explaining import SayWhat, explain_line, explain_month

    if run_id is not None and line_id is not None and person_id is None and month is None and pdf is None:
        explain_line(answer, run_id=run_id, line_id=line_id, usernames=usernames)
    elif person_id is not None and month is not None and run_id is None and line_id is None:
        explain_month(
            answer, person_id=person_id, month=month, payroll=payroll, slip=pdf,
            names_category=not without_category, usernames=usernames,
        )  # fmt: skip
    else:
        raise SayWhat()


command.add_command(draft)


def _set_up() -> None:
    """Django, for the commands that ask the database; trying cases does without."""
    from ansinh.ops.preparation import django_ready

    django_ready()
