"""An expanded document to what its schema finds wrong."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import cast

from storyboard.check.memory import Memory
from storyboard.check.reading import has_no_value
from storyboard.check.schema.file import Schema, schema, schema_text, strict
from storyboard.check.schema.misspelt import is_misspelt
from storyboard.check.schema.mistake import Mistake, mistakes
from storyboard.check.schema.plain import Steps, plain
from storyboard.check.schema.validator import Validate, validator
from storyboard.check.schema.words import say
from storyboard.diagnostics import Diagnostic
from storyboard.source import Document

__all__ = ["Shape", "schema", "schema_text", "shape", "strict"]


@cache
def _strict() -> Schema:
    return cast("Schema", strict(schema()))


@dataclass(frozen=True, slots=True)
class Shape:
    """The schema, and what of the documents before was found right by it."""

    memory: Memory = field(default_factory=Memory)
    validate: Validate = field(default_factory=lambda: validator(_strict()))

    def wrong(self, document: Document) -> Iterator[Diagnostic]:
        """Find every key and value that the language does not have."""
        errors = [*self.validate(plain(document.root, self.memory))]
        steps = Steps(document.root)
        found = [one for error in errors for one in mistakes(error, steps)]
        unknown = {id(one.entry) for one in found if one.keyword == "additionalProperties"}
        told = (say(one) for one in found if not _is_told(one, unknown))
        yield from dict.fromkeys(told)


def shape(document: Document) -> Iterator[Diagnostic]:
    """Find every key and value of one document that the language does not have."""
    return Shape().wrong(document)


def _is_told(mistake: Mistake, unknown: set[int]) -> bool:
    """Tell whether something else says it: a misspelt key, an expression without a value."""
    is_key = mistake.keyword in {"additionalProperties", "required"}
    return is_misspelt(mistake, unknown) or (not is_key and has_no_value(mistake.node))
