-- what: level packs beside what the audit trail says of their loading and approval, with how many lists went by them
-- reads: payroll_levelpack, payroll_run, platform_auditentry
-- writes: nothing
-- safe to repeat: yes
WITH told AS MATERIALIZED (
    SELECT DISTINCT ON ((entry.facts ->> 'level_pack_id')::bigint, entry.action)
        (entry.facts ->> 'level_pack_id')::bigint AS level_pack_id,
        entry.action,
        entry.actor_id,
        entry.facts
    FROM platform_auditentry AS entry
    WHERE entry.action IN ('payroll.propose_level_pack', 'payroll.approve_level_pack')
    ORDER BY (entry.facts ->> 'level_pack_id')::bigint, entry.action, entry.id DESC
)

SELECT
    pack.id AS level_pack_id,
    pack.title,
    pack.place_code,
    pack.file_name,
    pack.text,
    pack.first_payroll,
    pack.decision_no,
    pack.state,
    pack.proposed_by,
    pack.approved_by,
    loading.actor_id AS told_proposed_by,
    loading.facts ->> 'digest' AS told_digest,
    loading.facts ->> 'place_code' AS told_place_code,
    loading.facts ->> 'first_payroll' AS told_first_payroll,
    loading.facts ->> 'decision_no' AS told_decision_no,
    approval.actor_id AS told_approved_by,
    (
        SELECT count(*)
        FROM payroll_run AS run
        WHERE run.state <> 'CANCELLED' AND pack.id::text = ANY(string_to_array(run.level_packs, ','))
    ) AS lists
FROM payroll_levelpack AS pack
LEFT JOIN told AS loading ON pack.id = loading.level_pack_id AND loading.action = 'payroll.propose_level_pack'
LEFT JOIN told AS approval ON pack.id = approval.level_pack_id AND approval.action = 'payroll.approve_level_pack'
ORDER BY pack.id
