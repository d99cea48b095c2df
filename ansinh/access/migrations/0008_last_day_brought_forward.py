"""A last day recorded ahead may be brought forward while it has not passed, never pushed back."""

from __future__ import annotations

from django.db import migrations

# The day an end is written is that of `ended_at`: the work says when it is done, the database reads no clock of its own.
_BROUGHT_FORWARD = """
CREATE OR REPLACE FUNCTION access_appointment_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    written_on date := (NEW.ended_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
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
    IF OLD.ends_on IS NOT NULL AND (NEW.ends_on IS NULL OR NEW.ends_on > OLD.ends_on) THEN
        RAISE EXCEPTION 'việc được giao đã kết thúc không mở lại' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.ended_at IS NOT NULL AND (
        NEW.ended_at IS NULL OR NEW.ended_at < OLD.ended_at OR NEW.ends_on = OLD.ends_on
        OR OLD.ends_on < written_on OR NEW.ends_on < written_on - 1
    ) THEN
        RAISE EXCEPTION 'việc được giao đã kết thúc không mở lại' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
_FINAL_AGAIN = """
CREATE OR REPLACE FUNCTION access_appointment_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0007_sign_in_papers")]

    operations = [migrations.RunSQL(_BROUGHT_FORWARD, _FINAL_AGAIN)]
