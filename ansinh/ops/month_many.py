"""A step of the month over many lists: sessions side by side, each list done whole, what is done passed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ansinh.kernel.refusal import Refusal
from ansinh.ops.acting import now
from ansinh.ops.answer import Answer
from ansinh.ops.progress import progress_bar
from ansinh.places.queries import find_last_place
from ansinh.platform.sessions import try_in_sessions

P = TypeVar("P")
D = TypeVar("D")

# Lists told to a person one by one; all of them stand in the JSON answer.
MOST_TOLD = 20


@dataclass(slots=True)
class Stepped(Generic[D]):
    """What a step did: what came of it, in the order of the lists; how many had it behind them; what was refused, by
    the place of the list."""

    done: list[D] = field(default_factory=list)
    passed_over: int = 0
    refused: list[tuple[str, Refusal]] = field(default_factory=list)

    @property
    def facts(self) -> dict[str, Any]:
        """Of several lists, beside the step's own facts."""
        return {
            "done": len(self.done),
            "passed_over": self.passed_over,
            "not_done": [
                {"place": place_code, "refused": refusal.code, "message": refusal.message}
                for place_code, refusal in self.refused
            ],
        }

    @property
    def told(self) -> list[str]:
        """The same in words; nothing where all was done."""
        lines = []
        if self.passed_over:
            lines.append(f"{self.passed_over} nơi đã xong bước này từ trước: bỏ qua.")
        if self.refused:
            lines.append(f"{len(self.refused)} nơi chưa làm được:")
            lines += [f"  {_named(code)}: {refusal.message}" for code, refusal in self.refused[:MOST_TOLD]]
        if len(self.refused) > MOST_TOLD:
            lines.append(f"  … và {len(self.refused) - MOST_TOLD} nơi khác (xem hết bằng --json).")
        return lines

    @property
    def exit_code(self) -> int:
        """0 where nothing was refused."""
        return 1 if self.refused else 0


def _named(place_code: str) -> str:
    """ "Xã Nguyên Bình (01726)"."""
    return str(find_last_place(place_code, now().date()) or place_code)


def step_over(
    parts: Sequence[P],
    work: Callable[[P], D],
    *,
    place_of: Callable[[P], str],
    is_past: Callable[[P], bool],
    workers: int,
    answer: Answer,
    told: str,
    together: Callable[[Sequence[P]], Sequence[D]] | None = None,
) -> Stepped[D]:
    """Do the step to each part in a session and transactions of its own; one refused does not hold up the others.

    `together`: the step to some parts at once, all or none of them.

    A part alone is done or refused as if it had been named itself. Of several, those past the step are passed over, so
    that a step broken off is done to its end by asking again. Refuses (NotPermitted) whoever may not do the step.
    """
    if len(parts) == 1:
        return Stepped([work(parts[0])])
    waiting = [part for part in parts if not is_past(part)]
    with progress_bar(answer, told) as step:
        done, refused = try_in_sessions(waiting, work, sessions=workers, progress=step, together=together)
    return Stepped(done, len(parts) - len(waiting), [(place_of(one.part), one.refusal) for one in refused])


def give_many(answer: Answer, stepped: Stepped[Any], facts: Mapping[str, Any], text: str) -> int:
    """The step's own answer with what was passed over and refused; the exit code."""
    answer.give({**facts, **stepped.facts}, "\n".join([*filter(None, [text]), *stepped.told]))
    return stepped.exit_code
