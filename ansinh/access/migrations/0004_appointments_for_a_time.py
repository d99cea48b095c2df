"""Appointments for a time, of a kind, ended and never deleted; roles of the province, payers' staff, inspectors."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

_ROLES = [
    "officer", "approver", "district_officer", "district_approver", "province_officer", "province_approver",
    "finance", "payer", "teller", "inspector", "administrator",
]  # fmt: skip

# What was appointed before had no day: it counts from the day the user was made. The demonstration's payer is of the
# demonstration's post office; a real payer's staff see nothing until they are appointed with the payer they work for.
# Before this every officer and approver could load and approve levels: they keep that in their area, if it is one a
# province's people may have.
_FILL = """
UPDATE access_appointment AS a
SET starts_on = (u.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
    appointed_at = u.created_at,
    payer_code = CASE WHEN a.role = 'payer' AND u.is_demonstration THEN 'buu-dien' ELSE '' END
FROM access_user AS u
WHERE u.id = a.user_id;
"""
_LEVELS_KEPT = """
INSERT INTO access_appointment (user_id, role, area, payer_code, starts_on, kind, paper_number, reason, appointed_by,
                                appointed_at, ended_why)
SELECT a.user_id, 'province_' || a.role, a.area, '', a.starts_on, 'ordinary', '', '', 0, a.appointed_at, ''
FROM access_appointment AS a
WHERE a.role IN ('officer', 'approver') AND length(a.area) IN (0, 2);
"""

# Keys of the rows just written are checked here: a table with checks outstanding takes no new constraint.
_CHECKED_NOW = """
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

_ONLY_ENDED = """
CREATE FUNCTION access_appointment_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'việc được giao chỉ kết thúc, không xóa' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.user_id, OLD.role, OLD.area, OLD.payer_code, OLD.starts_on, OLD.kind, OLD.deputises_for_id,
        OLD.paper_number, OLD.reason, OLD.appointed_by, OLD.appointed_at)
       IS DISTINCT FROM
       (NEW.user_id, NEW.role, NEW.area, NEW.payer_code, NEW.starts_on, NEW.kind, NEW.deputises_for_id,
        NEW.paper_number, NEW.reason, NEW.appointed_by, NEW.appointed_at) THEN
        RAISE EXCEPTION 'việc được giao chỉ kết thúc, không sửa' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.ended_at IS NOT NULL OR (OLD.ends_on IS NOT NULL AND (NEW.ends_on IS NULL OR NEW.ends_on > OLD.ends_on)) THEN
        RAISE EXCEPTION 'việc được giao đã kết thúc không mở lại' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER appointment_only_ends BEFORE UPDATE OR DELETE ON access_appointment
    FOR EACH ROW EXECUTE FUNCTION access_appointment_only_ends();
"""
_ONLY_ENDED_BACK = """
DROP TRIGGER appointment_only_ends ON access_appointment;
DROP FUNCTION access_appointment_only_ends();
"""


def _check(name: str, condition: models.Q) -> migrations.AddConstraint:
    return migrations.AddConstraint("appointment", models.CheckConstraint(condition=condition, name=name))


class Migration(migrations.Migration):
    dependencies = [("access", "0003_cache_of_failures")]

    operations = [
        migrations.RemoveConstraint("appointment", "appointment_role_known"),
        migrations.RemoveConstraint("appointment", "appointment_once"),
        migrations.AlterField(
            "appointment", "role", models.CharField(choices=[(role, role) for role in _ROLES], max_length=20)
        ),
        migrations.AddField(
            "appointment", "payer_code", models.CharField(blank=True, max_length=40, default=""), False
        ),
        migrations.AddField("appointment", "starts_on", models.DateField(null=True)),
        migrations.AddField("appointment", "ends_on", models.DateField(blank=True, null=True)),
        migrations.AddField("appointment", "kind", models.CharField(default="ordinary", max_length=10)),
        migrations.AddField(
            "appointment",
            "deputises_for",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deputies",
                to="access.appointment",
            ),
        ),
        migrations.AddField(
            "appointment", "paper_number", models.CharField(blank=True, max_length=60, default=""), False
        ),
        migrations.AddField("appointment", "reason", models.CharField(blank=True, max_length=500, default=""), False),
        migrations.AddField("appointment", "appointed_by", models.BigIntegerField(default=0)),
        migrations.AddField("appointment", "appointed_at", models.DateTimeField(null=True)),
        migrations.AddField("appointment", "ended_by", models.BigIntegerField(blank=True, null=True)),
        migrations.AddField("appointment", "ended_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "appointment", "ended_why", models.CharField(blank=True, max_length=500, default=""), False
        ),
        migrations.RunSQL(_FILL + _CHECKED_NOW, migrations.RunSQL.noop),
        migrations.AlterField("appointment", "starts_on", models.DateField()),
        migrations.AlterField("appointment", "appointed_at", models.DateTimeField()),
        _check("appointment_role_known", models.Q(role__in=_ROLES)),
        _check("appointment_kind_known", models.Q(kind__in=["ordinary", "deputy", "borrowed"])),
        _check("appointment_ends_after_start", models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on"))),
        _check("appointment_payer_of_payers", models.Q(payer_code="") | models.Q(role__in=["payer", "teller"])),
        _check(
            "appointment_deputy_of_somebody",
            ~models.Q(kind="deputy")
            | models.Q(deputises_for__isnull=False, ends_on__isnull=False) & ~models.Q(reason=""),
        ),
        _check(
            "appointment_borrowed_by_paper",
            ~models.Q(kind="borrowed") | ~models.Q(paper_number="") & ~models.Q(reason=""),
        ),
        _check(
            "appointment_ended_by_somebody",
            models.Q(ended_at__isnull=True, ended_by__isnull=True, ended_why="")
            | models.Q(ended_at__isnull=False, ended_by__isnull=False, ends_on__isnull=False) & ~models.Q(ended_why=""),
        ),
        migrations.AddConstraint(
            "appointment",
            models.UniqueConstraint(
                fields=["user", "role", "area", "payer_code"],
                condition=models.Q(ends_on=None),
                name="appointment_open_once",
            ),
        ),
        migrations.RunSQL(_LEVELS_KEPT + _CHECKED_NOW, migrations.RunSQL.noop),
        migrations.RunSQL(_ONLY_ENDED, _ONLY_ENDED_BACK),
    ]
