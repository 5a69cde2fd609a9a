"""What `storyboard check` costs for hostile inputs, and how that grows.

Run it with `python benchmarks/hostile.py [--only WORD] [--runs N] [--format FORMAT]`. Every input
of tests/hostile/hostile_inputs.py is checked in processes of its own at a quarter, a half and the
whole of its size. CPU seconds and MB are what it takes beyond an empty storyboard, the least of the
runs; an exponent is how the time grows when the size doubles (1 is linear), and is left out where
the time is too short to tell. `out` is the size of what is printed, in KB.
"""

import argparse
import math
import os
import resource
import sys
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "hostile"))

from hostile_inputs import ALL, EMPTY, Files, Hostile

PARTS = (4, 2, 1)
TELLING = 0.05
"""CPU seconds beyond an empty storyboard from which on an exponent says something."""
MOST_SECONDS = 20
"""CPU seconds after which a check is stopped; its exit code is then -9."""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds and megabytes of one check, its exit code, and the bytes it printed."""

    seconds: float
    megabytes: float
    code: int
    printed: int


def check(files: Files, form: str) -> Cost:
    """Check a project in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        return _run(Path(folder), form)


def _run(folder: Path, form: str) -> Cost:
    out = folder / ".out"
    words = [sys.executable, "-m", "storyboard", "check", "storyboard.yaml", "--format", form]
    pid = os.fork()
    if pid == 0:
        os.chdir(folder)
        to = os.open(out, os.O_WRONLY | os.O_CREAT)
        os.dup2(to, 1)
        os.dup2(to, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        os.execv(sys.executable, words)  # noqa: S606 -- the words are written above
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, code, out.stat().st_size)


def cheapest(files: Files, form: str, runs: int) -> Cost:
    """Return the cost of the cheapest of some runs: what else the machine does only adds to it."""
    return min((check(files, form) for _ in range(runs)), key=lambda one: one.seconds)


def measure(one: Hostile, empty: Cost, form: str, runs: int) -> str:
    """Write the line of an input."""
    costs = [cheapest(one.write(max(1, one.size // part)), form, runs) for part in PARTS]
    beyond = [cost.seconds - empty.seconds for cost in costs]
    exponents = [
        f"{math.log2(more / less):5.2f}" if less > TELLING else "    -"
        for less, more in pairwise(beyond)
    ]
    last = costs[-1]
    return (
        f"{one.name:<42} {one.size:>9,} {beyond[-1]:>7.2f} {last.megabytes - empty.megabytes:>7.0f}"
        f" {exponents[0]} {exponents[1]} {last.printed / 1000:>8.0f} {last.code:>4}"
    )


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--runs", type=int, default=2)
    arguments.add_argument("--format", default="text")
    asked = arguments.parse_args()
    empty = cheapest(EMPTY, asked.format, 5)
    print(
        f"an empty storyboard takes {empty.seconds:.2f} s and {empty.megabytes:.0f} MB; beyond it:"
    )
    print(f"{'':<42} {'n':>9} {'s':>7} {'MB':>7} {'n/4-':>5} {'n/2-':>5} {'out KB':>8} exit")
    for one in ALL:
        if asked.only in one.name:
            print(measure(one, empty, asked.format, asked.runs), flush=True)


if __name__ == "__main__":
    main()
