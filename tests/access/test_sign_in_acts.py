"""Sign-in papers, lost second factors, stolen sessions, the demonstration over: what administrators do, and may not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.utils.timezone import localdate

from ansinh.access.actions import (
    DEMONSTRATION_PASSWORD,
    PaperNotGood,
    end_appointment,
    end_sessions,
    issue_sign_in_paper,
    remove_second_factor,
    retire_demonstration_people,
    use_sign_in_paper,
)
from ansinh.access.models import SignInPaper, User
from ansinh.access.queries import (
    DEMONSTRATION_OFFICER,
    UnknownUser,
    actor_of,
    find_demonstration_people,
    has_real_administrator,
    list_staff_sign_ins,
)
from ansinh.access.sign_in_acts import NobodyAdministersYet, NoSecondFactor, SayWhy
from ansinh.access.sign_in_papers import (
    DemonstrationPersonSignsIn,
    NotForOneself,
    NotTheirAdministrator,
    PaperHoursOutOfRange,
)
from ansinh.access.types import SYSTEM, Assurance, Role, SecondFactorNeeded, SignInAgainNeeded
from ansinh.kernel.refusal import Refusal
from ansinh.platform.models import AuditEntry
from tests.seeding import CHO_DON, NGOC_PHAI
from tests.web.second_factors import PASSWORD, real_person, with_phone

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
NEW = "ngọn đồi sau bản có hai cây gạo"


@pytest.fixture
def chair(first_load: object) -> User:
    return real_person("chutich2", area=NGOC_PHAI)


@pytest.fixture
def administrator(first_load: object) -> User:
    return real_person("quantri2", Role.ADMINISTRATOR)


def test_a_paper_works_once_and_from_its_issue_the_old_password_is_over(chair: User, administrator: User) -> None:
    issued = issue_sign_in_paper(username="chutich2", by=actor_of(administrator), at=NOW)
    assert authenticate(username="chutich2", password=PASSWORD) is None
    assert issued.secret not in str(list(SignInPaper.objects.values()))
    typed = issued.secret.replace("-", " ").lower().replace("0", "o")
    use_sign_in_paper(username="chutich2", secret=typed, password=NEW, at=NOW)
    assert authenticate(username="chutich2", password=NEW) == chair
    with pytest.raises(PaperNotGood):
        use_sign_in_paper(username="chutich2", secret=issued.secret, password=PASSWORD, at=NOW)


def test_the_trail_knows_the_paper_and_never_its_code(chair: User) -> None:
    issued = issue_sign_in_paper(username="chutich2", by=SYSTEM, at=NOW)
    entry = AuditEntry.objects.get(action="access.issue_sign_in_paper")
    assert entry.facts["username"] == "chutich2"
    assert issued.secret not in str(entry.facts)


@pytest.mark.parametrize("wrong", ["name", "code", "late", "older", "switched off"])
def test_every_paper_that_is_not_good_is_refused_in_the_same_words(chair: User, wrong: str) -> None:
    issued = issue_sign_in_paper(username="chutich2", hours=2, by=SYSTEM, at=NOW)
    if wrong == "older":
        issue_sign_in_paper(username="chutich2", by=SYSTEM, at=NOW)
    if wrong == "switched off":
        User.objects.filter(pk=chair.pk).update(is_active=False)
    with pytest.raises(PaperNotGood):
        use_sign_in_paper(
            username="ai-do" if wrong == "name" else "chutich2",
            secret="0000-0000-0000-0000" if wrong == "code" else issued.secret,
            password=NEW,
            at=NOW + timedelta(hours=2) if wrong == "late" else NOW,
        )
    assert authenticate(username="chutich2", password=NEW) is None


@pytest.mark.parametrize(
    ("username", "hours", "refusal"),
    [
        ("ai-do", 24, UnknownUser),
        ("quantri2", 24, NotForOneself),
        (DEMONSTRATION_OFFICER, 24, DemonstrationPersonSignsIn),
        ("chutich2", 73, PaperHoursOutOfRange),
        ("chutich2", 0, PaperHoursOutOfRange),
    ],
)
def test_who_gets_no_paper(chair: User, administrator: User, username: str, hours: int, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        issue_sign_in_paper(username=username, hours=hours, by=actor_of(administrator), at=NOW)
    assert not SignInPaper.objects.exists()


@pytest.mark.parametrize("last_day", [None, date(9999, 12, 31)])
def test_an_administrator_sees_and_helps_the_people_of_their_area_alone(
    chair: User, administrator: User, last_day: date | None
) -> None:
    """Also while the end of somebody's work elsewhere is written down ahead."""
    elsewhere = real_person("ketoan-tinh", Role.FINANCE)
    if last_day is not None:
        (one,) = elsewhere.appointments.all()
        by = actor_of(administrator)
        end_appointment(appointment_id=one.pk, reason="Nghỉ hưu", last_day=last_day, by=by, at=NOW)
    near = actor_of(real_person("quantri-gan", Role.ADMINISTRATOR, area=CHO_DON)).within("access.see_staff")
    shown = [one.username for one in list_staff_sign_ins(by=near, at=NOW)]
    assert sorted(shown) == ["chutich2", "quantri-gan"]
    with pytest.raises(NotTheirAdministrator):
        issue_sign_in_paper(username="ketoan-tinh", by=near, at=NOW)
    assert issue_sign_in_paper(username="chutich2", by=near, at=NOW).user_id == chair.pk


