-- what: whether one of two people approves that day by nothing but standing in for the other
-- reads: nothing
-- writes: nothing
-- safe to repeat: yes
SELECT TRUE AS stands_in
WHERE
    payroll_stands_in_only(%(one)s::bigint, %(other)s::bigint, %(on)s::date)
    OR payroll_stands_in_only(%(other)s::bigint, %(one)s::bigint, %(on)s::date)
