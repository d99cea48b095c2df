"""What changes, facts and moves are called, taken from the register and said in the visitor's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ansinh.registry.queries import CHANGE_NAMES, FACT_KINDS, LISTED_NAMES, MOVE_NAMES

TABLES: dict[str, Mapping[str, Promise]] = {
    "changed": {
        **{kind: _(name) for kind, name in CHANGE_NAMES.items()},
        **{kind: _(found.name_vi) for kind, found in FACT_KINDS.items()},
    },
    "listed": {kind: _(name) for kind, name in LISTED_NAMES.items()},
    "move": {kind: _(name) for kind, name in MOVE_NAMES.items()},
    # Values of facts, for the catalogue: pages say them by way of gettext.
    "fact_value": {name: _(name) for found in FACT_KINDS.values() for name in found.values.values()},
}
