"""docs/money.md promises nothing untested: each sentence names its tests, and they are there."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/money.md").read_text("utf-8")
PROVED = ("What is promised", "How it works")
"""The sections whose every sentence has a test."""

NOTE = re.compile(r"^\[\^([a-z-]+)\]: (.+)$", re.MULTILINE)
NOTES = {name: re.findall(r"`([^`]+)`", tests) for name, tests in NOTE.findall(PAGE)}
MARK = re.compile(r"\[\^([a-z-]+)\]")
END = re.compile(r"(?<=[.!?])(?:\*\*)?(?P<marks>(?:\[\^[a-z-]+\])*)(?:\s+|$)")
TITLE = re.compile(r"^\*\*[A-Z][^*]*\.\*\* ")


def section(title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)^## ", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def sentences(text: str) -> Iterator[tuple[str, list[str]]]:
    """Split a section into what it claims, each with the notes at its end."""
    for paragraph in re.split(r"\n\n|\n(?=\d\. )", text.strip()):
        if paragraph.startswith("|"):
            rows = paragraph.splitlines()[2:]
            yield from ((row, MARK.findall(row)) for row in rows)
            continue
        words = re.sub(r"^\d\. ", "", " ".join(paragraph.split()))
        words, begin = TITLE.sub("", words) if paragraph.startswith("**") else words, 0
        for end in END.finditer(words):
            yield words[begin : end.start()], MARK.findall(end["marks"])
            begin = end.end()
        assert begin == len(words), f"no full stop: {words[begin:]}"


CLAIMS = [
    pytest.param(claim, marks, id=claim[:40])
    for title in PROVED
    for claim, marks in sentences(section(title))
    if not claim.startswith('Each sentence here and in "How it works" has a test')
]


@cache
def names_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_the_page_is_read_as_it_is_meant() -> None:
    assert len(CLAIMS) > 90
    claims = [claim.values[0] for claim in CLAIMS]
    assert any(str(one).startswith("The intent is committed first") for one in claims)
    assert any(str(one).startswith("| given up with your consent") for one in claims)


@pytest.mark.parametrize(("claim", "marks"), CLAIMS)
def test_every_sentence_has_a_test(claim: str, marks: list[str]) -> None:
    assert marks, f"name the test of this sentence, or change it: {claim}"
    assert set(marks) <= NOTES.keys()


@pytest.mark.parametrize("note", NOTES)
def test_every_test_that_is_named_is_there(note: str) -> None:
    assert NOTES[note]
    for one in NOTES[note]:
        path, _, test = one.partition("::")
        assert test.startswith("test_")
        assert test in names_in(ROOT / path), one
    assert f"[^{note}]" in NOTE.sub("", PAGE), "nothing refers to it"
