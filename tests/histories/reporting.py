"""What payers report: results in any order, wrong ones, the same again, by report, receipt or file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ansinh.kernel.money import Dong
from ansinh.kernel.month import Month
from ansinh.payout.actions import record_result, record_results
from ansinh.payout.types import ReportedResult
from ansinh.reconcile.actions import apply_results, import_results, resolve_row
from ansinh.reconcile.models import ResultsRow
from tests.histories.base import Base
from tests.histories.judging import judged
from tests.histories.paper import Card, double_rows
from tests.histories.world import WrongAnswer
from tests.reconcile.files import csv_of, row

# What may be said of an order: mostly what is true, and everything that is not.
FLAVOURS = (
    "paid", "paid", "paid", "unpaid", "unpaid", "returned", "other_amount", "no_amount", "unknown_code", "bad_digit",
    "no_day", "tomorrow", "long_ago", "stranger", "agent", "fingerprint", "nonsense", "by_nonce", "unpaid_long_ago",
)  # fmt: skip


@dataclass
class Sent:
    """A report as it was sent, so that it can be sent again."""

    payer: str
    key: str
    month: Month | None
    rows: tuple[ReportedResult, ...]
    answer: tuple[int, int, int]
    is_receipt: bool = False


class Reporting(Base):
    """Verbs of the payer's own person; the verdict on every row is known beforehand."""

    sent: list[Sent]

    def told(self, number: int, card: Card, flavour: str) -> ReportedResult:
        """A row about an order; its day is today unless the flavour has another."""
        # The act is done on the day after the clock's, where it says "today".
        on: date | None = self.world.today + timedelta(days=1)
        base = ReportedResult(number, card.code, "paid", Dong(card.amount), on, proof="signature")
        unpaid = replace(base, outcome="unpaid", amount_dong=None, proof="", reason="Vắng nhà")
        assert on is not None
        return {
            "paid": base,
            "unpaid": unpaid,
            "returned": replace(base, outcome="returned", proof="", reason="Người nhận trả lại"),
            "other_amount": replace(base, amount_dong=Dong(card.amount + 1000)),
            "no_amount": replace(base, amount_dong=None),
            "unknown_code": replace(base, order_code="AS99999992"),
            "bad_digit": replace(base, order_code=card.code[:-1] + str((int(card.code[-1]) + 1) % 10)),
            "no_day": replace(base, happened_on=None),
            "tomorrow": replace(base, happened_on=on + timedelta(days=1)),
            "long_ago": replace(base, happened_on=date(2025, 1, 5)),
            "stranger": replace(base, receiver_name="Người Lạ Mặt", relation="hàng xóm"),
            "agent": replace(base, receiver_name="Ma Văn Con", relation="con", authorised_until=date(2026, 1, 1)),
            "fingerprint": replace(base, proof="fingerprint"),
            "nonsense": replace(base, outcome="maybe"),
            "by_nonce": replace(base, nonce=f"máy-{card.pk}"),
            "unpaid_long_ago": replace(unpaid, happened_on=date(2025, 1, 5)),
        }[flavour]

    def report(
        self, payer: str, rows: Sequence[ReportedResult], *, month: Month | None = None, key: str = "",
        killed: bool = False,
    ) -> None:  # fmt: skip
        """A report of many rows; under a key used before the same rows get the first answer."""
        key = key or f"báo {len(self.sent)}"
        expected = self._expect(rows, payer, month)
        done = self.world.act(
            "record_results",
            lambda: record_results(
                payer=payer, source_key=key, rows=rows, month=month, by=self.desk.payer, at=self.now
            ),
            killed=killed,
        )
        assert done is not None
        self._must_be(expected, [said.because or said.verdict for said in done.verdicts], rows)
        self._take(rows, expected)
        counts = (done.applied, done.repeats, done.set_aside)
        self.sent.append(Sent(payer, key, month, tuple(rows), counts))

    def send_again(self, sent: Sent, *, same_key: bool, killed: bool = False) -> None:
        """The same report once more: under its key the first answer, under a new one judged as things stand."""
        if not same_key:
            self.report(sent.payer, sent.rows, month=sent.month, killed=killed)
            return
        if sent.is_receipt:
            self.receipt_again(sent, killed=killed)
            return
        done = self.world.act(
            "record_results again",
            lambda: record_results(
                payer=sent.payer, source_key=sent.key, rows=sent.rows, month=sent.month, by=self.desk.payer, at=self.now
            ),
            killed=killed,
        )  # fmt: skip
        if done is None or not done.is_repeat or (done.applied, done.repeats, done.set_aside) != sent.answer:
            raise WrongAnswer(f"{sent.key} gửi lại: {done}, lần đầu {sent.answer}")

    def receipt(self, card: Card, flavour: str, nonce: str, *, killed: bool = False) -> None:
        """One receipt of a device, under a nonce of its own."""
        row_told = replace(self.told(1, card, flavour), nonce=nonce)
        again = [sent for sent in self.sent if sent.key == nonce]
        if again and again[0].rows != (row_told,):
            return
        (expected,) = self._expect([row_told], card.payer, None)
        expected = "repeat" if again else expected
        done = self.world.act(
            "record_result",
            lambda: record_result(payer=card.payer, nonce=nonce, row=row_told, by=self.desk.payer, at=self.now),
            killed=killed,
        )
        assert done is not None
        self._must_be([expected], [done.because or done.verdict], [row_told])
        self._take([row_told], [expected])
        if done.recording_id is not None:
            self.sent.append(Sent(card.payer, nonce, None, (row_told,), (1, 0, 0), is_receipt=True))

    def receipt_again(self, sent: Sent, *, killed: bool) -> None:
        """The same receipt by the same door: known by its nonce, and nothing is paid again."""
        done = self.world.act(
            "record_result again",
            lambda: record_result(payer=sent.payer, nonce=sent.key, row=sent.rows[0], by=self.desk.payer, at=self.now),
            killed=killed,
        )
        if done is None or (done.because or done.verdict) != "repeat":
            raise WrongAnswer(f"biên nhận {sent.key} gửi lại: {done}")

    def file(self, payer: str, rows: Sequence[ReportedResult], *, month: Month | None, killed: bool) -> None:
        """The payer's own file, checked and applied; rows set aside are dismissed with a reason, or wait."""
        content = csv_of(*(self._cells(one) for one in rows)).encode()
        taken = self.world.act(
            "import_results",
            lambda: import_results(
                content=content, file_name="ket-qua.csv", payer=payer, month=month, by=self.desk.payer, at=self.now
            ),
            killed=killed,
        )
        assert taken is not None
        # Applied on the day after the check: nothing has changed, and the days told are not to come any more.
        expected = self._expect(rows, payer, month)
        done = self.world.act(
            "apply_results",
            lambda: apply_results(file_id=taken.file_id, by=self.desk.payer, at=self.now),
            killed=killed,
        )
        assert done is not None
        if taken.already_known and taken.state == "APPLIED":
            return
        found = [row.because or row.verdict for row in ResultsRow.objects.filter(file_id=taken.file_id).order_by("row")]
        self._must_be(expected, found, rows)
        self._take(rows, expected)

    def dismiss(self, n: int) -> None:
        """A row set aside is settled by hand."""
        rows = ResultsRow.objects.filter(file__state="APPLIED", verdict="set_aside", resolved_how="").order_by("pk")
        if rows:
            found = self.pick(list(rows), n)
            self.world.act("resolve_row", lambda: resolve_row(
                row_id=found.pk, how="dismiss", reason="Đã đối chiếu", by=self.desk.payer, at=self.now))  # fmt: skip

    @staticmethod
    def _cells(told: ReportedResult) -> list[object]:
        """The row as the list has it when it comes back."""
        words = {"paid": "Đã trả", "unpaid": "Chưa trả", "returned": "Hoàn trả"}
        amount = None if told.amount_dong is None else told.amount_dong.value
        return row(
            1, order_code=told.order_code, name=None, amount=amount, outcome=words[told.outcome],
            happened_on=told.happened_on, receiver_name=told.receiver_name or None, relation=told.relation or None,
            proof="Ký nhận" if told.proof else None, reason=told.reason or None,
        )  # fmt: skip

    def _expect(self, rows: Sequence[ReportedResult], payer: str, month: Month | None) -> list[str]:
        doubles = double_rows(rows, self.paper)
        today = self.world.today + timedelta(days=1)
        return [
            judged(self.paper, one, payer=payer, month=month, today=today, is_double=one.row in doubles) for one in rows
        ]

    def _must_be(self, expected: Sequence[str], found: Sequence[str], rows: Sequence[ReportedResult]) -> None:
        self.world.tally.verdicts.update(found)
        if list(expected) != list(found):
            raise WrongAnswer(f"kết quả: {list(found)}, phải là {list(expected)}: {list(rows)}")

    def _take(self, rows: Sequence[ReportedResult], verdicts: Sequence[str]) -> None:
        for told, said in zip(rows, verdicts, strict=True):
            card = self.paper.card_of(told.order_code)
            if said == "applied" and card is not None:
                self.paper.record(told, card)
