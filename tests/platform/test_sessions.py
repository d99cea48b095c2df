"""Several sessions at once: what they see is what their caller sees, what they did stays, what went wrong is raised."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Barrier
from time import sleep

import pytest
from django.db import ProgrammingError, connection, transaction

from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import NotPermitted
from ansinh.platform.cancelling import Cancelled
from ansinh.platform.row_security import NOTHING, Sight, seeing, whole_view
from ansinh.platform.sessions import run_in_sessions, try_in_sessions
from tests.committing import transactional_db
from tests.platform.asking import NotThisOne, asked, noted

__all__ = ["transactional_db"]

pytestmark = pytest.mark.usefixtures("transactional_db")


class Spoiled(Exception):
    """What a part or a progress bar may raise."""


@pytest.fixture
def notes(transactional_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE noted (word text); GRANT SELECT, INSERT ON noted TO ansinh_worker")


def test_answers_come_in_the_order_of_the_parts_and_sessions_are_apart() -> None:
    together = Barrier(2)

    def work(part: str) -> str:
        together.wait(timeout=20)
        return f"{part} {asked('SELECT pg_backend_pid()')}"

    seen: list[tuple[int, int]] = []
    answers = run_in_sessions(["a", "b"], work, sessions=2, progress=lambda done, total: seen.append((done, total)))
    assert [answer[0] for answer in answers] == ["a", "b"]
    pids = {answer[2:] for answer in answers}
    assert len(pids) == 2
    assert asked("SELECT pg_backend_pid()") not in pids
    assert seen == [(1, 2), (2, 2)]
    # Each gave its connection back; its backend leaves within a moment.
    left = f"SELECT count(*) FROM pg_stat_activity WHERE pid IN ({','.join(pids)})"  # noqa: S608 - numbers
    for _ in range(100):
        if asked(left) == "0":
            break
        sleep(0.05)
    assert asked(left) == "0"


def test_no_parts_need_no_session() -> None:
    assert run_in_sessions([], asked, sessions=2) == []


@pytest.mark.parametrize("sessions", [1, 2])
def test_what_was_done_stays_and_the_first_error_stops_the_others(notes: None, sessions: int) -> None:
    def work(word: str) -> None:
        noted(word)
        if word == "2":
            raise Spoiled

    with pytest.raises(Spoiled):
        run_in_sessions([str(number) for number in range(200)], work, sessions=sessions)
    # Its own part is rolled back; of two hundred others only those begun before it was heard of were done.
    assert asked("SELECT count(*) FROM noted WHERE word = '2'") == "0"
    assert 1 <= int(asked("SELECT count(*) FROM noted")) < 199


def test_whoever_follows_the_progress_may_stop_it(notes: None) -> None:
    def stop(done: int, total: int) -> None:
        raise Spoiled

    with pytest.raises(Spoiled):
        run_in_sessions([str(number) for number in range(500)], noted, sessions=2, progress=stop)
    assert 1 <= int(asked("SELECT count(*) FROM noted")) < 500


def test_a_statement_the_database_refuses_is_raised_as_it_is() -> None:
    with pytest.raises(ProgrammingError):
        run_in_sessions(["SELECT nothing_of_the_kind()"], asked, sessions=2)


def test_sessions_see_what_their_caller_sees() -> None:
    role = "SELECT current_user"
    owner = asked(role)
    assert run_in_sessions([role], asked, sessions=2) == [owner]
    with seeing(NOTHING):
        assert run_in_sessions([role, role], asked, sessions=2) == ["ansinh_web"] * 2
        with whole_view():
            assert run_in_sessions([role, role], asked, sessions=2) == ["ansinh_worker"] * 2
            assert asked(role) == "ansinh_worker"
        assert asked(role) == "ansinh_web"
    with seeing(Sight(7, places=("01", "02"))):
        assert run_in_sessions(["SELECT current_setting('ansinh.places')"], asked, sessions=1) == ["01,02"]


def test_sessions_see_nothing_their_caller_has_not_committed(notes: None) -> None:
    with transaction.atomic():
        noted("mine")
        assert run_in_sessions(["SELECT count(*) FROM noted"], asked, sessions=2) == ["0"]
    assert run_in_sessions(["SELECT count(*) FROM noted"], asked, sessions=2) == ["1"]


@pytest.mark.parametrize("sessions", [1, 2])
def test_a_part_that_is_refused_holds_up_no_other(notes: None, sessions: int) -> None:
    def work(word: str) -> str:
        noted(word)
        if word in ("0", "3"):
            raise NotThisOne(part=word)
        return word

    seen: list[tuple[int, int]] = []
    done, refused = try_in_sessions(
        [str(number) for number in range(5)], work, sessions=sessions, progress=lambda *told: seen.append(told)
    )
    assert done == ["1", "2", "4"]
    assert [(one.part, one.refusal.message) for one in refused] == [
        ("0", 'Không làm phần "0".'),
        ("3", 'Không làm phần "3".'),
    ]
    assert seen[-1] == (5, 5)


def test_done_together_only_the_refused_ones_are_left_out(notes: None) -> None:
    def work(word: str) -> str:
        noted(word)
        if word == "60":
            raise NotThisOne(part=word)
        return word

    def together(words: Sequence[str]) -> list[str]:
        sizes.append(len(words))
        with transaction.atomic():
            return [work(word) for word in words]

    sizes: list[int] = []
    seen: list[tuple[int, int]] = []
    words = [str(number) for number in range(120)]
    done, refused = try_in_sessions(
        words, work, sessions=2, progress=lambda *told: seen.append(told), together=together
    )
    assert done == [word for word in words if word != "60"]
    assert [one.part for one in refused] == ["60"]
    assert sorted(sizes) == [20, 50, 50]
    assert seen[-1] == (120, 120)
    # What was done together and then refused was not done; each by itself it was, once.
    assert asked("SELECT count(*) FROM noted") == "120"


@pytest.mark.parametrize("refusal", [NotPermitted(who="a", what="b"), Cancelled(done=1, total=9)])
def test_who_may_not_and_who_wants_no_more_is_refused_as_a_whole(notes: None, refusal: Refusal) -> None:
    def work(word: str) -> None:
        noted(word)
        if word == "2":
            raise refusal

    with pytest.raises(type(refusal)):
        try_in_sessions([str(number) for number in range(200)], work, sessions=2)
    assert 1 <= int(asked("SELECT count(*) FROM noted")) < 200
