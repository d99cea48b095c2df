"""Forms of decisions: grant, adjust, stop, suspend, resume; and the children somebody raises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ansinh.access.types import Actor
from ansinh.kernel.month import Month
from ansinh.payroll.queries import pack_of_person
from ansinh.platform.audit import gathered
from ansinh.policy import load_pack, possible_coefficients, vi_decimal
from ansinh.registry.actions import adjust_grant, record_children, record_grant, resume_grant, stop_grant, suspend_grant
from ansinh.registry.queries import GrantStanding
from ansinh.registry.types import ChangeRecorded, ChildRaised
from ansinh.web.change_fields import Chosen, month_field, text_field
from ansinh.web.change_forms import ChangeForm, people_like
from ansinh.web.change_state import State
from ansinh.web.change_words import category_name
from ansinh.web.fields import DayField

# Support for a disabled parent is for the parent's own sake: nobody else is named.
_OF_THEMSELVES = "carer_disabled_parent"
_SPARE_ROWS = 2
_FEWEST_ROWS = 3
_MOST_ROWS = 12


class GrantsForm(ChangeForm):
    """Something done to one or several of the person's decisions; a single one is chosen already."""

    paper_needed = True
    grants = forms.TypedMultipleChoiceField(
        label=_("Quyết định nào"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": _("Hãy chọn ít nhất một quyết định.")},
    )

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        super().__init__(*args, state=state, **kwargs)
        offered = [one for one in state.running if self.offers(one)]
        self.fields["grants"].choices = [(one.grant_id, grant_line(one)) for one in offered]  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.initial["grants"] = [offered[0].grant_id]
        self.nothing_to_choose = not offered

    def offers(self, grant: GrantStanding) -> bool:
        """Whether it can be done to that decision."""
        raise NotImplementedError

    def each(self, grant_id: int, by: Actor, at: datetime) -> ChangeRecorded:
        """Do it to one."""
        raise NotImplementedError

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Do it to all chosen, or to none."""
        with transaction.atomic(), gathered():
            done = [self.each(grant_id, by, at) for grant_id in self.cleaned_data["grants"]]
        return done[-1]


class StopForm(GrantsForm):
    """An allowance ends."""

    hint = _("Tháng có sự việc vẫn được hưởng cả tháng; thôi từ tháng sau (khoản 2 Điều 8 Nghị định 20/2021/NĐ-CP).")
    happened_on = DayField(label=_("Ngày có sự việc"))

    def offers(self, grant: GrantStanding) -> bool:
        """Not stopped yet."""
        return not grant.is_stopped

    def each(self, grant_id: int, by: Actor, at: datetime) -> ChangeRecorded:
        """Stop one."""
        return stop_grant(
            person_id=self.state.person_id,
            grant_id=grant_id,
            happened_on=self.cleaned_data["happened_on"],
            paper=self.paper(),
            by=by,
            at=at,
        )


class SuspendForm(GrantsForm):
    """An allowance rests."""

    hint = _("Từ tháng này chưa trả, cho đến khi có quyết định hưởng lại.")
    from_month = month_field(label=_("Tạm dừng từ tháng"))

    def offers(self, grant: GrantStanding) -> bool:
        """Neither stopped nor suspended."""
        return not grant.is_stopped and grant.suspended_since is None

    def each(self, grant_id: int, by: Actor, at: datetime) -> ChangeRecorded:
        """Suspend one."""
        return suspend_grant(
            person_id=self.state.person_id,
            grant_id=grant_id,
            from_month=self.cleaned_data["from_month"],
            paper=self.paper(),
            by=by,
            at=at,
        )


class ResumeForm(GrantsForm):
    """A suspended allowance goes on."""

    hint = _(
        "Quyết định từ 05/10/2026 truy trả cả các tháng tạm dừng (khoản 4 Điều 9 Nghị định 335/2026/NĐ-CP); trước đó "
        "trả từ tháng hưởng lại."
    )
    resumed_on = DayField(label=_("Hưởng lại từ ngày"))

    def offers(self, grant: GrantStanding) -> bool:
        """Suspended."""
        return grant.suspended_since is not None

    def each(self, grant_id: int, by: Actor, at: datetime) -> ChangeRecorded:
        """Resume one."""
        return resume_grant(
            person_id=self.state.person_id,
            grant_id=grant_id,
            resumed_on=self.cleaned_data["resumed_on"],
            paper=self.paper(),
            by=by,
            at=at,
        )


class AdjustForm(GrantsForm):
    """The paper for a level the law changed by itself."""

    hint = _(
        "Văn bản cho mức đã đổi theo luật (đủ tuổi, đổi nhóm). Không làm thay đổi số tiền: tiền đã theo luật từ đúng "
        "tháng."
    )
    from_month = month_field(label=_("Điều chỉnh từ tháng"))

    def offers(self, grant: GrantStanding) -> bool:
        """Not stopped."""
        return not grant.is_stopped

    def each(self, grant_id: int, by: Actor, at: datetime) -> ChangeRecorded:
        """Adjust one."""
        return adjust_grant(
            person_id=self.state.person_id,
            grant_id=grant_id,
            from_month=self.cleaned_data["from_month"],
            paper=self.paper(),
            by=by,
            at=at,
        )


class GrantForm(ChangeForm):
    """A decision that grants `category`; carers name whom they care for, single parents how many children."""

    paper_needed = True
    hint = _("Để trống tháng hưởng thì phần mềm lấy theo luật: tháng ký, tháng của giấy xác nhận, hoặc tháng đủ tuổi.")
    starts = month_field(label=_("Hưởng từ tháng"), required=False)
    applied_on = DayField(label=_("Ngày nhận hồ sơ"), required=False)
    cared_for = text_field(label=_("Người được chăm sóc (họ tên, hoặc số căn cước)"), max_length=100)
    children = forms.IntegerField(
        label=_("Số con ghi trong quyết định"),
        min_value=1,
        max_value=15,
        error_messages={"required": _("Hãy ghi số con.")},
    )
    coefficient = forms.ChoiceField(label=_("Hệ số ghi trong quyết định"), required=False)
    cared_for_id: int | None = None

    def __init__(self, *args: Any, state: State, category: str, **kwargs: Any) -> None:
        super().__init__(*args, state=state, **kwargs)
        found = load_pack().category(category)
        self.category = category
        if not found.is_carer or category == _OF_THEMSELVES:
            del self.fields["cared_for"]
        if category != "single_parent_poor":
            del self.fields["children"]
        month = Month.containing(state.today)
        known = sorted(possible_coefficients(category, month, pack=pack_of_person(state.card, month)))
        if len(known) > 1 and category != "single_parent_poor":
            choices = [("", _("theo tuổi và thông tin trong sổ")), *((str(one), vi_decimal(one)) for one in known)]
            self.fields["coefficient"].choices = choices  # type: ignore[attr-defined]  # declared above
        else:
            del self.fields["coefficient"]

    def clean(self) -> dict[str, Any]:
        """The one person cared for."""
        told = super().clean() or {}
        if told.get("cared_for"):
            missing = _("Không tìm thấy ai như vậy trong địa bàn của bạn. Hãy gõ lại họ tên hoặc số căn cước.")
            offers = people_like(told["cared_for"], self.state)
            self.cared_for_id = int(Chosen(self, "cared_for", offers, missing).key or 0) or None
        return told

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Record the decision."""
        told = self.cleaned_data
        coefficient = told.get("coefficient")
        return record_grant(
            person_id=self.state.person_id,
            category=self.category,
            starts=told["starts"],
            applied_on=told["applied_on"],
            cared_for_id=self.cared_for_id,
            children=told.get("children"),
            coefficient=Decimal(coefficient) if coefficient else None,
            paper=self.paper(),
            by=by,
            at=at,
        )


class ChildrenForm(ChangeForm):
    """All children raised, a row each; rows left empty are none."""

    hint = _("Ghi tất cả các con đang nuôi, thay cho những gì sổ đang ghi. Hàng để trống là không có.")
    known_on = DayField(label=_("Biết từ ngày"))

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        super().__init__(*args, state=state, **kwargs)
        self.initial["known_on"] = state.today
        known = state.known.facts.children or ()
        self.rows_count = min(max(len(known) + _SPARE_ROWS, _FEWEST_ROWS), _MOST_ROWS)
        for number in range(self.rows_count):
            self.fields |= {
                f"row{number}_born": DayField(label=_("Ngày sinh"), required=False),
                f"row{number}_studying": forms.ChoiceField(
                    label=_("Đi học"),
                    required=False,
                    choices=[("", "–"), ("unknown", _("chưa rõ")), ("yes", _("đang học")), ("no", _("không đi học"))],
                ),
                f"row{number}_until": month_field(label=_("Thôi nuôi từ tháng"), required=False),
            }
        for number, child in enumerate(known[: self.rows_count]):
            studying = "unknown" if child.studying is None else "yes" if child.studying else "no"
            self.initial.update({f"row{number}_born": child.born, f"row{number}_studying": studying})
            self.initial[f"row{number}_until"] = None if child.ends is None else str(child.ends)

    def rows(self) -> Iterable[tuple[int, list[forms.BoundField]]]:
        """The rows as the page shows them, counted from one."""
        for number in range(self.rows_count):
            yield number + 1, [self[f"row{number}_{part}"] for part in ("born", "studying", "until")]

    def children(self) -> tuple[ChildRaised, ...]:
        """The children of the rows filled in."""
        rows = [self._row(number) for number in range(self.rows_count)]
        studying = {"yes": True, "no": False}
        return tuple(ChildRaised(born, studying.get(study), until) for born, study, until in rows if born or study)

    def _row(self, number: int) -> tuple[date | None, str, Month | None]:
        told = self.cleaned_data
        return told[f"row{number}_born"], told[f"row{number}_studying"], told[f"row{number}_until"]

    def act(self, by: Actor, at: datetime) -> ChangeRecorded:
        """Record the children."""
        return record_children(
            person_id=self.state.person_id,
            children=self.children(),
            known_on=self.cleaned_data["known_on"],
            paper=self.paper(),
            by=by,
            at=at,
        )


def grant_line(grant: GrantStanding) -> str:
    """A decision in one line, as it is chosen from."""
    number = f" · {grant.decision_no}" if grant.decision_no else ""
    return f"{category_name(grant.category)}{number} · {grant.starts.vi} –"
