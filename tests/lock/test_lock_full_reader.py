"""All that can be wrong with a lock, with its place, and that nothing is passed over."""

import json
from dataclasses import replace

import pytest
from jsonschema import Draft7Validator
from lock_values import entry, picked, sha, whole

from storyboard.data import data as folder
from storyboard.diagnostics import Diagnostic, Severity
from storyboard.lock.decision import Decision
from storyboard.lock.full_reader import read_fully
from storyboard.lock.lock_text import text
from storyboard.lock.locked import Lock, LockedClips
from storyboard.source import Mapping, Node, Scalar, read

NAME = "film.lock.yaml"
SCHEMA = Draft7Validator(json.loads((folder("schemas") / "lock-1.schema.json").read_text("utf-8")))
HEAD = "version: 1\nclips: paid\n"
ONE = text(Lock((entry("a/b", Decision(picked("a/b"))),)))


def mistakes(written: str) -> tuple[Diagnostic, ...]:
    result = read_fully(written.encode(), NAME)
    assert result.value is None
    assert all(one.help and one.span and one.span.file == NAME for one in result.diagnostics)
    return result.diagnostics


def place(one: Diagnostic) -> tuple[str, int, int]:
    assert one.span is not None
    return str(one.code), one.span.line, one.span.column


@pytest.mark.parametrize("lock", [Lock(), whole(), replace(whole(), clips=LockedClips.REHEARSAL)])
def test_what_is_written_is_read_and_is_as_the_schema_says(lock: Lock) -> None:
    result = read_fully(text(lock).encode(), NAME)
    assert (result.value, result.diagnostics) == (lock, ())
    document = read(text(lock).encode(), NAME).value
    assert document is not None
    SCHEMA.validate(plain(document.root))


def plain(node: Node) -> object:
    match node:
        case Mapping():
            return {str(one.key.value): plain(one.value) for one in node.entries}
        case Scalar():
            return node.value
        case _:
            return [plain(one) for one in node.items]


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("shots: []\n", ("SB920", 1, 1)),
        ("version: one\nclips: paid\nshots: []\n", ("SB920", 1, 10)),
        ("version: true\nclips: paid\nshots: []\n", ("SB920", 1, 10)),
        ("version: 2\nclips: new\nmore: 1\n", ("SB922", 1, 10)),
        (HEAD, ("SB920", 1, 1)),
        (f"{HEAD}shots: none\n", ("SB920", 3, 8)),
        (f"{HEAD}shots: []\nmore: 1\n", ("SB920", 4, 1)),
        ("version: 1\nclips: free\nshots: []\n", ("SB920", 2, 8)),
        (f"{HEAD}shots:\n  - a/b\n", ("SB920", 4, 5)),
        (f"{HEAD}shots:\n  - shot: a/b\n", ("SB920", 4, 5)),
        (f"{HEAD}shots:\n  - {{shot: a/b, kind: film}}\n", ("SB920", 4, 23)),
        (f"{HEAD}shots:\n  - {{shot: ab, kind: prompt}}\n", ("SB920", 4, 12)),
        (f"{HEAD}shots:\n  - {{shot: 12, kind: prompt}}\n", ("SB920", 4, 12)),
        (f"{HEAD}shots:\n  - {{shot: a/b, kind: prompt, films: p1}}\n", ("SB920", 4, 38)),
        (f"{HEAD}shots:\n  - {{shot: a/b, kind: prompt, pick: first}}\n", ("SB920", 4, 37)),
        (f"{HEAD}shots:\n  - {{shot: a/b, kind: prompt, pik: none}}\n", ("SB920", 4, 31)),
        (f"{HEAD}shots: []\nfiles: [{{path: a.png, sha256: 4d7a}}]\n", ("SB923", 4, 31)),
        (f"{HEAD}shots: []\nlibraries: [av]\n", ("SB920", 4, 12)),
        (f"{HEAD}shots: []\nlibraries: {{av: 18}}\n", ("SB920", 4, 17)),
    ],
)
def test_mistakes_are_found_where_they_are(written: str, wanted: tuple[str, int, int]) -> None:
    assert [place(one) for one in mistakes(written)] == [wanted]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("take: 1", "take: 0", ("SB920", 10, 13)),
        ("take: 1", "take: first", ("SB920", 10, 13)),
        (sha("clip", "a/b", 1), sha("clip", "a/b", 1)[1:], ("SB923", 11, 13)),
        (sha("clip", "a/b", 1), sha("clip", "a/b", 1).upper(), ("SB923", 11, 13)),
        ("at: 3s", "at: 3", ("SB920", 12, 11)),
        ("used: 2.5s", "used: 5/0s", ("SB920", 13, 13)),
        ("used: 2.5s", "used: 99s", ("SB920", 13, 13)),
        ("at: 3s", "at: 12s", ("SB920", 13, 13)),
        ("price: 1.68 USD", "price: 1.68 EUR", ("SB920", 16, 14)),
        ("rendering: 1", "rendering: 0", ("SB920", 18, 18)),
        ("size: 4200000", "size: -1", ("SB920", 19, 13)),
        ("15:05:44Z", "15:05:44", ("SB920", 23, 13)),
        ("15:05:44Z", "noon", ("SB920", 23, 13)),
        ('by: "Mara Lind"', "by: 7", ("SB920", 22, 11)),
        ('      by: "Mara Lind"\n', "", ("SB920", 10, 7)),
        ("kind: prompt", "kind: still", ("SB920", 8, 11)),
    ],
)
def test_wrong_values_of_a_pick_are_found(old: str, new: str, wanted: tuple[str, int, int]) -> None:
    assert old in ONE
    assert [place(one) for one in mistakes(ONE.replace(old, new, 1))] == [wanted]


