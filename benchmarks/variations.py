"""Measures expanding, checking, packing and planning as the number of variations and shots grows.

Run `python benchmarks/variations.py [--most 10000]`. Prints a table of CPU seconds by stage, the
memory, and for each stage the exponent with which it grows (1 is linear). The ad has six shots: two
with the product in the prompt, three that all films share, and a still; titles have hook, price and
language. Each product has 5 languages and 4 hooks. Then one film with more and more shots.
"""

import argparse
import gc
import math
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PIL import Image

from storyboard.catalogue import load
from storyboard.check import Checker
from storyboard.files import Files
from storyboard.jobs import pack_together
from storyboard.model.asset import Reach
from storyboard.model.storyboard import Storyboard
from storyboard.plan import StoreView, Wanted, plan
from storyboard.source import Document, read
from storyboard.template import Variation, expand

T = TypeVar("T")
STAGES = ("read", "expand", "check", "pack", "plan")
LOCALES, HOOKS = ("de", "en", "fr", "es", "it"), ("new", "gift", "sale", "last")
AD = """\
storyboard: 1
title: "{{ product }} {{ locale }} {{ hook }}"
model: kling-v3-turbo-pro
style: 35mm film
format: {aspect_ratio: "16:9", resolution: 720p, fps: 24}
scenes:
  - id: hook
    start: start.png
    shots:
      - id: a
        duration: 3s
        prompt: A table in the morning
        titles: [{text: "{{ claims[hook] }}", at: 0s, for: 2s}]
  - id: product
    start: start.png
    shots:
      - id: a
        duration: 3s
        prompt: "{{ product }} turns slowly"
        titles: [{text: "{{ product }}", at: 0s, for: 2s}]
      - {id: b, duration: 3s, prompt: "A hand takes {{ product }}"}
  - id: place
    start: start.png
    shots:
      - id: a
        duration: 4s
        prompt: A kitchen full of light
        titles: [{text: "{{ words[locale] }}", at: 0s, for: 2s}]
      - {id: b, duration: 3s, prompt: The camera leaves through the window}
  - id: offer
    shots:
      - id: a
        still: start.png
        duration: 2s
        titles: [{text: "{{ price | price | money('EUR', locale) }}", at: 0s, for: 1s}]
variables:
  claims: {default: {new: New, gift: A gift, sale: On sale, last: The last ones}}
  words: {default: {de: Jetzt, en: Now, fr: Maintenant, es: Ahora, it: Adesso}}
variations:
  rows: products.csv
  matrix: {locale: [de, en, fr, es, it], hook: [new, gift, sale, last]}
  name: "{{ sku }}-{{ locale }}-{{ hook }}"
"""
COLUMNS = tuple(f"note {number}" for number in range(40))
"""A shop's export has many columns that no ad looks at."""


@dataclass(frozen=True)
class Measured:
    """CPU seconds by stage; how many films and shots went in, and distinct jobs came out."""

    variations: int
    shots: int
    seconds: dict[str, float]
    jobs: int


def project(storyboard: str) -> Path:
    """Make a project with a picture and a storyboard."""
    home = Path(tempfile.mkdtemp(prefix="variations-"))
    Image.new("RGB", (1280, 720), (90, 110, 130)).save(home / "start.png")
    (home / "storyboard.yaml").write_text(storyboard, "utf-8")
    return home


