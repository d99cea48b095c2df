"""How the web server listens: how long it waits for a slow visitor, how much it takes in, whom it believes."""

from __future__ import annotations

import os
from ipaddress import ip_address
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
# What the proxy in front may say of the visitor. Of hosts nothing: it passes Host through.
_BELIEVED = {"x-forwarded-for", "x-forwarded-proto"}


class BadProxy(Refusal):
    """Biến ANSINH_PROXY phải là một địa chỉ IP của máy proxy đứng trước (đang là "{given}").
    Hãy ghi, ví dụ, ANSINH_PROXY=127.0.0.1, hoặc bỏ biến này khi không có proxy."""


class NoProxyForHttps(Refusal):
    """Đã đặt ANSINH_HTTPS=1 nhưng chưa khai máy proxy giữ chứng chỉ, nên mọi trang sẽ chuyển hướng mãi.
    Hãy đặt ANSINH_PROXY bằng địa chỉ IP của proxy (thường là 127.0.0.1), hoặc bỏ ANSINH_HTTPS."""


def server_options() -> dict[str, Any]:
    """What waitress is told besides where to listen; refuses (BadProxy, NoProxyForHttps) what cannot work."""
    options: dict[str, Any] = {
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
    }
    proxy = os.environ.get("ANSINH_PROXY", "").strip()
    if not proxy and os.environ.get("ANSINH_HTTPS") == "1":
        raise NoProxyForHttps()
    if not proxy:
        # Headers of a proxy nobody named are left in sight, believed by nobody: they tell that the visitor is not at
        # this machine, and the demonstration's people sign in only there.
        return {**options, "clear_untrusted_proxy_headers": False}
    try:
        ip_address(proxy)
    except ValueError as fault:
        raise BadProxy(given=proxy) from fault
    return {
        **options,
        "trusted_proxy": proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": _BELIEVED,
        "clear_untrusted_proxy_headers": True,
    }
