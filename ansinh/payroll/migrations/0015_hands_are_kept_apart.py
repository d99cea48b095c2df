"""Who prepares a list and who signs it are different people, over all the list's acts and what it lists: the database
writes whose hands it went through and refuses the second kind of hand of one person."""

from __future__ import annotations

from django.db import migrations

from ansinh.platform.policies import one_of, secured, unsecured

_BEFORE = """
INSERT INTO payroll_runhand (run_id, user_id, did, at)
SELECT run.id, hand.user_id, hand.did, hand.at
FROM payroll_run AS run
CROSS JOIN LATERAL (
    VALUES
    (run.opened_by, 'open_run', run.opened_at),
    (run.submitted_by, 'submit_run', run.submitted_at),
    (run.approved_by, 'approve_run', run.approved_at),
    (run.countersigned_by, 'countersign_run', run.countersigned_at)
) AS hand (user_id, did, at)
WHERE hand.user_id IS NOT NULL AND hand.at IS NOT NULL;
"""

_HANDS = """
CREATE TRIGGER run_hand_append_only BEFORE UPDATE OR DELETE ON payroll_runhand
    FOR EACH ROW EXECUTE FUNCTION platform_refuse_change();
CREATE TRIGGER run_hand_no_truncate BEFORE TRUNCATE ON payroll_runhand
    FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_change();

-- Whether somebody told what a list says of its people: a change, a register file, a proposal taken over, before its
-- submission and since the last list of the person and programme that others approved; or made the occasion or its payees.
CREATE FUNCTION payroll_told_by(wanted bigint, teller bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1
        FROM payroll_run AS run
        INNER JOIN payroll_occasion AS occasion ON run.occasion_id = occasion.id
        LEFT JOIN payroll_oneoffpayee AS payee ON occasion.id = payee.occasion_id
        WHERE run.id = wanted AND (occasion.created_by = teller OR payee.added_by = teller)
    ) OR EXISTS (
        SELECT 1
        FROM (
            SELECT change.person_id, change.recorded_at AS at
            FROM registry_change AS change
            WHERE change.recorded_by = teller
            UNION ALL
            SELECT row.person_id, file.received_at
            FROM registry_registerfile AS file
            INNER JOIN registry_registerrow AS row ON file.id = row.file_id
            WHERE file.received_by_id = teller AND row.person_id IS NOT NULL
            UNION ALL
            SELECT proposal.person_id, proposal.decided_at
            FROM registry_proposal AS proposal
            WHERE proposal.decided_by_id = teller AND proposal.state = 'ACCEPTED'
        ) AS told
        INNER JOIN payroll_rosterentry AS roster ON told.person_id = roster.person_id AND roster.run_id = wanted
        INNER JOIN payroll_run AS run ON roster.run_id = run.id
        WHERE run.occasion_id IS NULL AND told.at <= coalesce(run.submitted_at, 'infinity') AND NOT EXISTS (
            SELECT 1
            FROM payroll_rosterentry AS earlier
            INNER JOIN payroll_run AS signed ON earlier.run_id = signed.id
            WHERE earlier.person_id = told.person_id AND signed.programme = run.programme
                AND signed.state = 'APPROVED' AND signed.month <= run.month AND signed.id <> run.id
                AND coalesce(signed.countersigned_at, signed.approved_at) > told.at
        )
    )
$$;

-- Whether somebody approves that day by nothing but standing in for another.
CREATE FUNCTION payroll_stands_in_only(deputy bigint, principal bigint, day date) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT count(*) > 0 AND bool_and(own.kind = 'deputy' AND of_whom.user_id = principal)
    FROM access_appointment AS own
    LEFT JOIN access_appointment AS of_whom ON own.deputises_for_id = of_whom.id
    WHERE own.user_id = deputy AND own.role IN ('approver', 'district_approver', 'province_approver')
        AND own.starts_on <= day AND coalesce(own.ends_on, 'infinity') >= day
$$;

CREATE FUNCTION payroll_keep_hands_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    signing text[] := ARRAY['approve_run', 'countersign_run'];
    lead bigint := (SELECT coalesce(run.paid_with_id, run.id) FROM payroll_run AS run WHERE run.id = NEW.run_id);
    first bigint := (SELECT run.approved_by FROM payroll_run AS run WHERE run.id = NEW.run_id);
    day date := (NEW.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
BEGIN
    IF EXISTS (
        SELECT 1
        FROM payroll_run AS run
        INNER JOIN payroll_runhand AS hand ON run.id = hand.run_id
        WHERE (run.id = lead OR run.paid_with_id = lead) AND hand.user_id = NEW.user_id
            AND (hand.did = ANY (signing)) <> (NEW.did = ANY (signing))
    ) THEN
        RAISE EXCEPTION 'run_hands_apart: kỳ chi trả %: một người không vừa lập vừa duyệt cùng một khoản tiền', NEW.run_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'run_hands_apart';
    END IF;
    IF NEW.did = ANY (signing) AND payroll_told_by(NEW.run_id, NEW.user_id) THEN
        RAISE EXCEPTION 'run_not_by_its_teller: kỳ chi trả %: người ghi biến động, nhập sổ không duyệt danh sách lập từ đó', NEW.run_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'run_not_by_its_teller';
    END IF;
    IF NEW.did = 'countersign_run' AND (
        payroll_stands_in_only(NEW.user_id, first, day) OR payroll_stands_in_only(first, NEW.user_id, day)
    ) THEN
        RAISE EXCEPTION 'run_not_by_one_word: kỳ chi trả %: người thay mặt không duyệt cùng người mình thay mặt', NEW.run_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'run_not_by_one_word';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER run_hands_apart BEFORE INSERT ON payroll_runhand
    FOR EACH ROW EXECUTE FUNCTION payroll_keep_hands_apart();

CREATE FUNCTION payroll_write_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO payroll_runhand (run_id, user_id, did, at)
    SELECT NEW.id, hand.user_id, hand.did, coalesce(hand.at, now())
    FROM (
        VALUES
        (NEW.opened_by, 'open_run', NEW.opened_at),
        (NEW.computed_by, 'compute_run', NEW.computed_at),
        (NEW.checked_by, 'check_run', NEW.checked_at),
        (NEW.submitted_by, 'submit_run', NEW.submitted_at),
        (NEW.approved_by, 'approve_run', NEW.approved_at),
        (NEW.countersigned_by, 'countersign_run', NEW.countersigned_at)
    ) AS hand (user_id, did, at)
    WHERE hand.user_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM payroll_runhand AS known
        WHERE known.run_id = NEW.id AND known.user_id = hand.user_id AND known.did = hand.did
    );
    RETURN NULL;
END $$;
CREATE TRIGGER run_hands_written AFTER INSERT OR UPDATE ON payroll_run
    FOR EACH ROW EXECUTE FUNCTION payroll_write_hands();

CREATE FUNCTION payroll_write_clearing_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO payroll_runhand (run_id, user_id, did, at)
    VALUES (NEW.run_id, NEW.cleared_by_id, 'clear_finding', coalesce(NEW.cleared_at, now()))
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER clearing_hand_written AFTER INSERT OR UPDATE ON payroll_runfinding
    FOR EACH ROW WHEN (NEW.cleared_by_id IS NOT NULL) EXECUTE FUNCTION payroll_write_clearing_hand();

-- Lists that come to be paid together bring their hands together.
CREATE FUNCTION payroll_check_joined_hands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1
        FROM payroll_runhand AS own
        INNER JOIN payroll_runhand AS other ON own.user_id = other.user_id
        INNER JOIN payroll_run AS run ON other.run_id = run.id
        WHERE own.run_id = NEW.id AND (run.id = NEW.paid_with_id OR run.paid_with_id = NEW.paid_with_id)
            AND (own.did IN ('approve_run', 'countersign_run')) <> (other.did IN ('approve_run', 'countersign_run'))
    ) THEN
        RAISE EXCEPTION 'run_hands_apart: kỳ chi trả %: một người không vừa lập vừa duyệt cùng một khoản tiền', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'run_hands_apart';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER run_hands_apart_together AFTER INSERT OR UPDATE OF paid_with_id ON payroll_run
    FOR EACH ROW WHEN (NEW.paid_with_id IS NOT NULL) EXECUTE FUNCTION payroll_check_joined_hands();

-- Who asks for or records money sent to a payer for a month prepared and signed no list of that place and month, and the
-- payer's own advance is not recorded by who sent the payer the money.
CREATE FUNCTION payroll_check_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER transfer_people_differ BEFORE INSERT OR UPDATE ON funds_transfer
    FOR EACH ROW EXECUTE FUNCTION payroll_check_transfer();
"""

_HANDS_BACK = """
DROP TRIGGER transfer_people_differ ON funds_transfer;
DROP TRIGGER run_hands_apart_together ON payroll_run;
DROP TRIGGER clearing_hand_written ON payroll_runfinding;
DROP TRIGGER run_hands_written ON payroll_run;
DROP TRIGGER run_hands_apart ON payroll_runhand;
DROP TRIGGER run_hand_no_truncate ON payroll_runhand;
DROP TRIGGER run_hand_append_only ON payroll_runhand;
DROP FUNCTION payroll_check_transfer(), payroll_check_joined_hands(), payroll_write_clearing_hand(),
    payroll_write_hands(), payroll_keep_hands_apart(), payroll_stands_in_only(bigint, bigint, date),
    payroll_told_by(bigint, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("payroll", "0014_hands"),
        ("registry", "0010_who_told"),
        ("access", "0004_appointments_for_a_time"),
        ("funds", "0002_what_never_changes"),
        ("platform", "0002_roles_and_append_only_audit"),
    ]

    operations = [
        migrations.RunSQL(_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(_HANDS, _HANDS_BACK),
        migrations.RunSQL(secured("payroll_runhand", one_of("payroll_run", "run_id")), unsecured("payroll_runhand")),
    ]
