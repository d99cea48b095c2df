"""Freeze the list of an occasion into a run of its own."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.horizon import horizon_months
from ansinh.payroll.laws import LawBook
from ansinh.payroll.level_packs import hold_level_packs
from ansinh.payroll.models import Occasion, OneOffPayee, Run
from ansinh.payroll.one_off import decided_sum, find_gift_people, lock_occasion, payee_of, refuse_open
from ansinh.payroll.one_off_types import Criteria
from ansinh.payroll.states import ONE_OFF
from ansinh.payroll.types import RunOpened
from ansinh.places.queries import path_of
from ansinh.platform import sql
from ansinh.platform.action import action
from ansinh.platform.copying import refresh_loaded


class NobodyOnOccasion(Refusal):
    """Danh sách "{title}" chưa có ai: không ai đúng tiêu chí, hoặc chưa thêm người nào. Hãy xem lại rồi mở."""


@action(permission="payroll.open_occasion", name="Chốt danh sách chi một lần")
def open_occasion(*, occasion_id: int, by: Actor, at: datetime) -> RunOpened:
    """Open the run of an occasion: of a gift by criteria, whoever meets them now; else the people listed by name.

    From here it goes as a month's list does: computed, checked, submitted, approved by another, paid. Refuses one
    already open (OccasionAlreadyOpen) and one that reaches nobody (NobodyOnOccasion).
    """
    occasion = lock_occasion(occasion_id, by=by)
    refuse_open(occasion)
    hold_level_packs(alone=False)
    taken = LawBook().taken(path_of(occasion.place_code, occasion.month.first_day), occasion.month)
    if occasion.criteria:
        _list_by_criteria(occasion, by=by, at=at)
    run = Run.objects.create(
        place_code=occasion.place_code,
        month=occasion.month,
        programme=ONE_OFF,
        occasion=occasion,
        opened_at=at,
        opened_by=by.user_id,
        horizon_months=horizon_months(),
        **taken.columns,
    )
    asked = {"run_id": run.pk, "month": run.month.first_day, "occasion_id": occasion.pk}
    people = sql.run("payroll/freeze_one_off_roster", asked)
    if people == 0:
        raise NobodyOnOccasion(title=occasion.title)
    refresh_loaded("payroll_rosterentry", loads=Run.objects.all())
    return RunOpened(run.pk, run.place_code, run.month, people, ONE_OFF)


def _list_by_criteria(occasion: Occasion, *, by: Actor, at: datetime) -> None:
    """Everybody who meets the criteria now, in place of whoever a run given up had."""
    owed = decided_sum(occasion)
    found = find_gift_people(
        occasion.place_code,
        occasion.month,
        occasion.decided_on,
        Criteria.from_json(occasion.criteria),
        per_household=occasion.per_household,
    )
    OneOffPayee.objects.filter(occasion=occasion).delete()
    OneOffPayee.objects.bulk_create(
        [
            payee_of(
                occasion, one.person_id, owed, commune=one.commune_code, household_id=one.household_id, by=by, at=at
            )
            for one in found.payees
        ],
        batch_size=2_000,
    )
