"""Diagnostics for programs: JSON version 1, GitHub's annotations, SARIF."""

import json

from storyboard.diagnostics import (
    Code,
    Diagnostic,
    Related,
    Severity,
    Span,
    to_github,
    to_json,
    to_sarif,
)

TWICE = Diagnostic(
    Code("SB008"),
    Severity.ERROR,
    "the key `title` stands twice",
    Span("a.yaml", 4, 1, 4, 6),
    "keep one",
    (Related("it stands here first", Span("a.yaml", 2, 1, 2, 6)),),
)
NOWHERE = Diagnostic(Code("SB101"), Severity.NOTE, "no budget", None)


def test_json_has_exactly_these_keys() -> None:
    assert to_json([NOWHERE, TWICE]) == {
        "version": 1,
        "left_out": 0,
        "diagnostics": [
            {
                "code": "SB008",
                "severity": "error",
                "message": "the key `title` stands twice",
                "file": "a.yaml",
                "line": 4,
                "column": 1,
                "end_line": 4,
                "end_column": 6,
                "help": "keep one",
                "related": [
                    {
                        "message": "it stands here first",
                        "file": "a.yaml",
                        "line": 2,
                        "column": 1,
                        "end_line": 2,
                        "end_column": 6,
                    }
                ],
            },
            {
                "code": "SB101",
                "severity": "note",
                "message": "no budget",
                "file": None,
                "line": None,
                "column": None,
                "end_line": None,
                "end_column": None,
                "help": None,
                "related": [],
            },
        ],
    }
    json.dumps(to_json([TWICE]))


def test_github_gets_a_command_for_each_with_inclusive_columns() -> None:
    assert to_github([TWICE, NOWHERE]) == (
        "::error file=a.yaml,line=4,title=SB008,col=1,endColumn=5"
        "::the key `title` stands twice%0Ahelp: keep one\n"
        "::notice title=SB101::no budget\n"
    )


def test_a_span_of_several_lines_has_no_columns_for_github() -> None:
    one = Diagnostic(Code("SB021"), Severity.WARNING, "m", Span("a.yaml", 1, 4, 3, 2))
    assert to_github([one]) == "::warning file=a.yaml,line=1,title=SB021,endLine=3::m\n"


def test_nothing_in_a_message_or_name_ends_githubs_command() -> None:
    one = Diagnostic(
        Code("SB100"),
        Severity.ERROR,
        "50% of\r\n::error::it, here: there",
        Span("a,b:c\n.yaml", 1, 1, 1, 1),
    )
    assert to_github([one]) == (
        "::error file=a%2Cb%3Ac%0A.yaml,line=1,title=SB100,col=1,endColumn=1"
        "::50%25 of%0D%0A::error::it, here: there\n"
    )


def test_sarif_names_rules_regions_and_related_places() -> None:
    log = to_sarif([TWICE, NOWHERE], "1.2.3")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert log["version"] == "2.1.0"
    assert driver["semanticVersion"] == "1.2.3"
    assert [rule["id"] for rule in driver["rules"]] == ["SB008", "SB101"]
    assert driver["rules"][0]["shortDescription"] == {"text": "A key stands twice."}
    twice, nowhere = run["results"]
    assert (twice["ruleId"], twice["ruleIndex"], twice["level"]) == ("SB008", 0, "error")
    assert twice["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 4,
        "startColumn": 1,
        "endLine": 4,
        "endColumn": 6,
    }
    assert twice["relatedLocations"][0]["message"] == {"text": "it stands here first"}
    assert (nowhere["locations"], nowhere["level"]) == ([], "note")
    assert run["columnKind"] == "unicodeCodePoints"
    json.dumps(log)


def many(count: int) -> list[Diagnostic]:
    """Warnings on the first lines, and an error on the last one."""
    warnings = [
        Diagnostic(Code("SB021"), Severity.WARNING, "m", Span("a.yaml", line, 1, line, 2))
        for line in range(1, count)
    ]
    return [
        *warnings,
        Diagnostic(Code("SB008"), Severity.ERROR, "e", Span("a.yaml", count, 1, count, 2)),
    ]


def test_json_holds_10000_with_the_errors_and_counts_the_others() -> None:
    found = to_json(many(10_005))
    assert found["left_out"] == 5
    assert len(found["diagnostics"]) == 10_000
    assert found["diagnostics"][-1]["code"] == "SB008"
    assert found["diagnostics"][-2]["line"] == 9_999


def test_sarif_holds_10000_and_notes_the_number_of_the_others() -> None:
    [run] = to_sarif(many(10_001), "1.0")["runs"]
    assert len(run["results"]) == 10_000
    assert run["results"][-1]["ruleId"] == "SB008"
    [invocation] = run["invocations"]
    assert invocation["executionSuccessful"]
    [note] = invocation["toolExecutionNotifications"]
    assert note["message"]["text"] == "1 result more is left out"


def test_sarif_that_holds_all_has_no_invocation() -> None:
    [run] = to_sarif([TWICE], "1.0")["runs"]
    assert "invocations" not in run


def test_github_gets_100_and_a_count() -> None:
    lines = to_github(many(1_100)).splitlines()
    assert len(lines) == 101
    assert lines[-2].startswith("::error file=a.yaml,line=1100,")
    assert lines[-1] == "::notice::1,000 more not shown: mend these first"
