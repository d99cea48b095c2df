"""How the web server listens: how long it waits for a slow visitor, how much it takes in."""

from __future__ import annotations

import os
from ipaddress import ip_network
from typing import Any

from ansinh.kernel.refusal import Refusal
from ansinh.platform.sheets.package_guard import MAX_FILE_BYTES

_THREADS = 8
# Many visitors may hold a connection open and say nothing; they cost memory only, so there may be many of them.
_CONNECTIONS = 2_000
# Seconds of silence before a connection is closed, and between looks for silent ones.
_SILENCE, _LOOK = 30, 5
_HEADERS = 32 * 1024
# A register with what its form says around it.
_BODY = MAX_FILE_BYTES + 4 * 1024 * 1024


class BadProxy(Refusal):
    """Biến ANSINH_PROXIES phải là các địa chỉ IP (hoặc dải IP) của máy proxy đứng trước, cách nhau bằng dấu cách
    (đang có "{given}"). Hãy ghi, ví dụ, ANSINH_PROXIES=127.0.0.1, hoặc bỏ biến này khi không có proxy."""


class NoProxyForHttps(Refusal):
    """Đã đặt ANSINH_HTTPS=1 nhưng chưa khai máy proxy giữ chứng chỉ, nên mọi trang sẽ chuyển hướng mãi.
    Hãy đặt ANSINH_PROXIES bằng địa chỉ IP của proxy (thường là 127.0.0.1), hoặc bỏ ANSINH_HTTPS."""


def server_options() -> dict[str, Any]:
    """What waitress is told besides where to listen; refuses (BadProxy, NoProxyForHttps) what cannot work."""
    proxies = os.environ.get("ANSINH_PROXIES", "").split()
    for given in proxies:
        try:
            ip_network(given, strict=False)
        except ValueError as fault:
            raise BadProxy(given=given) from fault
    if os.environ.get("ANSINH_HTTPS") == "1" and not proxies:
        raise NoProxyForHttps()
    return {
        "threads": _THREADS,
        "ident": None,
        "connection_limit": _CONNECTIONS,
        # select() knows no more than 1024 connections.
        "asyncore_use_poll": True,
        "channel_timeout": _SILENCE,
        "cleanup_interval": _LOOK,
        "max_request_header_size": _HEADERS,
        "max_request_body_size": _BODY,
        # The text of a fault is never sent to the visitor.
        "expose_tracebacks": False,
        # Left in sight: ansinh/web/guarding.py believes those of a proxy it was told of, and by any other it knows that
        # the visitor is not at this machine, where alone the demonstration's people sign in.
        "clear_untrusted_proxy_headers": False,
    }
