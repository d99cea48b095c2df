"""State machines as tables. One table of steps gives buttons, permissions, audit names, diagrams and the safe write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ansinh.kernel.refusal import Refusal


class StepNotAllowed(Refusal):
    """Không thể "{action}" khi đang ở trạng thái "{state}". Bước này chỉ làm được từ: {sources}."""


@dataclass(frozen=True, slots=True)
class Step:
    """One allowed move. `not_by` names the earlier action whose actor may not also do this one (four eyes)."""

    action: str
    source: str
    target: str
    role: str
    not_by: str | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """A named machine: its initial state and its table of steps."""

    name: str
    initial: str
    steps: tuple[Step, ...]
    # Vietnamese names of actions and states, for refusals; a missing one is shown by its code.
    action_names: Mapping[str, str] = field(default_factory=dict)
    state_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, initial first, in table order; feeds the database's CHECK."""
        seen = [self.initial, *(s for step in self.steps for s in (step.source, step.target))]
        return tuple(dict.fromkeys(seen))

    def allowed(self, state: str) -> tuple[Step, ...]:
        """The steps open from a state."""
        return tuple(step for step in self.steps if step.source == state)

    def step(self, action: str, state: str, target: str = "") -> Step:
        """The step `action` takes from `state`; refuses (StepNotAllowed) when the table has none.

        Of several, that to `target`; the first where none is named.
        """
        for step in self.steps:
            if step.action == action and step.source == state and target in ("", step.target):
                return step
        sources = [self.state_names.get(step.source, step.source) for step in self.steps if step.action == action]
        raise StepNotAllowed(
            action=self.action_names.get(action, action),
            state=self.state_names.get(state, state),
            sources=", ".join(f'"{source}"' for source in sources) or "không trạng thái nào",
        )

    def mermaid(self) -> str:
        """The diagram of the table, for the generated documentation."""
        arrows = [f"    {s.source} --> {s.target}: {s.action} ({s.role})" for s in self.steps]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.initial}", *arrows])
