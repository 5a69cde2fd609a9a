"""A mistake that the schema finds to a diagnostic in plain words."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import cast

from storyboard.check.finding import form_error as error
from storyboard.check.removal import removal
from storyboard.check.schema.file import EXPANDED, Schema
from storyboard.check.schema.file import schema as whole_schema
from storyboard.check.schema.kinds import kind_of
from storyboard.check.schema.meant import MEANT
from storyboard.check.schema.mistake import Mistake
from storyboard.diagnostics import Code, Diagnostic, Related, nearest, shortened, suggest
from storyboard.source import Entry, Node, Scalar, meant_truth
from storyboard.source import Mapping as MappingNode

UNKNOWN_KEY = Code("SB101")
MISSING_KEY = Code("SB102")
WRONG_KIND = Code("SB103")
NO_CHOICE = Code("SB104")
WRONG_FORM = Code("SB105")
OUT_OF_RANGE = Code("SB106")
WRONG_COUNT = Code("SB107")
NOT_ONE_OF = Code("SB108")
VERSION = Code("SB110")
NOT_EXPANDED = Code("SB111")

_KINDS = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "boolean": "`true` or `false`",
    "null": "nothing",
    "integer": "a whole number",
    "number": "a number",
}
_TRUTH = "write `true` or `false`, without quotes"
_LIMITS = {"minimum": "at least", "exclusiveMinimum": "more than", "maximum": "at most"}
_SOMETHING = r"\S"
"""The pattern of any text: more than blanks. A request for nothing would be paid as any other."""


def say(mistake: Mistake) -> Diagnostic:
    """Put a mistake into words."""
    return WORDS[mistake.keyword](mistake)


def _unknown_key(mistake: Mistake) -> Diagnostic:
    found = cast("Entry", mistake.entry)
    key = found.key.text
    what = with_article(_title(mistake.schema))
    if key in EXPANDED:
        message = f"`{key}` has no meaning in {what}"
        return error(NOT_EXPANDED, found, message, "take it away")
    if _is_end_of_text(found):
        message = f"a comma ends a text inside braces, so `{shortened(key)}` is read as a key"
        if key[:1].isdigit():
            return error(UNKNOWN_KEY, found, message, "write a decimal with a point: `2.5s`")
        return error(UNKNOWN_KEY, found, message, "put the whole text in quotes, with the comma")
    known = list(cast("Schema", mistake.schema.get("properties", {})))
    message = f"{what} has no key `{key}`"
    homes = owners().get(key, ())
    if homes and nearest(key, known) is None:
        return error(UNKNOWN_KEY, found, message, f"`{key}` is a key of {_or([*homes])}")
    return error(UNKNOWN_KEY, found, message, suggest(key, known, "keys"))


def _is_end_of_text(found: Entry) -> bool:
    """Tell a key inside braces that is the rest of a text: no colon is behind it.

    It has blanks, or begins with a digit: `{prompt: Hello there, she says, duration: 2,5s}`
    """
    key, value = found.key, found.value
    return (
        not key.quoted
        and (" " in key.text.strip() or key.text[:1].isdigit())
        and isinstance(value, Scalar)
        and value.value is None
        and not value.text
        and (value.span.line, value.span.column) == (key.span.end_line, key.span.end_column)
    )


@cache
def owners() -> Mapping[str, tuple[str, ...]]:
    """Tell of each key which things have it: `music` is a key of a cut."""
    whole = whole_schema()
    found: dict[str, list[str]] = {}
    for part in (whole, *cast("dict[str, Schema]", whole["definitions"]).values()):
        for key in cast("Schema", part.get("properties", {})):
            found.setdefault(key, []).append(with_article(_title(part)))
    return {key: tuple(things) for key, things in found.items()}


def _missing_key(mistake: Mistake) -> Diagnostic:
    key = str(mistake.detail)
    parts = cast("dict[str, Schema]", mistake.schema.get("properties", {}))
    examples = cast("list[object]", parts.get(key, {}).get("examples", []))
    add = f"add `{key}: {_written(examples[0])}`" if examples else f"add `{key}`"
    where = mistake.entry or mistake.node
    return error(MISSING_KEY, where, f"this {_title(mistake.schema)} has no `{key}`", add)


def _wrong_kind(mistake: Mistake) -> Diagnostic:
    kinds = cast("list[str]", mistake.detail)
    wanted = _wanted(mistake.schema, kinds)
    what = f"`{mistake.entry.key.text}`" if mistake.entry else "this"
    kind = kind_of(mistake.node)
    if kind == "null":
        # An alias without its anchor: the reader has told it, at the place of the value.
        unread = isinstance(mistake.node, Scalar) and mistake.node.text.startswith("*")
        where = mistake.node if unread else mistake.entry or mistake.node
        message = f"{what} is empty; it must be {wanted}"
        return error(WRONG_KIND, where, message, _when_empty(mistake))
    here = mistake.node if isinstance(mistake.node, Scalar) else mistake.entry or mistake.node
    found = f"`{_value(here)}`" if isinstance(here, Scalar) else _KINDS[kind]
    message = f"{what} must be {wanted}, not {found}"
    return error(WRONG_KIND, here, message, _right_kind(mistake, kinds))


def _when_empty(mistake: Mistake) -> str:
    if isinstance(mistake.node, Scalar) and (comment := mistake.node.comment):
        return f'a bare `#` begins a comment: put it in quotes, `"{shortened(comment)}"`'
    return "write it, or take the key away"


def _right_kind(mistake: Mistake, kinds: list[str]) -> str:
    """Say how a value of the kind that is wanted is written."""
    examples = _examples(mistake.schema)
    if isinstance(mistake.node, Scalar) and "string" in kinds and not _has_form(mistake.schema):
        return f'put it in quotes: `"{mistake.node.text}"`'
    if examples:
        return f"write it like {examples}"
    match kinds:
        case ["array"]:
            return "begin each item with `- `"
        case ["boolean"]:
            meant = meant_truth(_value(mistake.node))
            return f"write `{meant}`, without quotes" if meant else _TRUTH
        case ["integer"]:
            return "write it like `2`"
        case _:
            keys = ", ".join(f"`{one}`" for one in _keys(mistake.schema)[:8])
            return f"its keys are {keys}" if keys else "see `storyboard explain SB103`"


def _keys(schema: Schema) -> list[str]:
    """Name the keys of a mapping, or of the first alternative that is one."""
    definitions = cast("dict[str, Schema]", whole_schema()["definitions"])
    for part in cast("list[Schema]", schema.get("anyOf", [schema])):
        named = definitions.get(str(part.get("$ref")).removeprefix("#/definitions/"), part)
        if "properties" in named:
            return [*cast("Schema", named["properties"])]
    return []


def _has_form(schema: Schema) -> bool:
    """Tell whether a text must be of a form, so that quotes alone make none."""
    parts = cast("list[Schema]", schema.get("anyOf", [schema]))
    return not any(one.get("type") == "string" and "pattern" not in one for one in parts)


def _examples(schema: Schema) -> str:
    return ", ".join(f"`{_written(one)}`" for one in _values(schema)[:4])


def _values(schema: Schema) -> list[object]:
    """Find values to imitate: a mapping with keys of one's own is made of a key's and a value's."""
    found = cast("list[object]", schema.get("examples", schema.get("enum", [])))
    for part in cast("list[Schema]", schema.get("anyOf", [])):
        found = found or cast("list[object]", part.get("examples", part.get("enum", [])))
    if found or not isinstance(schema.get("propertyNames"), dict):
        return found
    keys = _values(cast("Schema", schema["propertyNames"]))
    values = _values(cast("Schema", schema.get("additionalProperties", {})))
    return [dict([pair]) for pair in zip(keys, values, strict=False)]


