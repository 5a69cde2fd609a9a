"""Scenario files: what they mean, and what is said of mistakes in them."""

import json
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest

from storyboard.data import data
from storyboard.diagnostics import Result, page
from storyboard.emulator.entry import ClipKind
from storyboard.emulator.errors import KINDS
from storyboard.emulator.fault import (
    BadId,
    Checking,
    Digits,
    Drop,
    Error,
    Garbage,
    IdKind,
    Listing,
    On,
    Page,
    Partial,
    Redirect,
    Rule,
    Scenario,
    Spoilt,
    Status,
    Surrogate,
    Trickle,
    Zipped,
)
from storyboard.emulator.scenario import RULE, lower
from storyboard.emulator.words import FAULTS
from storyboard.source import Mapping, Node, Scalar, Sequence
from storyboard.source.reading import read

SCHEMA = json.loads((data("schemas") / "scenario-1.schema.json").read_text(encoding="utf-8"))
SHIPPED = sorted((data("examples") / "scenarios").glob("*.yaml"))


def plain(text: str) -> object:
    """Read YAML as an editor does: PyYAML takes the key `on` for a truth value."""

    def value(node: Node) -> object:
        match node:
            case Mapping():
                return {str(one.key.value): value(one.value) for one in node.entries}
            case Sequence():
                return [value(one) for one in node.items]
            case Scalar():
                return float(node.value) if isinstance(node.value, Decimal) else node.value

    document = read(text.encode(), "night.yaml")
    assert document.value is not None
    return value(document.value.root)


def read_scenario(text: str) -> Result[Scenario]:
    document = read(text.encode(), "night.yaml")
    assert document.value is not None, document.diagnostics
    return lower(document.value)


def test_a_whole_scenario() -> None:
    result = read_scenario(
        """
scenario: 1
title: a night
seed: 7
account:
  concurrency: 3
  bad_keys: [stolen]
  checking: submit
  list: {delay: 20, running: false, defaults: true}
rules:
  - {on: submit, nth: [1, 3], fault: drop, accepted: true}
  - {on: job, endpoint: "*/text-to-video", prompt: rain, fault: error, type: generation_timeout}
  - {on: job, chance: 0.25, fault: clip, kind: short}
  - {on: result, every: 2, first: 4, fault: status, status: 504, retry_after: 1.5}
"""
    )
    assert result.diagnostics == ()
    assert result.value == Scenario(
        seed=7,
        concurrency=3,
        bad_keys=("stolen",),
        listing=Listing(20.0, running=False, defaults=True),
        checking=Checking.SUBMIT,
        rules=(
            Rule(On.SUBMIT, Drop(accepted=True), nth=(1, 3)),
            Rule(
                On.JOB,
                Error("generation_timeout", charged=False),
                endpoint="*/text-to-video",
                prompt="rain",
            ),
            Rule(On.JOB, Spoilt(ClipKind.SHORT), chance=0.25),
            Rule(
                On.RESULT,
                Status(
                    504,
                    "Something went wrong.",
                    accepted=False,
                    retry_after=1.5,
                    request_id=False,
                ),
                first=4,
                every=2,
            ),
        ),
    )


def test_what_happens_to_answers_is_read() -> None:
    text = """\
scenario: 1
rules:
  - {on: submit, fault: redirect, location: "https:next", accepted: true}
  - {on: list, fault: redirect}
  - {on: put, fault: gzip}
  - {on: download, fault: partial}
  - {on: download, fault: trickle, seconds: 60}
  - {on: result, fault: surrogate}
  - {on: status, fault: digits}
  - {on: submit, fault: bad-id, id: control}
  - {on: status, fault: garbage}
  - {on: download, fault: html, content_type: application/octet-stream}
"""
    result = read_scenario(text)
    assert result.diagnostics == ()
    assert result.value is not None
    assert [one.fault for one in result.value.rules] == [
        Redirect("https:next", accepted=True),
        Redirect("https://elsewhere.test/", accepted=False),
        Zipped(),
        Partial(),
        Trickle(60.0),
        Surrogate(),
        Digits(),
        BadId(IdKind.CONTROL),
        Garbage(),
        Page("application/octet-stream"),
    ]
    jsonschema.validate(plain(text), SCHEMA)


