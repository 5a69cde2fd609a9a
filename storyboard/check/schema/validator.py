"""A draft-07 schema to a validator of `jsonschema` that knows our numbers and remembers."""

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias, cast

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from storyboard.check.schema.file import Schema
from storyboard.check.schema.kinds import is_integer, is_number
from storyboard.check.schema.plain import Plain

Keyword: TypeAlias = Callable[[Validator, Any, Any, Schema], Iterator[ValidationError] | None]

_LEADING_DOWN = (
    *("$ref", "allOf", "anyOf", "oneOf"),
    *("properties", "additionalProperties", "propertyNames", "items"),
)
_TYPES = Draft7Validator.TYPE_CHECKER.redefine_many(
    {
        "integer": lambda _, value: is_integer(value),
        "number": lambda _, value: is_number(value),
    }
)


Validate: TypeAlias = Callable[[Plain], Iterator[ValidationError]]
"""Finds what is wrong with a plain value."""


def validator(schema: Schema) -> Validate:
    """Return a validator that looks at no value twice which it found right.

    Values are known by identity, and kept: nobody may change one.
    """
    known: dict[tuple[str, int, int], object] = {}
    library = cast("dict[str, Keyword]", Draft7Validator.VALIDATORS)
    remembering = {name: _remembering(name, library[name], known) for name in _LEADING_DOWN}
    made = extend(Draft7Validator, remembering, type_checker=_TYPES)  # type: ignore[no-untyped-call] # the library's
    return cast("Validate", made(schema).iter_errors)


def _remembering(name: str, check: Keyword, known: dict[tuple[str, int, int], object]) -> Keyword:
    """Make a keyword's check pass by what it has found right before."""

    def remembered(
        validator: Validator,
        value: Any,  # noqa: ANN401 # whatever stands behind the keyword
        instance: Any,  # noqa: ANN401 # any plain value
        schema: Schema,
    ) -> Iterator[ValidationError]:
        key = (name, id(instance), id(schema))
        if key in known:
            return
        is_right = True
        for error in check(validator, value, instance, schema) or ():
            is_right = False
            yield error
        if is_right:
            known[key] = instance

    return remembered