def _no_choice(mistake: Mistake) -> Diagnostic:
    choices = [str(one) for one in cast("list[object]", mistake.detail)]
    value = _value(mistake.node)
    message = f"`{value}` is no {_title(mistake.schema)}"
    return error(NO_CHOICE, mistake.node, message, suggest(value, choices, "choices"))


def _version(mistake: Mistake) -> Diagnostic:
    return error(
        VERSION,
        mistake.node,
        f"`{_value(mistake.node)}` is no version of the language that is known here",
        "write `storyboard: 1`; a newer version needs a newer program",
    )


def _wrong_form(mistake: Mistake) -> Diagnostic:
    if mistake.schema.get("pattern") == _SOMETHING or not _value(mistake.node):
        return _empty(mistake)
    like = _examples(mistake.schema)
    guess = MEANT.get(_title(mistake.schema))
    meant = guess(_value(mistake.node)) if guess else None
    return error(
        WRONG_FORM,
        mistake.node,
        f"`{_value(mistake.node)}` is no {_title(mistake.schema)}",
        f"write `{meant}`" if meant else f"write it like {like}" if like else None,
    )


def _empty(mistake: Mistake) -> Diagnostic:
    what = f"`{mistake.entry.key.text}`" if mistake.entry else "this"
    help_ = "write it, or leave the key out"
    if isinstance(mistake.node, Scalar) and mistake.node.cells:
        help_ = "fill the cell, or leave such rows out with `where`"
    return error(WRONG_FORM, mistake.node, f"{what} is empty", help_)