MISTAKES = [
    ("scenario: 2", "SB872", "this is no scenario of version 1"),
    ("scenario: 1\nseeds: 3", "SB870", "there is no key `seeds` here"),
    ("scenario: 1\nseed: many", "SB871", "`seed` is not a whole number"),
    ("scenario: 1\naccount: 3", "SB871", "this is not a mapping"),
    ("scenario: 1\naccount: {checking: later}", "SB870", "`checking` cannot be `later`"),
    ("scenario: 1\nrules: {}", "SB871", "`rules` is not a list"),
    ("scenario: 1\nrules: [drop]", "SB871", "this is not a mapping"),
    ("scenario: 1\nrules: [{fault: drop}]", "SB872", "a rule without `on`"),
    ("scenario: 1\nrules: [{on: submit}]", "SB872", "a rule without `fault`"),
    ("scenario: 1\nrules: [{on: sumbit, fault: drop}]", "SB870", "`on` cannot be `sumbit`"),
    ("scenario: 1\nrules: [{on: submit, fault: drp}]", "SB870", "`fault` cannot be `drp`"),
    (
        "scenario: 1\nrules: [{on: submit, fault: clip}]",
        "SB873",
        "`clip` cannot happen on `submit`",
    ),
    ("scenario: 1\nrules: [{on: job, fault: error}]", "SB872", "a fault `error` without `type`"),
    (
        "scenario: 1\nrules: [{on: submit, fault: status}]",
        "SB872",
        "a fault `status` without `status`",
    ),
    (
        "scenario: 1\nrules: [{on: submit, fault: status, status: 200}]",
        "SB871",
        "`status` is not an HTTP status from 400 to 599",
    ),
    (
        "scenario: 1\nrules: [{on: submit, fault: drop, chance: 2}]",
        "SB871",
        "`chance` is not a number from 0 to 1",
    ),
    (
        "scenario: 1\nrules: [{on: submit, fault: drop, nth: 0}]",
        "SB871",
        "`nth` is not a whole number of 1 or more, or a list of them",
    ),
    (
        "scenario: 1\nrules: [{on: submit, fault: drop, seconds: 2}]",
        "SB870",
        "there is no key `seconds` here",
    ),
    (
        "scenario: 1\nrules: [{on: job, fault: error, type: generation_timeou}]",
        "SB870",
        "`type` cannot be `generation_timeou`",
    ),
]


@pytest.mark.parametrize(("text", "code", "message"), MISTAKES)
def test_each_mistake_is_named_at_its_place(text: str, code: str, message: str) -> None:
    result = read_scenario(text)
    assert result.value is None
    assert [(one.code, one.message) for one in result.diagnostics] == [(code, message)]
    assert all(one.span is not None and one.help for one in result.diagnostics)
    assert page(code) is not None


def test_all_mistakes_are_found_at_once() -> None:
    result = read_scenario("scenario: 1\nsead: 1\nrules: [{on: job}, {on: list, fault: slov}]")
    assert len(result.diagnostics) == 3
    assert next(one.help for one in result.diagnostics) == "did you mean `seed`?"


@pytest.mark.parametrize("text", [text for text, _, _ in MISTAKES])
def test_the_schema_refuses_what_the_reader_refuses(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(text), SCHEMA)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_scenarios_are_good(path: Path) -> None:
    result = read_scenario(path.read_text(encoding="utf-8"))
    assert result.diagnostics == ()
    jsonschema.validate(plain(path.read_text(encoding="utf-8")), SCHEMA)


def test_there_are_shipped_scenarios() -> None:
    assert "bad-night" in [path.stem for path in SHIPPED]


def test_the_schema_knows_the_same_words() -> None:
    rule = SCHEMA["definitions"]["rule"]
    own = {key for word in FAULTS.values() for key in word.keys}
    assert set(rule["properties"]) == {*RULE, *own}
    assert set(rule["properties"]["fault"]["enum"]) == set(FAULTS)
    assert set(rule["properties"]["on"]["enum"]) == set(On)
    assert set(rule["properties"]["type"]["enum"]) == set(KINDS)
    assert all("description" in one for one in rule["properties"].values())
