"""The table of variations and checks, and captions that cannot be read in time."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from expanding import expanded

from storyboard.diagnostics import Code, Diagnostic, Severity, Span
from storyboard.model.cut import CUT, Cut, Look
from storyboard.model.storyboard import (
    AspectRatio,
    Continuity,
    Format,
    Line,
    Pack,
    PromptShot,
    Scene,
    Settings,
    ShotName,
    Storyboard,
)
from storyboard.template.campaign.campaign import Level, check_table, table_json
from storyboard.template.reading import unreadable_captions

HERE = Span("s.yaml", 4, 2, 4, 9)
WIDE = AspectRatio(16, 9)
SETTINGS = Settings("m", None, "", None, None, None, WIDE)


def storyboard(duration: Fraction, caption: str | None, *lines: str) -> Storyboard:
    say = tuple(Line("mara", None, text, HERE) for text in lines)
    shot = PromptShot(
        ShotName("a/b"), duration, (), SETTINGS, None, None, say, Look(CUT, (), caption), HERE
    )
    scene = Scene("a", None, (shot,), Pack.SCENE, Continuity.AUTO, HERE)
    cut = Cut((), (), Decimal(-14), None, None)
    return Storyboard("s", "S", (scene,), {}, {}, Format(WIDE, None, None), cut, (), None, "s.yaml")


@pytest.mark.parametrize(
    ("duration", "caption", "lines", "speed"),
    [
        (Fraction(2), None, ("x" * 34,), None),
        (Fraction(2), None, ("x" * 35,), "18"),
        (Fraction(2), None, ("x" * 20, "y" * 20), "20"),
        (Fraction(2), "", ("x" * 99,), None),
        (Fraction(1), "x" * 30, (), "30"),
        (Fraction(1), "x" * 10, ("y" * 99,), None),
        (Fraction(1), None, (), None),
    ],
)
def test_captions_read_faster_than_17_characters_a_second_are_found(
    duration: Fraction, caption: str | None, lines: tuple[str, ...], speed: str | None
) -> None:
    found = unreadable_captions(storyboard(duration, caption, *lines))
    assert [one.code for one in found] == ([] if speed is None else ["SB662"])
    assert all(f"at {speed} characters" in one.message for one in found)


def test_the_help_says_how_long_the_shot_would_have_to_be() -> None:
    [found] = unreadable_captions(storyboard(Fraction(2), None, "x" * 51))
    assert found.help == "make the shot 3s long, or the words shorter"


def wrong(code: str, severity: Severity) -> Diagnostic:
    return Diagnostic(Code(code), severity, f"{code} is wrong", HERE)


def test_each_variation_has_a_level_for_each_check_and_the_reasons() -> None:
    result = expanded(
        "title: '{{ a }}'\nvariations: {rows: [{a: 1}, {a: 2}, {a: 3}], name: 'n{{ a }}'}\n"
    )
    assert result.value is not None
    found = [
        (),
        (wrong("SB660", Severity.WARNING), wrong("SB660", Severity.WARNING)),
        (
            wrong("SB640", Severity.WARNING),
            wrong("SB500", Severity.ERROR),
            wrong("SB501", Severity.NOTE),
        ),
    ]
    table = check_table(zip(result.value, found, strict=True))
    assert table.checks == ("cells", "prices", "captions", "names", "other")
    ok, warn, red = Level.OK, Level.WARN, Level.RED
    assert [line.levels for line in table.lines] == [
        (ok, ok, ok, ok, ok),
        (ok, warn, ok, ok, ok),
        (warn, ok, ok, ok, red),
    ]
    assert table.red == 1
    assert table.worst == (warn, warn, ok, ok, red)
    data = json.loads(json.dumps(table_json(table)))
    assert data["variations"][2] == {
        "name": "n3",
        "row": 3,
        "levels": {
            "cells": "warn",
            "prices": "ok",
            "captions": "ok",
            "names": "ok",
            "other": "red",
        },
        "why": {"cells": ["SB640 is wrong"], "other": ["SB500 is wrong"]},
    }
    assert data["variations"][1]["why"] == {"prices": ["SB660 is wrong"]}
