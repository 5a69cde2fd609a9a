"""Joining measured against peers in one session: prints a table of times, memory and ratios.

    python benchmarks/joining.py [work …] [--rounds 3] [--clips 12] [--peers all|quick|none]
        [--skip checked …]

Clips are textured, one GOP each, 5 s of 1920x1080 at 30 (`--kling`: 1916x1080 at 24), with sound.
Each way runs in a process of its own, in turn with its peers; a way's time is what its process
takes beyond importing its library, its memory the process's peak. `quick` leaves out moviepy.
"""

import argparse
import importlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from joining_ways import OURS, WORKS, Bench, Way

_MEGABYTE = 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """One way's medians: seconds of wall and CPU, and the highest memory in MB."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    """Measure what is asked for and print a table for each work."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", nargs="*", default=list(WORKS), help=", ".join(WORKS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clips", type=int, default=12)
    parser.add_argument("--kling", action="store_true")
    parser.add_argument("--peers", choices=["all", "quick", "none"], default="all")
    parser.add_argument("--skip", nargs="*", default=[], help="words in the names of ways left out")
    parser.add_argument("--folder", type=Path, default=Path("/tmp/storyboard-joining"))  # noqa: S108
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    bench = Bench(asked.folder, asked.clips, kling=asked.kling)
    if asked.one:
        run_one(bench, *asked.one.split(":"))
        return
    bench.make_clips()
    for work in asked.work:
        ways = [way for way in WORKS[work] if wanted(way, asked)]
        measured = measure(work, ways, asked)
        show(work, ways, measured, bench, asked.rounds)


def wanted(way: Way, asked: argparse.Namespace) -> bool:
    """Tell whether a way is among those asked for."""
    if way.ours or any(word in way.name for word in asked.skip):
        return way.ours
    if asked.peers == "all" or way.library == OURS:
        return True
    return bool(asked.peers == "quick" and way.library != "moviepy")


def run_one(bench: Bench, work: str, name: str) -> None:
    """Run one way in this process and print what it took."""
    way = next(one for one in WORKS[work] if one.name == name)
    importlib.import_module(way.library)
    way.prepare(bench)
    start, before = time.perf_counter(), os.times()
    way.run(bench)
    after = os.times()
    cpu = sum(after[:4]) - sum(before[:4])
    print(json.dumps({"wall": time.perf_counter() - start, "cpu": cpu}))


def measure(work: str, ways: list[Way], asked: argparse.Namespace) -> dict[str, Measured]:
    """Run the ways in turn, so that a busy moment of the machine hits all of them."""
    seen: dict[str, list[tuple[float, float, float]]] = {way.name: [] for way in ways}
    for _ in range(asked.rounds):
        for way in ways:
            seen[way.name].append(child(f"{work}:{way.name}", asked))
    return {
        name: Measured(
            statistics.median(one[0] for one in runs),
            statistics.median(one[1] for one in runs),
            max(one[2] for one in runs),
        )
        for name, runs in seen.items()
    }


def child(one: str, asked: argparse.Namespace) -> tuple[float, float, float]:
    """Run one way in a process of its own: wall and CPU seconds, peak memory of the family."""
    command = [sys.executable, __file__, "--one", one, "--clips", str(asked.clips)]
    command += ["--folder", str(asked.folder), *(["--kling"] if asked.kling else [])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert process.stdout is not None  # noqa: S101 - asked for above
    peak = watched(process)
    told = json.loads(process.stdout.read().splitlines()[-1])
    return told["wall"], told["cpu"], peak / _MEGABYTE


def watched(process: "subprocess.Popen[str]") -> float:
    """Return the highest resident memory, in KB, of a process and its children together."""
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(resident(pid) for pid in family(process.pid)))
        time.sleep(0.02)
    if process.returncode:
        raise SystemExit(f"{process.args} failed")
    return peak


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in family(int(child)))]


def resident(pid: int) -> float:
    """Return a process's resident memory in KB."""
    try:
        text = Path(f"/proc/{pid}/statm").read_text()
    except OSError:
        return 0.0
    return int(text.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024


def show(
    work: str, ways: list[Way], measured: dict[str, Measured], bench: Bench, rounds: int
) -> None:
    """Print one work's table: every peer as so many times our own time."""
    ours = next(measured[way.name] for way in ways if way.ours)
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\n{work}: {bench.about}; medians of {rounds}, {os.cpu_count()} cores, load {load}")
    print("| way | wall s | CPU s | memory MB | wall / ours | CPU / ours |")
    print("|---|---|---|---|---|---|")
    for way in ways:
        one = measured[way.name]
        ratios = f"{one.wall / ours.wall:.2f} | {one.cpu / ours.cpu:.2f}"
        print(f"| {way.name} | {one.wall:.2f} | {one.cpu:.2f} | {one.memory:.0f} | {ratios} |")
    notes: Callable[[Bench], str] | None = ways[0].notes
    if notes:
        print(notes(bench))


if __name__ == "__main__":
    main()
