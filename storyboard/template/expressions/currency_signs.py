"""Find the codes of the currencies that a sign may stand for, and how many decimals they have."""

import re
from collections.abc import Mapping
from functools import lru_cache

from babel.core import Locale, UnknownLocaleError, get_global
from babel.numbers import get_currency_precision, get_decimal_symbol

_DOLLARS = (
    "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU CUP JMD TTD BBD BZD BMD BND BSD FJD GYD KYD "
    "LRD NAD SBD SRD XCD"
)
_CODES: Mapping[str, str] = {
    "$": _DOLLARS, "＄": _DOLLARS, "US$": "USD", "$US": "USD", "U$S": "USD", "A$": "AUD",
    "AU$": "AUD", "CA$": "CAD", "C$": "CAD NIO", "NZ$": "NZD", "S$": "SGD", "SG$": "SGD",
    "HK$": "HKD", "NT$": "TWD", "MX$": "MXN", "R$": "BRL", "RD$": "DOP", "T$": "TOP", "J$": "JMD",
    "TT$": "TTD", "MOP$": "MOP", "WS$": "WST",
    "€": "EUR", "£": "GBP", "￡": "GBP", "E£": "EGP", "₤": "GBP TRY", "¥": "JPY CNY",
    "￥": "JPY CNY", "JP¥": "JPY", "CN¥": "CNY", "円": "JPY", "元": "CNY TWD HKD",
    "圓": "TWD HKD", "원": "KRW", "₩": "KRW", "₹": "INR", "₨": "INR PKR LKR NPR MUR SCR",
    "Rs": "INR PKR LKR NPR MUR SCR", "SR": "SAR SCR", "₽": "RUB", "руб": "RUB", "₴": "UAH",
    "грн": "UAH", "₸": "KZT", "₺": "TRY", "TL": "TRY", "₼": "AZN", "₾": "GEL", "֏": "AMD",
    "₪": "ILS", "₫": "VND", "đ": "VND", "₱": "PHP", "฿": "THB", "៛": "KHR", "₭": "LAK", "₮": "MNT",
    "৳": "BDT", "₦": "NGN", "₵": "GHS", "GH₵": "GHS", "₡": "CRC", "₲": "PYG", "Gs": "PYG",
    "؋": "AFN", "﷼": "IRR OMR QAR SAR YER", "ریال": "IRR", "नेरू": "NPR", "රු": "LKR", "ރ": "MVR",
    "kr": "SEK NOK DKK ISK", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "lei": "RON MDL",
    "лв": "BGN", "CHF": "CHF", "Fr": "CHF", "SFr": "CHF", "KM": "BAM", "КМ": "BAM", "den": "MKD",
    "ден": "MKD", "din": "RSD", "дин": "RSD", "Lekë": "ALL", "R": "ZAR", "RM": "MYR", "Rp": "IDR",
    "S/": "PEN", "B/": "PAB", "Bs": "BOB VES", "Bs.S": "VES", "Ksh": "KES", "KSh": "KES",
    "TSh": "TZS", "USh": "UGX", "FCFA": "XAF XOF", "F CFA": "XOF XAF", "CFA": "XAF XOF",
    "FCFP": "XPF", "Afl": "AWG", "Cg": "XCG", "Ar": "MGA", "Br": "ETB BYN", "ብር": "ETB",
    "CF": "KMF", "Db": "STN", "FBu": "BIF", "FC": "CDF", "FG": "GNF", "Fdj": "DJF", "Kz": "AOA",
    "LS": "SYP", "Le": "SLE", "MK": "MWK", "MTn": "MZN", "Nfk": "ERN", "Nu": "BTN", "RF": "RWF",
    "Rf": "MVR", "UM": "MRU", "VT": "VUV", "soʻm": "UZS", "сўм": "UZS", "сом": "KGS",
    "DH": "AED MAD", "Dhs": "AED", "DA": "DZD", "DT": "TND", "JD": "JOD", "KD": "KWD", "BD": "BHD",
    "LD": "LYD", "QR": "QAR", "د.إ": "AED", "د.ب": "BHD", "د.ت": "TND", "د.ج": "DZD", "د.ع": "IQD",
    "د.ك": "KWD", "د.ل": "LYD", "ل.د": "LYD", "د.م": "MAD", "د.أ": "JOD", "د.ا": "JOD",
    "ر.س": "SAR", "ر.ع": "OMR", "ر.ق": "QAR", "ر.ي": "YER", "ج.م": "EGP", "ج.س": "SDG",
    "أ.م": "MRU", "ل.س": "SYP", "ل.ل": "LBP",
    "EURO": "EUR", "Euro": "EUR", "Euros": "EUR", "Eur": "EUR", "eur": "EUR", "euro": "EUR",
    "euros": "EUR", "ευρώ": "EUR", "евро": "EUR", "р": "RUB", "тг": "KZT", "บาท": "THB",
    "টাকা": "BDT", "रु": "INR NPR", "रू": "INR NPR",
}  # fmt: skip
SIGNS: Mapping[str, tuple[str, ...]] = {sign: tuple(one.split()) for sign, one in _CODES.items()}
"""Codes by sign, without a dot behind it; the likeliest code first.

A pound sign alone is Britain's: those of Gibraltar and the Falklands are worth the same, and other
pounds are written with a letter beside the sign.
"""
_THREE = 3
_UNSEEN = {**dict.fromkeys((0x200E, 0x200F, 0x061C)), **dict.fromkeys((0xA0, 0x202F), " ")}
_SIGN = re.compile(
    "|".join(
        rf"(?<![^\W\d_]){re.escape(one)}(?![^\W\d_])"
        if one[0].isalpha() and one[-1].isalpha()
        else re.escape(one)
        for one in sorted(SIGNS, key=len, reverse=True)
    )
)
_CODE = re.compile(r"(?<![^\W\d_])[A-Z]{3}(?![^\W\d_])")


def currency_in(text: str) -> str:
    """Return the first code of a currency in a text, else the first sign; empty without either."""
    plain = text.translate(_UNSEEN)
    code = next((one[0] for one in _CODE.finditer(plain) if is_code(one[0])), None)
    if code is not None:
        return code
    found = _SIGN.search(plain)
    return found[0] if found else ""


def codes_of(written: str) -> tuple[str, ...]:
    """Return the codes that a code or sign may mean: several for `$`, none for other texts."""
    plain = written.translate(_UNSEEN).strip().rstrip(".")
    if is_code(plain.upper()):
        return (plain.upper(),)
    return SIGNS.get(plain, ())


def is_code(text: str) -> bool:
    """Tell whether a text is the code of a currency, past ones included."""
    return text in _every_code()


def has_thousandths(code: str) -> bool:
    """Tell whether amounts of a currency are written with three decimals or more."""
    return get_currency_precision(code) >= _THREE


@lru_cache
def is_written_with_point(code: str) -> bool:
    """Tell whether the country of a currency begins decimals with `.`; those of no country do not.

    A code begins with that of its country, the euro's with none.
    """
    try:
        country = Locale.parse(f"und_{code[:2]}")
    except UnknownLocaleError:
        return False
    return get_currency_precision(code) > 0 and get_decimal_symbol(country) == "."


@lru_cache(maxsize=1)
def _every_code() -> frozenset[str]:
    return frozenset(get_global("all_currencies"))
