"""Long work is left off between two of its steps: whoever counts its progress asks whether it was cancelled."""

from __future__ import annotations

from collections.abc import Callable

from ansinh.kernel.refusal import Refusal


class Cancelled(Refusal):
    """Công việc đã dừng theo yêu cầu khi làm được {done}/{total}.
    Phần đã lưu được giữ lại; làm tiếp thì chạy nốt phần còn lại."""


# (done, total): told by long work between its steps; may raise Cancelled: what is not committed is then rolled back.
Progress = Callable[[int, int], None]


def no_progress(_done: int, _total: int) -> None:
    """Says nothing to nobody."""


def cancellable(asked: Callable[[], bool], told: Progress | None = None) -> Progress:
    """A progress that tells `told`, and raises (Cancelled) at the first step after `asked()` has become true."""

    def progress(done: int, total: int) -> None:
        if told is not None:
            told(done, total)
        if asked():
            raise Cancelled(done=done, total=total)

    return progress
