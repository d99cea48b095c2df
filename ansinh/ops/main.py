"""The command line `ansinh`. One module a group of commands, imported only when its command is asked for."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from typing import cast

import click

from ansinh.ops.answer import Answer
from ansinh.ops.faults import Door


@dataclass(frozen=True, slots=True)
class Entry:
    """A command of the first level: the module that has it as `command`, and whether that module imports models."""

    module: str
    # Said again here so that --help imports nothing; a test keeps it equal to the command's own.
    summary: str
    needs_django: bool = False


ENTRIES: dict[str, Entry] = {
    "doctor": Entry("ansinh.ops.doctor", "Khám máy; mỗi chỗ hỏng kèm cách sửa."),
    "start": Entry("ansinh.ops.start", "Khởi động cơ sở dữ liệu và cập nhật nó cho khớp với phần mềm."),
    "stop": Entry("ansinh.ops.stop", "Dừng PostgreSQL đi kèm, sau khi mọi thứ đã ghi xong."),
    "serve": Entry("ansinh.ops.serve", "Mở trang web cho cán bộ."),
    "worker": Entry("ansinh.ops.worker", "Làm các việc chạy lâu đang chờ; chạy được nhiều tiến trình, trên nhiều máy."),
    "jobs": Entry("ansinh.ops.jobs", "Việc chạy lâu: xem, giao, dừng, làm tiếp.", needs_django=True),
    "demo": Entry(
        "ansinh.ops.demo",
        "Dữ liệu minh họa: một xã với những người không có thật, một tháng đã chi trả và tháng này đã duyệt.",
        needs_django=True,
    ),
    "synth": Entry(
        "ansinh.ops.synth",
        "Tạo sổ của những người không có thật, bao nhiêu cũng được, để thử và đo; cơ sở dữ liệu phải chưa có ai.",
        needs_django=True,
    ),
    "user": Entry(
        "ansinh.ops.user", "Người dùng: thêm người làm việc, giấy đăng nhập, bước hai, phiên.", needs_django=True
    ),
    "keys": Entry(
        "ansinh.ops.keys",
        "Khóa niêm phong: xem, thêm, đổi sang khóa mới, bỏ khóa cũ; mọi người vẫn làm việc.",
        needs_django=True,
    ),
    "retention": Entry(
        "ansinh.ops.retention",
        "Thời hạn lưu: từng loại giữ bao lâu theo điều nào; dọn những gì đã hết thời hạn.",
        needs_django=True,
    ),
    "register": Entry(
        "ansinh.ops.register", "Sổ đối tượng: nhập tệp Excel, xem và xử lý đề nghị thay đổi.", needs_django=True
    ),
    "person": Entry(
        "ansinh.ops.person", "Hồ sơ một người: xem số đầy đủ có ghi lý do, ai đã xem hồ sơ.", needs_django=True
    ),
    "change": Entry(
        "ansinh.ops.change",
        "Biến động: ghi, xem trước, hoàn tác, xem lại; mỗi lệnh kèm --preview để chỉ xem trước.",
        needs_django=True,
    ),
    "month": Entry(
        "ansinh.ops.month",
        "Kỳ chi trả của một tháng: mở, tính, kiểm tra, trình, duyệt, chi trả, quyết toán; hoặc chạy cả tháng.",
        needs_django=True,
    ),
    "one-off": Entry(
        "ansinh.ops.one_off",
        "Chi một lần: quà tặng, trợ giúp khẩn cấp, mai táng, thờ cúng liệt sĩ; từ quyết định đến chi trả.",
        needs_django=True,
    ),
    "verify": Entry(
        "ansinh.ops.verify",
        "Kiểm chứng mọi bất biến của tiền trên toàn bộ dữ liệu; nêu tên từng dòng sai lệch.",
        needs_django=True,
    ),
    "results": Entry(
        "ansinh.ops.results",
        "Kết quả chi trả: nhập tệp của tổ chức chi trả, xử lý dòng để riêng, khai mẫu tệp.",
        needs_django=True,
    ),
    "funds": Entry(
        "ansinh.ops.funds",
        "Kinh phí: tổ chức chi trả, hợp đồng, dự toán, chuyển tiền, nộp trả, chi phí chi trả.",
        needs_django=True,
    ),
    "recovery": Entry(
        "ansinh.ops.recovery", "Thu hồi: khoản phải thu hồi, quyết định, nộp lại, xóa.", needs_django=True
    ),
    "facility": Entry(
        "ansinh.ops.facility",
        "Cơ sở trợ giúp xã hội: ghi, xem; người vào cơ sở thì ghi bằng `ansinh change fact`.",
        needs_django=True,
    ),
    "hold": Entry("ansinh.ops.hold", "Tạm giữ tiền của một người hoặc một lệnh chi: ghi, dỡ, xem.", needs_django=True),
    "uncollected": Entry(
        "ansinh.ops.uncollected",
        "Không nhận tiền nhiều tháng: xem ai, ghi quyết định tạm dừng hoặc lý do chưa tạm dừng.",
        needs_django=True,
    ),
    "policy": Entry(
        "ansinh.ops.policy",
        "Luật: chạy các tình huống mẫu; từ tháng nào một địa bàn lập danh sách theo mức của một nghị định.",
    ),
    "places": Entry(
        "ansinh.ops.places", "Địa bàn: tìm xã, huyện, tỉnh theo tên hoặc mã, ở bất kỳ ngày nào.", needs_django=True
    ),
    "audit": Entry(
        "ansinh.ops.audit",
        "Nhật ký: ai làm gì, xem gì, lúc nào, từ đâu, vì sao; và đầu chuỗi của nó.",
        needs_django=True,
    ),
    "docs": Entry("ansinh.ops.docs", "Tài liệu sinh từ mã nguồn.", needs_django=True),
    "manage": Entry("ansinh.ops.manage", "Chạy một lệnh quản trị của Django, ví dụ: ansinh manage dbshell."),
}


class Commands(click.Group):
    """The first level. A command that needs no database starts without Django."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(ENTRIES)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in ENTRIES.items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = ENTRIES.get(cmd_name)
        if entry is None:
            return None
        if entry.needs_django:
            from ansinh.ops.preparation import django_ready

            django_ready()
        return cast(click.Command, importlib.import_module(entry.module).command)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ansinh", prog_name="ansinh")
def cli() -> None:
    """An Sinh: chi trả trợ giúp xã hội hằng tháng, từ quyết định hưởng đến quyết toán."""


def main() -> None:
    """Run one command. Exit codes: 0 done, 1 refused, 2 wrong usage, 70 fault of the software."""
    answer = Answer()
    try:
        with Door(answer):
            code = cli.main(prog_name="ansinh", standalone_mode=False, obj=answer)
    except click.Abort:
        answer.say("Đã dừng theo yêu cầu.")
        sys.exit(130)
    except click.ClickException as refused:
        refused.show()
        sys.exit(refused.exit_code)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
