"""A value to its text in a language and country: money, numbers, dates, units, plurals (Babel)."""

from datetime import date
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_currency_precision,
)
from babel.units import UnknownUnitError, format_unit

from storyboard.template.expressions.currency_signs import codes_of
from storyboard.template.expressions.filters.arguments import amount, failed, shown, words

_UNIT_LENGTHS = ("short", "long", "narrow")
_ENGLISH = "en_US"
_MOST_CODES = 4


def money(
    value: object, currency: object, locale: object = _ENGLISH, cents: object = "auto"
) -> str:
    """Write an amount of money in a currency, by its code or a sign that is of one currency alone.

    `19.99 | money("EUR", "de")` is `19,99 €`.
    `cents`: `auto` leaves `,00` out of whole
    amounts, `always` writes it.
    """
    number, place = Decimal(amount(value, "money")), _locale(locale)
    code = _code(words(currency, "money"))
    short = words(cents, "money") == "auto" and number == number.to_integral_value()
    if not short or not get_currency_precision(code):
        return str(format_currency(number, code, locale=place))
    pattern = place.currency_formats["standard"].pattern.replace(".00", "")
    return str(format_currency(number, code, pattern, locale=place, currency_digits=False))


def _code(written: str) -> str:
    """Return the code of a currency; RenderError where a text is none, or the sign of several."""
    codes = codes_of(written)
    if len(codes) == 1:
        return codes[0]
    if not written.strip():
        raise failed("this text names no currency", 'write its code: `money("EUR")`')
    if not codes:
        raise failed(
            f"`{shown(written)}` is no currency's code",
            "write its code of three letters: `EUR`, `USD`",
        )
    listed = [f"`{one}`" for one in codes[:_MOST_CODES]]
    more = ", …" if len(codes) > _MOST_CODES else ""
    sign = shown(written)
    raise failed(
        f"`{sign}` is the sign of several currencies: {', '.join(listed)}{more}",
        f'write the code, `money("{codes[0]}")`, or say what each sign of the table means: '
        f'`money({{"{sign}": "{codes[0]}", "€": "EUR"}}[price | currency])`',
    )


def number_text(value: object, locale: object = _ENGLISH, places: object = None) -> str:
    """Write a number with the signs of a language: `1299.5 | number("de")` is `1.299,5`."""
    number, place = Decimal(amount(value, "number")), _locale(locale)
    if places is None:
        return str(format_decimal(number, locale=place, decimal_quantization=False))
    digits = int(amount(places, "number"))
    pattern = "#,##0." + "0" * min(max(digits, 0), 20) if digits > 0 else "#,##0"
    return str(format_decimal(number, pattern, locale=place))


def percent(value: object, locale: object = _ENGLISH) -> str:
    """Write percents: 20 becomes `20 %`."""
    number, place = Decimal(amount(value, "percent")), _locale(locale)
    return str(format_percent(number / 100, locale=place, decimal_quantization=False))


def date_text(value: object, form: object = "long", locale: object = _ENGLISH) -> str:
    """Write a date as `short` to `full`, or by a pattern: `end | date("d. MMMM", "de")`."""
    return str(format_date(_date(value), words(form, "date"), locale=_locale(locale)))


def days_until(value: object, end: object) -> int:
    """Count the days from one date to another; below 0 where it is past."""
    return (_date(end) - _date(value)).days


def unit(value: object, name: object, locale: object = _ENGLISH, length: object = "short") -> str:
    """Write an amount with its unit.

    `250 | unit("gram", "de")` is `250 g`.
    """
    number, size = amount(value, "unit"), words(length, "unit")
    if size not in _UNIT_LENGTHS:
        raise failed(f"`{shown(size)}` is no length of a unit", "use `short`, `long` or `narrow`")
    try:
        text = format_unit(number, words(name, "unit"), length=size, locale=_locale(locale))  # type: ignore[arg-type]
    except UnknownUnitError as error:
        raise failed(
            f"`{shown(words(name, 'unit'))}` is no unit",
            "use a name of Unicode's list: `gram`, `milliliter`, `kilometer-per-hour`, `inch`",
        ) from error
    return str(text)


def plural(  # noqa: PLR0913 - a language has up to six forms
    value: object,
    one: object,
    other: object = None,
    *,
    few: object = None,
    many: object = None,
    locale: object = _ENGLISH,
) -> str:
    """Choose a word by a number.

    `days | plural("day", "days")` is `day` for one and `days` for two.
    Languages with more forms name them: `plural("день", few="дня", many="дней", locale="ru")`.
    """
    number = amount(value, "plural")
    form = _locale(locale).plural_form(abs(Decimal(number)))
    last = other if other is not None else many if many is not None else few
    if last is None:
        raise failed("`plural` needs the word for several", '`| plural("day", "days")`')
    words_by_form = {"one": one, "few": few, "many": many}
    chosen = words_by_form.get(form)
    return words(chosen if chosen is not None else last, "plural")


def _locale(value: object) -> Locale:
    text = words(value, "locale")
    try:
        return Locale.parse(text.strip().replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError) as error:
        raise failed(
            f"`{shown(text)}` is no language", "write it like `de`, `de-CH` or `pt_BR`"
        ) from error


def _date(value: object) -> date:
    text = words(value, "date")
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise failed(
            f"`{shown(text)}` is no date", "write dates as year-month-day: `2026-11-27`"
        ) from error
