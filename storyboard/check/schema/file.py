"""The schema's file to its text and to the stricter schema of an expanded document."""

import json
from functools import cache
from typing import TypeAlias

from storyboard.data import data

Schema: TypeAlias = dict[str, "Json"]
Json: TypeAlias = str | int | float | bool | list["Json"] | Schema | None

TEMPLATE: Schema = {"$ref": "#/definitions/template"}
"""Stands in the schema wherever an expression may stand for a value that is no text."""

LOOP: Schema = {"$ref": "#/definitions/each"}
"""What `each` is where it repeats something."""

KEY: Schema = {"$ref": "#/definitions/key"}
"""What every key is for editors: the reader itself refuses others."""

NO_KEYS: Schema = {}

EXPANDED = frozenset({"variables", "variations", "use", "extends", "when", "each"})
"""Keys that are gone once a document is expanded."""

_CONDITIONS = frozenset({"if", "then", "else", "allOf", "not", "patternProperties"})

_NAME = "storyboard-1.schema.json"


@cache
def schema_text() -> str:
    """Return the schema that editors use, as it stands in its file."""
    return (data("schemas") / _NAME).read_text(encoding="utf-8")


def schema() -> Schema:
    """Return the schema that editors use."""
    loaded: Schema = json.loads(schema_text())
    return loaded


def strict(part: Json) -> Json:
    """Return the schema of an expanded document.

    It leaves out what only an unexpanded one may hold: expressions, and the keys for them. It asks
    for all that a whole storyboard needs: one that `extends` another may leave it to that one. And
    it leaves out what the reader or a rule reports in words of its own: which keys a kind of shot
    refuses, what cannot be a key, and whatever is under `not`.
    """
    match part:
        case list():
            return [strict(one) for one in part if one != TEMPLATE]
        case dict():
            found = ((key, _strict_value(key, one)) for key, one in _united(part).items())
            return {key: one for key, one in found if one not in (KEY, NO_KEYS)}
        case _:
            return part


def _united(part: Schema) -> Schema:
    """Return a part with what its conditions add: a whole storyboard's needs, any shot's keys."""
    whole = {key: one for key, one in part.items() if key not in _CONDITIONS}
    named = part.get("patternProperties")
    if isinstance(named, dict):
        keys: Schema = {key.strip("^$"): _untyped(one) for key, one in named.items()}
        whole = _both(whole, {"properties": keys})
    conditions = part.get("allOf")
    added = [part.get("else"), *(conditions if isinstance(conditions, list) else ())]
    further = [one for one in added if isinstance(one, dict)]
    references: list[Json] = [one for one in further if "$ref" in one]
    united = _both({"allOf": references} if references else {}, whole)
    for one in further:
        united = united if "$ref" in one else _both(united, _united(one))
    return united


def _untyped(part: Json) -> Json:
    """Leave out kinds: what only further describes a key need not repeat its kind."""
    match part:
        case list():
            return [_untyped(one) for one in part]
        case dict():
            return {key: _untyped(one) for key, one in part.items() if key != "type"}
        case _:
            return part


def _strict_value(key: str, value: Json) -> Json:
    if key == "properties" and isinstance(value, dict):
        # `true` names a key that stands elsewhere.
        there = {name: one for name, one in value.items() if one is not True}
        return {name: strict(one) for name, one in there.items() if not _is_gone(name, one)}
    if key == "pattern" and isinstance(value, str):
        # `$` of Python also matches before a last line break, that of JSON Schema does not.
        return value.replace("$", r"\Z")
    return strict(value)


def _is_gone(name: str, value: Json) -> bool:
    """Tell whether a key is for what expands; `each` of a budget is an amount."""
    return value == LOOP if name == "each" else name in EXPANDED


def _both(part: Schema, further: Schema) -> Schema:
    """Put two schemas into one: keys of both, lists one after the other."""
    merged = dict(part)
    if further and "$ref" in merged:  # beside it, draft-07 would not see anything
        merged = {"allOf": [{"$ref": merged.pop("$ref")}], **merged}
    for key, value in further.items():
        match merged.get(key), value:
            case dict() as one, dict() as other:
                merged[key] = _both(one, other)
            case list() as one, list() as other:
                merged[key] = [*one, *other]
            case _:
                merged[key] = value
    return merged
