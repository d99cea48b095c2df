"""After every act: the program's books are the paper's, and its own proofs find nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from django.db import connection

from ansinh.ledger.queries import list_balances
from ansinh.ops.proving import every_proof
from ansinh.platform.proofs import Proof
from tests.histories.paper import Cell, Paper
from tests.histories.world import WrongAnswer, settle_constraints

# Asked after every act: each takes a millisecond or two. All of them are asked at the end of each history.
QUICK = (
    "paid_once", "presented_once", "order_stands_by_results", "orders_sum_to_ledger", "results_sum_to_ledger",
    "entry_balances", "people_differ", "order_equals_lines", "batch_is_as_declared",
)  # fmt: skip
# Of lists and what is owed: asked at the end of a history that told or listed something.
OF_LISTS = (1, 3, 8, 9)
# The tables and triggers of the database itself: no act can change them, asked once a run.
OF_THE_DATABASE = ("database_guards",)

_ORDERS = """
SELECT
    listed.id, listed.state, listed.round, listed.batch_id,
    count(result.id) FILTER (WHERE result.kind = 'paid'), count(result.id) FILTER (WHERE result.kind = 'returned'),
    coalesce(sum(result.amount_dong) FILTER (WHERE result.kind = 'paid'), 0)
    - coalesce(sum(result.amount_dong) FILTER (WHERE result.kind = 'returned'), 0),
    listed.amount_dong
FROM payout_order AS listed
LEFT JOIN payout_result AS result ON listed.id = result.order_id AND result.kind <> 'unpaid'
GROUP BY listed.id
ORDER BY listed.id
"""

_OWED_BACK = """
SELECT recovery.id, recovery.state, recovery.amount_dong - coalesce(sum(entry.amount_dong), 0)
FROM payout_recovery AS recovery
LEFT JOIN payout_recoveryentry AS entry ON recovery.id = entry.recovery_id
GROUP BY recovery.id
"""


def must_agree(paper: Paper) -> None:
    """Every order stands as its card, was paid at most once, and the accounts hold what the paper holds."""
    settle_constraints()
    with connection.cursor() as cursor:
        cursor.execute(_ORDERS)
        rows = cursor.fetchall()
    if {row[0] for row in rows} != set(paper.cards):
        raise WrongAnswer(f"lệnh chi {[row[0] for row in rows]}, trên giấy {sorted(paper.cards)}")
    for pk, state, round_no, batch_id, paid, returned, net, amount in rows:
        card = paper.cards[pk]
        found = (state, round_no, batch_id, paid, returned)
        wanted = (
            card.state, card.round, card.folder and card.folder.pk, card.count("paid"), card.count("returned")
        )  # fmt: skip
        if found != wanted:
            raise WrongAnswer(f"lệnh {card.code}: {found}, trên giấy {wanted}")
        if net not in (0, amount):
            raise WrongAnswer(f"lệnh {card.code} {amount} đồng đã trả {net} đồng")
    _must_owe_back(paper)
    for kind, sums, sign in (("with_payer", paper.with_payer, 1), ("with_staff", paper.with_staff, 1),
                             ("owed", paper.owed, -1)):  # fmt: skip
        _must_hold(kind, sums, sign)


def _must_owe_back(paper: Paper) -> None:
    """What is open of every debt, its state, and the sum the books say is to come back."""
    with connection.cursor() as cursor:
        cursor.execute(_OWED_BACK)
        found = {pk: (state, dong) for pk, state, dong in cursor.fetchall()}
    wanted = {debt.pk: (debt.state, debt.open) for debt in paper.debts.values()}
    if found != wanted:
        raise WrongAnswer(f"khoản phải thu hồi: {found}, trên giấy {wanted}")
    booked = sum(one.dong.value for one in list_balances(kinds=("recoverable",)))
    if booked != sum(debt.open for debt in paper.debts.values()):
        raise WrongAnswer(f"sổ ghi phải thu hồi {booked} đồng, trên giấy {wanted}")


def _must_hold(kind: str, sums: Counter[Cell], sign: int) -> None:
    found = {
        (one.account.payer, one.account.place, one.account.fund): sign * one.dong.value
        for one in list_balances(kinds=(kind,))
        if one.dong.value
    }
    wanted = {cell: dong for cell, dong in sums.items() if dong}
    if found != wanted:
        raise WrongAnswer(f"tài khoản {kind}: {found}, trên giấy {wanted}")


def proofs(codes: Collection[str] = ()) -> tuple[Proof, ...]:
    """The proofs of those codes; of none, all but those of the database itself."""
    return tuple(
        proof for proof in every_proof() if (proof.code in codes if codes else proof.code not in OF_THE_DATABASE)
    )


def must_prove(asked: Iterable[Proof]) -> None:
    """None of the proofs finds a difference."""
    for proof in asked:
        if found := proof.find():
            raise WrongAnswer(f"{proof.code}: {[row.what for row in found]}")
