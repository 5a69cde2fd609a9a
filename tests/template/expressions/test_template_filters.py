"""Filters: what ads need of money, numbers, dates and words, in many languages."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from babel.core import get_global
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from storyboard.template.expressions.currency_signs import is_written_with_point
from storyboard.template.expressions.failure import RenderError
from storyboard.template.expressions.filters import Prices, filters_with
from storyboard.template.expressions.program import Compiler

COMPILER = Compiler()
NB = "\u00a0"


def value(expression: str, **names: object) -> object:
    return COMPILER.expression(expression).value(names)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.299,00 €", "1299.00"),
        ("$1,299.00", "1299.00"),
        ("1299 kr", "1299"),
        ("1 299,00 €", "1299.00"),
        ("1'299.00 CHF", "1299.00"),
        ("19,- €", "19"),
        ("£9.99", "9.99"),
        ("-5 €", "-5"),
        ("0.50", "0.50"),
        ("EUR 12,5", "12.5"),
        ("￥1,299", "1299"),
        ("２，９８０円", "2980"),  # noqa: RUF001 -- wide signs, as Japanese shops write them
        ("\u0661\u066c\u0662\u0669\u0669\u066b\u0660\u0660 €", "1299.00"),
        ("1\u066b250 KWD", "1.250"),
        ("0.500 JOD", "0.5"),
        ("49,900 TND", "49.9"),
        ("1,250.500 USD", "1250.5"),
        ("1.250,500 €", "1250.5"),
        ("1 250.500", "1250.5"),
        ("1250.500", "1250.5"),
        ("12.500 د.ك", "12.5"),
        ("1,250 KD", "1.25"),
        (".500", "0.5"),
        ("$.99", "0.99"),
        ("1,250 USD", "1250"),
        ("1.250 €", "1250"),
        ("1,250 IQD", "1250"),
        ("1.299.000", "1299000"),
        ("12,34,567.50 ₹", "1234567.5"),
        ("१,२३,४५६.५० ₹", "123456.5"),
        ("1.299,- €", "1299"),
        ("CHF 1’299.–", "1299"),  # noqa: RUF001 -- as Swiss shops write it
        ("9,99 €/m²", "9.99"),
        ("9.99 EUR/m2", "9.99"),
        ("$-5", "-5"),
        ("税込3,278円", "3278"),
    ],
)
def test_prices_are_read_as_shops_write_them(text: str, amount: str) -> None:
    assert value("p | price", p=text) == Decimal(amount)


@pytest.mark.parametrize("text", ["free", "", "on request", "€", "--", "12.05.2026", "1,25.50"])
def test_what_is_no_price_is_an_error(text: str) -> None:
    with pytest.raises(RenderError, match="no price"):
        value("p | price", p=text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("$19.99 - $29.99", ["19.99", "29.99"]),
        ("2 for $5", ["2", "5"]),
        ("19,99 € (-20 %)", ["19,99", "20"]),
        ("9,99 € / 100 g", ["9,99", "100"]),
        ("1.2E+12", ["1.2", "12"]),
        ("19⁹⁹ €", ["19", "⁹⁹"]),
        ("税込3,278円(送料500円)", ["3,278", "500"]),
        ("1 2 3 4 5", ["1", "2", "3", "4"]),
    ],
)
def test_a_price_with_several_numbers_is_an_error_that_shows_them(
    text: str, numbers: list[str]
) -> None:
    with pytest.raises(RenderError, match="several numbers") as caught:
        value("p | price", p=text)
    assert re.findall("`([^`]*)`", caught.value.failure.message)[1:] == numbers


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$19.99 - $29.99", "19.99"),
        ("19,99 € – 29,99 €", "19.99"),  # noqa: RUF001
        ("5 € for 2", "5"),
        ("5€50", "5"),
        ("$1,000 $900", "1000"),
        ("19,99 € (0,20 €/g)", "19.99"),
        ("Pack of 6 $12", "6"),
        ("1_000", "1"),
        ("1.5E3", "1.5"),
    ],
)
def test_a_price_of_several_numbers_is_read_as_its_help_says(text: str, amount: str) -> None:
    with pytest.raises(RenderError) as caught:
        value("price | price", price=text)
    way = str(caught.value.failure.help).split("`")[1].strip("{} ")
    assert value(way, price=text) == Decimal(amount)


@pytest.mark.parametrize("code", sorted(get_global("all_currencies")))
def test_the_decimals_of_a_currency_decide_what_three_digits_are(code: str) -> None:
    amount = "1.250" if get_currency_precision(code) > 2 else "1250"
    for text in (f"1.250 {code}", f"{code} 1,250", f"{code}1.250"):
        answer = COMPILER.expression("p | price").answer({"p": text})
        assert answer.value == Decimal(amount)
        doubtful = "." in text and amount == "1250" and is_written_with_point(code)
        assert bool(answer.doubts) == doubtful


def test_a_price_that_can_be_read_in_two_ways_says_both() -> None:
    answer = COMPILER.expression("p | price").answer({"p": "1.299"})
    assert answer.value == 1299
    [doubt] = answer.doubts
    assert "can be `1299` or `1.299`; it is read as `1299`" in doubt.message
    for sign, amount in ((".", "1.299"), (",", "1299")):
        assert f'`price(decimal="{sign}")` reads `{amount}`' in str(doubt.help)
        answer = COMPILER.expression(f"p | price(decimal='{sign}')").answer({"p": "1.299"})
        assert (answer.value, answer.doubts) == (Decimal(amount), ())


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("19,99 €", f"19,99{NB}€"),
        ("£19.99", f"19,99{NB}£"),
        ("19.99 zł", f"19,99{NB}PLN"),
        ("₹19.99", f"19,99{NB}₹"),
        ("R$ 19,99", f"19,99{NB}R$"),
        ("19.990 KD", f"19,990{NB}KWD"),
        ("19.99 eur", f"19,99{NB}€"),
    ],
)
def test_an_amount_is_written_by_the_sign_of_one_currency(text: str, written: str) -> None:
    assert value("p | price | money(p | currency, 'de')", p=text) == written


@pytest.mark.parametrize("sign", ["$", "kr", "¥", "Rs", "元", "C$", "L"])
def test_a_sign_of_several_currencies_names_a_way(sign: str) -> None:
    with pytest.raises(RenderError) as caught:
        value("5 | money(s)", s=sign)
    failure = caught.value.failure
    assert sign in failure.message
    assert "code" in str(failure.help)


def test_the_way_for_a_sign_of_several_currencies_works() -> None:
    with pytest.raises(RenderError) as caught:
        value("5 | money(s)", s="$")
    way = str(caught.value.failure.help).split("`")[3]
    assert value(f"price | price | {way}", price="$5") == "$5"
    assert value(f"price | price | {way}", price="5 €") == "€5"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("19.99 | money('EUR', 'de')", f"19,99{NB}€"),
        ("1299 | money('EUR', 'de')", f"1.299{NB}€"),
        ("1299 | money('EUR', 'de', cents='always')", f"1.299,00{NB}€"),
        ("1299.5 | money('usd')", "$1,299.50"),
        ("5 | money('JPY', 'ja')", "￥5"),
        ("-5 | money('EUR', 'en')", "-€5"),
        ("1299.5 | number('de')", "1.299,5"),
        ("1299.5 | number('de', 2)", "1.299,50"),
        ("1299.5 | number('en', 0)", "1,300"),
        ("20 | percent('de')", f"20{NB}%"),
        ("12.5 | percent", "12.5%"),
        ("'20%' | percent('fr')", f"20{NB}%"),
        ("'2026-11-27' | date('long', 'de')", "27. November 2026"),
        ("'2026-11-27' | date('d. MMM', 'de')", "27. Nov."),
        ("'2026-11-27T10:00:00Z' | date('short')", "11/27/26"),
        ("250 | unit('gram', 'de')", "250 g"),
        ("100 | unit('kilometer-per-hour', 'en', 'long')", "100 kilometers per hour"),
        ("1 | plural('day', 'days')", "day"),
        ("3 | plural('day', 'days')", "days"),
        ("3 | plural('день', few='дня', many='дней', locale='ru')", "дня"),
        ("5 | plural('день', few='дня', many='дней', locale='ru')", "дней"),
        ("'Café au lait: 5 %' | slug", "cafe-au-lait-5"),
        ("'Straße nach Ørsta' | slug", "strasse-nach-orsta"),
        ("'one two three' | truncate(9)", "one two…"),
        ("'one two three' | truncate(13)", "one two three"),
        ("'onetwothree' | truncate(5)", "onet…"),
        ("'one, two three' | truncate(6, '...')", "one..."),
        ("'<p>Hi &amp; <b>you</b></p><script>x</script><li>a</li>' | strip_html", "Hi & you a"),
        ("'it\\'s a mug' | title", "It's A Mug"),
        ("'iPhone case' | capitalize", "IPhone case"),
        ("' a ; b ;; c' | split(';') | join('|')", "a|b|c"),
        ("[3, 1, 2] | sort | join(',')", "1,2,3"),
        ("['a', 'b', 'a'] | unique | join", "ab"),
        ("[{'p': '2'}, {'p': '10'}] | sum('p') | string", "12"),
        ("'x' | default('y') ~ (none | default('z')) ~ ('' | default('w', true))", "xzw"),
        ("'1.299,00 €' | currency", "€"),
    ],
)  # fmt: skip
def test_what_filters_write(expression: str, text: str) -> None:
    assert value(expression) == text


@pytest.mark.parametrize(
    ("expression", "number"),
    [
        ("2.5 | round", 3),
        ("-2.5 | round", -3),
        ("1.005 | round(2)", Decimal("1.01")),
        ("'20 %' | number_of", 20),
        ("'2026-11-20' | days_until('2026-11-27')", 7),
        ("[3, 1] | min", 1),
        ("[3, 1] | max", 3),
        ("'abc' | length", 3),
        ("'7.9' | int", 7),
        ("-3 | abs", 3),
        ("[{'s': 2}, {'s': 0}] | selectattr('s', '>', 1) | length", 1),
        ("[{'s': 2}, {'s': 0}] | rejectattr('s') | length", 1),
    ],
)
def test_what_filters_count(expression: str, number: object) -> None:
    assert value(expression) == number


@pytest.mark.parametrize(
    ("expression", "word"),
    [
        ("5 | money('TALER')", "currency"),
        ("5 | money('EUR', 'klingon')", "language"),
        ("'soon' | date", "date"),
        ("5 | unit('gramm')", "unit"),
        ("'a' | number", "number"),
        ("[] | first", "empty"),
        ("'a' | join(',')", "split"),
        ("[1] | upper", "list"),
        ("5 | truncate", "truncate(length"),
        ("[1, 'a'] | sort", "compare"),
        ("[{'a': 1}] | pluck('b')", "`b`"),
        ("3 | plural('day')", "several"),
        ("missing | upper", "missing"),
    ],
)
def test_what_filters_say_when_they_have_no_answer(expression: str, word: str) -> None:
    with pytest.raises(RenderError) as caught:
        value(expression)
    failure = caught.value.failure
    assert word in f"{failure.message} {failure.help}"


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from(["de", "en", "fr", "de-CH", "pt-BR", "sv", "ja", "hi"]),
)
def test_a_price_that_money_wrote_is_read_again(amount: Decimal, locale: str) -> None:
    written = value("a | money('EUR', l, cents='always')", a=amount, l=locale)
    assert value("t | price", t=written) == amount


def test_every_filter_is_documented() -> None:
    page = (Path(__file__).parents[3] / "docs/variations.md").read_text("utf-8")
    assert [name for name in filters_with(Prices()) if f"`{name}" not in page] == []
