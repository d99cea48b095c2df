"""The server's own settings: silent connections hold nobody up, bodies end somewhere."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import waitress.server
from django.test import override_settings

from ansinh.ops.serve import unanswered
from ansinh.ops.serving import BadProxy, NoProxyForHttps, server_options

_SILENT = 150  # waitress's own limit would be 100
Environ = dict[str, Any]


def echo(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answers with what the server made of the visitor."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    told = (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"], environ.get("HTTP_X_FORWARDED_FOR", ""))
    return [" ".join((*told, str(len(environ["wsgi.input"].read())))).encode()]


@contextmanager
def listening() -> Iterator[int]:
    """A server with our settings on a free port."""
    server = waitress.server.create_server(echo, host="127.0.0.1", port=0, **server_options())
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server.effective_port
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        thread.join(timeout=5)


def asked(port: int, *, body: bytes = b"", **headers: str) -> tuple[int, str]:
    """Status and text of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("POST", "/", body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    told = answer.status, answer.read().decode()
    connection.close()
    return told


def test_many_silent_visitors_hold_nobody_up() -> None:
    with listening() as port:
        silent = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(_SILENT)]
        for one in silent:
            one.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        begun = time.monotonic()
        assert asked(port)[0] == 200
        assert time.monotonic() - begun < 3
        for one in silent:
            one.close()


def test_a_body_or_head_without_end_is_refused() -> None:
    options = server_options()
    with listening() as port:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as one:
            length = options["max_request_body_size"] + 1
            one.sendall(f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n".encode())
            assert b" 413 " in one.recv(100)
        assert asked(port, X_Long="a" * (options["max_request_header_size"] + 1))[0] == 431


def test_headers_of_a_proxy_stay_in_sight_and_change_nothing() -> None:
    with listening() as port:
        told = asked(port, X_Forwarded_For="10.1.1.1", X_Forwarded_Proto="https")[1]
    assert told == "127.0.0.1 http 10.1.1.1 0"


def test_https_without_its_proxy_and_a_proxy_that_is_no_address_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSINH_HTTPS", "1")
    monkeypatch.delenv("ANSINH_PROXIES", raising=False)
    with pytest.raises(NoProxyForHttps):
        server_options()
    monkeypatch.setenv("ANSINH_PROXIES", "127.0.0.1 proxy.tinh.vn")
    with pytest.raises(BadProxy, match=r"proxy\.tinh\.vn"):
        server_options()
    monkeypatch.setenv("ANSINH_PROXIES", "127.0.0.1 10.0.0.0/8")
    assert server_options()["clear_untrusted_proxy_headers"] is False


def test_an_address_pages_do_not_answer_to_is_told_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    own = ["localhost", "127.0.0.1", "[::1]"]
    monkeypatch.delenv("ANSINH_HOSTS", raising=False)
    with override_settings(ALLOWED_HOSTS=own):
        assert not unanswered("127.0.0.1") + unanswered("::1") + unanswered("localhost")
        for one in ("10.1.2.3", "0.0.0.0", "::"):  # noqa: S104 - asked about, not listened on
            assert "export ANSINH_HOSTS=" in unanswered(one)
    monkeypatch.setenv("ANSINH_HOSTS", "10.1.2.3")
    with override_settings(ALLOWED_HOSTS=[*own, "10.1.2.3"]):
        assert not unanswered("10.1.2.3") + unanswered("0.0.0.0")  # noqa: S104 - asked about, not listened on
