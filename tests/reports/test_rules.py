"""The HIV rule holds for any list, and the mask tells nothing by standing there."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.money import Dong
from ansinh.reports.payment_list import payment_list_paper
from ansinh.reports.rules import (
    EVERYONE,
    FEWEST,
    NameBesideHiv,
    choose_hosts,
    is_hidden,
    mentions_hiv,
    merged_block,
    ordered_rows,
    printed_groups,
    printed_name,
    refuse_hiv_beside_names,
    widened_cell,
)
from ansinh.reports.types import Collector, Group, GroupCount, PaymentRow
from tests.reports.samples import CARERS, CHILDREN, DISABLED, ELDERLY, GROUPS, HIV, HOSTS, PARENTS, payment_list, row

HIDDEN = frozenset({Decimal("1.5"), Decimal("2.0"), Decimal("2.5")})

ROWS = st.lists(
    st.builds(
        row,
        name=st.sampled_from(["Nông Văn An", "Lý Thị Ước", "Đặng Kim Ân", "Ma Văn Ấn"]),
        group=st.sampled_from(GROUPS),
        coefficient=st.sampled_from(["1.0", "1.5", "2.0", "2.5"]),
    ),
    max_size=40,
).map(tuple)
SOME_HOSTS = st.frozensets(st.sampled_from(["I", "III", "IV", "V", "VI"]))


@pytest.mark.parametrize(
    ("kept", "printed"),
    [("NGUYỄN THỊ HOÀ", "Nguyễn Thị Hoà"), ("H'BIA NIÊ", "H'Bia Niê"), ("Hoàng Văn La", "Hoàng Văn La"), ("", "")],
)
def test_names_in_capitals_are_printed_as_people_write_them(kept: str, printed: str) -> None:
    assert printed_name(kept) == printed


@given(rows=ROWS, hosts=SOME_HOSTS)
def test_no_heading_with_names_speaks_of_hiv(rows: tuple[PaymentRow, ...], hosts: frozenset[str]) -> None:
    headings = printed_groups(Counter(line.group for line in rows), hosts)
    assert not any(mentions_hiv(headings[line.group.code].title) for line in rows)
    assert not any(mentions_hiv(text) for text in payment_list_paper(payment_list(*rows)).readable_texts)


@given(rows=ROWS, hosts=SOME_HOSTS)
def test_masked_heading_never_holds_only_the_hidden(rows: tuple[PaymentRow, ...], hosts: frozenset[str]) -> None:
    headings = printed_groups(Counter(line.group for line in rows), hosts)
    plain = [line for line in rows if not is_hidden(line.group)]
    for heading, members in ordered_rows(rows, headings):
        hidden = [line for line in members if is_hidden(line.group)]
        if hidden:
            others = len(members) - len(hidden)
            assert heading.is_joint
            assert others >= min(FEWEST, len(plain))


@given(rows=ROWS, hosts=SOME_HOSTS.filter(bool))
def test_headings_are_the_same_whether_anyone_is_hidden_or_not(
    rows: tuple[PaymentRow, ...], hosts: frozenset[str]
) -> None:
    plain = tuple(line for line in rows if not is_hidden(line.group))
    if not plain:
        return
    with_all = printed_groups(Counter(line.group for line in rows), hosts)
    without = printed_groups(Counter(line.group for line in plain), hosts)
    assert {code: with_all[code] for code in without} == without
    assert set(with_all.values()) == set(without.values())


@given(rows=ROWS)
def test_everyone_is_printed_once(rows: tuple[PaymentRow, ...]) -> None:
    headings = printed_groups(Counter(line.group for line in rows), HOSTS)
    printed = [line for _, members in ordered_rows(rows, headings) for line in members]
    assert Counter(printed) == Counter(rows)


def test_a_commune_with_nobody_else_has_one_heading_for_everyone() -> None:
    headings = printed_groups({HIV: 3}, HOSTS)
    assert headings[HIV.code].title == EVERYONE


def test_a_group_named_after_hiv_is_hidden_even_when_not_marked() -> None:
    careless = Group("X", "Trẻ em nhiễm HIV/AIDS", 2)
    assert is_hidden(careless)
    assert not mentions_hiv(printed_groups({careless: 1, DISABLED: 9}, HOSTS)["X"].title)


def test_a_benefit_that_knows_no_hiv_category_keeps_its_headings() -> None:
    headings = printed_groups({ELDERLY: 2}, frozenset())
    assert headings["IV"].title == ELDERLY.title
    assert not headings["IV"].is_joint


def test_hosts_cover_every_coefficient_of_the_hidden_and_no_more_groups_than_needed() -> None:
    census = [
        GroupCount(CHILDREN, Decimal("1.5"), 14),
        GroupCount(HIV, Decimal("1.5"), 8),
        GroupCount(ELDERLY, Decimal("1.0"), 480),
        GroupCount(DISABLED, Decimal("1.5"), 369),
        GroupCount(DISABLED, Decimal("2.0"), 346),
        GroupCount(DISABLED, Decimal("2.5"), 70),
        GroupCount(CARERS, Decimal("1.0"), 250),
    ]
    assert choose_hosts(census, hidden_coefficients=HIDDEN) == {"V"}


def test_hosts_do_not_depend_on_the_hidden() -> None:
    census = [GroupCount(PARENTS, Decimal("2.0"), 3), GroupCount(CARERS, Decimal("1.5"), 9)]
    with_hidden = [*census, GroupCount(HIV, Decimal("2.5"), 400)]
    chosen = choose_hosts(census, hidden_coefficients=HIDDEN)
    assert chosen == choose_hosts(with_hidden, hidden_coefficients=HIDDEN) == {"III", "VI"}


def test_hosts_of_a_roster_whose_coefficients_hide_nobody_are_its_last_group() -> None:
    census = [GroupCount(ELDERLY, Decimal("1.0"), 30), GroupCount(CARERS, Decimal("1.0"), 9)]
    assert choose_hosts(census, hidden_coefficients=HIDDEN) == {"VI"}


@pytest.mark.parametrize(
    "text",
    ["Người nhiễm HIV", "trẻ em nhiễm hiv", "bệnh nhân AIDS", "H.I.V", "hội chứng suy giảm miễn dịch", "nhiễm H"],
)
def test_texts_that_speak_of_hiv(text: str) -> None:
    assert mentions_hiv(text)
    with pytest.raises(NameBesideHiv, match="tình trạng HIV"):
        refuse_hiv_beside_names(["Nà Pài", text])


@pytest.mark.parametrize("text", ["Thôn Hivơ", "Phan Văn Hà", "nhiễm hóa chất", "Paids"])
def test_texts_that_do_not(text: str) -> None:
    assert not mentions_hiv(text)


def test_free_texts_of_a_row_are_veiled() -> None:
    betraying = row("Hà Thị Bình", hamlet="Thôn Đồn (HIV)", collector=Collector("Hà Văn Tú", "chồng, nhiễm HIV"))
    lines = payment_list_paper(payment_list(betraying)).lines
    assert "Thôn Đồn (HIV)" not in lines[1].cells
    assert "Hà Văn Tú" in lines[1].cells


def test_rows_stand_by_group_then_by_given_name_in_the_vietnamese_alphabet() -> None:
    rows = [row("Vũ Ấn"), row("Lê Ân"), row("Bùi Đức"), row("Trần An"), row("Hứa Dũng"), row("Ma Anh", CHILDREN)]
    paper_rows = ordered_rows(rows, printed_groups({ELDERLY: 5, CHILDREN: 1}, frozenset()))
    assert [line.name for _, members in paper_rows for line in members] == [
        "Ma Anh",
        "Trần An",
        "Lê Ân",
        "Vũ Ấn",
        "Hứa Dũng",
        "Bùi Đức",
    ]


def test_rows_may_stand_by_hamlet() -> None:
    rows = [row("Lê An", hamlet="Thôn Đồn"), row("Lê Xuân", hamlet="Bản Cáu"), row("Lê Bình", hamlet="Thôn Đồn")]
    ((_, members),) = ordered_rows(rows, printed_groups({ELDERLY: 3}, frozenset()), within="hamlet")
    assert [line.name for line in members] == ["Lê Xuân", "Lê An", "Lê Bình"]


@given(counts=st.lists(st.integers(0, 9), min_size=1, max_size=6), data=st.data())
def test_a_widened_cell_hides_or_is_the_whole_row(counts: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(counts) - 1))
    span = widened_cell(counts, at)
    assert at in span
    assert sum(counts[index] for index in span) >= FEWEST or len(span) == len(counts)


def test_the_total_is_what_is_paid_out() -> None:
    assert row("Lê An").total_dong == Dong(270_000)


@given(rows=st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=2, max_size=6), at=st.integers(0, 3))
def test_no_small_cell_is_shown_nor_found_by_subtraction(rows: list[list[int]], at: int) -> None:
    columns, done = merged_block(rows, at)
    assert at in columns
    assert all(row[at] in (0, *range(FEWEST, 10)) for index, row in enumerate(rows) if index not in done)
    assert len(done) != 1
