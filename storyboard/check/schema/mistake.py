"""What a validator finds wrong with a plain value to mistakes at nodes, before words are found."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import cast

from jsonschema.exceptions import ValidationError

from storyboard.check.schema.file import Json, Schema
from storyboard.check.schema.plain import Steps, name_of
from storyboard.source import Entry, Mapping, Node, Scalar

_OF_SCALARS = frozenset(
    {"enum", "const", "pattern", "minLength", "minimum", "exclusiveMinimum", "maximum"}
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A keyword of the schema that a node does not satisfy.

    `entry` is the key behind which the node stands, or the key that is wrong itself; None in a
    list and at the root. `schema` is the part with the keyword, `detail` what of it failed: a
    missing key, the choices, the limit.
    """

    keyword: str
    node: Node
    entry: Entry | None
    schema: Schema
    detail: Json = None


def mistakes(error: ValidationError, steps: Steps) -> Iterator[Mistake]:
    """Find the nodes that an error is about, and what of its keyword each fails."""
    node, entry = _place(error, steps)
    schema, wanted = cast("Schema", error.schema), cast("Json", error.validator_value)
    keyword = str(error.validator)
    match keyword:
        case "anyOf":
            yield from (_titled(one, schema) for one in _meant(error, node, entry, steps))
        case "oneOf" if isinstance(node, Mapping):
            yield Mistake(keyword, node, entry, schema, _there(schema, node))
        case "oneOf":
            return  # that it is no mapping is told
        case "additionalProperties" if isinstance(node, Mapping):
            known = cast("Schema", schema.get("properties", {}))
            for one in node.entries:
                if name_of(one) not in known:
                    yield Mistake(keyword, one.value, one, schema)
        case "required" | "dependencies":
            for missing in _missing(keyword, wanted, cast("Schema", error.instance)):
                yield Mistake("required", node, entry, schema, missing)
        case "type":
            yield Mistake(keyword, node, entry, schema, [*_kinds(wanted)])
        case _:
            yield Mistake(keyword, node, entry, schema, wanted)


def _place(error: ValidationError, steps: Steps) -> tuple[Node, Entry | None]:
    """Return where an error is; one of a key's form is at the key itself."""
    node, entry = steps.follow(error.absolute_path)
    if "propertyNames" not in error.absolute_schema_path or not isinstance(node, Mapping):
        return node, entry
    key = steps.entry(node, str(error.instance)).key
    return Scalar(str(error.instance), key.text, key.span, cells=key.cells), None


def _missing(keyword: str, wanted: Json, there: Schema) -> list[str]:
    """Name the keys that are not there; the library has an error for each, and each tells all."""
    if keyword == "required":
        return [one for one in cast("list[str]", wanted) if one not in there]
    together = cast("dict[str, list[str]]", wanted)
    return [
        one
        for key, others in together.items()
        if key in there
        for one in others
        if one not in there
    ]


def _there(schema: Schema, node: Mapping) -> Json:
    """Name those of the keys that are there; our schema uses `oneOf` only to choose one of them."""
    parts = cast("list[dict[str, list[str]]]", schema["oneOf"])
    return [key for one in parts for key in one["required"] if node.get(key) is not None]


def _meant(
    error: ValidationError, node: Node, entry: Entry | None, steps: Steps
) -> Iterator[Mistake]:
    """Choose the alternative of the node's kind: what is wrong with the others says nothing."""
    last: list[ValidationError] | None = None
    kinds: set[str] = set()
    for _, group in groupby(error.context or (), key=lambda one: one.relative_schema_path[0]):
        branch = [*group]
        others = {kind for one in branch for kind in _other_kinds(one)}
        kinds |= others
        last = last if others else branch
    if last is None:
        schema = cast("Schema", error.schema)
        yield Mistake("type", node, entry, schema, cast("Json", sorted(kinds)))
        return
    for one in last:
        yield from mistakes(one, steps)


def _other_kinds(error: ValidationError) -> list[str]:
    """Return the kinds an alternative is for, where the value is of none of them."""
    if error.relative_path:
        return []
    if error.validator == "type":
        return _kinds(cast("Json", error.validator_value))
    return ["string"] if error.validator == "enum" and not isinstance(error.instance, str) else []


def _kinds(wanted: Json) -> list[str]:
    kinds = set(cast("list[str]", wanted if isinstance(wanted, list) else [wanted]))
    return sorted(kinds | {"integer"} if "number" in kinds else kinds)


def _titled(mistake: Mistake, schema: Schema) -> Mistake:
    """Give a mistake in a nameless alternative the title and the examples of the whole."""
    if "title" in mistake.schema or mistake.keyword not in _OF_SCALARS:
        return mistake
    named = {**mistake.schema}
    named.update({key: schema[key] for key in ("title", "examples") if key in schema})
    return replace(mistake, schema=named)
