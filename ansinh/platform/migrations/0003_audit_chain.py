"""The audit trail says from where, whom, where and why; and every entry is bound to the one before it."""

from __future__ import annotations

from django.db import migrations, models

_HEAD = "INSERT INTO platform_audithead (id, entries, hash) VALUES (1, 0, '')"

_CHAIN = """
-- The one way of writing an entry as text; the proof audit_chain says it again in its own words.
CREATE FUNCTION platform_audit_hash(entry platform_auditentry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        entry.previous, entry.number, entry.id,
        to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        entry.actor_id, entry.actor_name, entry.action, entry.facts, entry.person_id, entry.place_code, entry.reason,
        entry.channel, entry.address, entry.session, entry.agent
    )::text, 'UTF8')), 'hex')
$$;

-- SECURITY DEFINER: who writes an entry needs no right on the head, and so cannot move it otherwise.
CREATE FUNCTION platform_chain_audit() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE head platform_audithead;
BEGIN
    SELECT * INTO STRICT head FROM platform_audithead WHERE id = 1 FOR UPDATE;
    NEW.number := head.entries + 1;
    NEW.previous := head.hash;
    NEW.hash := platform_audit_hash(NEW);
    UPDATE platform_audithead SET entries = NEW.number, hash = NEW.hash WHERE id = 1;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_chained BEFORE INSERT ON platform_auditentry
    FOR EACH ROW EXECUTE FUNCTION platform_chain_audit();

CREATE TRIGGER audit_head_only_grows BEFORE UPDATE ON platform_audithead
    FOR EACH ROW WHEN (NEW.entries <> OLD.entries + 1) EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER audit_head_never_goes BEFORE DELETE ON platform_audithead
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON platform_audithead
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""

_CHAIN_BACK = """
DROP TRIGGER audit_head_no_truncate ON platform_audithead;
DROP TRIGGER audit_head_never_goes ON platform_audithead;
DROP TRIGGER audit_head_only_grows ON platform_audithead;
DROP TRIGGER audit_chained ON platform_auditentry;
DROP FUNCTION platform_chain_audit();
DROP FUNCTION platform_audit_hash(platform_auditentry);
"""

# Entries of before, in the order they were written.
_EXISTING = """
ALTER TABLE platform_auditentry DISABLE TRIGGER audit_append_only;
DO $$
DECLARE
    head platform_audithead;
    entry platform_auditentry;
BEGIN
    SELECT * INTO STRICT head FROM platform_audithead WHERE id = 1;
    FOR entry IN SELECT * FROM platform_auditentry ORDER BY id LOOP
        entry.number := head.entries + 1;
        entry.previous := head.hash;
        entry.person_id := CASE WHEN entry.facts ->> 'person_id' ~ '^[0-9]{1,18}$'
            THEN (entry.facts ->> 'person_id')::bigint END;
        entry.place_code := left(coalesce(entry.facts ->> 'place_code', entry.facts ->> 'commune_code', ''), 5);
        entry.reason := left(coalesce(entry.facts ->> 'reason', entry.facts ->> 'why', ''), 500);
        entry.hash := platform_audit_hash(entry);
        UPDATE platform_auditentry SET
            number = entry.number, previous = entry.previous, person_id = entry.person_id,
            place_code = entry.place_code, reason = entry.reason, hash = entry.hash
        WHERE id = entry.id;
        head.entries := entry.number;
        head.hash := entry.hash;
        UPDATE platform_audithead SET entries = head.entries, hash = head.hash WHERE id = 1;
    END LOOP;
END $$;
ALTER TABLE platform_auditentry ENABLE TRIGGER audit_append_only;
"""


def _text(length: int) -> models.CharField[str, str]:
    return models.CharField(blank=True, default="", max_length=length)


class Migration(migrations.Migration):
    dependencies = [("platform", "0002_roles_and_append_only_audit")]

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entries", models.BigIntegerField()),
                ("hash", models.CharField(blank=True, max_length=64)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="audit_head_once")],
            },
        ),
        migrations.RunSQL(_HEAD, migrations.RunSQL.noop),
        migrations.AddField("auditentry", "number", models.BigIntegerField(default=0, editable=False)),
        migrations.AddField("auditentry", "person_id", models.BigIntegerField(blank=True, null=True)),
        migrations.AddField("auditentry", "place_code", _text(5)),
        migrations.AddField("auditentry", "reason", _text(500)),
        migrations.AddField("auditentry", "channel", _text(10)),
        migrations.AddField("auditentry", "address", _text(64)),
        migrations.AddField("auditentry", "session", _text(32)),
        migrations.AddField("auditentry", "agent", _text(200)),
        migrations.AddField(
            "auditentry", "previous", models.CharField(blank=True, default="", editable=False, max_length=64)
        ),
        migrations.AddField(
            "auditentry", "hash", models.CharField(blank=True, default="", editable=False, max_length=64)
        ),
        migrations.RunSQL(_CHAIN, _CHAIN_BACK),
        migrations.RunSQL(_EXISTING, migrations.RunSQL.noop),
        migrations.AlterField("auditentry", "number", models.BigIntegerField(default=0, editable=False, unique=True)),
        migrations.AddIndex("auditentry", models.Index(fields=["actor_id", "number"], name="audit_actor")),
        migrations.AddIndex(
            "auditentry",
            models.Index(
                condition=models.Q(("person_id__isnull", False)), fields=["person_id", "number"], name="audit_person"
            ),
        ),
        migrations.AddIndex("auditentry", models.Index(fields=["place_code", "number"], name="audit_place")),
        migrations.AddConstraint(
            "auditentry", models.CheckConstraint(condition=models.Q(("number__gt", 0)), name="audit_number")
        ),
        migrations.AddConstraint(
            "auditentry",
            models.CheckConstraint(
                condition=models.Q(("channel__in", ("", "web", "command", "api"))), name="audit_channel_known"
            ),
        ),
        migrations.AddConstraint(
            "auditentry",
            models.CheckConstraint(condition=models.Q(("hash", ""), _negated=True), name="audit_has_hash"),
        ),
    ]
