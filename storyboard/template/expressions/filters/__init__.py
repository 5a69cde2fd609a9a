"""What `|` can do: texts, numbers, lists, and formats of a language and country."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from storyboard.template.expressions.filters import lists, local, numbers, texts
from storyboard.template.expressions.filters.prices import Prices

Filter: TypeAlias = Callable[..., Any]

_FILTERS: Mapping[str, Filter] = {
    "abs": numbers.absolute,
    "capitalize": texts.capitalize,
    "count": lists.length,
    "currency": numbers.currency,
    "d": texts.default,
    "date": local.date_text,
    "days_until": local.days_until,
    "default": texts.default,
    "first": lists.first,
    "int": numbers.integer,
    "join": lists.join,
    "last": lists.last,
    "length": lists.length,
    "list": lists.listed,
    "lower": texts.lower,
    "max": lists.greatest,
    "min": lists.least,
    "money": local.money,
    "number": local.number_text,
    "number_of": numbers.number_of,
    "percent": local.percent,
    "pluck": lists.pluck,
    "plural": local.plural,
    "rejectattr": lists.rejectattr,
    "replace": texts.replace,
    "reverse": lists.backwards,
    "round": numbers.rounded,
    "selectattr": lists.selectattr,
    "slug": texts.slug,
    "sort": lists.ordered,
    "split": texts.split,
    "string": texts.plain,
    "strip_html": texts.strip_html,
    "sum": lists.total,
    "title": texts.title,
    "trim": texts.trim,
    "truncate": texts.truncate,
    "unique": lists.unique,
    "unit": local.unit,
    "upper": texts.upper,
    "map": lists.pluck,
}


def filters_with(prices: Prices) -> dict[str, Filter]:
    """Return every filter by the name it has in a storyboard; `prices` reads those of one."""
    return {**_FILTERS, "price": prices.price}


__all__ = ["Filter", "Prices", "filters_with"]
