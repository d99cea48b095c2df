"""Tries every address of a running server as each of the demonstration's people, and looks at every answer it gives.

    ANSINH_HOME=/tmp/a-home ansinh demo
    ANSINH_HOME=/tmp/a-home python tools/try_the_doors.py --schemathesis PATH [--wapiti PATH] [--examples 10]

Both tools are programs beside this one (wapiti is GPL: never a dependency), each in an environment of its own. The home
is for this only: forms are sent, and what they ask for is done. Limits of requests a minute are lifted here alone.
"""

from __future__ import annotations

import argparse
import http.client
import json
import logging
import re
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
}
_ON_PAGES = ("Content-Security-Policy", "X-Frame-Options", "Permissions-Policy", "Cross-Origin-Opener-Policy")
_LEAKS = re.compile(rb"Traceback \(most recent|psycopg|django\.(?:core|db|utils)|/site-packages/|SELECT .{1,200} FROM ")
_Start = Callable[..., Any]


class Overseer:
    """Around the application: every answer of it is looked at, whoever asked for it."""

    def __init__(self, application: Callable[[dict[str, Any], _Start], Iterable[bytes]]) -> None:
        self.application = application
        self.statuses: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()

    def __call__(self, environ: dict[str, Any], start: _Start) -> Iterable[bytes]:
        """Answers as the application does."""
        seen: list[Any] = []

        def told(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            seen[:] = [status, dict(headers)]
            return start(status, headers, *more)

        answer = self.application(environ, told)
        try:
            body = b"".join(answer)
        finally:
            if callable(close := getattr(answer, "close", None)):
                close()
        status, headers = seen
        self._look(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}", status, headers, body)
        return [body]

    def _look(self, asked: str, status: str, headers: dict[str, str], body: bytes) -> None:
        from tests.web.markup import inline_faults

        to_the_door = headers.get("Location", "").startswith("/sign-in/")
        self.statuses["asked to sign in" if to_the_door else status[:3]] += 1
        place = re.sub(r"\d+", "N", asked)
        is_static = "/static/" in asked
        wanted = dict(_EVERYWHERE) if is_static else {**_EVERYWHERE, "Cache-Control": "no-store"}
        faults = [
            f"{name}: {headers.get(name)}" for name, value in wanted.items() if value not in headers.get(name, "")
        ]
        faults += [f"{name} missing" for name in _ON_PAGES if not is_static and name not in headers]
        if status.startswith("5"):
            faults.append(status)
        if headers.get("Content-Type", "").startswith("text/html"):
            faults += inline_faults(body.decode(errors="replace"))
            faults += [found.group().decode(errors="replace") for found in _LEAKS.finditer(body)]
        if re.match(r"(?:\w+:)?//(?!127\.0\.0\.1)", headers.get("Location", "")):
            faults.append(f"leads to {headers['Location']}")
        for fault in faults:
            self.faults[f"{place}: {fault[:200]}"] += 1


@contextmanager
def served() -> Iterator[tuple[Overseer, int]]:
    """The site of this home on a free port, its limits lifted."""
    import waitress.server

    from ansinh.ops.preparation import prepared_database
    from ansinh.ops.serving import server_options

    prepared_database()
    from django.core.wsgi import get_wsgi_application

    overseer = Overseer(get_wsgi_application())
    from ansinh.web import rate_limits

    rate_limits.LIMITS.clear()
    # What the overseer tells is enough; a line for each refusal would bury it.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = waitress.server.create_server(overseer, host="127.0.0.1", port=0, **server_options())
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield overseer, server.effective_port
    finally:
        server.task_dispatcher.shutdown()
        server.close()
        thread.join(timeout=5)


def signed_in(port: int, username: str, password: str) -> dict[str, str]:
    """The cookies of a visit of that person."""
    cookies: dict[str, str] = {}
    for body in (None, {"username": username, "password": password}):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        said = "; ".join(f"{name}={value}" for name, value in cookies.items())
        headers = {"Cookie": said, "Content-Type": "application/x-www-form-urlencoded"}
        sent = urlencode({**body, "csrfmiddlewaretoken": cookies["csrftoken"]}) if body else None
        connection.request("POST" if body else "GET", "/sign-in/", sent, headers)
        answer = connection.getresponse()
        answer.read()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            cookies[name] = value
        connection.close()
    if "sessionid" not in cookies:
        raise SystemExit(f"{username} could not sign in")
    return cookies


def tried_by_schemathesis(program: str, port: int, cookies: dict[str, str], described: Path, options: Any) -> int:
    """Requests made of the description, sound and unsound ones; the program's own verdict."""
    said = "; ".join(f"{name}={value}" for name, value in cookies.items())
    words = [
        program, "run", str(described), "--url", f"http://127.0.0.1:{port}", "-c", "not_a_server_error",
        "-n", str(options.examples), "--seed", str(options.seed), "--max-redirects", "0", "--warnings", "off",
        "--suppress-health-check", "all", "--phases", options.phases, "--request-timeout", "60",
        "-H", f"Cookie: {said}", "-H", f"X-CSRFToken: {cookies['csrftoken']}", "--continue-on-failure", "--no-color",
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(words, cwd=folder, check=False).returncode


def tried_by_wapiti(program: str, port: int, cookies: dict[str, str], options: Any) -> int:
    """A walk over the site by its links and forms, each tried with what does harm."""
    with tempfile.TemporaryDirectory() as folder:
        said = "; ".join(f"{name}={value}" for name, value in cookies.items())
        words = [
            program, "-u", f"http://127.0.0.1:{port}/", "--scope", "domain", "-H", f"Cookie: {said}", "-d", "3",
            "-x", f"http://127.0.0.1:{port}/sign-out/", "--max-links-per-page", "25", "--max-files-per-dir", "12",
            "--max-scan-time", str(options.seconds), "--max-attack-time", str(options.seconds // 6), "--flush-session",
            "--store-session", folder, "-f", "json", "-o", f"{folder}/found.json", "--no-bugreport", "-v", "0",
            "-m", "sql,xss,exec,file,redirect,crlf,csp,http_headers,cookieflags,csrf,xxe,ssrf,permanentxss",
        ]  # fmt: skip
        subprocess.run(words, cwd=folder, check=False)
        found = json.loads(Path(folder, "found.json").read_text(encoding="utf-8"))
    for kind, cases in {**found["vulnerabilities"], **found["anomalies"]}.items():
        for case in cases:
            print(f"wapiti: {kind}: {case['method']} {case['path']} {case.get('parameter')}: {case['info']}")
    print("wapiti:", found["infos"].get("crawled_pages_nbr"), "pages")
    return sum(map(len, found["vulnerabilities"].values()))


def main() -> int:
    """Tries what the options name; 1 where any answer was not as it must be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schemathesis")
    parser.add_argument("--wapiti")
    parser.add_argument(
        "--as", dest="usernames", action="append", help="whose visit; all of the demonstration's if unsaid"
    )
    parser.add_argument("--examples", type=int, default=10)
    parser.add_argument("--phases", default="coverage,fuzzing")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--seconds", type=int, default=240, help="how long wapiti may walk")
    options = parser.parse_args()
    with served() as (overseer, port), tempfile.TemporaryDirectory() as folder:
        from ansinh.access.actions import DEMONSTRATION_PASSWORD
        from ansinh.access.queries import DEMONSTRATION_USERS
        from tools.describe_addresses import document

        described = Path(folder, "addresses.json")
        described.write_text(json.dumps(document(), ensure_ascii=False), encoding="utf-8")
        for username in options.usernames or DEMONSTRATION_USERS:
            print(f"== {username}", flush=True)
            cookies = signed_in(port, username, DEMONSTRATION_PASSWORD)
            if options.schemathesis:
                tried_by_schemathesis(options.schemathesis, port, cookies, described, options)
            if options.wapiti:
                tried_by_wapiti(options.wapiti, port, cookies, options)
            print(dict(overseer.statuses), flush=True)
    for fault, times in overseer.faults.most_common():
        print(f"{times:5} {fault}")
    return 1 if overseer.faults else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
