-- what: takes marks away that an approved list has looked at
-- reads: payroll_unsettled
-- writes: payroll_unsettled
-- safe to repeat: yes
DELETE FROM payroll_unsettled
WHERE id = ANY(%(ids)s::bigint [])
