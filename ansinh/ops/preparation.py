"""Before the first use: a running server, migrated tables, places, law and the demonstration's people.

Later commands find the database's stamp current and skip all of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime

import django
import psycopg
from django.db import connections

from ansinh.kernel.refusal import Refusal
from ansinh.platform.database import Address, address_in, outside_url
from ansinh.platform.embedded.server import running_server
from ansinh.platform.home import current_home
from ansinh.platform.keyring import current_keyring
from ansinh.platform.stamp import PREPARING, OtherSealingKey, Stamp, current_stamp, find_stamp, write_stamp

Say = Callable[[str], None]


class DatabaseNewer(Refusal):
    """Cơ sở dữ liệu đã được bản phần mềm mới hơn cập nhật ({unknown}), nên bản này không mở, để khỏi ghi sai.
    Hãy dùng bản phần mềm mới, hoặc phục hồi bản sao lưu cũ."""


def silent(text: str) -> None:
    """Say nothing."""


def reachable_database(say: Say = silent) -> Address:
    """The database of DATABASE_URL, or this home's own with its server running; nothing is migrated."""
    url = outside_url()
    return address_in(url) if url is not None else running_server(current_home(), say=say)


def django_ready() -> None:
    """Set Django up, so that models can be imported; no database is asked."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")
    django.setup()


def django_on(address: Address) -> None:
    """Set Django up on that database, also when its settings were read before the cluster was made."""
    django_ready()
    connections.settings["default"].update(address.as_django())


def prepared_database(say: Say = silent) -> Address:
    """Leave Django set up on a database that is up to date, as its owner; safe when several commands ask at once."""
    address = reachable_database(say)
    found = find_stamp(address)
    django_on(address)
    if _stands(found):
        return address
    with psycopg.connect(address.conninfo, autocommit=True) as guard:
        guard.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        # Asked again, keys too: somebody may have prepared it, or retired a key, while this one waited.
        if not _stands(find_stamp(address)):
            _brought_up_to_date(say)
            _loaded(say)
            write_stamp(guard, current_stamp(current_keyring()))
    return address


def _stands(found: Stamp | None) -> bool:
    """Whether nothing need be prepared; refuses (OtherSealingKey) a database whose keys are not all at hand."""
    ring = current_keyring()
    if found is not None and not found.opens_with(ring):
        raise OtherSealingKey()
    return found is not None and found.stands(current_stamp(ring).sources, ring)


def _brought_up_to_date(say: Say) -> None:
    from django.core.management import call_command
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connections["default"])
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations))
    ours = [f"{app}.{name}" for app, name in unknown if app in loader.migrated_apps]
    if ours:
        raise DatabaseNewer(unknown=", ".join(ours))
    say("Đang cập nhật cấu trúc cơ sở dữ liệu…")
    call_command("migrate", verbosity=0, interactive=False)


def _loaded(say: Say) -> None:
    """What every installation knows from the first minute; each load is safe to repeat."""
    from ansinh.access.actions import create_demonstration_people
    from ansinh.access.types import SYSTEM
    from ansinh.funds.actions import create_demonstration_payer
    from ansinh.places.actions import load_places

    at = datetime.now(UTC)
    say("Đang nạp danh mục địa bàn và luật…")
    load_places(by=SYSTEM, at=at)
    create_demonstration_people(by=SYSTEM, at=at)
    create_demonstration_payer(by=SYSTEM, at=at)
