"""Exact money, read and written."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.check.resolve.amount import dollars as read_dollars
from storyboard.diagnostics import Span
from storyboard.model.money import NOTHING, Usd, dollars, exact, figures, rounded, total
from storyboard.source import Scalar

HERE = Span("a", 1, 1, 1, 2)


def test_sums_are_exact() -> None:
    assert total([Usd(Decimal("0.1")), Usd(Decimal("0.2"))]) == Decimal("0.3")
    assert total([]) == NOTHING


@pytest.mark.parametrize(
    ("amount", "program", "person"),
    [
        ("0.7", "0.70", "0.70 USD"),
        ("1.568", "1.568", "1.568 USD"),
        ("25", "25.00", "25.00 USD"),
        ("1234.5", "1234.50", "1,234.50 USD"),
        ("0", "0.00", "0.00 USD"),
        ("1E+3", "1000.00", "1,000.00 USD"),
    ],
)
def test_amounts_are_written(amount: str, program: str, person: str) -> None:
    assert exact(Usd(Decimal(amount))) == program
    assert dollars(Usd(Decimal(amount))) == person
    assert figures([Usd(Decimal(amount))]) == (person.removesuffix(" USD"),)


def test_a_column_has_the_places_of_its_most_exact_amount() -> None:
    amounts = [Usd(Decimal(one)) for one in ("0.7", "1.568", "1200", "0.42")]
    assert figures(amounts) == ("0.700", "1.568", "1,200.000", "0.420")
    assert figures(amounts[::3]) == ("0.70", "0.42")
    assert figures([]) == ()


@given(
    costs=st.lists(st.decimals("0", "50", places=3), max_size=6),
    among=st.lists(st.integers(1, 75), min_size=6, max_size=6),
    places=st.integers(2, 6),
)
def test_rounded_amounts_add_up(costs: list[Decimal], among: list[int], places: int) -> None:
    """Each job is shared out over some films; a third of a cent of each is nobody's."""
    parts = [
        Fraction(cost) / count
        for cost, count in zip(costs, among, strict=False)
        for _ in range(count)
    ]
    whole = total(map(Usd, costs))
    found = rounded(parts, whole, places)
    assert total(found) == whole
    unit = Fraction(1, 10**places)
    assert all(abs(Fraction(one) - part) < unit for one, part in zip(found, parts, strict=True))


def test_amounts_that_need_no_rounding_stay_as_they_are() -> None:
    parts = [Usd(Decimal(one)) for one in ("0.7", "1.568")]
    assert rounded(parts, total(parts)) == tuple(parts)
    assert rounded([Fraction(1, 3)] * 3, Usd(Decimal(1))) == tuple(
        Usd(Decimal(one)) for one in ("0.34", "0.33", "0.33")
    )


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("25 USD", "25"),
        ("$25", "25"),
        ("US$25.50", "25.50"),
        ("USD 1,250", "1250"),
        ("25usd", "25"),
        (".5", "0.5"),
    ],
)
def test_budgets_are_read(text: str, amount: str) -> None:
    assert read_dollars(Scalar(text, text, HERE)) == Decimal(amount)


@pytest.mark.parametrize("text", ["25 EUR", "-3 USD", "lots", "\u20ac25", "1,2,3", "9" * 50])
def test_other_texts_are_no_budget(text: str) -> None:
    assert read_dollars(Scalar(text, text, HERE)) is None
