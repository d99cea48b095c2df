"""The first administrator, papers on the terminal, and what is not opened to other machines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.contrib.auth import authenticate

from ansinh.access.actions import retire_demonstration_people, use_sign_in_paper
from ansinh.access.models import User
from ansinh.access.types import SYSTEM, Role
from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import now
from ansinh.ops.answer import Answer
from ansinh.ops.serve import DemonstrationStillOpen, NobodyAdministers, check_fit_for_others
from ansinh.ops.user import command
from tests.web.second_factors import PASSWORD, real_person, with_phone

pytestmark = pytest.mark.django_db
NEW = "ngọn đồi sau bản có hai cây gạo"


@pytest.fixture
def said(first_load: object, monkeypatch: pytest.MonkeyPatch) -> object:
    # The test database is prepared already.
    for module in ("user", "user_sign_in"):
        monkeypatch.setattr(f"ansinh.ops.{module}.prepared_database", lambda _say: None)
    return None


def user(*words: str) -> Result:
    """`ansinh user …` run here."""
    return CliRunner().invoke(command, list(words), obj=Answer(), catch_exceptions=False)


def test_the_first_administrator_gets_a_code_and_chooses_a_password(said: object, tmp_path: Path) -> None:
    paper = tmp_path / "giay.pdf"
    result = user("add", "tri", "--name", "Trần Thị Trị", "--role", "administrator", "--pdf", str(paper), "--json")
    told = json.loads(result.output)
    assert paper.read_bytes().startswith(b"%PDF")
    assert paper.stat().st_mode & 0o777 == 0o600
    assert not User.objects.get(username="tri").has_usable_password()
    use_sign_in_paper(username="tri", secret=told["code"], password=NEW, at=now())
    assert authenticate(username="tri", password=NEW) is not None


def test_a_new_paper_on_the_terminal(said: object) -> None:
    real_person("duyet", Role.APPROVER)
    result = user("paper", "duyet", "--hours", "2", "--address", "https://ansinh.example/sign-in/paper/")
    assert "https://ansinh.example/sign-in/paper/" in result.output
    assert authenticate(username="duyet", password=PASSWORD) is None


def test_a_lost_phone_and_a_stolen_session_from_the_terminal(said: object) -> None:
    with_phone(real_person("duyet", Role.APPROVER))
    assert "Đã gỡ bước hai của duyet" in user("remove-second-factor", "duyet", "--reason", "mất điện thoại").output
    assert "Đã kết thúc 0 phiên của duyet" in user("end-sessions", "duyet", "--reason", "nghi bị dùng").output


def test_nothing_known_to_all_is_opened_to_other_machines(said: object) -> None:
    check_fit_for_others("127.0.0.1", 8000)
    check_fit_for_others("localhost", 8000)
    with pytest.raises(DemonstrationStillOpen):
        check_fit_for_others("0.0.0.0", 8000)  # noqa: S104 - what must be refused
    with pytest.raises(Refusal, match="ansinh user add TÊN"):
        retire_demonstration_people(by=SYSTEM, at=now())
    real_person("tri", Role.ADMINISTRATOR)
    assert "người minh họa thôi làm việc" in user("retire-demonstration").output
    check_fit_for_others("0.0.0.0", 8000)  # noqa: S104
    assert retire_demonstration_people(by=SYSTEM, at=now()) == 0
    User.objects.filter(username="tri").update(is_active=False)
    with pytest.raises(NobodyAdministers):
        check_fit_for_others("0.0.0.0", 8000)  # noqa: S104
