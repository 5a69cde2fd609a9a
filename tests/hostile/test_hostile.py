"""Hostile storyboards: work grows with what is written, and what multiplies has limits."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from hostile_inputs import ALL, EMPTY, Files, Hostile, board, shots, varied

from storyboard import Ask, Compiled, compile_storyboard
from storyboard.diagnostics import Severity, print_text

PART = 16
"""Inputs are counted at this part of their size and at twice of it."""
SLACK = 60_000
"""Lines of code that a compile takes more or less for reasons of its own: imports, memories."""
SQUARE = 3.0
"""Twice the input may take less than this much more: a square takes four times, a line twice."""


def compiled(files: Files, folder: Path) -> Compiled:
    folder.mkdir(exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return compile_storyboard(Ask(folder / "storyboard.yaml"))


def lines_run(work: Callable[[], object]) -> int:
    """Count the lines of Python that work runs through, in whatever function."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> object:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.name.replace(" ", "-"))
def test_twice_the_input_takes_no_four_times_the_work(one: Hostile, tmp_path: Path) -> None:
    def whole(files: Files, name: str) -> None:
        result = compiled(files, tmp_path / name)
        print_text(result.diagnostics, result.texts)

    size = max(4, one.size // PART)
    whole(one.write(4), "first")  # what is imported and remembered when it is first needed
    nothing = lines_run(lambda: whole(EMPTY, "empty"))
    less = lines_run(lambda: whole(one.write(size), "less")) - nothing
    more = lines_run(lambda: whole(one.write(2 * size), "more")) - nothing
    assert more <= SQUARE * max(less, 0) + SLACK


@pytest.mark.parametrize(
    "one",
    [one for one in ALL if one.size <= 5_000],
    ids=lambda one: one.name.replace(" ", "-"),
)
def test_every_hostile_storyboard_is_handled_or_refused_with_a_place(
    one: Hostile, tmp_path: Path
) -> None:
    result = compiled(one.write(one.size), tmp_path)
    errors = [found for found in result.diagnostics if found.severity is Severity.ERROR]
    assert all(found.span is not None for found in errors)
    assert (result.plan is None) is bool(errors)


LIMITS = {
    "each": (
        "SB654",
        6,
        "`each` makes more than 2,000 copies in one film",
        board(
            "scenes:\n  - id: '{{ i }}'\n    each: {name: i, in: '{{ range(50) }}'}\n"
            "    shots:\n      - id: '{{ j }}'\n        each: {name: j, in: '{{ range(50) }}'}\n"
            "        duration: 3s\n        prompt: A cup\n"
        ),
    ),
    "aliases": (
        "SB007",
        25,
        "aliases repeat more than 20,000 values",
        next(one for one in ALL if one.name == "shots by alias").write(40_000),
    ),
    "columns": (
        "SB635",
        1,
        "this table has 1,001 columns; 1,000 is the most",
        varied(",".join(f"c{n}" for n in range(1001)) + "\n" + ",".join("x" * 1001) + "\n"),
    ),
    "files": (
        "SB650",
        1,
        "`use` and `extends` read more than 100 files",
        next(one for one in ALL if one.name == "files of `use` that are used twice").write(30),
    ),
    "titles": (
        "SB107",
        7,
        "`titles` must have at most 100 items",
        board(
            shots(
                [
                    "id: b, duration: 3s, prompt: A cup, titles: ["
                    + ", ".join(f"{{text: t{n}, at: 0s, for: 1s}}" for n in range(101))
                    + "]"
                ]
            )
        ),
    ),
    "outputs": (
        "SB107",
        8,
        "`outputs` must have at most 100 items",
        board(
            "scenes: [{id: a, shots: [{id: b, duration: 3s, prompt: A cup}]}]\n",
            *["# nothing\n"] * 3,
            "outputs:\n",
            *[f"  - {{name: o{n}, aspect_ratio: '16:9'}}\n" for n in range(101)],
        ),
    ),
}


@pytest.mark.parametrize("name", LIMITS)
def test_what_multiplies_is_refused_at_its_place(name: str, tmp_path: Path) -> None:
    code, line, message, files = LIMITS[name]
    result = compiled(files, tmp_path)
    [found] = [one for one in result.diagnostics if one.message == message]
    assert found.code == code
    assert found.span is not None
    assert found.span.line == line
    assert result.plan is None
