"""A list to another list, or to one of its items."""

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from functools import cmp_to_key

from storyboard.template.expressions.arithmetic import Number, calculate
from storyboard.template.expressions.compare import compare, holds
from storyboard.template.expressions.filters.arguments import amount, failed, items, words
from storyboard.template.expressions.meter import MAX_TEXT, too_long
from storyboard.template.expressions.value import a_kind, token


def first(value: object) -> object:
    """Return the first item."""
    return _one(value, "first", 0)


def last(value: object) -> object:
    """Return the last item."""
    return _one(value, "last", -1)


def length(value: object) -> int:
    """Count the items, or the characters of a text."""
    return len(value) if isinstance(value, str) else len(items(value, "length"))


def listed(value: object) -> tuple[object, ...]:
    """Return the items as a list."""
    return items(value, "list")


def backwards(value: object) -> tuple[object, ...] | str:
    """Return the items, or a text's characters, last first."""
    return value[::-1] if isinstance(value, str) else items(value, "reverse")[::-1]


def join(value: object, separator: object = "", attribute: object = None) -> str:
    """Write the items after each other, with the separator between them."""
    parts = [words(one, "join") for one in _of(value, "join", attribute)]
    mark = words(separator, "join")
    if sum(map(len, parts)) + len(mark) * len(parts) > MAX_TEXT:
        raise too_long()
    return mark.join(parts)


def pluck(value: object, attribute: object) -> tuple[object, ...]:
    """Return what each item has under a key, as `group | pluck: "Variant Price"`."""
    return _of(value, "pluck", attribute)


def unique(value: object, attribute: object = None) -> tuple[object, ...]:
    """Return the items without those that stood before."""
    kept: dict[Hashable, object] = {}
    for item, key in zip(items(value, "unique"), _of(value, "unique", attribute), strict=True):
        kept.setdefault(token(key), item)
    return tuple(kept.values())


def ordered(value: object, attribute: object = None, reverse: object = False) -> tuple[object, ...]:  # noqa: FBT002 - Jinja's own signature
    """Return the items in order, small to great."""
    pairs = list(zip(_of(value, "sort", attribute), items(value, "sort"), strict=True))
    pairs.sort(key=cmp_to_key(_order), reverse=bool(reverse))
    return tuple(item for _, item in pairs)


def least(value: object, attribute: object = None) -> object:
    """Return the smallest item."""
    return _one(ordered(value, attribute), "min", 0)


def greatest(value: object, attribute: object = None) -> object:
    """Return the greatest item."""
    return _one(ordered(value, attribute), "max", -1)


def total(value: object, attribute: object = None) -> object:
    """Add up the items."""
    result: object = Decimal(0)
    for item in _of(value, "sum", attribute):
        result = calculate("+", result, _number(item))
    return result


def selectattr(
    value: object, attribute: object, test: object = "true", other: object = None
) -> tuple[object, ...]:
    """Keep the items whose key passes: `selectattr("stock", ">", 0)`, `selectattr("image")`."""
    pairs = zip(items(value, "selectattr"), _of(value, "selectattr", attribute), strict=True)
    name = words(test, "selectattr")
    return tuple(item for item, key in pairs if holds(name, key, other))


def rejectattr(
    value: object, attribute: object, test: object = "true", other: object = None
) -> tuple[object, ...]:
    """Drop the items whose key passes."""
    pairs = zip(items(value, "rejectattr"), _of(value, "rejectattr", attribute), strict=True)
    name = words(test, "rejectattr")
    return tuple(item for item, key in pairs if not holds(name, key, other))


def _one(value: object, name: str, place: int) -> object:
    found: Sequence[object] = value if isinstance(value, str) else items(value, name)
    if not found:
        raise failed(f"`{name}` has no answer: the list is empty", "keep it out with `when`")
    return found[place]


def _of(value: object, name: str, attribute: object) -> tuple[object, ...]:
    found = items(value, name)
    if attribute is None:
        return found
    key = words(attribute, name)
    for item in found:
        if not isinstance(item, Mapping):
            raise failed(f"`{name}` reads `{key}` of maps, and an item is {a_kind(item)}")
        if key not in item:
            raise failed(f"`{name}`: an item has no `{key}`")
    return tuple(item[key] for item in found if isinstance(item, Mapping))


def _number(value: object) -> Number:
    return amount(value, "sum")


def _order(one: tuple[object, object], other: tuple[object, object]) -> int:
    if compare("lt", one[0], other[0]):
        return -1
    return 1 if compare("gt", one[0], other[0]) else 0
