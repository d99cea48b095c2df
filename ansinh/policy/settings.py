"""Readings of the law that are not settled, as named settings; texts, defaults and values are in pack/settings.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Literal

from ansinh.kernel.refusal import Refusal


class NoSuchSetting(Refusal):
    """Không có thiết lập "{setting}" hoặc giá trị "{value}" không được phép. Giá trị được phép: {allowed}."""


@dataclass(frozen=True, slots=True)
class SettingText:
    """What a setting asks and each allowed value with what it means, in Vietnamese."""

    name: str
    asks: str
    default: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Settings:
    """One chosen reading for each unsettled question."""

    provincial_levels: Literal["all", "secure_only"]
    downward_band_month: Literal["birthday_month", "month_after"]
    study_cap: Literal["birthday_22", "through_22"]
    merit_overlap_before_335: Literal["highest_only", "both"]
    single_parent_with_social_pension: Literal["highest_only", "both"]
    lower_insurance_sum: Literal["full", "difference"]
    funeral_base_2026: Literal["new", "old"]
    dossiers_received_before_335: Literal["old_rule", "new_rule"]
    nd136_elderly_80_start: Literal["birthday_month", "signing_month"]
    nd20_carer_start: Literal["signing_month", "certificate_month"]
    nd335_injury_multiplier: Literal["as_nd20", "not_known"]
    nd335_facility_levels: Literal["as_nd20", "not_known"]
    merit_tables_2026: Literal["not_published", "scaled"]
    unpaid_at_year_end: Literal["carried_on", "returned"]
    resume_before_335: Literal["from_resumption", "from_suspension"]
    unknown_birth_day: Literal["first_day", "last_day"]
    recovery_share: Literal["10", "20", "30", "50", "100"]

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


NAMES = tuple(field.name for field in fields(Settings))


def chosen(texts: Mapping[str, SettingText], overrides: Mapping[str, str]) -> Settings:
    """The defaults with the overrides put in; refuses (NoSuchSetting) a name or value that is not allowed."""
    values = {name: text.default for name, text in texts.items()}
    for name, value in overrides.items():
        if name not in texts or value not in texts[name].values:
            allowed = ", ".join(texts[name].values) if name in texts else ", ".join(texts)
            raise NoSuchSetting(setting=name, value=value, allowed=allowed)
        values[name] = value
    return Settings(**values)  # type: ignore[arg-type]  # each value was checked against the allowed ones
