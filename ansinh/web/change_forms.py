"""One form for each kind of change: only the fields it needs, filled in with what is known. `act` does it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ansinh.access.types import Actor
from ansinh.kernel.birth import BirthDate, NotABirthDate
from ansinh.kernel.month import Month
from ansinh.registry.actions import (
    change_collector,
    correct_birth,
    correct_identity,
    correct_name,
    merge_people,
    move_resident,
    record_death,
    record_fact,
    record_missing,
)
from ansinh.registry.queries import FACT_KINDS, find_people, list_facilities
from ansinh.registry.types import ChangeRecorded
from ansinh.web.change_fields import Chosen, PaperForm, communes_like, month_field, text_field
from ansinh.web.change_state import State
from ansinh.web.change_words import value_told
from ansinh.web.fields import DayField, DongField

_A_YEAR = timedelta(days=364)


class ChangeForm(PaperForm):
    """A change of one person: `state` is what is known of them now."""

    # Said under the title: what the law makes of it.
    hint: Any = ""

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state = state

    def person_ids(self) -> tuple[int, ...]:
        """Whose months it moves."""
        return (self.state.person_id,)

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Record it."""
        raise NotImplementedError


class DeathForm(ChangeForm):
    """Died on a day."""

    hint = _("Tháng qua đời vẫn được hưởng cả tháng; từ tháng sau thì thôi. Người chăm sóc cũng thôi được hỗ trợ.")
    evidence_hint = _("Ví dụ: Trích lục khai tử số 12/2022/TLKT.")
    happened_on = DayField(label=_("Ngày qua đời"))

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Record the death."""
        day = self.cleaned_data["happened_on"]
        return record_death(person_id=self.state.person_id, died_on=day, paper=self.paper(), by=by, at=at)


class MissingForm(ChangeForm):
    """Declared missing by a court from a day on."""

    hint = _("Tháng quyết định của Tòa án có hiệu lực vẫn được hưởng cả tháng; từ tháng sau thì thôi.")
    evidence_hint = _("Ví dụ: Quyết định số 05/2022/QĐDS-ST của Tòa án nhân dân huyện.")
    paper_needed = True
    happened_on = DayField(label=_("Ngày quyết định có hiệu lực"))

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Record the declaration."""
        day = self.cleaned_data["happened_on"]
        return record_missing(person_id=self.state.person_id, missing_on=day, paper=self.paper(), by=by, at=at)


