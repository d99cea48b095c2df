"""What must always hold between payers' files and the results recorded of them, over all data."""

from __future__ import annotations

from ansinh.platform import sql
from ansinh.platform.proofs import Break, Proof


def find_miscounted_files() -> list[Break]:
    """Each results file's kept counts and sums against its rows."""
    return [
        Break(
            f'Tệp kết quả số {row["id"]} ("{row["file_name"]}") ghi {row["kept_rows"]} dòng, {row["kept_applied"]} '
            f"dòng ghi nhận; đếm lại được {row['rows']} dòng, {row['applied']} dòng ghi nhận, hoặc tổng tiền khác",
            {"file": row["id"], "rows": row["rows"], "applied": row["applied"]},
        )
        for row in sql.rows("reconcile/find_miscounted_files")
    ]


def find_rows_unlike_results() -> list[Break]:
    """Each row that counts as recorded, by its file or matched by hand, against the result of its order: outcome,
    amount and day; and each result recorded of a file against the file's rows."""
    rows = [
        Break(
            f'Dòng {row["row"]} trang "{row["sheet"]}" của tệp kết quả số {row["file_id"]} ("{row["file_name"]}") tính '
            f"là đã ghi nhận cho lệnh chi {row['order_code']}, nhưng không có kết quả nào ghi đúng như vậy",
            {"file": row["file_id"], "row": row["id"]},
            row["commune_code"],
        )
        for row in sql.rows("reconcile/find_rows_without_result")
    ]
    results = [
        Break(
            f'Kết quả số {row["id"]} ghi từ tệp kết quả số {row["file_id"]} ("{row["file_name"]}") nhưng không dòng '
            "nào của tệp nói như vậy",
            {"file": row["file_id"], "result": row["id"], "order": row["order_id"]},
            row["commune_code"],
        )
        for row in sql.rows("reconcile/find_results_without_row")
    ]
    return rows + results


PROOFS: tuple[Proof, ...] = (
    Proof("results_file_is_as_counted", 4, "Tệp kết quả đúng số dòng, số tiền đã ghi", find_miscounted_files),
    Proof("file_rows_are_results", 4, "Dòng đã ghi nhận của tệp khớp kết quả chi trả", find_rows_unlike_results),
)
