"""Claims made before get their recovery; what is owed back never falls below nothing, and only states move."""

from __future__ import annotations

from django.db import migrations

_TABLES = ("recoverydecision", "repayment", "recoveryentry")

_BACKFILL = """
INSERT INTO payout_recovery (run_id, month, person_id, commune_code, amount_dong, state, recorded_at)
SELECT claim.run_id, run.month, claim.person_id, max(claim.commune_code), sum(claim.amount_dong), 'PROPOSED',
    max(claim.recorded_at)
FROM payout_claim AS claim
INNER JOIN payroll_run AS run ON claim.run_id = run.id
GROUP BY claim.run_id, run.month, claim.person_id
HAVING sum(claim.amount_dong) > 0;
"""

_KEYS = """
ALTER TABLE payout_recovery ADD CONSTRAINT recovery_of_a_person FOREIGN KEY (person_id) REFERENCES registry_person (id);
ALTER TABLE payout_recoveryentry
    ADD CONSTRAINT recovery_entry_of_a_person FOREIGN KEY (person_id) REFERENCES registry_person (id);
"""

_KEYS_BACK = """
ALTER TABLE payout_recoveryentry DROP CONSTRAINT recovery_entry_of_a_person;
ALTER TABLE payout_recovery DROP CONSTRAINT recovery_of_a_person;
"""

_STILL = """
CREATE TRIGGER recovery_not_deleted BEFORE DELETE ON payout_recovery
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER recovery_no_truncate BEFORE TRUNCATE ON payout_recovery
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
""" + "\n".join(
    f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON payout_{table}
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON payout_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
"""
    for table in _TABLES
)

_STILL_BACK = """
DROP TRIGGER recovery_not_deleted ON payout_recovery;
DROP TRIGGER recovery_no_truncate ON payout_recovery;
""" + "\n".join(
    f"DROP TRIGGER {table}_append_only ON payout_{table}; DROP TRIGGER {table}_no_truncate ON payout_{table};"
    for table in _TABLES
)

_MOVES = """
CREATE FUNCTION payout_keep_recovery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.run_id, NEW.month, NEW.person_id, NEW.commune_code, NEW.amount_dong, NEW.recorded_at)
        IS DISTINCT FROM
       (OLD.id, OLD.run_id, OLD.month, OLD.person_id, OLD.commune_code, OLD.amount_dong, OLD.recorded_at)
    THEN
        RAISE EXCEPTION 'khoản phải thu hồi % đã lập, không được sửa', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('PROPOSED', 'DECIDED'), ('DECIDED', 'DECIDED'), ('DECIDED', 'PROPOSED'), ('PROPOSED', 'SETTLED'),
        ('DECIDED', 'SETTLED'), ('PROPOSED', 'WRITTEN_OFF'), ('DECIDED', 'WRITTEN_OFF'), ('WRITTEN_OFF', 'PROPOSED'),
        ('SETTLED', 'PROPOSED'), ('SETTLED', 'DECIDED')
    ) THEN
        RAISE EXCEPTION 'khoản phải thu hồi % không chuyển được từ % sang %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recovery_keeps_its_word BEFORE UPDATE ON payout_recovery
    FOR EACH ROW EXECUTE FUNCTION payout_keep_recovery();

-- Never more than is owed back, never less than nothing, and what is given back is what was taken.
CREATE FUNCTION payout_check_recovered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong bigint;
BEGIN
    SELECT recovery.id INTO wrong
    FROM payout_recovery AS recovery
    INNER JOIN payout_recoveryentry AS entry ON recovery.id = entry.recovery_id
    WHERE recovery.id IN (SELECT recovery_id FROM added)
    GROUP BY recovery.id, recovery.amount_dong
    HAVING sum(entry.amount_dong) < 0 OR sum(entry.amount_dong) > recovery.amount_dong
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'khoản phải thu hồi %: số đã thu không được quá số phải thu', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recovery_is_never_overpaid';
    END IF;
    SELECT entry.recovery_id INTO wrong
    FROM added AS entry
    INNER JOIN payout_recoveryentry AS taken ON entry.reverses_id = taken.id
    WHERE (entry.recovery_id, entry.fund, -entry.amount_dong, entry.run_id, entry.order_id, entry.person_id)
        IS DISTINCT FROM
        (taken.recovery_id, taken.fund, taken.amount_dong, taken.run_id, taken.order_id, taken.person_id)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'khoản phải thu hồi %: khoản trả lại không khớp khoản đã khấu trừ', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'recovery_gives_back_what_it_took';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER recovered_is_never_too_much AFTER INSERT ON payout_recoveryentry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION payout_check_recovered();
"""

_MOVES_BACK = """
DROP TRIGGER recovered_is_never_too_much ON payout_recoveryentry;
DROP TRIGGER recovery_keeps_its_word ON payout_recovery;
DROP FUNCTION payout_check_recovered(), payout_keep_recovery();
"""

# What was withheld from the old order may be open no longer: the new one is then of more, never of less.
_REPLACED = """
CREATE OR REPLACE FUNCTION payout_check_replaced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM payout_order AS former
        WHERE former.id = NEW.replaces_id AND former.state = 'CANCELLED'
            AND (former.run_id, former.person_id) = (NEW.run_id, NEW.person_id)
            AND NEW.amount_dong BETWEEN former.amount_dong AND former.amount_dong + (
                SELECT coalesce(sum(entry.amount_dong), 0)
                FROM payout_recoveryentry AS entry
                WHERE entry.order_id = former.id AND entry.kind IN ('deduction', 'correction')
            )
    ) THEN
        RAISE EXCEPTION 'lệnh chi mới phải thay đúng một lệnh đã hủy (%)', NEW.replaces_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

_REPLACED_BACK = """
CREATE OR REPLACE FUNCTION payout_check_replaced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM payout_order AS former
        WHERE former.id = NEW.replaces_id AND former.state = 'CANCELLED'
            AND (former.run_id, former.person_id, former.amount_dong) = (NEW.run_id, NEW.person_id, NEW.amount_dong)
    ) THEN
        RAISE EXCEPTION 'lệnh chi mới phải thay đúng một lệnh đã hủy (%)', NEW.replaces_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("payout", "0004_recoveries")]

    operations = [
        migrations.RunSQL(_BACKFILL, migrations.RunSQL.noop),
        migrations.RunSQL(_KEYS, _KEYS_BACK),
        migrations.RunSQL(_STILL, _STILL_BACK),
        migrations.RunSQL(_MOVES, _MOVES_BACK),
        migrations.RunSQL(_REPLACED, _REPLACED_BACK),
    ]
