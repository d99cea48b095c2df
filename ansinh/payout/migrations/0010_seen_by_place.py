"""Orders are seen where they were listed and where they stand; what came of them, with them."""

from __future__ import annotations

from django.db import migrations

from ansinh.platform.policies import in_holders, in_places, one_of, own, secured, through, unsecured

_RUN = one_of("payroll_run", "run_id")
_COMMUNE = in_places("commune_code")
_ORDER = through("payout_order", "order_id")
_RECOVERY = through("payout_recovery", "recovery_id")

_POLICIES = "\n".join(
    [
        secured("payout_batchitem", _COMMUNE, in_places("from_commune_code")),
        secured("payout_order", _COMMUNE, _RUN, through("payout_batchitem", "id", key="order_id")),
        secured("payout_batch", in_places("place_code"), through("payout_batchitem", "id", key="batch_id")),
        secured("payout_orderpart", _ORDER),
        secured("payout_claim", _COMMUNE, _RUN),
        secured("payout_cancellation", _COMMUNE, _ORDER),
        secured("payout_result", _COMMUNE, _ORDER),
        secured("payout_recording", own("recorded_by"), through("payout_result", "id", key="recording_id")),
        # Rows being judged: of nobody but the work that judges them.
        secured("payout_reportedrow"),
        secured("payout_notreceivedanswer", through("registry_person_in_sight", "person_id", key="person_id")),
        secured("payout_recovery", _COMMUNE, _RUN),
        *(secured(f"payout_{table}", _RECOVERY) for table in ("recoverydecision", "repayment", "recoveryentry")),
        secured("payout_yearend", in_holders("place_code")),
        secured("payout_yearenditem", _ORDER),
    ]
)

_TABLES = (
    "batchitem", "order", "batch", "orderpart", "claim", "cancellation", "result", "recording", "reportedrow",
    "notreceivedanswer", "recovery", "recoverydecision", "repayment", "recoveryentry", "yearend", "yearenditem",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("payout", "0009_year_ends"),
        ("payroll", "0011_seen_by_place"),
        ("registry", "0008_seen_by_place"),
    ]

    operations = [migrations.RunSQL(_POLICIES, unsecured(*(f"payout_{table}" for table in _TABLES)))]
