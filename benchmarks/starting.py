"""How long commands take to start, beside `python -c pass`, and beside another checkout.

    python benchmarks/starting.py [--runs 15] [--before PATH] [--clips 60]

CPU seconds (user and system) of whole commands, each in a process of its own, in turns, medians.
The ratio is to what the interpreter alone takes, and with `--before` to the same command of the
checkout at PATH (a folder with `storyboard/`, `schemas/` and `examples/`), run by this interpreter
too. Python keeps compiled modules, as it does of an installed package, and a first round that makes
them is not counted.

The last rows check a film of so many clips of 5 s: in a project without a store, where nothing is
kept, and in one with a store, where nothing has changed since it was checked before.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parents[1]
EXAMPLES = ("hello", "first-cup")
_MEGABYTE = 1024  # of kilobytes, in which Linux counts
_RACY = 2.5
"""Seconds after which a file's times tell whether it has changed since."""

PROGRAM = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); from storyboard.cli.main import main; main()"
)

_CLIP = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from clips import ClipRecipe, make_clip
make_clip(Path(sys.argv[2]), ClipRecipe(frames=120, width=1280, height=720, grain=12))
"""


@dataclass(frozen=True, slots=True)
class Used:
    """What a process has used: CPU seconds, and its peak memory in MB."""

    seconds: float
    memory: float


def used(words: Sequence[str]) -> Used:
    """Run a program with this environment; what it says is thrown away."""
    environment = {
        name: one for name, one in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    silent = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    child = os.posix_spawn(words[0], words, environment, file_actions=silent)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"{words[1:]} ended with {os.waitstatus_to_exitcode(status)}")
    return Used(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _MEGABYTE)


def commands(footage: Mapping[str, Path]) -> Iterator[tuple[str, list[str]]]:
    """Name the commands that are measured, with their words."""
    yield "--help", ["--help"]
    for example in EXAMPLES:
        file = str(HERE / "examples" / example / "storyboard.yaml")
        yield from ((f"{one} {example}", [one, file]) for one in ("check", "plan", "status"))
    yield from ((f"check {name}", ["check", str(file)]) for name, file in footage.items())


def footage_in(folder: Path, clips: int) -> Path:
    """Write a storyboard of clips that differ in a comment after the film."""
    folder.mkdir()
    made = folder / "film.mp4"
    # In a process of its own: the peak of this one would be counted with each that it starts.
    used([sys.executable, "-c", _CLIP, str(HERE / "tests"), str(made)])
    film = made.read_bytes()
    text = "storyboard: 1\nscenes:\n  - id: film\n    shots:\n"
    for number in range(clips):
        (folder / f"{number}.mp4").write_bytes(film + b"\0\0\0\x10free" + b"%08d" % number)
        text += f"      - {{id: s{number}, footage: {number}.mp4, from: 0.5s, to: 4s}}\n"
    (folder / "storyboard.yaml").write_text(text, "utf-8")
    return folder / "storyboard.yaml"


def projects(folder: Path, clips: int) -> dict[str, Path]:
    """Make the two projects of footage, where some is asked for."""
    if not clips:
        return {}
    found = {
        f"{clips} clips, not kept": footage_in(folder / "without", clips),
        f"{clips} clips, kept": footage_in(folder / "with", clips),
    }
    (folder / "with" / ".storyboard").mkdir()
    time.sleep(_RACY)
    return found


def main() -> None:
    """Measure, and print a line for each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--before", type=Path)
    parser.add_argument("--clips", type=int, default=60)
    asked = parser.parse_args()
    checkouts = [HERE, *([asked.before.resolve()] if asked.before else [])]
    taken: dict[tuple[str, Path], list[Used]] = {}
    with tempfile.TemporaryDirectory() as folder:
        rows = dict(commands(projects(Path(folder), asked.clips)))
        for turn in range(asked.runs + 1):
            alone = used([sys.executable, "-c", "pass"])
            now = {("python -c pass", HERE): alone}
            for name, words in rows.items():
                for one in checkouts:
                    now[name, one] = used([sys.executable, "-c", PROGRAM, str(one), *words])
            if turn:
                for key, found in now.items():
                    taken.setdefault(key, []).append(found)
    shown(taken, ["python -c pass", *rows], checkouts)


def shown(
    taken: Mapping[tuple[str, Path], list[Used]], names: Sequence[str], checkouts: Sequence[Path]
) -> None:
    """Print the table."""
    least = median(one.seconds for one in taken[names[0], HERE])
    before = "   before:   MB   now/before" if len(checkouts) > 1 else ""
    print(f"{'':26} {'CPU s':>7} {'x pass':>7} {'MB':>5}{before}")
    for name in names:
        seconds, memory = middle(taken[name, HERE])
        line = f"{name:26} {seconds:>7.3f} {seconds / least:>7.1f} {memory:>5.0f}"
        if theirs := taken.get((name, checkouts[-1])) if len(checkouts) > 1 else None:
            earlier, room = middle(theirs)
            line += f" {earlier:>9.3f} {room:>4.0f} {seconds / earlier:>12.2f}"
        print(line)


def middle(found: Sequence[Used]) -> tuple[float, float]:
    """Return the median of seconds, and the most memory."""
    return median(one.seconds for one in found), max(one.memory for one in found)


if __name__ == "__main__":
    main()
