"""Which orders a hold keeps back, whoever asks; and no batch is released with one of them in it."""

from __future__ import annotations

from django.db import migrations

# A hold of a person holds what their doubles were listed for, too.
_VIEW = """
CREATE VIEW payout_heldorder AS
WITH RECURSIVE family AS (
    SELECT hold.id AS hold_id, hold.person_id
    FROM registry_hold AS hold
    WHERE hold.order_id IS NULL
    UNION
    SELECT family.hold_id, merged.id
    FROM family
    INNER JOIN registry_person AS merged ON family.person_id = merged.merged_into_id
),

kept AS (
    SELECT family.hold_id, listed.id AS order_id
    FROM family
    INNER JOIN payout_order AS listed ON family.person_id = listed.person_id
    UNION ALL
    SELECT hold.id, hold.order_id
    FROM registry_hold AS hold
    WHERE hold.order_id IS NOT NULL
)

SELECT kept.order_id, kept.hold_id, hold.kind, hold.since_on, hold.recorded_at, hold.lifted_at
FROM kept
INNER JOIN registry_hold AS hold ON kept.hold_id = hold.id;
"""

_KEYS = """
ALTER TABLE registry_hold ADD CONSTRAINT hold_of_an_order FOREIGN KEY (order_id) REFERENCES payout_order (id);
"""

_RELEASE = """
CREATE FUNCTION payout_refuse_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1
        FROM payout_batchitem AS item
        INNER JOIN payout_heldorder AS held ON item.order_id = held.order_id AND held.lifted_at IS NULL
        WHERE item.batch_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'đợt chi % có lệnh chi đang tạm giữ', NEW.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER batch_releases_nothing_held BEFORE UPDATE ON payout_batch FOR EACH ROW
    WHEN (NEW.state = 'RELEASED' AND OLD.state <> 'RELEASED') EXECUTE FUNCTION payout_refuse_held();
"""

_RELEASE_BACK = """
DROP TRIGGER batch_releases_nothing_held ON payout_batch;
DROP FUNCTION payout_refuse_held();
"""


class Migration(migrations.Migration):
    dependencies = [("payout", "0005_what_is_owed_back"), ("registry", "0005_holds")]

    operations = [
        migrations.RunSQL(_VIEW, "DROP VIEW payout_heldorder"),
        migrations.RunSQL(_KEYS, "ALTER TABLE registry_hold DROP CONSTRAINT hold_of_an_order"),
        migrations.RunSQL(_RELEASE, _RELEASE_BACK),
    ]
