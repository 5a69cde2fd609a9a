"""A scene's shots to the best way to cut them into jobs, found exactly.

What is rendered comes first: as many seconds of the film as can be are in rendered jobs, in every
mode. So nothing rendered is paid for again, and no price can move it. After it come further takes
that earlier versions rendered for jobs of their own: so these are not paid for again either. How
many takes are wanted decides nothing else.

Let `p` be a position between shots. A plain scene needs one best value for each `p`: what a job
from `p` on costs and loses does not depend on how the shots before `p` were cut, and values
(seconds kept, former takes kept, losses, money, jobs, unevenness, in the mode's order) add up, so
the best way through `p` contains a best way to `p`.

Chains break this: a job that begins with the last frame of the one before has that job's digest in
its own, so whether it is rendered already depends on every boundary back to where the chain began.
There the state is (`p`, the frame the next job begins with). These states could be as many as there
are ways to cut the shots before `p`, so they are thinned by a law of the store: a chained job could
only be rendered after the job before it, whose clip is kept for good; the rendered set is closed
under "the job before". So behind a job that is *not* rendered no chained job is rendered, whichever
job it is: what follows costs the same for all such states of one `p`, and the best of them stands
for all. States behind rendered jobs stay apart; they are no more than jobs rendered.
Should somebody have removed an upstream clip by hand, that law fails; up to `_APART` states of one
position are kept apart even so, which makes scenes of up to six chained shots exact for any set.

A shot that a take was picked for needs no job: a way may step over it, for nothing, and what goes
on from it begins with the last frame of its pick. A job may hold such a shot only if it is rendered
already, for the sake of the others in it.

Of equal values the way whose earlier jobs are longer is taken, so that there is one answer.
"""

from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import ceil
from operator import add
from typing import TypeAlias, assert_never

from storyboard.jobs.choose import Entry
from storyboard.jobs.job import FrameRef, JobDigest
from storyboard.jobs.losses import NO_LOSSES, Losses
from storyboard.jobs.offers import Offers
from storyboard.jobs.refusal import Refusal
from storyboard.jobs.request import Request
from storyboard.model import Pack, Usd

Value: TypeAlias = tuple[Fraction | int, ...]
"""What is made as small as can be, first part first; values add up part by part."""

_Values: TypeAlias = dict[tuple[int, int, int, bool, int], Value]
"""By the positions of a job, whose offer it is, if it is rendered, and its former takes kept."""

_APART = 16

_MONEY = {Pack.SCENE: 5, Pack.CHEAPEST: 2, Pack.SHOT: 7}
_LOST = {Pack.SCENE: slice(2, 5), Pack.CHEAPEST: slice(3, 6), Pack.SHOT: slice(4, 7)}
"""Where these parts are in the values of each mode, see `_value`."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to cut the shots up to a position: its value, its jobs, how the next one begins.

    `cuts` are the ends of its jobs and of its steps over picked shots, below zero, so that of equal
    ways the smaller one has longer jobs first. `used` tells of each job whose offer it is: 0 of the
    present catalogue, from 1 on of the earlier tasks.
    """

    value: Value
    cuts: tuple[int, ...]
    frame: FrameRef | None
    used: tuple[int, ...] = ()

    @property
    def rank(self) -> tuple[Value, tuple[int, ...], tuple[int, ...]]:
        """Smaller is better."""
        return self.value, self.cuts, self.used

    @property
    def ends(self) -> tuple[int, ...]:
        """Where its jobs end."""
        return tuple(-cut for cut in self.cuts)


def divide(offers: Offers, excused: frozenset[int] = frozenset()) -> tuple[Way | None, ...]:
    """Return the best way up to each position, None where no way leads; the last is the answer.

    A shot in `excused` may be stepped over: what is wrong with it has been said.
    """
    count = len(offers.task.shots)
    ways: list[dict[FrameRef | None, Way]] = [{} for _ in range(count + 1)]
    ways[0][None] = Way((), (), None)
    values: _Values = {}
    for position in range(count):
        for way in _thinned(ways[position], offers):
            for end, longer in _extended(way, position, offers, excused, values):
                known = ways[end].get(longer.frame)
                if known is None or longer.rank < known.rank:
                    ways[end][longer.frame] = longer
    return tuple(min(here.values(), key=lambda way: way.rank, default=None) for here in ways)


def _thinned(ways: dict[FrameRef | None, Way], offers: Offers) -> list[Way]:
    ranked = sorted(ways.values(), key=lambda way: way.rank)
    rendered = offers.task.rendered
    return [
        way
        for place, way in enumerate(ranked)
        if place < _APART or (way.frame is not None and _is_apart(way.frame, rendered))
    ]


def _is_apart(frame: FrameRef, rendered: AbstractSet[JobDigest]) -> bool:
    """Tell whether jobs that begin with a frame may be rendered already."""
    return frame.clip is not None or frame.job in rendered


