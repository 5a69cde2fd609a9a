"""One scene to its jobs, in the order of the film, or to what forbids them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from storyboard.diagnostics import Code, Diagnostic, Severity
from storyboard.jobs.choose import Entry
from storyboard.jobs.divide import Way, divide, lost, money
from storyboard.jobs.job import ClipJob, FrameRef, JobDigest, JobId, JobShot
from storyboard.jobs.notes import Asked, notes
from storyboard.jobs.offers import Offers, Task, first_frame
from storyboard.jobs.refusal import Refusal
from storyboard.jobs.request import Request
from storyboard.jobs.why import reasons
from storyboard.jobs.wire_form import references, waits_for
from storyboard.model import NOTHING, AspectRatio, Pack, Usd, dollars

LOOK_KEPT = Code("SB454")

FORMER = 9
"""The take up to which takes that earlier versions rendered are looked for, unasked."""


@dataclass(frozen=True, slots=True)
class PackedScene:
    """A scene's jobs and what was found; no jobs where an error was."""

    jobs: tuple[ClipJob, ...]
    diagnostics: tuple[Diagnostic, ...]


def pack_scene(offers: Offers) -> PackedScene:
    """Cut a scene's prompt shots into jobs in the best way."""
    errors: list[Diagnostic] = []
    excused: frozenset[int] = frozenset()
    ways = divide(offers)
    while ways[-1] is None:
        found = _blocked(offers, [way is not None for way in ways], excused)
        errors += [refused(offers, position) for position in sorted(found)]
        excused |= found
        ways = divide(offers, excused)
    if errors:
        return PackedScene((), tuple(errors))
    way = ways[-1]
    return PackedScene(_realise(offers, way), _told(offers, way))


def _told(offers: Offers, way: Way) -> tuple[Diagnostic, ...]:
    """Find what there is to tell of the jobs of a way, and of the way."""
    asked = (_asked(whose.task, start, request) for whose, start, _, request in _jobs(offers, way))
    return (*(note for one in asked for note in notes(one)), *_price_of_the_look(offers, way))


def _jobs(offers: Offers, way: Way) -> Iterator[tuple[Offers, int, int, Request]]:
    """Yield whose offer each job of a way is, its positions, and its request."""
    ends = way.ends
    for start, end, used in zip((0, *ends[:-1]), ends, way.used, strict=True):
        if len(offers.picked(start, end)) == end - start:
            continue  # a picked shot was stepped over
        request = offers.every[used].get(start, end)
        if isinstance(request, Refusal):
            raise TypeError(f"no job from {start} to {end}: {request.brief}")
        yield offers.every[used], start, end, request


def _price_of_the_look(offers: Offers, way: Way) -> Iterator[Diagnostic]:
    """Yield a note if a scene would cost less packed with no regard to its look."""
    if offers.task.pack is not Pack.SCENE or not offers.lossy:
        return
    other = divide(replace(offers, task=replace(offers.task, pack=Pack.CHEAPEST)))[-1]
    if other is None:
        raise TypeError("a scene that can be packed can be packed in every mode")
    more = Fraction(money(way, Pack.SCENE) - money(other, Pack.CHEAPEST))
    if more <= 0:
        return
    spared = lost(other, Pack.CHEAPEST).beyond(lost(way, Pack.SCENE))
    first = offers.task.shots[0]
    most = "up to " if offers.shares else ""  # others may not take what this film could share
    saved = dollars(Usd(Decimal(more.numerator) / more.denominator))
    yield Diagnostic(
        LOOK_KEPT,
        Severity.NOTE,
        f"keeping the look of scene `{first.name.partition('/')[0]}` costs {most}{saved}; "
        f"`pack: cheapest` saves that, with {spared}",
        first.span,
        "say `pack: cheapest` on the scene if the price counts for more than its look",
    )


def _blocked(offers: Offers, reached: Sequence[bool], excused: frozenset[int]) -> frozenset[int]:
    """Find shots that stand in no possible job; where there is none, the one no way leads past."""
    count = len(offers.task.shots)
    covered = {
        position
        for start in range(count)
        for end in offers.ends(start)
        if _possible(offers, start, end)
        for position in range(start, end)
    } | offers.picked(0, count)
    alone = frozenset(range(count)) - covered - excused
    if alone:
        return alone
    return frozenset({max(index for index, one in enumerate(reached) if one)})


