"""How long a storyboard takes to be read as its shots grow, by both of PyYAML's parsers.

Run it with `python benchmarks/reading.py [--runs N]`. CPU seconds, medians; the exponent is how
the time grows with the number of shots (1 is linear). `broken` has a slip in its last line.
"""

import argparse
import math
import time
from statistics import median

from storyboard.source import Parser, read

SHOTS = (20, 200, 2000)
_SHOT = """\
      - id: shot-{n}
        duration: 2.5s
        prompt: "@mara walks {n} steps through the room, slow push in, 35 mm"
        say:
          - mara: first cup's on the house.
          - mara: and the second one, too.
        titles:
          - text: First Cup
            at: 0.5s
            for: 2s
            style: lower-third
          - {{text: "{{{{ offer }}}}", at: 1, for: 1s}}
        # what the shot is for
"""


def storyboard(shots: int, last: str = "") -> bytes:
    """Write a storyboard of so many shots, ten a scene, 36 lines a shot."""
    lines = ["storyboard: 1\ntitle: Long\nscenes:\n"]
    for n in range(shots):
        if n % 10 == 0:
            lines.append(f"  - id: scene-{n}\n    shots:\n")
        lines.append(_SHOT.format(n=n))
        lines.append("        # a note\n" * 22)
    return "".join((*lines, last)).encode()


def seconds(data: bytes, parser: Parser, runs: int) -> float:
    """Return the median CPU time of reading."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        read(data, "storyboard.yaml", parser=parser)
        taken.append(time.process_time() - start)
    return median(taken)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=3)
    runs = arguments.parse_args().runs
    print(f"{'shots':>6} {'lines':>7} {'C':>8} {'pure':>8} {'broken':>8}   CPU seconds")
    fast = []
    for shots in SHOTS:
        data = storyboard(shots)
        by_c, by_python = (seconds(data, one, runs) for one in Parser)
        broken = seconds(storyboard(shots, "x: [1\n"), Parser.C, runs)
        fast.append(by_c)
        count = data.count(b"\n")
        print(f"{shots:>6} {count:>7} {by_c:>8.3f} {by_python:>8.3f} {broken:>8.3f}")
    exponent = math.log(fast[-1] / fast[0]) / math.log(SHOTS[-1] / SHOTS[0])
    print(f"grows with the power {exponent:.2f} of the number of shots")


if __name__ == "__main__":
    main()
