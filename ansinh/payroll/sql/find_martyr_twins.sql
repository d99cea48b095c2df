-- what: martyrs of an occasion of worship money with the name of another of the same year and commune, under another number
-- reads: payroll_oneoffpayee, payroll_worshippedmartyr
-- writes: nothing
-- safe to repeat: yes
SELECT
    payee.person_id,
    payee.commune_code,
    martyr.full_name,
    martyr.martyr_no,
    martyr.for_year,
    string_agg(other.martyr_no, ', ' ORDER BY other.martyr_no) AS others
FROM payroll_worshippedmartyr AS martyr
INNER JOIN payroll_oneoffpayee AS payee ON martyr.payee_id = payee.id
INNER JOIN payroll_worshippedmartyr AS other
    ON
        martyr.for_year = other.for_year
        AND lower(martyr.full_name) = lower(other.full_name)
        AND martyr.id <> other.id
INNER JOIN payroll_oneoffpayee AS its_payee
    ON other.payee_id = its_payee.id AND payee.commune_code = its_payee.commune_code
WHERE payee.occasion_id = %(occasion_id)s
GROUP BY payee.person_id, payee.commune_code, martyr.id
ORDER BY payee.commune_code, payee.person_id, martyr.martyr_no
