"""Record who collects for somebody, and until when."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.types import Actor
from ansinh.kernel.names import written
from ansinh.kernel.refusal import Refusal
from ansinh.platform.action import action
from ansinh.registry.changing import hold_person, write_change
from ansinh.registry.models import Collector
from ansinh.registry.rules import COLLECTOR
from ansinh.registry.types import ChangeRecorded, Paper


class CollectorUnnamed(Refusal):
    """Chưa ghi họ tên người nhận thay. Hãy ghi đủ họ tên như trên giấy ủy quyền hoặc quyết định giám hộ."""


class AuthorisationOver(Refusal):
    """Giấy ủy quyền hết hạn ngày {until}, trước ngày ghi. Hãy ghi giấy ủy quyền còn hiệu lực."""


@action(permission="registry.change_collector", name="Ghi người nhận thay")
def change_collector(
    *,
    person_id: int,
    full_name: str,
    relation: str,
    authorised_from: date,
    authorised_until: date,
    paper: Paper,
    by: Actor,
    at: datetime,
) -> ChangeRecorded:
    """From the day on this collector, nobody else; the orders issued from now name them.

    Refuses nobody (CollectorUnnamed) and an authorisation already over (AuthorisationOver).
    """
    name = written(full_name)
    if not name:
        raise CollectorUnnamed()
    if authorised_until < at.date():
        raise AuthorisationOver(until=f"{authorised_until:%d/%m/%Y}")
    held = hold_person(person_id, by=by)
    facts = {"name": name, "relation": relation.strip(), "until": authorised_until.isoformat()}
    told = write_change(held, COLLECTOR, authorised_from, facts, paper=paper, by=by, at=at)
    Collector.objects.filter(person_id=person_id).delete()
    Collector.objects.create(
        person_id=person_id,
        full_name=name,
        relation=relation.strip(),
        authorised_until=authorised_until,
        recorded_at=at,
    )
    return told
