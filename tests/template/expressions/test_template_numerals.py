"""Numbers as all countries write them: every reading, and none that is not there."""

from decimal import Decimal

import pytest
from babel.localedata import locale_identifiers
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from storyboard.template.expressions.filters import Prices
from storyboard.template.expressions.numerals import numerals_in, plain

AMOUNTS = {
    "EUR": ("0.50", "9.99", "1234.50", "1234567.89", "1299"),
    "KWD": ("0.500", "1.250", "49.900", "1234.500", "1250"),
    "JPY": ("5", "1250", "1234567"),
    "USD": ("-5.25", "1299.00"),
}


@pytest.mark.parametrize("code", AMOUNTS)
def test_a_price_is_read_as_every_language_writes_it(code: str) -> None:
    """`default` are the digits of the language: Arabic, Devanagari, Burmese, Adlam, …."""
    prices = Prices()
    # Toki Pona groups two digits.
    for locale in (one for one in locale_identifiers() if not one.startswith("tok")):
        for amount in AMOUNTS[code]:
            text = format_currency(Decimal(amount), code, locale=locale, numbering_system="default")
            assert prices.price(text) == Decimal(amount), (locale, text)
    assert prices.doubts == []


@pytest.mark.parametrize(
    ("text", "readings", "point"),
    [
        ("1299", ["1299"], None),
        ("1.299", ["1299", "1.299"], None),
        ("999,000", ["999000", "999.000"], None),
        ("1.29", ["1.29"], "."),
        ("1,2995", ["1.2995"], ","),
        ("0,500", ["0.500"], ","),
        ("012.500", ["12.500"], "."),
        ("1299.500", ["1299.500"], "."),
        ("1,299.500", ["1299.500"], "."),
        ("1.299.500", ["1299500"], ","),
        ("1.299.500,25", ["1299500.25"], ","),
        ("1'299", ["1299"], None),
        ("1 299", ["1299"], None),
        ("1 299.500", ["1299.500"], "."),
        ("1,23,456", ["123456"], "."),
        ("1·50", ["1.50"], "·"),
        ("1.299,-", ["1299"], ","),
        ("1,29,5", [], None),
        ("1.299,000,000", [], None),
        ("1'29", [], None),
        ("1.2.3", [], None),
        ("1·2·3", [], None),
    ],
)
def test_a_number_has_every_reading_it_allows(
    text: str, readings: list[str], point: str | None
) -> None:
    [one] = numerals_in(plain(text))
    assert (one.readings, one.point) == (tuple(map(Decimal, readings)), point)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2 for 5", ["2", "5"]),
        ("2024 500", ["2024", "500"]),
        ("12 34", ["12", "34"]),
        ("1.5 250", ["1.5", "250"]),
        ("5 m2", ["5"]),
        ("kr5", ["5"]),
        ("A4", ["4"]),
        ("", []),
        ("none", []),
    ],
)
def test_the_numbers_of_a_text_are_told_apart(text: str, found: list[str]) -> None:
    assert [one.text for one in numerals_in(plain(text))] == found


@given(st.text(alphabet="0159.,'·\u066b\u066c\uff11¹²-\u2013 €a\u00a0\u0661", max_size=30))
def test_any_text_has_numbers_where_it_says(text: str) -> None:
    written = plain(text)
    ends = 0
    for one in numerals_in(written):
        assert written[one.start : one.start + len(one.text)] == one.text
        assert one.start >= ends
        assert list(one.readings) == sorted(one.readings, reverse=True)
        ends = one.start + len(one.text)
