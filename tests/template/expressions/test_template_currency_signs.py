"""The signs of currencies are those that CLDR writes, each with every currency it may stand for."""

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from babel.numbers import get_territory_currencies

from storyboard.template.expressions.currency_signs import SIGNS, codes_of, currency_in, is_code


def _signs_of_territories() -> dict[str, set[str]]:
    """Return how each territory writes the currencies it has now, in each of its languages."""
    found: dict[str, set[str]] = {}
    for name in locale_identifiers():
        locale = Locale.parse(name)
        for code in get_territory_currencies(locale.territory) if locale.territory else ():
            found.setdefault(str(locale.currency_symbols.get(code, code)), set()).add(code)
    return found


def test_the_signs_of_all_currencies_are_known() -> None:
    pounds = {"SSP", "FKP", "GIP", "SHP"}
    for sign, codes in _signs_of_territories().items():
        short = len(sign.strip("\u200b")) < 2 and sign.isalpha() and sign != "R"
        if not short and sign != "\u200b":
            assert codes - pounds <= set(codes_of(sign)), sign
        if not sign.isalpha() and sign != "\u200b":
            assert currency_in(f"5 {sign}")


def test_every_sign_stands_for_codes_that_there_are() -> None:
    assert [code for codes in SIGNS.values() for code in codes if not is_code(code)] == []
    assert all(codes_of(currency_in(f"5 {sign}")) == codes for sign, codes in SIGNS.items())


@pytest.mark.parametrize(
    ("text", "sign", "codes"),
    [
        ("19,99 €", "€", ("EUR",)),
        ("US$ 5", "US$", ("USD",)),
        ("CHF 5.00", "CHF", ("CHF",)),
        ("Fr. 5.-", "Fr", ("CHF",)),
        ("5 kr.", "kr", ("SEK", "NOK", "DKK", "ISK")),
        ("5,000 \u200fد.ك.\u200f", "د.ك", ("KWD",)),
        ("5 USD (about 4 €)", "USD", ("USD",)),
        ("5 krona", "", ()),
        ("19,99 Euro", "Euro", ("EUR",)),
        ("19,99 eur", "eur", ("EUR",)),
        ("रु १,२९०", "रु", ("INR", "NPR")),
        ("๑,๒๙๐ บาท", "บาท", ("THB",)),
        ("5 pieces", "", ()),
    ],
)
def test_the_sign_of_a_text_is_found(text: str, sign: str, codes: tuple[str, ...]) -> None:
    assert currency_in(text) == sign
    assert codes_of(sign) == codes
