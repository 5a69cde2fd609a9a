"""Damage films in many ways, and see that the proof finds at least what the full check finds.

    python tests/cut/proof/fuzz_films.py --cases 500 --seed 1

A third of the cases damage what a film is made from (clips, kept stretches, kept viewings) before
it is cut; the others damage the film as it was written.
"""

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))

from film_damage import Good, Outcome, damaged_film, damaged_source, good

KINDS = ("hard", "trimmed", "crossfades", "titled")


def run(seed: int, number: int, films: dict[str, Good], folder: Path) -> Outcome:
    """Run the case of a number."""
    luck = Random(f"{seed}:{number}")
    kind = luck.choice(sorted(films))
    folder.mkdir(exist_ok=True)
    if luck.randrange(3) == 0:
        return damaged_source(luck, films[kind], folder / "source")
    return damaged_film(luck, films[kind], folder / "film.mp4")


def main() -> int:
    """Run cases, and print how many each check found, by the way of damage."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    found: Counter[tuple[str, str]] = Counter()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        films = {kind: good(Path(folder) / kind, kind) for kind in KINDS}
        for number in range(asked.cases):
            one = run(asked.seed, number, films, Path(folder) / "case")
            both = ("both", "full only", "proof only", "neither")
            found[one.way, both[2 * (not one.full) + (not one.proof)]] += 1
            if one.missed:
                missed += 1
                print(f"case {number}, {one}", flush=True)
    for (way, who), count in sorted(found.items()):
        print(f"{way:20} {who:12} {count:4}")
    print(f"{missed} of {asked.cases} films missed by the proof (seed {asked.seed})")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
