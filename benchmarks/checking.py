"""Checking as a film and a campaign grow: time of the processor, and the exponent of growth.

    python benchmarks/checking.py [--most 10000]

Three things grow: the shots of a film where all is right, the shots of one where each has three
mistakes, and the variations of an ad of six shots of which each variation has one of its own. Times
are of the processor, so that a busy machine does not count; the exponent is the slope between the
last two sizes (1 is linear, 2 is square).
"""

import argparse
import math
import time
from collections.abc import Callable

from storyboard.catalogue import load
from storyboard.check import Checker, check
from storyboard.source import Document, read
from storyboard.template import expand

HEAD = """\
storyboard: 1
model: kling-v3-pro
elements: {mara: {about: a barista in a green apron}}
scenes:
"""
RIGHT = """\
      - id: s{n}
        duration: 3s
        prompt: "@mara pours milk, slow push in, number {n}."
        titles: [{{text: First Cup {n}, at: 0.5s, for: 2s}}]
"""
WRONG = """\
      - id: s{n}
        duration: 3 hours
        promt: what is misspelt
        prompt: "@marra pours milk, number {n}."
"""
AD = """\
storyboard: 1
title: "{{ name }}"
model: kling-v3-turbo-pro
scenes:
  - id: one
    shots:
      - {id: a, duration: 3s, prompt: A street at dawn.}
      - {id: b, duration: 3s, prompt: People walk.}
  - id: two
    shots:
      - {id: c, duration: 3s, prompt: "{{ name }} turns slowly."}
      - {id: d, duration: 3s, prompt: A hand takes it.}
      - {id: e, duration: 3s, prompt: A smile.}
      - {id: f, duration: 3s, prompt: Sunset over the town.}
variations:
  matrix: {name: NAMES}
  name: "{{ name }}"
"""
PER_SCENE = 10


def document(text: str) -> Document:
    """Read a storyboard that must be readable."""
    found = read(text.encode(), "storyboard.yaml").value
    if found is None:
        raise ValueError("the benchmark's storyboard cannot be read")
    return found


def film(shot: str) -> Callable[[int], Callable[[], object]]:
    """Return what checks a film of so many shots, ten to a scene."""

    def of_size(size: int) -> Callable[[], object]:
        text = HEAD
        for n in range(size):
            text += f"  - id: scene-{n}\n    shots:\n" if n % PER_SCENE == 0 else ""
            text += shot.format(n=n)
        made, catalogue = document(text), load()
        return lambda: check(made, {}, catalogue, "film")

    return of_size


def campaign(size: int) -> Callable[[], object]:
    """Return what checks so many variations with one memory."""
    names = ", ".join(f"product {n}" for n in range(size))
    expanded = expand(document(AD.replace("NAMES", f"[{names}]")), lambda path: path.encode())
    documents = [one.document for one in expanded.value or ()]
    catalogue = load()

    def run() -> object:
        checker = Checker(catalogue, "film")
        return [checker.check(one, {}) for one in documents]

    return run


def seconds(work: Callable[[], object]) -> float:
    """Return the processor's time that something takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure, and print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000)
    most = parser.parse_args().most
    sizes = [10**power for power in range(1, 6) if 10**power <= most]
    seconds(film(RIGHT)(1))  # the schema is read and compiled once
    for name, grows in (
        ("shots, all right", film(RIGHT)),
        ("shots, three mistakes each", film(WRONG)),
        ("variations", campaign),
    ):
        times = [seconds(grows(size)) for size in sizes]
        for size, taken in zip(sizes, times, strict=True):
            print(f"{size:>7,} {name}: {taken:8.3f} s, {1000 * taken / size:6.3f} ms each")
        if len(times) > 1:
            print(f"        grows with exponent {math.log10(times[-1] / times[-2]):.2f}")


if __name__ == "__main__":
    main()