def test_a_lost_phone_is_taken_away_by_somebody_else_with_a_reason(chair: User, administrator: User) -> None:
    with_phone(chair)
    by = actor_of(administrator)
    with pytest.raises(SayWhy):
        remove_second_factor(username="chutich2", reason=" ", by=by, at=NOW)
    with pytest.raises(NotForOneself):
        remove_second_factor(username="quantri2", reason="mất điện thoại", by=by, at=NOW)
    assert remove_second_factor(username="chutich2", reason="mất điện thoại", by=by, at=NOW).removed == 2
    assert not Authenticator.objects.filter(user=chair).exists()
    assert AuditEntry.objects.get(action="access.remove_second_factor").reason == "mất điện thoại"
    with pytest.raises(NoSecondFactor):
        remove_second_factor(username="chutich2", reason="lại mất", by=by, at=NOW)


def test_ending_sessions_takes_a_reason_and_tells_how_many(chair: User) -> None:
    with pytest.raises(SayWhy):
        end_sessions(username="chutich2", reason="", by=SYSTEM, at=NOW)
    assert end_sessions(username="chutich2", reason="bỏ quên máy", by=SYSTEM, at=NOW).ended == 0


def test_the_demonstration_stays_while_nobody_real_administers(chair: User) -> None:
    with pytest.raises(NobodyAdministersYet):
        retire_demonstration_people(by=SYSTEM, at=NOW)
    assert authenticate(username=DEMONSTRATION_OFFICER, password=DEMONSTRATION_PASSWORD) is not None


def test_the_demonstration_is_retired_whole(chair: User, administrator: User) -> None:
    assert len(find_demonstration_people()) == retire_demonstration_people(by=SYSTEM, at=NOW)
    assert find_demonstration_people() == ()
    assert authenticate(username=DEMONSTRATION_OFFICER, password=DEMONSTRATION_PASSWORD) is None
    assert retire_demonstration_people(by=SYSTEM, at=NOW) == 0


def test_a_real_administrator_is_one_in_force(administrator: User) -> None:
    assert has_real_administrator(localdate(NOW))
    assert not has_real_administrator(localdate(NOW) - timedelta(days=2))


@pytest.mark.parametrize(
    ("second_factor", "fresh", "refusal"),
    [(False, True, SecondFactorNeeded), (True, False, SignInAgainNeeded)],
)
def test_letting_people_in_takes_two_factors_of_a_moment_ago(
    chair: User, administrator: User, second_factor: bool, fresh: bool, refusal: type[Refusal]
) -> None:
    by = actor_of(administrator, assurance=Assurance(second_factor, fresh))
    with pytest.raises(refusal):
        issue_sign_in_paper(username="chutich2", by=by, at=NOW)
