"""Budgets and reservations are only added; a transfer moves by its states alone and sums to its parts; one contract
of a payer and place at a time."""

from __future__ import annotations

from django.db import migrations

_TRIGGERS = """
ALTER TABLE funds_contract ADD CONSTRAINT contract_one_at_a_time
    EXCLUDE USING gist (payer_id WITH =, place_code WITH =, daterange(starts, ends) WITH &&);
-- Only the end of a contract may be said later.
CREATE TRIGGER contract_terms_never_change BEFORE UPDATE ON funds_contract FOR EACH ROW
    WHEN (ROW(NEW.payer_id, NEW.place_code, NEW.number, NEW.signed_on, NEW.starts, NEW.fee_rate, NEW.channels)
        IS DISTINCT FROM
        ROW(OLD.payer_id, OLD.place_code, OLD.number, OLD.signed_on, OLD.starts, OLD.fee_rate, OLD.channels))
    EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER contract_never_goes BEFORE DELETE ON funds_contract
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();

CREATE TRIGGER budget_append_only BEFORE UPDATE OR DELETE ON funds_budget
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER budget_no_truncate BEFORE TRUNCATE ON funds_budget
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER reservation_append_only BEFORE UPDATE OR DELETE ON funds_reservation
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER reservation_no_truncate BEFORE TRUNCATE ON funds_reservation
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER closed_year_append_only BEFORE UPDATE OR DELETE ON funds_closedyear
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER closed_year_no_truncate BEFORE TRUNCATE ON funds_closedyear
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER closed_month_never_changes BEFORE UPDATE ON funds_closedmonth
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();

-- Sent or cancelled is the end; before it, what was asked for stays what it was.
CREATE TRIGGER transfer_ended_never_changes BEFORE UPDATE ON funds_transfer
    FOR EACH ROW WHEN (OLD.state <> 'REQUESTED') EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER transfer_request_never_changes BEFORE UPDATE ON funds_transfer FOR EACH ROW
    WHEN (ROW(NEW.id, NEW.kind, NEW.payer_id, NEW.place_code, NEW.month, NEW.amount_dong, NEW.requested_at,
            NEW.requested_by)
        IS DISTINCT FROM
        ROW(OLD.id, OLD.kind, OLD.payer_id, OLD.place_code, OLD.month, OLD.amount_dong, OLD.requested_at,
            OLD.requested_by))
    EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER transfer_never_goes BEFORE DELETE ON funds_transfer
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER transfer_no_truncate BEFORE TRUNCATE ON funds_transfer
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER transfer_part_append_only BEFORE UPDATE OR DELETE ON funds_transferpart
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER transfer_part_no_truncate BEFORE TRUNCATE ON funds_transferpart
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();

CREATE FUNCTION funds_refuse_other_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint := CASE TG_TABLE_NAME WHEN 'funds_transfer' THEN (to_jsonb(NEW) ->> 'id')::bigint
        ELSE (to_jsonb(NEW) ->> 'transfer_id')::bigint END;
BEGIN
    IF (SELECT sum(part.amount_dong) FROM funds_transferpart AS part WHERE part.transfer_id = wanted)
        IS DISTINCT FROM (SELECT transfer.amount_dong FROM funds_transfer AS transfer WHERE transfer.id = wanted)
    THEN
        RAISE EXCEPTION 'các phần của lần chuyển tiền % không cộng đúng bằng tổng số', wanted
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER transfer_sums_to_parts AFTER INSERT ON funds_transfer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funds_refuse_other_sum();
CREATE CONSTRAINT TRIGGER transfer_parts_sum AFTER INSERT ON funds_transferpart
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funds_refuse_other_sum();
"""

_BACK = """
DROP TRIGGER transfer_parts_sum ON funds_transferpart;
DROP TRIGGER transfer_sums_to_parts ON funds_transfer;
DROP FUNCTION funds_refuse_other_sum();
DROP TRIGGER transfer_part_no_truncate ON funds_transferpart;
DROP TRIGGER transfer_part_append_only ON funds_transferpart;
DROP TRIGGER transfer_no_truncate ON funds_transfer;
DROP TRIGGER transfer_never_goes ON funds_transfer;
DROP TRIGGER transfer_request_never_changes ON funds_transfer;
DROP TRIGGER transfer_ended_never_changes ON funds_transfer;
DROP TRIGGER closed_month_never_changes ON funds_closedmonth;
DROP TRIGGER closed_year_no_truncate ON funds_closedyear;
DROP TRIGGER closed_year_append_only ON funds_closedyear;
DROP TRIGGER reservation_no_truncate ON funds_reservation;
DROP TRIGGER reservation_append_only ON funds_reservation;
DROP TRIGGER budget_no_truncate ON funds_budget;
DROP TRIGGER budget_append_only ON funds_budget;
DROP TRIGGER contract_never_goes ON funds_contract;
DROP TRIGGER contract_terms_never_change ON funds_contract;
ALTER TABLE funds_contract DROP CONSTRAINT contract_one_at_a_time;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("funds", "0001_initial"),
        ("platform", "0002_roles_and_append_only_audit"),
        # The extension that lets a span and a code stand in one exclusion.
        ("registry", "0002_one_residence_at_a_time"),
    ]

    operations = [migrations.RunSQL(_TRIGGERS, _BACK)]
