-- what: dated units of the staged table that are not there yet
-- reads: places_stagedunit, places_unit
-- writes: places_unit
-- safe to repeat: yes, a code and first day already there is left alone
INSERT INTO places_unit (
    code, kind, level, type, name, full_name, folded_name, parent_code, path, validity
)
SELECT
    staged.code,
    staged.kind,
    staged.level,
    staged.type,
    staged.name,
    staged.type || ' ' || staged.name,
    staged.folded_name,
    staged.parent_code,
    staged.path,
    daterange(staged.starts_on, staged.ends_on)
FROM places_stagedunit AS staged
WHERE NOT EXISTS (
    SELECT 1
    FROM places_unit AS known
    WHERE known.code = staged.code AND lower(known.validity) = staged.starts_on
)
