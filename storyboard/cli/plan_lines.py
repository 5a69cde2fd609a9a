"""Write a plan for people: its films, its jobs, the money, the time."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from storyboard.cli import show
from storyboard.cli.campaign import sharing_lines
from storyboard.jobs import LOOK_KEPT, ClipJob
from storyboard.model import clock, dollars, total
from storyboard.pipeline import Compiled
from storyboard.plan import (
    Plan,
    critical_path,
    estimate,
    over,
    overlapped,
    paid_again_without_sound,
    rows,
    unasked_sound,
)

_MOST_JOBS = 60
_MOST_PICKS = 6


def lines(
    result: Compiled, plan: Plan, concurrency: int, *, retry_failed: bool = False
) -> Iterator[str]:
    """Write a plan for people: its films, its jobs, the money, the time.

    `retry_failed` tells that what failed and may have been charged is to be sent again.
    """
    yield from _films(plan)
    yield from _picks(plan)
    if not plan.jobs:
        picked = any(film.picks.current for film in plan.films)
        what = "picked takes, pictures" if picked else "pictures"
        yield f"nothing to render: {what} and clips of your own only, 0.00 USD"
        return
    yield ""
    yield from _jobs(plan)
    yield ""
    yield from _money(result, plan, retry_failed=retry_failed)
    yield from _time(result, plan, concurrency)


def _films(plan: Plan) -> Iterator[str]:
    """Say what is made; where variations differ, between what and what."""
    boards = [film.storyboard for film in plan.films]
    variations = {film.variation for film in plan.films}
    title = f"{boards[0].title}: " if len({one.title for one in boards}) == 1 else ""
    count = f"{show.plural(len(variations), 'variation')}, each " if len(variations) > 1 else ""
    shots = [len(one.shots) for one in boards]
    seconds = [film.seconds for film in plan.films]
    overlaps = [overlapped(one) for one in boards]
    shorter = _span(overlaps) if min(overlaps) else f"up to {clock(max(overlaps))}"
    tail = f" ({shorter} shorter by its transitions)" if max(overlaps) else ""
    most = show.plural(max(shots), "shot")
    spread = f"{min(shots)} to {most}" if min(shots) < max(shots) else most
    yield f"{title}{count}{spread}, {_span(seconds)} of film{tail}"


def _picks(plan: Plan) -> Iterator[str]:
    """Say which shots show what somebody picked, and so are not rendered."""
    takes = {name: pick.number for film in plan.films for name, pick in film.picks.current.items()}
    if not takes:
        return
    named = [f"{name} (take {number})" for name, number in takes.items()]
    more = f" and {len(named) - _MOST_PICKS} more" if len(named) > _MOST_PICKS else ""
    yield f"picked: {', '.join(named[:_MOST_PICKS])}{more}"


def _span(lengths: Sequence[Fraction]) -> str:
    low, high = clock(min(lengths)), clock(max(lengths))
    return high if low == high else f"{low} to {high}"


def _jobs(plan: Plan) -> Iterator[str]:
    heads = ("job", "shots", "asked", "used", "mode", "USD", "state", "why")
    table = [(*heads, "begins here because", "begins with")]
    jobs = (one.job for one in plan.jobs for _ in one.takes)
    shown = list(zip(jobs, rows(plan), strict=True))
    for job, row in shown[:_MOST_JOBS]:
        mode = job.mode.value if isinstance(job, ClipJob) else "sample"
        state = row.state.value.replace("-", " ")
        asked = (row.job, row.shots, row.asked, row.used, mode, row.price)
        table.append((*asked, state, row.reason, row.why, row.begins))
    numbers = ("shots", "asked", "used", "USD")
    prose = ("why", "begins here because", "begins with")
    yield from show.table(show.without_empty(table), numbers, prose)
    if len(shown) > _MOST_JOBS:
        yield f"… and {show.plural(len(shown) - _MOST_JOBS, 'job')} more; --json has all"


def _money(result: Compiled, plan: Plan, *, retry_failed: bool) -> Iterator[str]:
    clips = [(one.job, one) for one in plan.jobs if isinstance(one.job, ClipJob)]
    asked = sum(job.seconds * len(one.takes) for job, one in clips)
    takes = sum(len(one.takes) for one in plan.jobs)
    of_them = f", {show.plural(takes, 'take')}" if takes > len(plan.jobs) else ""
    yield (
        f"{show.plural(len(plan.jobs), 'job')}{of_them}, {asked} s asked: "
        f"{dollars(plan.total)} in all, {_to_pay(plan, retry_failed=retry_failed)}"
    )
    if sound := unasked_sound(plan):
        yield f"{dollars(sound)} of it is for sound that no shot asks for; {_without_sound(plan)}"
    yield from (f"over budget: {one}" for one in over(plan))
    yield from (one.message for one in result.diagnostics if one.code == LOOK_KEPT)
    yield from sharing_lines(result, plan)


def _to_pay(plan: Plan, *, retry_failed: bool) -> str:
    if not plan.to_retry:
        return f"{dollars(plan.to_pay)} to pay"
    again = dollars(plan.to_retry)
    if retry_failed:
        whole = dollars(total((plan.to_pay, plan.to_retry)))
        return f"{whole} to pay, {again} of it for what failed and is sent again"
    return f"{dollars(plan.to_pay)} to pay, +{again} with --retry-failed"


def _without_sound(plan: Plan) -> str:
    """Say how sound is left out without paying again for what is rendered with it."""
    if again := paid_again_without_sound(plan):
        return (
            "`audio: false` in its shots leaves it out (at the top it would make new requests of "
            f"what is paid for, {dollars(again)})"
        )
    return "`audio: false` leaves it out, and shots with `say` still have theirs"


def _time(result: Compiled, plan: Plan, concurrency: int) -> Iterator[str]:
    seconds = estimate(plan, concurrency, result.catalogue)
    if not seconds:
        return
    path = critical_path(plan, result.catalogue)
    chain = f"; the longest chain is {' > '.join(path.jobs)}" if len(path.jobs) > 1 else ""
    yield f"about {show.minutes(seconds)} at {concurrency} at a time{chain}"
