"""Refusals speak Vietnamese from their docstring and keep a stable code."""

from __future__ import annotations

import pickle

from ansinh.kernel.money import Dong
from ansinh.kernel.refusal import Refusal


class TwoOrdersForOnePerson(Refusal):
    """{person} đã có lệnh chi {amount} đồng
    trong tháng này. Hãy huỷ lệnh cũ trước."""


class RenamedSince(Refusal):
    """Đã đổi tên."""

    code = "its_first_name"


class Undocumented(Refusal):
    pass


def test_the_message_is_the_docstring_with_its_facts_on_one_line() -> None:
    refusal = TwoOrdersForOnePerson(person="Bà Lành", amount=Dong(500_000))
    assert str(refusal) == "Bà Lành đã có lệnh chi 500.000 đồng trong tháng này. Hãy huỷ lệnh cũ trước."


def test_the_code_is_the_name_unless_it_was_kept() -> None:
    assert (TwoOrdersForOnePerson.code, RenamedSince.code) == ("two_orders_for_one_person", "its_first_name")


def test_plain_answers_keep_whole_numbers_and_write_the_rest() -> None:
    refusal = TwoOrdersForOnePerson(person="Bà Lành", amount=Dong(5), count=2, rows=[1, 2])
    assert refusal.as_dict()["facts"] == {"person": "Bà Lành", "amount": "5", "count": 2, "rows": [1, 2]}


def test_without_a_docstring_it_still_answers() -> None:
    assert Undocumented().message == "Không thực hiện được yêu cầu này."


def test_braces_inside_a_fact_are_not_a_template() -> None:
    assert "{amount}" in TwoOrdersForOnePerson(person="{amount}", amount=1).message


def test_it_crosses_to_another_process_with_its_facts() -> None:
    told = pickle.dumps(TwoOrdersForOnePerson(person="Bà Lành", amount=Dong(5)))
    refusal = pickle.loads(told)  # noqa: S301 - our own
    assert type(refusal) is TwoOrdersForOnePerson
    assert refusal.facts == {"person": "Bà Lành", "amount": Dong(5)}
