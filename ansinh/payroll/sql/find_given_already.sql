-- what: people of a run who stand, themselves or by their household, in a live run of one of some other occasions
-- reads: payroll_oneoffpayee, payroll_rosterentry, payroll_run
-- writes: nothing
-- safe to repeat: yes
SELECT DISTINCT
    own.person_id,
    own.commune_code,
    roster.full_name,
    roster.sort_key,
    other.occasion_id,
    run.id AS other_run_id,
    own.person_id <> other.person_id AS by_household
FROM payroll_oneoffpayee AS own
INNER JOIN payroll_rosterentry AS roster ON own.person_id = roster.person_id AND roster.run_id = %(run_id)s
INNER JOIN payroll_oneoffpayee AS other
    ON
        other.occasion_id = ANY(%(occasions)s)
        -- Of a sum for a household whoever of it stands there stands for all; without a household both are null.
        AND (own.person_id = other.person_id OR own.household_id = other.household_id)
INNER JOIN payroll_run AS run ON other.occasion_id = run.occasion_id AND run.state <> 'CANCELLED'
WHERE own.occasion_id = %(occasion_id)s
ORDER BY own.commune_code, run.id, roster.sort_key, own.person_id
