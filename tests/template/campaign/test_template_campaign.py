"""The table of variations and checks."""

import json

from expanding import expanded

from storyboard.diagnostics import Code, Diagnostic, Severity, Span
from storyboard.template.campaign.campaign import Level, check_table, table_json

HERE = Span("s.yaml", 4, 2, 4, 9)


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
    assert table.checks == ("cells", "prices", "names", "other")
    ok, warn, red = Level.OK, Level.WARN, Level.RED
    assert [line.levels for line in table.lines] == [
        (ok, ok, ok, ok),
        (ok, warn, ok, ok),
        (warn, ok, ok, red),
    ]
    assert table.red == 1
    assert table.worst == (warn, warn, ok, red)
    data = json.loads(json.dumps(table_json(table)))
    assert data["variations"][2] == {
        "name": "n3",
        "row": 3,
        "levels": {
            "cells": "warn",
            "prices": "ok",
            "names": "ok",
            "other": "red",
        },
        "why": {"cells": ["SB640 is wrong"], "other": ["SB500 is wrong"]},
    }
    assert data["variations"][1]["why"] == {"prices": ["SB660 is wrong"]}
