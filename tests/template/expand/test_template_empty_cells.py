"""An empty cell is one finding: the error that it causes, or else a warning at its first use."""

import pytest

from storyboard.diagnostics import Code, Diagnostic, Severity, Span
from storyboard.template.expand.empty_cells import once_for_each_cell

SHOT = "scenes: [{id: s, shots: [{id: a, still: a.png, duration: 2s, %s}]}]\n"


def cell(column: int, about: str, end: int | None = None) -> Diagnostic:
    span = Span("f.yaml", 1, column, 1, end or column + 10)
    return Diagnostic(Code("SB640"), Severity.WARNING, f"`{about}` is empty", span, about=about)


def error(column: int, message: str = "`text` is empty") -> Diagnostic:
    span = Span("f.yaml", 1, column, 1, column + 5)
    return Diagnostic(Code("SB105"), Severity.ERROR, message, span)


@pytest.mark.parametrize(
    ("found", "beside", "kept"),
    [
        ([cell(1, "a"), cell(20, "a")], [], [0]),
        ([cell(1, "a"), cell(20, "b")], [], [0, 1]),
        ([cell(1, "a"), cell(20, "a")], [error(22)], []),
        ([cell(1, "a"), cell(20, "b")], [error(22)], [0]),
        ([cell(1, "a")], [error(2, "this is wrong otherwise")], [0]),
        ([cell(1, "a")], [error(40)], [0]),
        ([cell(1, "a"), error(2)], [], [1]),
    ],
)
def test_each_column_is_told_once(
    found: list[Diagnostic], beside: list[Diagnostic], kept: list[int]
) -> None:
    assert [*once_for_each_cell(found, beside)] == [found[n] for n in kept]
