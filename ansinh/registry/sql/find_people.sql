-- what: people whose name (accent-free) holds the words asked for, or who carry exactly one of these numbers, living in
--       the given communes in a month and in the sight of whoever looks (registry/migrations/0009)
-- reads: nothing
-- writes: nothing
-- safe to repeat: yes
SELECT found.*
FROM
    registry_find_people(
        %(name)s::text, %(numbers)s::bytea [], %(month)s::date, %(communes)s::text [], %(everywhere)s::boolean,
        %(limit)s::integer
    ) AS found
