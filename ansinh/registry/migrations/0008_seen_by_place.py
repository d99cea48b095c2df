"""Who sees whom: somebody is seen where they live or lived, with their household and whom they care for."""

from __future__ import annotations

from django.db import migrations

from ansinh.platform.policies import among_places, in_places, secured, through, unsecured

# Views read as their owner, whom no policy stops: so the people of the places in sight are known to every policy, that
# of the residences too, and nothing else of anybody. They ask the settings themselves and may be read by all.
_VIEWS = f"""
CREATE VIEW registry_person_in_sight AS
SELECT residence.person_id
FROM registry_residence AS residence
WHERE {among_places("residence.commune_code")};

CREATE VIEW registry_household_in_sight AS
SELECT person.household_id
FROM registry_residence AS residence
INNER JOIN registry_person AS person ON residence.person_id = person.id
WHERE person.household_id IS NOT NULL AND {among_places("residence.commune_code")};
"""

_VIEWS_BACK = "DROP VIEW registry_household_in_sight; DROP VIEW registry_person_in_sight;"


def _of_person(column: str = "person_id") -> str:
    return through("registry_person_in_sight", column, key="person_id")


_POLICIES = "\n".join(
    [
        secured("registry_residence", in_places("commune_code"), _of_person()),
        secured(
            "registry_person",
            _of_person("id"),
            through("registry_household_in_sight", "household_id", key="household_id"),
            # Whom they care for and who is asked about in a register of theirs: by name, wherever they live.
            through("registry_grant", "id", key="cared_for_id"),
            through("registry_proposal", "id", key="person_id"),
        ),
        *(secured(f"registry_{table}", _of_person()) for table in ("sealednumber", "collector", "change", "hold")),
        secured("registry_grant", _of_person(), through("registry_proposal", "id", key="grant_id")),
        secured("registry_household", through("registry_household_in_sight", "id", key="household_id")),
        secured("registry_registerfile", in_places("place_code")),
        *(
            secured(f"registry_{table}", through("registry_registerfile", "file_id"))
            for table in ("registerrow", "registerfinding", "proposal")
        ),
    ]
)

_TABLES = (
    "residence", "person", "sealednumber", "collector", "change", "hold", "grant", "household", "registerfile",
    "registerrow", "registerfinding", "proposal",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("registry", "0007_sealing_keys"), ("platform", "0004_what_the_roles_may")]

    operations = [
        migrations.RunSQL(_VIEWS, _VIEWS_BACK),
        migrations.RunSQL(_POLICIES, unsecured(*(f"registry_{table}" for table in _TABLES))),
    ]
