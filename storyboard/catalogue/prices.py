"""A user's file of prices to prices that stand in place of the catalogue's.

prices: 1
endpoints:
fal-ai/kling-video/v3/pro/image-to-video:
per_second: {silent: 0.112, audio: 0.168, voice: 0.196}
fal-ai/kling-video/v2.5-turbo/pro/image-to-video:
{first_seconds: 5, first: 0.30, then_per_second: 0.06}
fal-ai/kling-video/create-voice: {per_call: 0.01}
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import InvalidOperation

from storyboard.catalogue.endpoint import Catalogue, EndpointId, PerSecond, Price
from storyboard.catalogue.lower import plain, price
from storyboard.diagnostics import Code, Diagnostic, Result, Severity, Span, suggest
from storyboard.source import Mapping, Node, Scalar, read

WRONG_PRICE = Code("SB448")
_FORMS = (
    "`per_second` by mode (and `with_video`), `per_call`, or `first_seconds`, `first` and "
    "`then_per_second`"
)
_BEGIN = "begin it with `prices: 1`"
_KEYS = (
    frozenset({"per_second"}),
    frozenset({"per_second", "with_video"}),
    frozenset({"per_call"}),
    frozenset({"first_seconds", "first", "then_per_second"}),
)


def read_prices(data: bytes, file: str, catalogue: Catalogue) -> Result[dict[EndpointId, Price]]:
    """Read a file of prices; `load` takes what it gives."""
    document = read(data, file, begin=_BEGIN)
    if document.value is None:
        return Result(None, document.diagnostics)
    root = document.value.root
    found = [*document.diagnostics, *_heading(root)]
    endpoints = root.get("endpoints")
    prices: dict[EndpointId, Price] = {}
    for entry in endpoints.entries if isinstance(endpoints, Mapping) else ():
        made = _price(entry.key, entry.value, catalogue)
        if isinstance(made, Diagnostic):
            found.append(made)
        else:
            prices[EndpointId(str(entry.key.value))] = made
    return Result(prices, tuple(found))


def _heading(root: Mapping) -> Iterator[Diagnostic]:
    version, endpoints = root.get("prices"), root.get("endpoints")
    if not isinstance(version, Scalar) or version.value != 1:
        span = version.span if version else root.span
        yield _error("this is no file of prices, version 1", span, _BEGIN)
    if not isinstance(endpoints, Mapping):
        span = endpoints.span if endpoints else root.span
        yield _error("`endpoints` is missing", span, f"give each endpoint {_FORMS}")


def _price(key: Scalar, value: Node, catalogue: Catalogue) -> Price | Diagnostic:
    known = [one.id for one in catalogue.endpoints]
    if key.value not in known:
        help_ = suggest(key.text, known, "endpoints")
        return _error(f"there is no endpoint `{key.text}`", key.span, help_)
    fields = plain(value)
    if isinstance(fields, dict) and fields.keys() in _KEYS:
        try:
            made = price(fields)
        except (KeyError, ValueError, InvalidOperation):
            return _error("this is no price", value.span, f"a price is {_FORMS}; in US dollars")
        return replace(made, written=value.span) if isinstance(made, PerSecond) else made
    return _error("this is no price", value.span, f"a price is {_FORMS}; in US dollars")


def _error(message: str, span: Span, help_: str | None) -> Diagnostic:
    return Diagnostic(WRONG_PRICE, Severity.ERROR, message, span, help_)
