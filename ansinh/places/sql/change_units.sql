-- what: units whose staged line of the same code and first day says something else
-- reads: places_stagedunit, places_unit
-- writes: places_unit
-- safe to repeat: yes, equal rows are left alone
UPDATE places_unit AS known
SET
    kind = staged.kind,
    level = staged.level,
    type = staged.type,
    name = staged.name,
    full_name = staged.type || ' ' || staged.name,
    folded_name = staged.folded_name,
    parent_code = staged.parent_code,
    path = staged.path,
    validity = daterange(staged.starts_on, staged.ends_on)
FROM places_stagedunit AS staged
WHERE
    known.code = staged.code
    AND lower(known.validity) = staged.starts_on
    AND (known.type, known.name, known.folded_name, known.parent_code, known.path, known.validity)
    IS DISTINCT FROM (
        staged.type, staged.name, staged.folded_name, staged.parent_code, staged.path,
        daterange(staged.starts_on, staged.ends_on)
    )