def _out_of_range(mistake: Mistake) -> Diagnostic:
    what = f"`{mistake.entry.key.text}`" if mistake.entry else f"this {_title(mistake.schema)}"
    limit = f"{_LIMITS[mistake.keyword]} {mistake.detail}"
    message = f"{what} is {_value(mistake.node)}; it must be {limit}"
    return error(OUT_OF_RANGE, mistake.node, message, f"write a number that is {limit}")


def _wrong_count(mistake: Mistake) -> Diagnostic:
    many = mistake.keyword.startswith("max")
    limit = cast("int", mistake.detail)
    thing = "items" if mistake.keyword.endswith("Items") else "keys"
    thing = thing if limit != 1 else thing.removesuffix("s")
    where = mistake.entry or mistake.node
    what = f"`{mistake.entry.key.text}`" if mistake.entry else f"this {_title(mistake.schema)}"
    count = f"{'at most' if many else 'at least'} {limit} {thing}"
    help_ = "add what is missing" if not many else "take some away"
    if mistake.entry and mistake.entry.key.value in {"scenes", "shots"}:
        help_ = f"write one, or let a `when` keep one of the {mistake.entry.key.text}"
    if "line" in _title(mistake.schema):
        help_ = "write each line as an item of its own: `- mara: first cup's on the house.`"
    return error(WRONG_COUNT, where, f"{what} must have {count}", help_)


def _not_one_of(mistake: Mistake) -> Diagnostic:
    there = cast("list[str]", mistake.detail)
    parts = cast("list[dict[str, list[str]]]", mistake.schema["oneOf"])
    keys = _or([f"`{one['required'][0]}`" for one in parts])
    title = _title(mistake.schema)
    where = mistake.entry or mistake.node
    if not there:
        return error(NOT_ONE_OF, where, f"this {title} has none of {keys}", "give it one of them")
    node = cast("MappingNode", mistake.node)
    found = [one for one in node.entries if one.key.value in there]
    inherited = [one for one in found if one.key.span.file != node.span.file]
    own = [one for one in found if one not in inherited] or inherited
    shown = next((one for one in own if one.key.value != there[0]), own[0])
    others = [one for one in found if one is not shown]
    ways = [removal(one, node) for one in others]
    help_ = "; ".join(one for one in ways if one) or f"it takes one of {keys}: remove the others"
    both = " and ".join(f"`{one}`" for one in there)
    also = (Related(f"`{one.key.text}` is here", one.key.span) for one in others)
    return error(NOT_ONE_OF, shown, f"this {title} has {both}", help_, *also)


def with_article(noun: str) -> str:
    """Put `a` or `an` before a noun."""
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"


def _title(schema: Schema) -> str:
    return str(schema.get("title", "value")).removesuffix(", version 1").lower()


def _wanted(schema: Schema, kinds: list[str]) -> str:
    words = [_KINDS[one] for one in kinds if one != "integer" or "number" not in kinds]
    if len(words) == 1 and words != [_KINDS["string"]]:
        return words[0] if kinds != ["object"] else _mapping(schema)
    return with_article(_title(schema)) if "title" in schema else _or(words)


def _mapping(schema: Schema) -> str:
    return f"{with_article(_title(schema))}, written as keys and values"


def _or(words: list[str]) -> str:
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _value(node: Node) -> str:
    text = " ".join(node.text.split()) if isinstance(node, Scalar) else "this"
    if isinstance(node, Scalar) and isinstance(node.value, str):
        text = " ".join(node.value.split())
    return shortened(text)


def _written(example: object) -> str:
    """Write an example as it would stand in the file, on one line."""
    match example:
        case list():
            return "[" + ", ".join(map(_written, example)) + "]"
        case dict():
            return "{" + ", ".join(f"{key}: {_written(one)}" for key, one in example.items()) + "}"
        case _:
            return str(example)


WORDS: Mapping[str, Callable[[Mistake], Diagnostic]] = {
    "additionalProperties": _unknown_key,
    "required": _missing_key,
    "type": _wrong_kind,
    "enum": _no_choice,
    "const": _version,
    "pattern": _wrong_form,
    "minLength": _empty,
    "minimum": _out_of_range,
    "exclusiveMinimum": _out_of_range,
    "maximum": _out_of_range,
    "minItems": _wrong_count,
    "maxItems": _wrong_count,
    "minProperties": _wrong_count,
    "maxProperties": _wrong_count,
    "oneOf": _not_one_of,
}
"""What is said of each keyword that a node does not satisfy."""
