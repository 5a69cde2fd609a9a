"""The schema's file: valid, closed, told in full; what `jsonschema` finds by it is all told."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from checking import document, plain
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
from mutating import mutated

from storyboard.check.memory import Memory
from storyboard.check.outline import Kind
from storyboard.check.rules.other_kind import KEYS_OF_OTHERS
from storyboard.check.schema import schema, schema_text, shape, strict
from storyboard.check.schema.file import Schema
from storyboard.check.schema.mistake import mistakes
from storyboard.check.schema.plain import Steps
from storyboard.check.schema.plain import plain as plain_of
from storyboard.check.schema.validator import validator
from storyboard.check.schema.words import WORDS
from storyboard.model.cut import TransitionKind
from storyboard.source import read

HERE = Path(__file__).parent
WHOLE = (HERE / "whole.yaml").read_text(encoding="utf-8")
STRICT = Draft7Validator(cast("Schema", strict(schema())))
EDITORS = Draft7Validator(schema())

UNEXPANDED = """
storyboard: 1
extends: base.yaml
use: [brand.yaml, cast.yaml]
model: "{{ model }}"
audio: "{{ sound }}"
format: {aspect_ratio: "{{ r }}", resolution: "{{ r }}", fps: "{{ f }}"}
budget: {max: "{{ most }}"}
variables:
  offer: {type: string, default: Opening week, choices: [a, b], about: What is offered.}
  n: {type: integer, default: 3}
variations:
  rows: products.csv
  where: "{{ row.stock > 0 }}"
  matrix: {locale: [en, de], hook: "{{ hooks }}"}
  include: [{locale: fr}]
  exclude: [{locale: de, hook: price}]
  name: "{{ sku }}-{{ locale }}"
scenes:
  - id: "{{ item.name }}"
    when: "{{ n > 2 }}"
    each: {name: item, in: "{{ items }}"}
    continuity: "{% if n %}auto{% else %}none{% endif %}"
    cfg_scale: "{{ c }}"
    shots:
      - id: a
        duration: "{{ d }}"
        prompt: "{{ product }} on a table"
        takes: "{{ n }}"
        focus: ["{{ x }}", 0.5]
        titles: [{text: "{{ offer }}", at: "{{ d }}", when: "{{ n }}"}]
        each: {name: item, in: [1, 2]}
outputs:
  - {name: "{{ n }}", fit: "{{ fit }}"}
"""


def test_the_schema_is_valid_draft_07() -> None:
    Draft7Validator.check_schema(schema())
    assert schema()["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert json.loads(schema_text()) == schema()


def every_part(part: object, route: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, dict):
        yield route, part
        for key, value in part.items():
            yield from every_part(value, f"{route}/{key}")
    if isinstance(part, list):
        for number, value in enumerate(part):
            yield from every_part(value, f"{route}/{number}")


def mappings() -> Iterator[tuple[str, dict[str, Any]]]:
    """Go through the schema's mappings, but for the conditions that say more of them."""
    for route, part in every_part(schema()):
        is_condition = route.endswith("/if") or route.startswith("/else")
        if part.get("type") == "object" and not is_condition:
            yield route, part


def test_every_mapping_is_closed_and_every_key_is_described() -> None:
    for route, part in mappings():
        if "properties" in part:
            assert part["additionalProperties"] is False, route
            for key, value in part["properties"].items():
                target = value
                if value is True:
                    continue  # a key of some kinds of shots, which is described among theirs
                if "description" not in value:
                    name = value["$ref"].removeprefix("#/definitions/")
                    target = schema()["definitions"][name]  # type: ignore[index]
                assert target["description"], f"{route}/{key}"


def test_references_lead_somewhere_and_only_notes_stand_beside_them() -> None:
    """Draft-07 sees no keyword beside a reference; editors show what a key's own note says."""
    names = set(schema()["definitions"])  # type: ignore[arg-type]
    used = set()
    for route, part in every_part(schema()):
        if "$ref" in part:
            assert set(part) <= {"$ref", "title", "description", "default", "examples"}, route
            used.add(str(part["$ref"]).removeprefix("#/definitions/"))
    assert used == names


@pytest.mark.parametrize("kind", Kind)
def test_the_schema_refuses_keys_of_other_kinds_of_shots_as_the_rule_does(kind: Kind) -> None:
    definitions: Any = schema()["definitions"]
    shot = definitions["shot"]
    conditions = Draft7Validator({"definitions": definitions, "allOf": shot["allOf"]})
    refused = {
        key
        for key in shot["properties"]
        for error in conditions.iter_errors({kind.value: "a", key: "a"})
        if error.validator is None  # `false`
    }
    assert refused == KEYS_OF_OTHERS[kind]


def test_each_key_of_a_shot_is_described_in_one_place() -> None:
    shot: Any = schema()["definitions"]["shot"]  # type: ignore[index]
    of_kinds = [key for one in shot["allOf"] for key in one["else"]["properties"]]
    assert len({*of_kinds}) == len(of_kinds)
    assert {*of_kinds} == {key for key, one in shot["properties"].items() if one is True}


