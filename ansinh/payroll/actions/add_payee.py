"""Put somebody on the list of an occasion by name."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from ansinh.access.types import Actor
from ansinh.kernel.refusal import Refusal
from ansinh.payroll.merit import list_worshipper
from ansinh.payroll.models import Occasion, OneOffPayee
from ansinh.payroll.one_off import decided_sum, funeral_of, lock_occasion, payee_of, refuse_open
from ansinh.payroll.one_off_types import PayeeMoved
from ansinh.payroll.states import FUNERAL, MERIT_YEARLY
from ansinh.places.queries import list_commune_codes
from ansinh.platform.action import action
from ansinh.registry.queries import get_person
from ansinh.registry.types import PersonCard


class AlreadyOnList(Refusal):
    """{who} (hoặc hộ của người này) đã có trong danh sách "{title}". Mỗi người, mỗi hộ chỉ được chi một lần."""


class FuneralAlreadyGiven(Refusal):
    """Hỗ trợ mai táng cho {who} đã có trong danh sách "{title}". Mỗi người chết chỉ được hỗ trợ một lần."""


class NotOfPlace(Refusal):
    """{who} không thuộc địa bàn của đợt chi này trong tháng {month}. Hãy kiểm tra nơi cư trú trong sổ."""


class CollectorMissing(Refusal):
    """Hãy ghi họ tên người lo mai táng cho {who} và quan hệ của người đó với người chết."""


@action(permission="payroll.add_payee", name="Thêm người vào đợt chi một lần")
def add_payee(
    *,
    occasion_id: int,
    person_id: int,
    by: Actor,
    at: datetime,
    collector_name: str = "",
    collector_relation: str = "",
    reason: str = "",
    martyr_name: str = "",
    martyr_no: str = "",
) -> PayeeMoved:
    """List somebody: of a funeral the dead person, with who arranged it and collects; of the others the person.

    Of worship money who worships, once for each martyr (name, and number of the certificate or dossier).
    Where the sum is for a household, the person is its payee. Refuses a list already frozen (OccasionAlreadyOpen),
    people of elsewhere (NotOfPlace), somebody or a household twice (AlreadyOnList), a death supported before
    (FuneralAlreadyGiven) or that the law does not support (NoFuneralOwed), one without collector (CollectorMissing),
    and what list_worshipper does.
    """
    occasion = lock_occasion(occasion_id, by=by)
    refuse_open(occasion)
    card = get_person(person_id, by=by)
    commune = _commune(occasion, card)
    if occasion.kind == MERIT_YEARLY:
        person, martyr = (person_id, card.full_name), (martyr_name, martyr_no)
        dong = list_worshipper(occasion, person, martyr, commune=commune, reason=reason.strip(), by=by, at=at)
        return PayeeMoved(occasion_id, person_id, dong)
    if occasion.kind == FUNERAL:
        if not collector_name.strip() or not collector_relation.strip():
            raise CollectorMissing(who=card.full_name)
        owed = funeral_of(person_id, card.full_name, commune, occasion.month)
        before = OneOffPayee.objects.filter(kind=FUNERAL, person_id=person_id).select_related("occasion").first()
        if before is not None:
            raise FuneralAlreadyGiven(who=card.full_name, title=before.occasion.title)
    else:
        owed = decided_sum(occasion)
    household = card.household_id if occasion.per_household else None
    payee = payee_of(occasion, person_id, owed, commune=commune, household_id=household, by=by, at=at)
    payee.collector_name, payee.collector_relation = collector_name.strip(), collector_relation.strip()
    payee.reason = "; ".join(filter(None, (payee.reason, reason.strip())))
    try:
        with transaction.atomic():
            payee.save()
    except IntegrityError as fault:
        raise AlreadyOnList(who=card.full_name, title=occasion.title) from fault
    return PayeeMoved(occasion_id, person_id, payee.amount_dong)


def _commune(occasion: Occasion, card: PersonCard) -> str:
    """Where the person lives in the month, or last lived: the dead have no home any more."""
    begun = [home for home in card.residences if home.starts <= occasion.month]
    home = max(begun, key=lambda one: one.starts, default=None)
    if home is None or home.commune_code not in list_commune_codes(occasion.place_code, occasion.month.first_day):
        raise NotOfPlace(who=card.full_name, month=occasion.month.vi)
    return home.commune_code
