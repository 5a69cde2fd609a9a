"""Packing and planning as a campaign and a scene grow: time, memory, and the exponent of growth.

    python benchmarks/packing.py [--most 10000]

A film is two scenes of three shots: some shots are the same in all films, some belong to a product
or to one film alone. Times are of the processor, so that a busy machine does not count; the
exponent is the slope between the last two sizes (1 is linear, 2 is square).
"""

import argparse
import math
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from storyboard.catalogue import load
from storyboard.diagnostics import Span
from storyboard.jobs import JobDigest, pack, pack_together
from storyboard.model.asset import Url
from storyboard.model.cut import CUT, Cut, Look
from storyboard.model.prompt import Words
from storyboard.model.storyboard import (
    AspectRatio,
    Continuity,
    Format,
    Pack,
    PromptShot,
    Scene,
    Settings,
    ShotName,
    Storyboard,
)
from storyboard.plan import Plan, StoreView, Wanted, plan

NOWHERE = Span("storyboard.yaml", 1, 1, 1, 1)
WIDE = AspectRatio(16, 9)


def shot(name: str, seconds: int, words: str, model: str) -> PromptShot:
    """Make a shot of a few words."""
    settings = Settings(model, None, "35mm film, soft window light", None, WIDE)
    prompt = (Words(words),)
    look = Look(CUT, (), None)
    return PromptShot(
        ShotName(name), Fraction(seconds), prompt, settings, None, None, (), look, NOWHERE
    )


def film(*scenes: tuple[PromptShot, ...]) -> Storyboard:
    """Put scenes together to a storyboard."""
    made = tuple(
        Scene(str(place), None, shots, Pack.SCENE, Continuity.AUTO, NOWHERE)
        for place, shots in enumerate(scenes)
    )
    cut = Cut((), (), None, None, None)
    shape = Format(WIDE, None, None)
    return Storyboard("ad", "Ad", made, {}, {}, shape, cut, (), None, "storyboard.yaml")


def campaign(count: int) -> list[Storyboard]:
    """Make films of which every fiftieth shows the same product."""
    model = "kling-v3-turbo-pro"
    return [
        film(
            (
                shot("a/open", 4, "A street at dawn.", model),
                shot("a/product", 3, f"Product {number % 50} on a table.", model),
                shot("a/hand", 3, "A hand takes it.", model),
            ),
            (
                shot("b/hook", 4, f"Hook {number // 50}.", model),
                shot("b/smile", 3, "Somebody smiles.", model),
                shot("b/place", 5, f"A shop window, number {number}.", model),
            ),
        )
        for number in range(count)
    ]


def planned(films: Sequence[Storyboard], rendered: frozenset[JobDigest] = frozenset()) -> Plan:
    """Pack films together and plan them."""
    packed = pack_together(films, load(), rendered)
    wanted = [
        Wanted(str(number), one, ("wide",), result.value or ())
        for number, (one, result) in enumerate(zip(films, packed, strict=True))
    ]
    return plan(wanted, StoreView(rendered=rendered))


def chain(count: int) -> Storyboard:
    """Make one scene whose jobs all go on from each other."""
    shots = [shot(f"a/{number}", 3, f"Moment {number}.", "kling-v3-pro") for number in range(count)]
    return film((replace(shots[0], start=Url("https://example.com/start.png")), *shots[1:]))


def timed(work: Callable[[], object]) -> float:
    """Return the processor's seconds for a piece of work."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def table(title: str, sizes: Sequence[int], work: Callable[[int], Callable[[], object]]) -> None:
    """Time a piece of work at each size, and print it with the exponent of growth."""
    print(f"\n{title}")
    times = []
    for size in sizes:
        times.append(timed(work(size)))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{size:>8,}  {times[-1]:8.3f} s  {memory:>5} MB at most so far")
    if len(times) > 1:
        growth = math.log(times[-1] / times[-2]) / math.log(sizes[-1] / sizes[-2])
        print(f"          grows with the power {growth:.2f}")


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000)
    most = parser.parse_args().most
    load()
    sizes = [size for size in (10, 100, 1_000, 10_000) if size <= most]

    def new(size: int) -> Callable[[], object]:
        films = campaign(size)
        return lambda: planned(films)

    def again(size: int) -> Callable[[], object]:
        films = campaign(size)
        rendered = frozenset(one.job.digest for one in planned(films).jobs)
        return lambda: planned(films, rendered)

    def one_scene(size: int) -> Callable[[], object]:
        story = chain(size)
        return lambda: pack(story, load(), frozenset())

    def rendered_scene(size: int) -> Callable[[], object]:
        story = chain(size)
        half = pack(story, load(), frozenset()).value or ()
        rendered = frozenset(job.digest for job in half[: len(half) // 2])
        return lambda: pack(story, load(), rendered)

    table("films of a campaign, nothing rendered", sizes, new)
    table("films of a campaign, all rendered", sizes, again)
    table("shots of one chained scene, nothing rendered", (10, 30, 100, 300), one_scene)
    table("shots of one chained scene, half rendered", (10, 30, 100, 300), rendered_scene)


if __name__ == "__main__":
    main()
