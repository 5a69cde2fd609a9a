"""Write what further takes cost in each way, and which takes there are that were not before."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from storyboard.cli import show
from storyboard.model import dollars, exact, figures
from storyboard.plan import JobState, Plan
from storyboard.session import FurtherTakes, ShotTake, TakesAsked, TakesOfShot, TakeWay

NewTake: TypeAlias = tuple[TakesOfShot, ShotTake]

_MOST = 20
_OPEN = frozenset({JobState.IN_FLIGHT, JobState.UNKNOWN})


def way_lines(asked: TakesAsked, chosen: TakeWay, count: int) -> Iterator[str]:
    """Write both ways with their prices, then what the chosen one will pay."""
    names = list(dict.fromkeys(one.title for one in asked.shots))
    each = "each of " if len(names) > 1 else ""
    yield f"{show.plural(count, 'further take')} of {each}{', '.join(names)}:"
    ways = _distinct(asked)
    rows: list[tuple[str, ...]] = [("", "request", "seconds", "USD")]
    rows += [row for words, way in ways for row in _rows(words, way)]
    if len(rows) > 1:
        yield from show.table(rows, right=("seconds", "USD"))
    for words, way in ways:
        if way.refusal:
            yield f"{words}: not possible: {way.refusal}"
            if way.help:
                yield f"  help: {way.help}"
    plan = asked.ways[chosen].plan
    if plan is not None:
        yield from _to_pay(plan)
    for words, way in ways:
        if way.way is not chosen and way.plan is not None and plan is not None:
            typed = "with --alone" if way.way is TakeWay.ALONE else "without --alone"
            yield f"{words}, {typed}: {dollars(way.plan.to_pay)} to pay"


def _distinct(asked: TakesAsked) -> list[tuple[str, FurtherTakes]]:
    """Return the ways with their names for people; one, if both are the same requests."""
    pack, single = (asked.ways[one] for one in (TakeWay.PACK, TakeWay.ALONE))
    if pack.jobs and {one.digest for one in pack.jobs} == {one.digest for one in single.jobs}:
        return [("alone", pack)]
    return [("with its pack", pack), ("alone", single)]


def _rows(words: str, way: FurtherTakes) -> Iterator[tuple[str, ...]]:
    """Write the requests of a way, with the price of one take of each."""
    prices = figures(job.cost for job in way.jobs)
    shown = list(zip(way.jobs, prices, strict=True))
    for job, price in shown[:_MOST]:
        yield words, job.id, str(job.seconds), price
    if len(shown) > _MOST:
        yield words, f"and {len(shown) - _MOST} more", "", dollars(way.cost).partition(" ")[0]


def _to_pay(plan: Plan) -> Iterator[str]:
    states = [take.state for one in plan.jobs for take in one.takes]
    new = sum(state is JobState.TO_RENDER for state in states)
    yield f"{show.plural(new, 'request')} to send, {dollars(plan.to_pay)} to pay"
    if taken_up := sum(state in _OPEN for state in states):
        yield f"{show.plural(taken_up, 'take')} sent before: taken up first, not paid again"
    if failed := sum(state is JobState.FAILED for state in states):
        yield f"{show.plural(failed, 'take')} failed, perhaps charged: only with --retry-failed"


def ways_json(asked: TakesAsked) -> dict[str, object]:
    """Write both ways for programs."""
    return {
        "ways": {
            way.way.value: {
                "jobs": [
                    {"id": job.id, "seconds": job.seconds, "cost": {"usd": exact(job.cost)}}
                    for job in way.jobs
                ],
                "to_pay": {"usd": exact(way.plan.to_pay)} if way.plan else None,
                "error": way.refusal or None,
                "help": way.help or None,
            }
            for way in asked.ways.values()
        }
    }


def new_takes(before: Sequence[TakesOfShot], now: Sequence[TakesOfShot]) -> tuple[NewTake, ...]:
    """Return the takes of shots that were not there before."""
    known = {(one.title, one.asks): {take.clip for take in one.takes} for one in before}
    return tuple(
        (one, take)
        for one in now
        if (one.title, one.asks) in known
        for take in one.takes
        if take.clip not in known[one.title, one.asks]
    )


def next_lines(new: Sequence[NewTake], file: str, option: str = "") -> Iterator[str]:
    """Say which takes are new, and what to do with them; `option` is what commands need besides."""
    for shot, take in new:
        yield f"{shot.title}: take {take.number}, clip {take.clip[:8]}"
    if not new:
        return
    titles = " ".join(dict.fromkeys(shot.title for shot, _ in new))
    shot, take = new[-1]
    yield f"storyboard takes {file} {titles}{option} shows them beside the others"
    yield f"storyboard pick {file} {shot.title} {take.number}{option} lets the film show that one"


def new_takes_json(new: Sequence[NewTake]) -> dict[str, object]:
    """Write the new takes for programs."""
    return {
        "takes": [
            {"shot": shot.title, "take": take.number, "clip": take.clip, "digest": take.job}
            for shot, take in new
        ]
    }
