"""The storyboards of the language page are right, and it leaves out no key."""

import re
from pathlib import Path

import pytest
from checking import check_document, document

from storyboard.check.schema import schema
from storyboard.diagnostics import Severity
from storyboard.template.expand.expand import expand

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def nothing_to_read(path: str) -> bytes:
    raise AssertionError(path)


@pytest.mark.parametrize("text", EXAMPLES, ids=range(len(EXAMPLES)))
def test_its_storyboards_are_right(text: str) -> None:
    expanded = expand(document(text), nothing_to_read)
    assert expanded.diagnostics == ()
    assert expanded.value is not None
    for variation in expanded.value:
        facts = "#: assets/shop.mp4: clip 1920x1080 24fps 8s"
        found = check_document(variation.document, facts).diagnostics
        assert [one for one in found if one.severity is Severity.ERROR] == []


def test_it_has_every_key_in_code() -> None:
    told = set(re.findall(r"`([a-z_]+)[`:]", PAGE)) | set(re.findall(r"([a-z_]+):", PAGE))
    parts = [schema(), *schema()["definitions"].values()]  # type: ignore[union-attr]
    keys = {key for part in parts for key in part.get("properties", {})}  # type: ignore[union-attr]
    assert keys - told == set()


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 4
