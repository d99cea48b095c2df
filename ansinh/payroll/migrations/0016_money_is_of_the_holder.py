"""A transfer is its holder's, whose lists may be of the communes below: hands of those lists count too."""

from __future__ import annotations

from django.db import migrations

_OF_THE_HOLDER = """
CREATE OR REPLACE FUNCTION payroll_check_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind = 'transfer' AND EXISTS (
        SELECT 1
        FROM payroll_run AS run
        INNER JOIN payroll_runhand AS hand ON run.id = hand.run_id
        INNER JOIN places_unit AS unit ON run.place_code = unit.code AND unit.validity @> run.month
        WHERE NEW.place_code = ANY (string_to_array(unit.path, '/')) AND run.month = NEW.month
            AND run.state = 'APPROVED'
            AND hand.user_id IN (NEW.requested_by, NEW.sent_by)
    ) THEN
        RAISE EXCEPTION 'transfer_people_differ: lần chuyển tiền %: người lập hay duyệt danh sách không đề nghị, không ghi nhận chuyển tiền', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_people_differ';
    END IF;
    IF NEW.kind = 'advance' AND EXISTS (
        SELECT 1
        FROM funds_transfer AS sent
        WHERE sent.kind = 'transfer' AND sent.payer_id = NEW.payer_id AND sent.place_code = NEW.place_code
            AND sent.month = NEW.month AND sent.state <> 'CANCELLED'
            AND NEW.sent_by IN (sent.requested_by, sent.sent_by)
    ) THEN
        RAISE EXCEPTION 'transfer_people_differ: tạm ứng %: người chuyển kinh phí không ghi tạm ứng của tổ chức chi trả', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_people_differ';
    END IF;
    RETURN NEW;
END $$;
"""

_OF_THE_PLACE = """
CREATE OR REPLACE FUNCTION payroll_check_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind = 'transfer' AND EXISTS (
        SELECT 1
        FROM payroll_run AS run
        INNER JOIN payroll_runhand AS hand ON run.id = hand.run_id
        WHERE run.place_code = NEW.place_code AND run.month = NEW.month AND run.state = 'APPROVED'
            AND hand.user_id IN (NEW.requested_by, NEW.sent_by)
    ) THEN
        RAISE EXCEPTION 'transfer_people_differ: lần chuyển tiền %: người lập hay duyệt danh sách không đề nghị, không ghi nhận chuyển tiền', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_people_differ';
    END IF;
    IF NEW.kind = 'advance' AND EXISTS (
        SELECT 1
        FROM funds_transfer AS sent
        WHERE sent.kind = 'transfer' AND sent.payer_id = NEW.payer_id AND sent.place_code = NEW.place_code
            AND sent.month = NEW.month AND sent.state <> 'CANCELLED'
            AND NEW.sent_by IN (sent.requested_by, sent.sent_by)
    ) THEN
        RAISE EXCEPTION 'transfer_people_differ: tạm ứng %: người chuyển kinh phí không ghi tạm ứng của tổ chức chi trả', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_people_differ';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("payroll", "0015_hands_are_kept_apart"), ("places", "0001_initial")]

    operations = [migrations.RunSQL(_OF_THE_HOLDER, _OF_THE_PLACE)]