def test_all_mistakes_are_found_at_once() -> None:
    written = ONE.replace("take: 1", "take: x").replace("at: 3s", "at: x").replace("2026", "x")
    assert len(mistakes(written)) == 3


@pytest.mark.parametrize(
    ("shots", "line"),
    [
        ("{shot: a/b, kind: prompt}, {shot: a/b, kind: still}", 3),
        ("{shot: a/b, kind: prompt, films: [p]}, {shot: a/b, kind: still, films: [q, p]}", 3),
        ("{shot: a/b, kind: prompt, overrides: [{film: p}, {film: p}]}", 3),
    ],
)
def test_two_entries_of_one_shot_are_found(shots: str, line: int) -> None:
    (found,) = mistakes(f"{HEAD}shots: [{shots}]\n")
    assert place(found)[:2] == ("SB924", line)
    assert found.related


def test_entries_of_other_films_and_ratios_are_not_two() -> None:
    written = (
        f"{HEAD}shots:\n  - {{shot: a/b, kind: prompt, films: [p]}}\n"
        '  - {shot: a/b, kind: prompt}\n  - {shot: "a/b@9:16", kind: prompt}\n'
    )
    assert read_fully(written.encode(), NAME).diagnostics == ()


def test_a_lock_in_other_words_is_read_as_it_is_meant() -> None:
    written = ONE.replace("price: 1.68 USD", "price: 1.68").replace(
        "when: 2026-11-28T15:05:44Z", 'when: "2026-11-28T16:05:44+01:00"'
    )
    lock = read_fully(written.encode(), NAME).value
    assert lock == Lock((entry("a/b", Decision(picked("a/b"))),))


def test_comments_that_would_be_lost_are_told() -> None:
    written = ONE.replace("take: 1", "take: 1 # the best").replace("  - shot", "  # mine\n  - shot")
    result = read_fully(written.encode(), NAME)
    assert result.ok
    assert [place(one) for one in result.diagnostics] == [("SB928", 7, 3), ("SB928", 11, 15)]
    assert {one.severity for one in result.diagnostics} == {Severity.NOTE}


def test_what_is_not_yaml_is_reported_by_the_reader() -> None:
    assert [one.code[:3] for one in mistakes("version: [\n")] == ["SB0"]
    assert mistakes("") != ()
