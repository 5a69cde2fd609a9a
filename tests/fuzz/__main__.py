"""Fuzz the program from a command line: `python tests/fuzz --help`."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from fuzz_case import STORYBOARDS, read
from fuzz_run import Ran, run, run_drawn

FULL = 20_000


def main() -> int:
    """Run cases, or a kept one; keep those that fail; print how many there were of each kind."""
    parser = argparse.ArgumentParser(prog="python tests/fuzz", description=main.__doc__)
    parser.add_argument("--cases", type=int, default=FULL)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="folder of failures")
    parser.add_argument("--replay", type=Path, help="run a case that was kept")
    asked = parser.parse_args()
    if asked.replay is not None:
        ran = run(read(asked.replay))
        print(ran.why or "nothing is wrong with this case")
        return 1 if ran.why else 0
    return _all(asked.seed, asked.cases, asked.workers, asked.keep)


def _all(seed: int, cases: int, workers: int, keep: Path) -> int:
    kinds: Counter[str] = Counter()
    packed = stories = failed = 0
    for ran in _ran(seed, cases, workers):
        kinds[ran.case.kind] += 1
        stories += ran.case.kind in STORYBOARDS
        packed += ran.packed and ran.case.kind in STORYBOARDS
        if ran.why:
            failed += 1
            kept = ran.case.write(keep, ran.why)
            print(f"{kept}: {ran.why.strip().splitlines()[-1][:200]}", flush=True)
    for kind, count in sorted(kinds.items()):
        print(f"{count:6,} {kind}")
    print(f"{packed:,} of {stories:,} storyboards reached packing with shots to render")
    print(f"{failed:,} of {sum(kinds.values()):,} cases failed (seed {seed})")
    return 1 if failed else 0


def _ran(seed: int, cases: int, workers: int) -> Iterator[Ran]:
    if workers < 2:
        yield from map(partial(run_drawn, seed), range(cases))
        return
    with ProcessPoolExecutor(workers) as pool:
        yield from pool.map(partial(run_drawn, seed), range(cases), chunksize=50)


if __name__ == "__main__":
    sys.exit(main())
