-- what: a report's staged rows, no longer needed
-- reads: nothing
-- writes: payout_reportedrow
-- safe to repeat: yes
DELETE FROM payout_reportedrow
WHERE report = %(report)s