def test_nothing_of_a_condition_is_left_for_an_expanded_document() -> None:
    for route, part in every_part(strict(schema())):
        assert not {"if", "then", "else", "not", "patternProperties"} & {*part}, route
        assert True not in [*part.get("properties", {}).values()], route


def test_every_mapping_refuses_a_merge_key() -> None:
    for route, part in mappings():
        assert part.get("propertyNames"), route


def test_every_transition_is_among_the_examples() -> None:
    examples: Any = schema()["definitions"]["transition"]["examples"]  # type: ignore[index]
    assert {one.split()[0] for one in examples} == {one.value for one in TransitionKind}


def test_editors_take_expressions_where_values_may_stand() -> None:
    assert [one.message for one in EDITORS.iter_errors(plain(document(UNEXPANDED).root))] == []


def test_what_extends_another_may_leave_the_rest_to_it() -> None:
    part = """
storyboard: 1
extends: base.yaml
elements: {mara: {voice: other}}
voices: {other: {}}
scenes: [{id: one, shots: [{id: a, duration: 3s}]}, {id: two, style: dark}]
"""
    assert EDITORS.is_valid(plain(document(part).root))
    alone = part.replace("extends: base.yaml", "title: Alone")
    found = [one.validator for one in EDITORS.iter_errors(plain(document(alone).root))]
    assert sorted(map(str, found)) == ["oneOf", "oneOf", "required", "required"]


def test_an_expanded_document_holds_no_expression_but_in_texts() -> None:
    """Expressions that have no value stand as written, and the template room has told of them."""
    found = [one.code for one in shape(document(UNEXPANDED))]
    assert found == ["SB111"] * 8


def test_both_take_the_whole_language() -> None:
    root = document(WHOLE).root
    assert [one.message for one in STRICT.iter_errors(plain(root))] == []
    assert [one.message for one in EDITORS.iter_errors(plain(root))] == []


# A busy machine makes drawing slow, which is no finding.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(mutated(WHOLE), min_size=2, max_size=4))
def test_what_the_library_finds_wrong_is_told_also_of_parts_seen_before(texts: list[str]) -> None:
    """One validator looks at all of them twice, and is held equal to the library's own."""
    validate, memory = validator(cast("Schema", strict(schema()))), Memory()
    roots = [found.root for one in texts if (found := read(one.encode(), "a.yaml").value)]
    for root in (*roots, *roots):
        errors = [*validate(plain_of(root, memory))]
        alone = [*STRICT.iter_errors(plain(root))]
        assert Counter(map(route, errors)) == Counter(map(route, alone))
        found = [one for error in errors for one in mistakes(error, Steps(root))]
        assert bool(found) == bool(alone)


def route(error: ValidationError) -> tuple[str, str]:
    """Return where in the value and in the schema an error is."""
    return str([*error.absolute_path]), str([*error.absolute_schema_path])


def test_every_keyword_of_the_schema_leads_down_or_has_words() -> None:
    """A keyword that was neither would be found wrong, and nothing could be said of it."""
    names = ("/properties", "/definitions", "/dependencies")
    parts = (part for where, part in every_part(strict(schema())) if not where.endswith(names))
    told = {key for part in parts for key in part} & set(Draft7Validator.VALIDATORS)
    assert told - {"$ref", "allOf", "anyOf", "properties", "items", "propertyNames"} <= {
        *WORDS,
        "dependencies",
    }


def test_one_of_only_chooses_a_key() -> None:
    for where, part in every_part(strict(schema())):
        for one in part.get("oneOf", []):
            assert set(one) == {"required"}, where
            assert len(one["required"]) == 1, where


@pytest.mark.parametrize(
    ("line", "help_text"),
    [
        ("brand: {colors: red}", "write it like `{accent: #e4572e}`"),
        ("variations: {matrix: en}", None),
        ("budget: 12 USD", "its keys are `max`, `each`"),
        ("cut: {music: a.mp3}", "its keys are `file`, `volume`, `duck`, `fade_in`, `fade_out`"),
        ("cut: {voiceover: a.wav}", "its keys are `file`, `at`"),
        ("title: true", 'put it in quotes: `"true"`'),
        ("description: [a]", "see `storyboard explain SB103`"),
    ],
)
def test_what_is_of_the_wrong_kind_is_told_how_it_is_written(
    line: str, help_text: str | None
) -> None:
    shot = "{id: a, duration: 3s, prompt: A}"
    text = f"storyboard: 1\n{line}\nscenes: [{{id: a, shots: [{shot}]}}]\n"
    found = [one for one in shape(document(text)) if one.code != "SB111"]
    assert [one.code for one in found] == (["SB103"] if help_text else [])
    assert all(str(one.help).startswith(str(help_text)) for one in found)


def test_a_line_of_speech_and_a_focus_are_told_by_an_example() -> None:
    shot = "{id: a, duration: 3s, prompt: A, say: [Hello.], focus: left}"
    text = f"storyboard: 1\nscenes: [{{id: a, shots: [{shot}]}}]\n"
    assert [one.help for one in shape(document(text))] == [
        "write it like `{mara: first cup's on the house.}`",
        "write it like `[0.5, 0.3]`, `[0.3, 0.1, 0.4, 0.5]`",
    ]
