"""Play many random histories of a film, and say what was done in them.

python tests/histories/histories.py 1000              histories 0 to 999, one on each core at a time
python tests/histories/histories.py 1000 --from 1000  the next 1000
python tests/histories/histories.py --history 137     that one alone
"""

import argparse
import multiprocessing
import os
import sys
import tempfile
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from history_play import MOVES, play


def play_alone(number: int, moves: int) -> Counter[str] | str:
    """Play a history in a folder of its own; return what was done, or how it failed."""
    with tempfile.TemporaryDirectory(prefix=f"history-{number}-") as folder:
        try:
            return play(number, Path(folder), moves)
        except Exception:  # noqa: BLE001 -- whatever it is, it is told
            return traceback.format_exc()


def main() -> int:
    """Play what is asked for; exit 1 if something did not hold."""
    parser = argparse.ArgumentParser(description="Play random histories of a film.")
    parser.add_argument("histories", nargs="?", type=int, default=200)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--history", type=int, help="play this one alone")
    parser.add_argument("--moves", type=int, default=MOVES)
    parser.add_argument("--at-once", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    numbers = range(asked.first, asked.first + asked.histories)
    if asked.history is not None:
        numbers = range(asked.history, asked.history + 1)
    done: Counter[str] = Counter()
    failed: list[int] = []
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(asked.at_once, mp_context=spawn) as pool:
        played = pool.map(play_alone, numbers, [asked.moves] * len(numbers))
        for number, result in zip(numbers, played, strict=True):
            if isinstance(result, str):
                failed.append(number)
                sys.stdout.write(f"history {number} failed:\n{result}\n")
                sys.stdout.flush()
            else:
                done += result
    counts = ", ".join(f"{times} {what}" for what, times in sorted(done.items()))
    again = "".join(f"\nplay it again: --history {number}" for number in failed)
    sys.stdout.write(f"{len(numbers)} histories, {len(failed)} failed: {counts}{again}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
