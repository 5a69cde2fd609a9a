"""The schema's file to its text and to the stricter schema of an expanded document."""

import json
from functools import cache
from typing import TypeAlias

from storyboard.data import data

Schema: TypeAlias = dict[str, "Json"]
Json: TypeAlias = str | int | float | bool | list["Json"] | Schema | None

TEMPLATE: Schema = {"$ref": "#/definitions/template"}
"""Stands in the schema wherever an expression may stand for a value that is no text."""

LOOP: Schema = {"allOf": [{"$ref": "#/definitions/each"}]}
"""What `each` is where it repeats something."""

EXPANDED = frozenset({"variables", "variations", "use", "extends", "when", "each"})
"""Keys that are gone once a document is expanded."""

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
    for all that a whole storyboard needs: one that `extends` another may leave it to that one.
    """
    match part:
        case list():
            return [strict(one) for one in part if one != TEMPLATE]
        case dict():
            needed = part.get("else", {})
            whole = {key: one for key, one in part.items() if key not in {"if", "else"}}
            return {key: _strict_value(key, one) for key, one in _both(whole, needed).items()}
        case _:
            return part


def _strict_value(key: str, value: Json) -> Json:
    if key == "properties" and isinstance(value, dict):
        return {name: strict(one) for name, one in value.items() if not _is_gone(name, one)}
    if key == "pattern" and isinstance(value, str):
        # `$` of Python also matches before a last line break, that of JSON Schema does not.
        return value.replace("$", r"\Z")
    return strict(value)


def _is_gone(name: str, value: Json) -> bool:
    """Tell whether a key is for what expands; `each` of a budget is an amount."""
    return value == LOOP if name == "each" else name in EXPANDED


def _both(part: Schema, further: Json) -> Schema:
    """Put two schemas into one: keys of both, lists one after the other."""
    merged = dict(part)
    for key, value in further.items() if isinstance(further, dict) else ():
        match merged.get(key), value:
            case dict() as one, dict() as other:
                merged[key] = _both(one, other)
            case list() as one, list() as other:
                merged[key] = [*one, *other]
            case _:
                merged[key] = value
    return merged
