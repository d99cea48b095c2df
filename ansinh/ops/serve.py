"""`ansinh serve`: the web, by waitress, on this machine unless told otherwise."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import nullcontext
from ipaddress import ip_address

import click
import waitress
import waitress.server

from ansinh.kernel.refusal import Refusal
from ansinh.ops.answer import Answer
from ansinh.ops.serving import server_options
from ansinh.ops.worker import worker_beside


class PortTaken(Refusal):
    """Cổng {port} trên {host} đang có chương trình khác dùng, nên chưa mở được trang web.
    Hãy dừng chương trình đó, hoặc chọn cổng khác: ansinh serve --port {other}."""


class PortNotAllowed(Refusal):
    """Người dùng hiện tại không được mở cổng {port}. Hãy chọn cổng từ 1024 trở lên: ansinh serve --port {other}."""


class NoSuchHost(Refusal):
    """Máy này không có địa chỉ "{host}" ({why}). Hãy dùng --host 127.0.0.1, hoặc địa chỉ thật của máy."""


class DemonstrationStillOpen(Refusal):
    """Người minh họa ({people}) còn hoạt động và mật khẩu của họ ai cũng biết, nên trang chỉ mở trên chính máy này.
    Hãy chạy `ansinh user retire-demonstration` rồi mở lại, hoặc dùng --host 127.0.0.1."""


class NobodyAdministers(Refusal):
    """Chưa có quản trị viên thật, nên chưa mở trang cho máy khác. Hãy chạy:
    ansinh user add TÊN_ĐĂNG_NHẬP --name "HỌ VÀ TÊN" --role administrator, rồi mở lại."""


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ nhận kết nối.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Cổng nhận kết nối.")
@click.option("--worker", "with_worker", is_flag=True, help="Chạy kèm một tiến trình làm việc chạy lâu.")
@click.pass_obj
def command(answer: Answer, host: str, port: int, with_worker: bool) -> None:
    """Mở trang web cho cán bộ."""
    options = server_options()
    check_free(host, port)
    from django.core.wsgi import get_wsgi_application

    from ansinh.ops.preparation import prepared_database
    from ansinh.ops.web_login import serve_as_web

    owner = prepared_database(answer.say)
    check_fit_for_others(host, port)
    serve_as_web(owner)
    if warning := unanswered(host):
        answer.say(warning)
    server = waitress.server.create_server(get_wsgi_application(), host=host, port=port, **options)
    answer.say(f"Trang web: http://{_in_address(host)}:{port} (dừng bằng Ctrl-C)")
    with worker_beside() if with_worker else nullcontext():
        try:
            server.run()
        except KeyboardInterrupt:
            answer.say("Đã đóng trang web.")
        finally:
            server.close()


def check_free(host: str, port: int) -> None:
    """Refuses (PortTaken, PortNotAllowed, NoSuchHost) an address that cannot be listened on."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as fault:
        other = 8001 if port == 8000 else 8000
        if fault.errno == errno.EADDRINUSE:
            raise PortTaken(host=host, port=port, other=other) from fault
        if fault.errno == errno.EACCES:
            raise PortNotAllowed(port=port, other=other) from fault
        raise NoSuchHost(host=host, why=fault.strerror or str(fault)) from fault


def check_fit_for_others(host: str, port: int) -> None:
    """Beyond this machine no password is known to all, and somebody real can let people in.

    Refuses (DemonstrationStillOpen, NobodyAdministers) any address others can reach.
    """
    from django.utils.timezone import localdate

    from ansinh.access.queries import find_demonstration_people, has_real_administrator

    addresses = [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if all(ip_address(one.partition("%")[0]).is_loopback for one in addresses):
        return
    if people := find_demonstration_people():
        raise DemonstrationStillOpen(people=", ".join(people))
    if not has_real_administrator(localdate()):
        raise NobodyAdministers()


def unanswered(host: str) -> str:
    """What to set so that pages answer visitors at the address listened on; empty where they do."""
    from django.conf import settings
    from django.http.request import validate_host

    if host in {"0.0.0.0", "::"}:  # noqa: S104 - asked about, not listened on
        if os.environ.get("ANSINH_HOSTS", "").split():
            return ""
    elif validate_host(_in_address(host), settings.ALLOWED_HOSTS):
        return ""
    return (
        f"Lưu ý: {host} chưa có trong ANSINH_HOSTS, nên ai mở trang bằng địa chỉ ấy chỉ nhận lỗi 400.\n"
        "Hãy dừng, đặt tên hoặc địa chỉ cán bộ sẽ gõ (ví dụ: export ANSINH_HOSTS=ansinh.caobang.gov.vn) rồi mở lại.\n"
        "Mở cho máy khác cần HTTPS: xem docs/how-to/serve-beyond-this-machine.md."
    )


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host
