"""HarfBuzz's own program, to compare with."""

import json
import os
import subprocess
from pathlib import Path
from shutil import which

import pytest

Placed = list[tuple[int, int, int]]
"""Glyphs by number, each with its place from the start of the run, in the font's units."""


def hb_shape() -> str:
    """Return this machine's hb-shape. A test that needs it is skipped without; CI fails."""
    found = which("hb-shape")
    if found is None:
        without = pytest.fail if os.environ.get("CI") else pytest.skip
        without("there is no hb-shape to compare with (Debian: libharfbuzz-bin)")
    return found


def shape(program: str, text: str, font: Path, *options: str) -> tuple[Placed, int]:
    """Shape a text: glyphs with their places, and how far they move the pen."""
    form = ["--output-format=json", "--no-glyph-names", "--no-clusters"]
    done = subprocess.run(  # noqa: S603
        [program, *form, *options, f"--font-file={font}", f"--text={text}"],
        check=True,
        capture_output=True,
        env={"LC_ALL": "C.UTF-8"},
    )
    glyphs, pen = [], 0
    for one in json.loads(done.stdout):
        glyphs.append((one["g"], pen + one["dx"], one["dy"]))
        pen += one["ax"]
    return glyphs, pen