def _possible(offers: Offers, start: int, end: int) -> bool:
    """Tell whether shots could be one job, of an earlier task only if that could be rendered.

    One with a picked shot in it could never be what keeps the others from being asked for.
    """
    if offers.picked(start, end):
        return False
    if isinstance(offers.get(start, end), Request):
        return True
    for one in offers.every[1:]:
        request = one.get(start, end)
        if isinstance(request, Request):
            made = one.digest(start, end, request, None)
            if request.entry is Entry.CHAINED or made in offers.task.rendered:
                return True
    return False


def refused(offers: Offers, position: int) -> Diagnostic:
    """Say why a shot cannot be a job of its own."""
    refusal = offers.get(position, position + 1)
    if not isinstance(refusal, Refusal):
        raise TypeError(f"shot {position} can be a job of its own: it cannot block a scene")
    shot = offers.task.shots[position]
    return Diagnostic(
        refusal.code,
        Severity.ERROR,
        refusal.message,
        refusal.span or shot.span,
        refusal.help,
        about=shot.name,
        follows=refusal.follows,
    )


def _realise(offers: Offers, way: Way) -> tuple[ClipJob, ...]:
    jobs: list[ClipJob] = []
    parts: list[tuple[int, int]] = []
    frame, at = None, 0
    for whose, start, end, request in _jobs(offers, way):
        if at < start:
            frame = offers.task.picks[start - 1].last_frame
        job = realised(whose, (start, end), request, frame)
        if offers.task.earlier:
            job = replace(job, readings=_readings(offers, start, end, frame, job.digest))
        made = whose.last_frame(request, job.digest)
        frame, at = offers.frame_behind(end, made), end
        jobs.append(job)
        parts.append((start, end))
    rendered = offers.task.rendered
    paid = [NOTHING if job.digest in rendered else job.cost for job in jobs]
    why = reasons(offers, parts, paid)
    return tuple(replace(job, why=reason) for job, reason in zip(jobs, why, strict=True))


def _asked(task: Task, start: int, request: Request) -> Asked:
    framed = any(shot.start is not None for shot in task.shots[:start])
    beside = (task.continuity, task.catalogue, task.cast, task.ratio)
    return Asked(request, *beside, later=start > 0, framed=framed)


def _readings(
    offers: Offers, start: int, end: int, frame: FrameRef | None, digest: JobDigest
) -> tuple[int, ...]:
    """Find the earlier readings that ask for this job, if it is rendered."""
    if digest not in offers.task.rendered:
        return ()
    asked = [(place, one, one.get(start, end)) for place, one in enumerate(offers.every[1:])]
    return tuple(
        place
        for place, one, request in asked
        if isinstance(request, Request) and one.digest(start, end, request, frame) == digest
    )


def realised(
    offers: Offers, part: tuple[int, int], request: Request, frame: FrameRef | None
) -> ClipJob:
    """Make the job of a request for a part of a scene; a chained one begins with `frame`."""
    fields = offers.body(request, frame)
    needed = [job for one in references(fields) if (job := waits_for(one)) is not None]
    starts = accumulate(request.asked[:-1], initial=0)
    shots = tuple(
        JobShot(shot.name, Fraction(start), asked, shot.duration, prompt)
        for shot, start, asked, prompt in zip(
            request.shots, starts, request.asked, request.prompts, strict=True
        )
    )
    # Only a store has former takes; without one nothing is looked up by them.
    former = max(request.takes, FORMER) if offers.task.rendered else 1
    return ClipJob(
        id=_name(request, offers.task.ratio),
        digest=offers.digest(*part, request, frame),
        model=request.endpoint.model,
        endpoint=request.endpoint.id,
        shots=shots,
        seconds=request.seconds,
        mode=request.mode,
        body=fields,
        cost=request.cost,
        after=tuple(dict.fromkeys(needed)),
        why="",
        begins=first_frame(request, frame),
        takes=request.takes,
        former=offers.former(part, request, frame, former),
    )


def _name(request: Request, ratio: AspectRatio | None) -> JobId:
    first, last = request.shots[0].name, request.shots[-1].name
    shots = first if first == last else f"{first}..{last.rpartition('/')[2]}"
    return JobId(f"{shots}@{ratio}" if ratio else shots)
