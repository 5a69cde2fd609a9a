"""Exact money, read and written."""

from decimal import Decimal

import pytest

from storyboard.check.resolve.amount import dollars as read_dollars
from storyboard.diagnostics import Span
from storyboard.model.money import NOTHING, Usd, dollars, exact, in_cents, total
from storyboard.source import Scalar

HERE = Span("a", 1, 1, 1, 2)


def test_sums_are_exact() -> None:
    assert total([Usd(Decimal("0.1")), Usd(Decimal("0.2"))]) == Decimal("0.3")
    assert total([]) == NOTHING


@pytest.mark.parametrize(
    ("amount", "program", "person"),
    [
        ("0.7", "0.70", "0.70 USD"),
        ("1.568", "1.568", "1.57 USD"),
        ("25", "25.00", "25.00 USD"),
        ("1234.5", "1234.50", "1,234.50 USD"),
        ("0", "0.00", "0.00 USD"),
        ("1E+3", "1000.00", "1,000.00 USD"),
    ],
)
def test_amounts_are_written(amount: str, program: str, person: str) -> None:
    assert exact(Usd(Decimal(amount))) == program
    assert dollars(Usd(Decimal(amount))) == person
    assert f"{in_cents(Usd(Decimal(amount)))} USD" == person


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