class FactForm(ChangeForm):
    """A fact of the law takes a value from a day on; `fact` is one of FACT_KINDS."""

    value = forms.ChoiceField(label=_("Từ ngày này là"), widget=forms.RadioSelect())
    effective_on = DayField(label=_("Đúng từ ngày"))
    monthly_dong = DongField(label=_("Số tiền hằng tháng (đồng)"), required=False)
    facility = forms.TypedChoiceField(
        label=_("Cơ sở nuôi dưỡng (nhận tiền thay)"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, state: State, fact: str, **kwargs: Any) -> None:
        super().__init__(*args, state=state, **kwargs)
        self.fact = fact
        found = FACT_KINDS[fact]
        self.fields["value"].choices = [(key, _(name)) for key, name in found.values.items()]  # type: ignore[attr-defined]
        known = state.value_of(fact)
        if known is not None:
            self.initial["value"] = known.key
            told = value_told(fact, known.value) if known.value is not None else _(found.values["none"])
            since = known.since.vi if known.since else ""
            self.fields["value"].help_text = _("Sổ đang ghi: %(value)s (từ %(month)s).") % {
                "value": told,
                "month": since or "–",
            }
        else:
            self.fields["value"].help_text = _("Sổ chưa ghi thông tin này.")
        if fact not in ("insurance_income", "merit"):
            del self.fields["monthly_dong"]
        if fact != "in_facility":
            del self.fields["facility"]
        else:
            offered = [(one.facility_id, one.name) for one in list_facilities()]
            self.fields["facility"].choices = [("", _("không ghi")), *offered]  # type: ignore[attr-defined]

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Record the fact."""
        told = self.cleaned_data
        return record_fact(
            person_id=self.state.person_id,
            kind=self.fact,
            value=told["value"],
            effective_on=told["effective_on"],
            monthly_dong=told.get("monthly_dong"),
            facility_id=told.get("facility"),
            paper=self.paper(),
            by=by,
            at=at,
        )


class MoveForm(ChangeForm):
    """To another commune of the register."""

    hint = _(
        "Đến hết 6/2025, chuyển trong cùng huyện chỉ đổi địa chỉ chi trả; sang huyện, tỉnh khác thì nơi cũ ra quyết "
        "định thôi chi trả, nơi mới ra quyết định hưởng. Từ 7/2025 mỗi xã tự quyết định. Bản xem trước nói rõ thuộc "
        "loại nào."
    )
    commune = text_field(label=_("Xã nơi chuyển đến (tên hoặc mã)"), max_length=100)
    from_month = month_field(
        label=_("Nơi mới trả từ tháng"), help_text=_("Tháng liền sau tháng ghi trong quyết định thôi chi trả.")
    )
    hamlet = text_field(label=_("Thôn, tổ dân phố"), max_length=200, required=False)
    commune_code = ""

    def clean(self) -> dict[str, Any]:
        """The one commune meant."""
        told = super().clean() or {}
        if told.get("commune") and told.get("from_month"):
            home = self.state.card.residences[-1].commune_code
            offers = communes_like(told["commune"], told["from_month"], near=home)
            missing = _("Tháng ấy không có xã nào như vậy. Hãy gõ lại tên hoặc mã 5 chữ số.")
            self.commune_code = Chosen(self, "commune", offers, missing).key
        return told

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Record the move."""
        told = self.cleaned_data
        return move_resident(
            person_id=self.state.person_id,
            commune_code=self.commune_code,
            hamlet=told["hamlet"],
            from_month=told["from_month"],
            paper=self.paper(),
            by=by,
            at=at,
        )


class LeaveForm(ChangeForm):
    """To a place outside the register."""

    hint = _("Dùng khi nơi đến không do hệ thống này quản lý. Từ tháng đã ghi, nơi này không còn phải trả.")
    from_month = month_field(label=_("Không trả từ tháng"))

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Record the leaving."""
        month = self.cleaned_data["from_month"]
        return move_resident(person_id=self.state.person_id, from_month=month, paper=self.paper(), by=by, at=at)


class BirthForm(ChangeForm):
    """The true date of birth."""

    hint = _("Coi như đã biết từ đầu: tháng nào đã lập danh sách sai thì danh sách sau tự truy lĩnh hoặc thu hồi.")
    birth = text_field(
        label=_("Ngày sinh đúng"), max_length=30, help_text=_("13/08/1984; hoặc 08/1984; hoặc chỉ năm 1984.")
    )

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        super().__init__(*args, state=state, **kwargs)
        self.initial["birth"] = state.card.birth.vi

    def clean_birth(self) -> BirthDate:
        """As far as it is known."""
        try:
            return BirthDate.parse_vi(self.cleaned_data["birth"])
        except NotABirthDate as refusal:
            raise ValidationError(refusal.message, code=refusal.code) from refusal

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Correct the birth."""
        birth = self.cleaned_data["birth"]
        return correct_birth(person_id=self.state.person_id, birth=birth, paper=self.paper(), by=by, at=at)


class NameForm(ChangeForm):
    """The name as it is written."""

    hint = _("Danh sách đã duyệt giữ họ tên lúc ký; danh sách sau ghi họ tên mới.")
    full_name = text_field(label=_("Họ tên đúng"), max_length=200)

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        super().__init__(*args, state=state, **kwargs)
        self.initial["full_name"] = state.card.full_name

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Correct the name."""
        name = self.cleaned_data["full_name"]
        return correct_name(person_id=self.state.person_id, full_name=name, paper=self.paper(), by=by, at=at)


class IdentityForm(ChangeForm):
    """The identity number."""

    hint = _("Số cũ được giữ để đối chiếu giấy tờ cũ; màn hình chỉ hiện các chữ số cuối.")
    number = text_field(label=_("Số căn cước (12 số) hoặc chứng minh nhân dân (9 số)"), max_length=20)

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Correct the number."""
        number = self.cleaned_data["number"]
        return correct_identity(person_id=self.state.person_id, number=number, paper=self.paper(), by=by, at=at)


class CollectorForm(ChangeForm):
    """Who collects in the person's place."""

    hint = _("Thay cho người nhận thay đang ghi. Giấy ủy quyền thường có hạn một năm.")
    evidence_hint = _("Ví dụ: Giấy ủy quyền có chứng thực ngày 05/03/2022.")
    full_name = text_field(label=_("Họ tên người nhận thay"), max_length=200)
    relation = text_field(label=_("Quan hệ với người hưởng"), max_length=60, required=False)
    authorised_from = DayField(label=_("Ủy quyền từ ngày"))
    authorised_until = DayField(label=_("Đến ngày"))

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        super().__init__(*args, state=state, **kwargs)
        for one in state.card.collectors[:1]:
            self.initial.update({"full_name": one.full_name, "relation": one.relation})
        self.initial.update({"authorised_from": state.today, "authorised_until": state.today + _A_YEAR})

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Record the collector."""
        names = ("full_name", "relation", "authorised_from", "authorised_until")
        told = {name: self.cleaned_data[name] for name in names}
        return change_collector(person_id=self.state.person_id, paper=self.paper(), by=by, at=at, **told)


class MergeForm(ChangeForm):
    """Another entry of the register that is the same person."""

    hint = _(
        "Hồ sơ này được giữ; quyết định của hồ sơ kia chuyển sang. Tháng nào cả hai cùng hưởng là trả hai lần và sẽ "
        "thu hồi. Gộp nhầm thì hoàn tác được."
    )
    double = text_field(
        label=_("Hồ sơ trùng (họ tên, hoặc số căn cước)"), max_length=100, help_text=_("Trong địa bàn của bạn.")
    )
    from_month = month_field(label=_("Gộp từ tháng"))
    double_id = 0

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        super().__init__(*args, state=state, **kwargs)
        self.initial.update({"double": state.card.full_name, "from_month": str(Month.containing(state.today))})

    def clean(self) -> dict[str, Any]:
        """The one entry meant."""
        told = super().clean() or {}
        if told.get("double"):
            offers = [one for one in people_like(told["double"], self.state) if one[0] != str(self.state.person_id)]
            missing = _("Không có hồ sơ nào khác như vậy trong địa bàn của bạn. Hãy gõ lại họ tên hoặc số căn cước.")
            self.double_id = int(Chosen(self, "double", offers, missing).key or 0)
        return told

    def person_ids(self) -> tuple[int, ...]:
        """Both entries."""
        return self.state.person_id, self.double_id

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Merge the double into this person."""
        month = self.cleaned_data["from_month"]
        return merge_people(
            person_id=self.state.person_id, double_id=self.double_id, from_month=month, paper=self.paper(), by=by, at=at
        )


def people_like(text: str, state: State) -> list[tuple[str, str]]:
    """People of the actor's areas by name or whole number, told apart by birth and hamlet."""
    found = find_people(text, by=state.by, month=Month.containing(state.today), limit=20)
    return [(str(one.person_id), f"{one.full_name}, {one.birth.vi}, {one.hamlet} (#{one.person_id})") for one in found]
