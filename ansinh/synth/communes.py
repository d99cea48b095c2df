"""How many people each commune gets: by the province's people, then by what kind of commune it is and by chance."""

from __future__ import annotations

from collections.abc import Sequence

from ansinh.places.queries import list_children, list_communes
from ansinh.places.types import Place
from ansinh.synth.drawing import Chance, shared_out
from ansinh.synth.profile import load_profile
from ansinh.synth.types import CommuneShare, Setting

# How many communes of the province and of the country people of one commune move to.
_NEAR, _FAR = 3, 5


def share_out(setting: Setting, province_code: str | None) -> list[CommuneShare]:
    """The communes that get anybody, in order of their codes, their people's ids one after the other."""
    on, profile = setting.month.first_day, load_profile()
    provinces = [one for one in list_children(None, on) if province_code in (None, one.code)]
    communes = {province.code: list_communes(province, on) for province in provinces}
    everywhere = [commune.code for found in communes.values() for commune in found]
    counts = shared_out(setting.people, [profile.provinces[province.code].weight for province in provinces])
    shares: list[CommuneShare] = []
    first_id = 1
    for province, people in zip(provinces, counts, strict=True):
        found = communes[province.code]
        first_of_province = first_id
        for commune, count in zip(found, shared_out(people, _weights(setting, found)), strict=True):
            if count:
                chance = Chance(setting.seed, commune.code, "moves")
                shares.append(
                    CommuneShare(
                        commune.code,
                        province.code,
                        commune.type == "Phường",
                        count,
                        first_id,
                        first_id - first_of_province,
                        tuple(chance.one_of(found).code for _ in range(_NEAR)),
                        tuple(chance.one_of(everywhere) for _ in range(_FAR)),
                    )
                )
            first_id += count
    return shares


def _weights(setting: Setting, communes: Sequence[Place]) -> list[int]:
    """No two communes are alike: each is half to one and a half times what its kind is."""
    kinds = load_profile().commune_weights
    return [kinds[one.type] * (50 + Chance(setting.seed, one.code, "people").below(100)) for one in communes]