def _extended(
    way: Way, position: int, offers: Offers, excused: frozenset[int], values: _Values
) -> Iterator[tuple[int, Way]]:
    if position in excused:
        yield position + 1, Way(way.value, (*way.cuts, -position - 1), None, (*way.used, 0))
        return
    if position in offers.task.picks:
        behind = offers.stepped_over(position)
        yield position + 1, Way(way.value, (*way.cuts, -position - 1), behind, (*way.used, 0))
    for end in offers.ends(position):
        picked = offers.picked(position, end)
        if len(picked) == end - position or (picked and not offers.task.rendered):
            continue
        for job in _jobs(position, end, way.frame, offers):
            if picked and job.digest not in offers.task.rendered:
                continue
            value, frame = _weigh(job, position, end, offers, values)
            used = (*way.used, job.used)
            yield end, Way(_plus(way.value, value), (*way.cuts, -end), frame, used)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A job that the shots could be: whose offer it is, and its digest where it decides.

    `upstream` is the frame that it begins with if it is chained.
    """

    used: int
    request: Request
    digest: JobDigest | None
    upstream: FrameRef | None


def _jobs(start: int, end: int, upstream: FrameRef | None, offers: Offers) -> Iterator[_Candidate]:
    """Yield the job that the present catalogue asks for, and those that are rendered already."""
    task = offers.task
    request = offers.get(start, end)
    digest: JobDigest | None = None
    if isinstance(request, Request):
        if task.rendered:  # without any, no digest decides anything, and none is worked out
            digest = offers.digest(start, end, request, upstream)
        yield _Candidate(0, request, digest, upstream)
    if not (task.earlier and task.rendered):
        return
    for place, one in enumerate(offers.every[1:], 1):
        asked = one.get(start, end)
        if isinstance(asked, Refusal) or (asked.entry is Entry.CHAINED and upstream is None):
            continue
        made = one.digest(start, end, asked, upstream)
        if made in task.rendered and made != digest:
            yield _Candidate(place, asked, made, upstream)


def money(way: Way, pack: Pack) -> Fraction | int:
    """Return what a way that was found by a mode still costs, in US dollars, by its parts."""
    return way.value[_MONEY[pack]] if way.value else 0


def lost(way: Way, pack: Pack) -> Losses:
    """Return what a way that was found by a mode loses, in all jobs that are not rendered."""
    return Losses(*map(int, way.value[_LOST[pack]])) if way.value else NO_LOSSES


def _weigh(
    job: _Candidate, start: int, end: int, offers: Offers, values: _Values
) -> tuple[Value, FrameRef | None]:
    """Return the value of one job, and the frame that a job chained to it would begin with."""
    request, upstream = job.request, job.upstream
    frame, kept, former = None, False, 0
    whose = offers.every[job.used] if job.used else offers
    if job.digest is not None:
        rendered, part = offers.task.rendered, (start, end)
        kept = job.digest in rendered
        former = sum(
            one in rendered for one in whose.former(part, request, upstream, request.takes)
        )
        if offers.chained(end):
            frame = offers.frame_behind(end, whose.last_frame(request, job.digest))
        elif offers.task.earlier:
            handed = whose.last_frame(request, job.digest)
            frame = offers.handed_on(end, offers.frame_behind(end, handed))
    key = (start, end, job.used, kept, former)
    if key not in values:
        lost, share = whose.losses(start, end, request), offers.shares.get((start, end), 1)
        shown = _shown(request, [one - start for one in offers.picked(start, end)]) if kept else 0
        values[key] = _value(offers.task.pack, request, share, lost, kept=shown, former=former)
    return values[key], frame


def _value(  # noqa: PLR0913 - what a value is made of
    pack: Pack, request: Request, share: int, lost: Losses, *, kept: Fraction | int, former: int
) -> Value:
    """Return the value of one job, of which so many seconds are `kept`: 0 if it is not rendered.

    `former` are its further takes that earlier versions rendered.

    How many takes are wanted is not in it: more of them are more renderings of the same jobs.
    """
    lost_now = NO_LOSSES if kept else lost
    to_pay = 0 if kept else _part(request.cost, share)
    jobs = 1 if share == 1 else Fraction(1, share)
    uneven = request.seconds**2
    match pack:
        case Pack.SCENE:
            return -kept, -former, *lost_now, to_pay, jobs, uneven
        case Pack.CHEAPEST:
            return -kept, -former, to_pay, *lost_now, jobs, uneven
        case Pack.SHOT:
            used = sum(ceil(shot.duration) for shot in request.shots)
            short = max(0, request.endpoint.durations[0] - used)
            return -kept, -former, short, -jobs, *lost_now, to_pay, uneven
        case _:
            assert_never(pack)


def _shown(request: Request, picked: Collection[int]) -> Fraction | int:
    """Return how much of the film is in a job, in seconds, but for its shots that are `picked`."""
    lengths = [shot.duration for n, shot in enumerate(request.shots) if n not in picked]
    if all(one.denominator == 1 for one in lengths):
        return sum(one.numerator for one in lengths)
    exact = sum(lengths, Fraction(0))
    return exact.numerator if exact.denominator == 1 else exact


@cache
def _part(cost: Usd, share: int) -> Fraction | int:
    """Return what falls on one of `share` scenes, as a whole number where it is one."""
    exact = Fraction(cost) / share
    return exact.numerator if exact.denominator == 1 else exact


def _plus(one: Value, other: Value) -> Value:
    return tuple(map(add, one, other)) if one else other
