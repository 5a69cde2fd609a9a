"""Storyboards that are wrong, with what is told of each line written beside it.

`# SB201 12: part of the message` on a line expects that diagnostic there, at column 12, as an
error; `# note SB209 5: …` and `# warning …` expect those. `# ^2 SB201 5: …` expects it two lines
higher, for lines where no comment can stand. All that is found must be expected.
"""

import re
from pathlib import Path

import pytest
from checking import checked

from storyboard.diagnostics import Severity

WRONG = sorted(Path(__file__).parent.joinpath("wrong").glob("*.yaml"))
EXPECTED = re.compile(
    r"# (?:\^(?P<up>\d+) )?(?:(?P<severity>note|warning) )?(?P<code>SB\d{3}) (?P<column>\d+): "
    r"(?P<part>.*?)(?= # |$)"
)


def place(line: int, column: int | str, severity: str | None, code: str) -> str:
    return f"{line}:{column} {severity or 'error'} {code}"


def expected(text: str) -> list[tuple[str, str]]:
    """Return the place, severity and code of what is expected, and the part of the message."""
    return [
        (
            place(
                number - int(found["up"] or 0), found["column"], found["severity"], found["code"]
            ),
            found["part"].strip(),
        )
        for number, line in enumerate(text.splitlines(), start=1)
        for found in EXPECTED.finditer(line)
    ]


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_what_is_wrong_is_told_where_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    missing = expected(text)
    too_much = []
    for one in checked(text).diagnostics:
        assert one.span is not None
        here = place(one.span.line, one.span.column, one.severity, one.code)
        fitting = [want for want in missing if want[0] == here and want[1] in one.message]
        if fitting:
            missing.remove(fitting[0])
        else:
            too_much.append((here, one.message))
    assert (too_much, missing) == ([], [])


def test_every_error_says_what_to_do() -> None:
    for path in WRONG:
        for one in checked(path.read_text(encoding="utf-8")).diagnostics:
            assert one.message
            assert one.message[0] != " "
            assert not one.message.endswith(".")
            if one.severity is not Severity.NOTE:
                assert one.help, one
