"""Play many bad nights at once, and say what they came to.

python tests/crash/nights.py 500              nights 0 to 499, as many at a time as there are cores
python tests/crash/nights.py 500 --from 500   the next 500
python tests/crash/nights.py --night 137      that night alone, with all that was said in it
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from pprint import pformat

sys.path.insert(0, str(Path(__file__).parent))

from crash_nights import night
from crash_play import Played, play

_EVERY = 25
"""Nights after which the count is printed."""
_LIFE = 25
"""Nights that a process plays."""


def play_alone(number: int) -> Played | str:
    """Play a night in a folder of its own; return what it came to, or how it failed."""
    with tempfile.TemporaryDirectory(prefix=f"night-{number}-") as folder:
        try:
            return play(number, Path(folder))
        except BaseException:  # noqa: BLE001 -- whatever it is, it is told
            said = "\n".join(
                path.read_text("utf-8") for path in sorted(Path(folder).glob("*.said.txt"))
            )
            return f"{traceback.format_exc()}\nsaid last:\n{said}"


def all_of(numbers: Sequence[int], at_once: int) -> Iterator[tuple[int, Played | str]]:
    """Play nights, so many at once, and give each as it ends."""
    # Each in a process that has forked nothing and holds no threads of another night, and that ends
    # before it has grown large: a pool with `max_tasks_per_child` may hang when they have ended.
    spawn = multiprocessing.get_context("spawn")
    for first in range(0, len(numbers), _LIFE * at_once):
        with ProcessPoolExecutor(at_once, mp_context=spawn) as pool:
            some = numbers[first : first + _LIFE * at_once]
            going = {pool.submit(play_alone, number): number for number in some}
            for one in as_completed(going):
                yield going[one], one.result()


def say(text: str) -> None:
    """Print, so that whoever follows a file sees it now."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def summary(numbers: range, good: list[Played], failed: list[int], seconds: float) -> str:
    """Say what all nights came to."""
    whole = sum(one.whole for one in good)
    lines = (
        f"nights {numbers.start} to {numbers.stop - 1}: {len(good)} good, {len(failed)} failed",
        f"{sum(one.runs for one in good)} runs, {sum(one.killed for one in good)} of them killed",
        f"{sum(one.charges for one in good)} charges, none twice, no paid clip given up",
        f"{whole} nights ended with exit 0 and the films",
        f"{len(good) - whole} with exit 5: results that the provider had spoilt or refused",
        f"{seconds:.0f} s",
        *(f"play it again: python tests/crash/nights.py --night {one}" for one in sorted(failed)),
    )
    return "\n".join(lines)


def main() -> int:
    """Play what is asked for; exit 1 if a night failed."""
    parser = argparse.ArgumentParser(description="Play bad nights.")
    parser.add_argument("nights", nargs="?", type=int, default=500)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--night", type=int, help="play this one alone")
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    numbers = range(asked.first, asked.first + asked.nights)
    if asked.night is not None:
        numbers = range(asked.night, asked.night + 1)
        say(pformat(night(asked.night)))
    begun = time.monotonic()
    good: list[Played] = []
    failed: list[int] = []
    for number, result in all_of(numbers, asked.at_once):
        if isinstance(result, Played):
            good.append(result)
        else:
            failed.append(number)
            say(f"night {number} failed: {pformat(night(number))}\n{result}")
        if (len(good) + len(failed)) % _EVERY == 0:
            say(f"{len(good)} good, {len(failed)} failed")
    say(summary(numbers, good, failed, time.monotonic() - begun))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
