-- what: people with more than one live order of one month: two lists, or two communes, would pay them
-- reads: payout_order
-- writes: nothing
-- safe to repeat: yes
SELECT
    listed.person_id,
    listed.month,
    max(listed.commune_code) AS commune_code,
    string_agg(listed.code, ', ' ORDER BY listed.id) AS codes,
    count(*) AS orders
FROM payout_order AS listed
WHERE listed.state <> 'CANCELLED'
GROUP BY listed.person_id, listed.month
HAVING count(*) > 1
ORDER BY listed.person_id, listed.month
