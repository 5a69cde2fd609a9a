"""Ajv at its strictest takes every schema, and judges values as the program's validator does."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from storyboard.data import data
from storyboard.source import Mapping, Node, Scalar, read

ROOT = Path(__file__).resolve().parents[2]
Judge = Callable[[Sequence[tuple[str, Any]]], list[bool]]
BOARDS = sorted(
    path
    for folder in ("examples", "templates", "tests/check", "tests/check/wrong")
    for path in (ROOT / folder).rglob("*.yaml")
)


def value_of(node: Node) -> Any:  # noqa: ANN401 # any value of JSON
    match node:
        case Mapping():
            return {str(one.key.value): value_of(one.value) for one in node.entries}
        case Scalar(value=bool() | int() | str() | None as value):
            return value
        case Scalar(value=value):
            return float(value)
        case _:
            return [value_of(one) for one in node.items]


def parts_of(path: Path) -> Any:  # noqa: ANN401 # any value of JSON
    found = read(path.read_bytes(), path.name).value
    return value_of(found.root) if found else None


def schema(kind: str) -> Any:  # noqa: ANN401 # a schema
    return json.loads((data("schemas") / f"{kind}-1.schema.json").read_text("utf-8"))


def test_every_schema_compiles_without_a_warning(ajv: Judge) -> None:
    assert ajv([]) == []


def test_both_validators_judge_every_storyboard_alike(ajv: Judge) -> None:
    values = [value for path in BOARDS if isinstance(value := parts_of(path), dict)]
    assert len(values) > 20
    ours = Draft7Validator(schema("storyboard"))
    judged = ajv([("storyboard", one) for one in values])
    assert judged == [ours.is_valid(one) for one in values]
    assert True in judged
    assert False in judged


@pytest.mark.parametrize("folder", ["examples", "templates"])
def test_every_storyboard_that_travels_with_the_program_is_right(ajv: Judge, folder: str) -> None:
    paths = [*(ROOT / folder).glob("*/storyboard.yaml")]
    assert paths
    assert all(ajv([("storyboard", parts_of(one)) for one in paths]))