def campaign(products: int) -> Path:
    """Make a project with so many products."""
    home = project(AD)
    rows = [",".join(("sku", "product", "price", *COLUMNS))]
    rows += [
        ",".join((f"P{n}", f"product {n}", f'"{n % 90 + 9},99 €"', *("x" for _ in COLUMNS)))
        for n in range(products)
    ]
    (home / "products.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return home


def film(shots: int) -> Path:
    """Make a project of one film with so many shots, five a scene."""
    lines = ["storyboard: 1", "model: kling-v3-turbo-pro", "scenes:"]
    for shot in range(shots):
        if shot % 5 == 0:
            lines += [f"  - id: s{shot}", "    start: start.png", "    shots:"]
        lines.append(
            f'      - {{id: a{shot}, duration: 3s, prompt: "Shot {shot} of {{{{ what }}}}"}}'
        )
    lines += ["variables: {what: {default: a mug}}", ""]
    return project("\n".join(lines))


def measure(home: Path) -> Measured:
    """Run the stages on a project, each timed by itself."""
    os.chdir(home)
    files, catalogue = Files(home, Reach.PROJECT), load()
    seconds: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], T]) -> T:
        gc.collect()
        start = time.process_time()
        result = work()
        seconds[stage] = time.process_time() - start
        return result

    document = timed("read", lambda: read(Path("storyboard.yaml").read_bytes(), "storyboard.yaml"))
    variations = timed("expand", lambda: expanded(document.value, files))
    boards = timed("check", lambda: checked(variations, files, Checker(catalogue, "ad")))
    packed = timed("pack", lambda: pack_together(boards, catalogue, frozenset()))
    wanted = [
        Wanted(one.name, board, ("wide",), jobs.value or ())
        for one, board, jobs in zip(variations, boards, packed, strict=True)
    ]
    made = timed("plan", lambda: plan(wanted, StoreView()))
    shots = sum(len(board.shots) for board in boards)
    return Measured(len(variations), shots, seconds, len(made.jobs))


def expanded(document: Document | None, files: Files) -> tuple[Variation, ...]:
    """Expand, and insist that all went well."""
    if document is None:
        raise SystemExit("the storyboard cannot be read")
    result = expand(document, files.read)
    if not result.ok or result.value is None:
        raise SystemExit(f"the storyboard has errors: {result.diagnostics[:3]}")
    return result.value


def checked(variations: Iterable[Variation], files: Files, checker: Checker) -> list[Storyboard]:
    """Check all variations with one checker, which looks once at what they share."""
    boards = []
    for one in variations:
        assets = files.facts(use.path for use in checker.asset_uses(one.document))
        result = checker.check(one.document, assets)
        if result.value is None or not result.ok:
            raise SystemExit(f"a variation has errors: {result.diagnostics[:3]}")
        boards.append(result.value)
    return boards


def exponent(one: Measured, other: Measured, stage: str) -> float:
    """Return by which power of the number of shots a stage grew."""
    grown = max(other.seconds[stage], 1e-6) / max(one.seconds[stage], 1e-6)
    return math.log(grown) / math.log(other.shots / one.shots)


def show(title: str, homes: Iterable[Path]) -> None:
    """Measure projects that grow, and print them."""
    print(title)
    print(" ".join(f"{one:>8}" for one in ("films", "shots", "jobs", *STAGES, "all")))
    runs = []
    for home in homes:
        one = measure(home)
        runs.append(one)
        counts = f"{one.variations:8,} {one.shots:8,} {one.jobs:8,}"
        row = " ".join(f"{one.seconds[stage]:8.3f}" for stage in STAGES)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{counts} {row} {sum(one.seconds.values()):8.3f}  {memory} MB at most so far")
    large = [one for one in runs if one.shots >= 100]  # noqa: PLR2004 - below, set-up counts
    if len(large) > 1:
        row = " ".join(f"{exponent(large[0], large[-1], stage):8.2f}" for stage in STAGES)
        print(f"{'exponent':>26} {row}   (1 is linear)")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000, help="films, or shots, at most")
    most = parser.parse_args().most
    measure(campaign(1))  # imports and caches
    products = [one for one in (1, 5, 50, 250, 500) if one * 20 <= most]
    show("a campaign, CPU seconds", map(campaign, products))
    show("one film, CPU seconds", map(film, [n for n in (10, 100, 1000, 10_000) if n <= most]))


if __name__ == "__main__":
    main()
