"""Read films that are entered, made of clips by every encoder, with every reader there is.

    python tests/readers [--encoders WORD …] [--readers WORD …]

Prints a table of what each reader made of each encoder's film: how many frames and seeks it had
right. `no judge` is a reader that reads the encoder's own clip wrong as well. Readers and encoders
that this machine lacks are named. Fails if anything is wrong.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

TESTS = Path(__file__).parent.parent
for room in (TESTS, TESTS / "cut", TESTS / "media" / "h264", TESTS / "readers"):
    sys.path.insert(0, str(room))

from browsers import browsers  # noqa: E402 - it is found by the path above
from encoders import Encoder, encoders  # noqa: E402
from entered_film import entered_film, untouched  # noqa: E402
from programs import programs  # noqa: E402
from reader import Reader, judge  # noqa: E402
from scripts import scripts  # noqa: E402


def main() -> int:
    """Make the films, let each reader read them, and print what came of it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--encoders", nargs="*", default=[""], help="words in their names")
    parser.add_argument("--readers", nargs="*", default=[""], help="words in their names")
    asked = parser.parse_args()
    coders = [one for one in encoders() if any(word in one.name for word in asked.encoders)]
    readers = [
        one
        for one in (*programs(), *scripts(), *browsers())
        if any(word in one.name for word in asked.readers)
    ]
    for lacking in coders:
        if lacking.absent:
            print(f"skipped: encoder {lacking.name}, for want of {', '.join(lacking.absent)}")
    for reader in readers:
        if reader.absent:
            print(f"skipped: reader {reader.name}, for want of {reader.absent}")
    coders = [one for one in coders if not one.absent]
    readers = [one for one in readers if not one.absent]
    with tempfile.TemporaryDirectory() as folder:
        return show(coders, readers, Path(folder))


def show(coders: list[Encoder], readers: list[Reader], folder: Path) -> int:
    """Print the table, a row for each encoder, and below it every cell that is not right."""
    films = [entered_film(one, folder / one.name.replace(" ", "-")) for one in coders]
    clips = [untouched(folder / one.name.replace(" ", "-")) for one in coders]
    told: dict[str, list[str]] = {}
    for reader in readers:
        began = time.monotonic()
        readings = list(reader.read([*films, *clips], folder))
        plain = readings[len(films) :]
        pairs = zip(films, readings, plain, clips, strict=False)
        told[reader.name] = [judge(*one) for one in pairs]
        right = sum(one.startswith("ok") for one in told[reader.name])
        took = f"{right} of {len(coders)} right, {time.monotonic() - began:.0f} s"
        print(f"{reader.name}: {took}", file=sys.stderr, flush=True)
    names = [one.name for one in readers]
    print("| encoder | entered |", " | ".join(names), "|")
    print("|---|---|", "---|" * len(names))
    for n, coder in enumerate(coders):
        cells = [told[name][n].partition(":")[0] for name in names]
        print(f"| {coder.name} | {films[n].entered} of {len(films[n].wanted)} |", *cells, sep=" | ")
    wrong = 0
    for name in names:
        for coder, said in zip(coders, told[name], strict=True):
            if not said.startswith("ok"):
                print(f"{name}, {coder.name}: {said}")
                wrong += said.startswith("WRONG")
    print(f"{len(names) * len(coders)} readings, {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
