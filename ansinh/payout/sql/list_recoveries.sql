-- what: recoveries as a screen shows them: whose, how much is open, the decision in force, the day the person died
-- reads: payout_recovery, payout_recoverydecision, payout_recoveryentry, registry_person, registry_change
-- writes: nothing
-- safe to repeat: yes
WITH back AS (
    SELECT
        entry.recovery_id,
        sum(entry.amount_dong) AS amount_dong
    FROM payout_recoveryentry AS entry
    GROUP BY entry.recovery_id
)

SELECT
    recovery.id,
    recovery.run_id,
    recovery.month,
    recovery.person_id,
    person.full_name,
    person.born_on,
    person.birth_precision,
    recovery.commune_code,
    recovery.amount_dong,
    (recovery.amount_dong - coalesce(back.amount_dong, 0))::bigint AS open_dong,
    recovery.state,
    coalesce(decision.way, '') AS way,
    decision.share,
    decision.instalment_dong,
    coalesce(decision.decision_no, '') AS decision_no,
    decision.decided_on,
    (
        SELECT min(told.effective_on)
        FROM registry_change AS told
        WHERE
            told.person_id = recovery.person_id
            AND told.kind = 'death'
            AND NOT EXISTS (SELECT 1 FROM registry_change AS undone WHERE undone.undoes_id = told.id)
    ) AS died_on
FROM payout_recovery AS recovery
INNER JOIN registry_person AS person ON recovery.person_id = person.id
LEFT JOIN payout_recoverydecision AS decision ON recovery.decision_id = decision.id
LEFT JOIN back ON recovery.id = back.recovery_id
WHERE
    (%(recovery_id)s = 0 OR recovery.id = %(recovery_id)s)
    AND (%(person_id)s = 0 OR recovery.person_id = %(person_id)s)
    AND (%(state)s = '' OR recovery.state = %(state)s)
    AND (%(communes)s::text [] IS NULL OR recovery.commune_code = ANY(%(communes)s::text []))
    AND (%(name)s = '' OR person.name_key LIKE '%%' || %(name)s || '%%')
ORDER BY recovery.state IN ('SETTLED', 'WRITTEN_OFF'), recovery.commune_code, person.sort_key, recovery.id
