"""Running many histories on a database of their own."""

from __future__ import annotations

import copy
from dataclasses import replace

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.histories.base import Books
from tests.histories.checks import OF_THE_DATABASE, QUICK, must_prove, proofs
from tests.histories.machine import Histories
from tests.histories.paper import Paper
from tests.histories.settling import Settling
from tests.histories.world import BANK, Tally, World, serving, settle
from tests.seeding import open_desk


class Beginning(Settling):
    """May 2025 listed and issued, committed: where every history begins."""

    def __init__(self) -> None:
        # One person tells for the post and for the bank.
        post = open_desk()
        desk = replace(post, payer=serving(post.payer, BANK))
        self.world = World(desk, Tally())
        self.books = Books(Paper(), settle(desk))
        self.sent = []
        self.list_on(6, 0, killed=False)


def play(begun: Beginning, histories: int, steps: int, *, pace: int, tally: Tally, seeded: bool) -> None:
    """So many histories of so many steps, each at most `pace` usual acts; `seeded`: the same ones each time."""
    facts = {
        "desk_of_all": begun.desk,
        "beginning": copy.deepcopy(begun.books),
        "begins_at": begun.world,
        "tally": tally,
        "pace": pace,
        "quick_proofs": proofs(QUICK),
        "all_proofs": proofs(),
    }
    machine = type("Histories", (Histories,), facts)
    chosen = settings(
        max_examples=histories,
        stateful_step_count=steps,
        deadline=None,
        derandomize=seeded,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        print_blob=not seeded,
    )
    run_state_machine_as_test(machine, settings=chosen)
    must_prove(proofs(OF_THE_DATABASE))
