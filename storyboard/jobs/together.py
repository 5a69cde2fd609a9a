"""Storyboards that have shots in common, to jobs that they can have in common too.

Packed by itself, each of a thousand variations would put its one shot of its own into a job with
shots that all of them share, and those would be paid for a thousand times. So a job that `n`
different scenes could have in common is weighed at an `n`-th of its price: if all of them cut it
out alike, the parts add up to what is paid for it once. For scenes of one shape, which is what
variations of one storyboard are, that sum is exact, and the best way of each scene is the best of
all together. Where scenes differ in shape, a part can be hoped for that the others do not take: so
the money for all is compared with packing each scene by itself, and the lower one wins.

Scenes that are equal but for titles and other things of the cut are packed once.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from storyboard.catalogue import Catalogue
from storyboard.diagnostics import Result
from storyboard.jobs.job import Job, JobDigest
from storyboard.jobs.offers import Offers, Task
from storyboard.jobs.packing import Reading, assemble, makers, tasks
from storyboard.jobs.picks import PickedShot
from storyboard.jobs.request import Request
from storyboard.jobs.scene import PackedScene, pack_scene
from storyboard.jobs.wire_form import reference_text
from storyboard.jobs.words import named
from storyboard.model import AspectRatio, ShotName, Storyboard, Usd, total

Place = tuple[int, int]


def pack_together(  # noqa: PLR0913, PLR0917 -- what is packed comes from six places
    storyboards: Sequence[Storyboard],
    catalogue: Catalogue,
    rendered: AbstractSet[JobDigest],
    aspect_ratio: AspectRatio | None = None,
    earlier: Sequence[Sequence[Reading]] = (),
    picks: Sequence[Mapping[ShotName, PickedShot]] = (),
) -> tuple[Result[tuple[Job, ...]], ...]:
    """Pack storyboards that will be rendered together; the results stand in their order.

    `earlier` and `picks` have for each storyboard what `pack` takes; they are empty where there is
    nothing.
    All together never cost more than each packed by itself; storyboards with nothing in common are
    packed as `pack` does it.
    """
    past = earlier or [()] * len(storyboards)
    chosen = picks or [{}] * len(storyboards)
    every = [
        tasks(Reading(one, catalogue), rendered, aspect_ratio, before, its)
        for one, before, its in zip(storyboards, past, chosen, strict=True)
    ]
    keys = [[_task_key(task) for task in one] for one in every]
    distinct = {
        key: task
        for row, found in zip(keys, every, strict=True)
        for key, task in zip(row, found, strict=True)
    }
    packed = dict(zip(distinct, _packed(list(distinct.values())), strict=True))
    return tuple(
        assemble(one, [packed[key] for key in row], makers(catalogue, before))
        for one, row, before in zip(storyboards, keys, past, strict=True)
    )


def _packed(distinct: Sequence[Task]) -> tuple[PackedScene, ...]:
    offers = [Offers(task) for task in distinct]
    alone = [pack_scene(one) for one in offers]
    if len(distinct) < 2:  # noqa: PLR2004 -- one scene shares with nobody
        return tuple(alone)
    jobs = [_job_keys(one, place) for place, one in enumerate(offers)]
    counts = Counter(key for one in jobs for key in set(one.values()))
    shared = [
        pack_scene(replace(one, shares={place: counts[key] for place, key in keys.items()}))
        if any(counts[key] > 1 for key in keys.values())
        else by_itself
        for one, by_itself, keys in zip(offers, alone, jobs, strict=True)
    ]
    best = list(alone)
    for group in _groups(jobs, counts):
        with_others, by_themselves = ([found[one] for one in group] for found in (shared, alone))
        # Of equal ways the notes of the former know what could be shared.
        if _digests(with_others) == _digests(by_themselves) or _money(
            with_others, distinct
        ) < _money(by_themselves, distinct):
            for one in group:
                best[one] = shared[one]
    return tuple(best)


def _digests(scenes: Sequence[PackedScene]) -> list[list[JobDigest]]:
    return [[job.digest for job in one.jobs] for one in scenes]


def _money(scenes: Sequence[PackedScene], distinct: Sequence[Task]) -> tuple[Usd, Usd]:
    """Return what all of them still cost, each digest once, and what they cost in all."""
    rendered = distinct[0].rendered
    jobs = {job.digest: job for one in scenes for job in one.jobs}
    unpaid = total(job.cost for digest, job in jobs.items() if digest not in rendered)
    return unpaid, total(job.cost for job in jobs.values())


def _job_keys(offers: Offers, scene: int) -> Mapping[Place, Hashable]:
    """Name every possible job of a scene, so that equal names can be equal jobs.

    What a chained job asks for depends on the jobs before it, back to the last shot that was picked
    or has a start frame of its own. Two scenes can have it in common if they are equal from there
    on. What holds a picked shot is only taken if it is rendered, and so shares no price.
    """
    count = len(offers.task.shots)
    contents = [_content(offers, place, scene) for place in range(count)]
    keys: dict[Place, Hashable] = {}
    root = 0
    for start in range(count):
        if offers.task.shots[start].start is not None or start in offers.task.picks:
            root = start
        before = tuple(contents[root:start]) if offers.chained(start) else ()
        for end in offers.ends(start):
            request = offers.get(start, end)
            if isinstance(request, Request) and not offers.picked(start, end):
                text = offers.template(start, end, request).text
                keys[start, end] = (hash(text), len(text), before)
    return keys


def _content(offers: Offers, place: int, scene: int) -> Hashable:
    shot, pick = offers.task.shots[place], offers.task.picks.get(place)
    if pick is not None:
        return reference_text(pick.last_frame)
    request = offers.get(place, place + 1)
    if not isinstance(request, Request):
        return scene, place  # it cannot stand alone, so there is no name for it by itself
    text = offers.template(place, place + 1, request).text
    return hash(text), len(text), shot.duration


def _groups(
    jobs: Sequence[Mapping[Place, Hashable]], counts: Mapping[Hashable, int]
) -> Iterator[list[int]]:
    """Yield scenes that are linked by jobs they could have in common, as places in the list."""
    leader = list(range(len(jobs)))

    def find(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    first: dict[Hashable, int] = {}
    for scene, keys in enumerate(jobs):
        for key in keys.values():
            if counts[key] > 1:
                leader[find(scene)] = find(first.setdefault(key, scene))
    groups: dict[int, list[int]] = {}
    for scene in range(len(jobs)):
        groups.setdefault(find(scene), []).append(scene)
    yield from (group for group in groups.values() if len(group) > 1)


def _task_key(task: Task) -> Hashable:
    """Name a task by all that packing it depends on; the looks of its shots are not in it."""
    names = dict.fromkeys(name for shot in task.shots for name in named(shot))
    voices = dict.fromkeys(line.voice for shot in task.shots for line in shot.say)
    return (
        tuple(
            (
                shot.name,
                shot.duration,
                shot.prompt,
                shot.settings,
                shot.start,
                shot.end,
                shot.say,
                shot.takes,
                shot.span,
            )
            for shot in task.shots
        ),
        task.breaks,
        task.pack,
        task.continuity,
        tuple(task.cast.elements.get(name) for name in names),
        tuple(task.cast.voices.get(voice) for voice in voices if voice is not None),
        task.ratio,
        tuple(task.picks.items()),
        tuple(tuple(shot.settings for shot in one.shots) for one in task.earlier),
    )
