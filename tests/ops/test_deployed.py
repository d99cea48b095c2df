"""The settings as they are served: Django's own check finds nothing behind TLS; on this machine it just works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_TELL = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "ansinh.config.settings"
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in %r}, default=str))
"""
_NAMES = (
    "DEBUG", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
    "LANGUAGE_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SAMESITE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "ALLOWED_HOSTS",
)  # fmt: skip


def run(home: Path, *words: str, **said: str) -> subprocess.CompletedProcess[str]:
    """A command of ours with what the operator said in the environment."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("ANSINH", "DATABASE", "DJANGO"))}
    environment = {**kept, "ANSINH_HOME": str(home), **said}
    return subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, check=False)


def settings_with(home: Path, **said: str) -> dict[str, Any]:
    """Our settings as a process started so would read them."""
    told = run(home, "-c", _TELL % (_NAMES,), **said)
    assert told.returncode == 0, told.stderr
    return dict(json.loads(told.stdout))


def test_the_check_for_deployment_is_clean_behind_tls(tmp_path: Path) -> None:
    asked = ("-m", "ansinh.ops.main", "manage", "check", "--deploy", "--fail-level", "WARNING")
    told = run(tmp_path, *asked, ANSINH_HTTPS="1", ANSINH_HOSTS="ansinh.tinh.gov.vn")
    assert told.returncode == 0, told.stderr
    assert "no issues (0 silenced)" in told.stdout


def test_behind_tls_cookies_belong_to_this_host_alone(tmp_path: Path) -> None:
    found = settings_with(tmp_path, ANSINH_HTTPS="1", ANSINH_HOSTS="ansinh.tinh.gov.vn")
    assert found["SESSION_COOKIE_NAME"] == "__Host-sessionid"
    assert found["CSRF_COOKIE_NAME"] == "__Host-csrftoken"
    assert all(found[f"{one}_COOKIE_SECURE"] for one in ("SESSION", "CSRF", "LANGUAGE"))
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    # Whatever a visitor writes in X-Forwarded-Proto, Django never reads it.
    assert found["SECURE_PROXY_SSL_HEADER"] is None


def test_on_this_machine_plain_http_works_and_stays_closed(tmp_path: Path) -> None:
    found = settings_with(tmp_path)
    assert not any(found[one] for one in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS"))
    assert all(found[f"{one}_COOKIE_HTTPONLY"] for one in ("SESSION", "CSRF"))
    assert (found["SESSION_COOKIE_SAMESITE"], found["CSRF_COOKIE_SAMESITE"]) == ("Lax", "Strict")
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]


def test_nothing_in_the_environment_switches_debugging_on(tmp_path: Path) -> None:
    said = {"DEBUG": "1", "DJANGO_DEBUG": "1", "ANSINH_DEBUG": "1"}
    assert settings_with(tmp_path, **said)["DEBUG"] is False
