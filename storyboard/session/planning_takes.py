"""Plan further takes of shots: of the packs that they are in, or of each shot alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from storyboard.jobs import (
    NO_PICKS,
    ClipJob,
    FrameRef,
    Job,
    JobDigest,
    begins_with_frame,
    pack_alone,
)
from storyboard.model import AspectRatio, PromptShot, ShotName, Usd, dollars, total
from storyboard.pipeline import Ask, Compiled
from storyboard.plan import JobState, Plan, Wanted, gathered, plan, rendered_ratio
from storyboard.session.backend_choice import BackendChoice
from storyboard.session.compile_ask import compiled, plan_of
from storyboard.session.errors import AskError
from storyboard.session.shot_takes import ShotTake, TakesOfShot
from storyboard.session.takes_asked import chosen_takes, takes_of


class TakeWay(StrEnum):
    """How a shot is rendered again: with what it is packed with, or alone."""

    PACK = "pack"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class FurtherTakes:
    """One way to get further takes of shots: the plan of it, or why there is none.

    `jobs` are the requests of which a take is a take of the shots; one of `cost` each. `plan` has
    them, with as many takes as there will be, and what they need.
    """

    way: TakeWay
    jobs: tuple[ClipJob, ...] = ()
    plan: Plan | None = None
    refusal: str = ""
    help: str = ""

    @property
    def cost(self) -> Usd:
        """The price of one further take of every request."""
        return total(job.cost for job in self.jobs)


@dataclass(frozen=True, slots=True)
class TakesAsked:
    """Shots of which further takes are wanted, and both ways to get them."""

    compiled: Compiled
    shots: tuple[TakesOfShot, ...]
    ways: Mapping[TakeWay, FurtherTakes]


def further_takes(
    ask: Ask, choice: BackendChoice, shots: Sequence[str], count: int, film: str | None = None
) -> TakesAsked:
    """Plan `count` further takes of shots, by their names, both ways; nothing is sent.

    A take that is in flight, or of unknown outcome, is one of these: it is taken up, and not paid
    again. A shot that is shown in several shapes is rendered in its own, unless it is named with
    another one.

    Raises:
        MistakesError: the storyboard or its lock has errors.
        AskError: there is no such shot or film.
    """
    result = compiled(ask, choice)
    every = takes_of(result, choice)
    chosen = _in_one_shape(chosen_takes(every, plan_of(result), shots, film), shots)
    names = frozenset(one.name for one in chosen)
    # A picked shot is in no job, unless its job is rendered: it is for it that a take is wanted.
    picked = any(name in one.picks.current for one in result.wanted for name in names)
    unpicked = compiled(replace(ask, unpicked=names), choice) if picked else result
    plan_of(unpicked)
    ways = (_packs(unpicked, chosen, film, count), _singles(result, every, chosen, film, count))
    return TakesAsked(result, chosen, {one.way: one for one in ways})


def plan_of_way(asked: TakesAsked, way: TakeWay) -> Plan:
    """Return the plan of a way that there is.

    Raises:
        AskError: there is none; the other one is named, with its price.
    """
    chosen = asked.ways[way]
    if chosen.plan is not None:
        return chosen.plan
    other = next(one for one in asked.ways.values() if one.way is not way)
    instead = f"; {other.way.value} costs {dollars(other.cost)} a take" if other.plan else ""
    raise AskError(chosen.refusal, f"{chosen.help}{instead}".removeprefix("; "))


def _in_one_shape(found: Sequence[TakesOfShot], shots: Sequence[str]) -> tuple[TakesOfShot, ...]:
    own = {one.title for one in found}
    return tuple(one for one in found if one.title in shots or one.name not in own)


def _showing(result: Compiled, shot: TakesOfShot, film: str | None) -> Iterator[Wanted]:
    """Go through the films, in the shape, whose shot this is, as far as they were chosen."""
    for one in result.wanted:
        if rendered_ratio(one) != shot.ratio or one.variation not in shot.films:
            continue
        if film is None or one.variation == film:
            yield one


@dataclass(slots=True)
class _Gathered:
    """What is wanted: of each film its jobs, and of all the jobs that hold the shots."""

    way: TakeWay
    result: Compiled
    count: int
    films: dict[int, tuple[Wanted, dict[JobDigest, Job]]] = field(default_factory=dict)
    wanted: dict[JobDigest, ClipJob] = field(default_factory=dict)

    def add(self, film: Wanted, holding: Iterable[ClipJob], jobs: Iterable[Job]) -> None:
        """Add jobs that hold a shot of a film, and all that are to be in its plan."""
        self.wanted |= {job.digest: job for job in holding}
        _, known = self.films.setdefault(id(film), (film, {}))
        known |= {job.digest: job for job in jobs}

    def planned(self) -> FurtherTakes:
        """Plan `count` takes more than are rendered of the jobs, and one of each that they need."""
        result = self.result
        asked = tuple(
            replace(film, picks=NO_PICKS, jobs=tuple(map(self._with_takes, jobs.values())))
            for film, jobs in self.films.values()
        )
        made = plan(asked, result.held, (*result.every, *asked), result.catalogue, result.absent)
        jobs = (one.job for one in made.jobs if one.job.digest in self.wanted)
        return FurtherTakes(self.way, tuple(_clips(jobs)), made)

    def _with_takes(self, job: Job) -> Job:
        if not isinstance(job, ClipJob):
            return job
        if job.digest not in self.wanted:
            return replace(job, takes=1)
        known = gathered(job, self.result.held.takes).values()
        rendered = sum(one.state is JobState.RENDERED for one in known)
        return replace(job, takes=self.count + rendered)


def _packs(
    result: Compiled, shots: Sequence[TakesOfShot], film: str | None, count: int
) -> FurtherTakes:
    """Plan takes of the jobs that hold the shots."""
    found = _Gathered(TakeWay.PACK, result, count)
    for shot in shots:
        for one in _showing(result, shot, film):
            holding = [job for job in _clips(one.jobs) if _has(job, shot.name)]
            found.add(one, holding, _with_needed(one.jobs, holding))
    return found.planned()


def _clips(jobs: Iterable[Job]) -> Iterator[ClipJob]:
    yield from (job for job in jobs if isinstance(job, ClipJob))


def _has(job: ClipJob, name: ShotName) -> bool:
    return any(shot.name == name for shot in job.shots)


def _with_needed(every: Sequence[Job], jobs: Iterable[Job]) -> Iterator[Job]:
    """Go through jobs and those that they come after, in the order of the film."""
    known = {job.digest: job for job in every}
    needed: set[JobDigest] = set()
    open_ = [job.digest for job in jobs]
    while open_:
        digest = open_.pop()
        if digest not in needed and (job := known.get(digest)) is not None:
            needed.add(digest)
            open_ += job.after if isinstance(job, ClipJob) else ()
    yield from (job for job in every if job.digest in needed)


def _singles(
    result: Compiled,
    every: Sequence[TakesOfShot],
    shots: Sequence[TakesOfShot],
    film: str | None,
    count: int,
) -> FurtherTakes:
    """Plan takes of jobs of each shot alone."""
    found, shown = _Gathered(TakeWay.ALONE, result, count), _Shown(every)
    made: dict[tuple[int, FrameRef | None], tuple[Job, ...]] = {}
    for shot in shots:
        for one in _showing(result, shot, film):
            asked, frame = _prompt_shot(one, shot.name), None
            if begins_with_frame(asked, one.storyboard, result.catalogue):
                frame = shown.frame_before(one, asked)
                if frame is None:
                    return _no_frame(shot)
            key = (id(shot), frame)
            if key not in made:
                packed = _alone(result, one, asked, frame)
                if isinstance(packed, FurtherTakes):
                    return packed
                made[key] = packed
            found.add(one, _clips(made[key]), made[key])
    return found.planned()


def _alone(
    result: Compiled, film: Wanted, shot: PromptShot, frame: FrameRef | None
) -> tuple[Job, ...] | FurtherTakes:
    """Return the job of a shot alone with those that it needs, or why there is none."""
    rendered, ratio = result.held.paid, rendered_ratio(film)
    packed = pack_alone(shot, film.storyboard, result.catalogue, rendered, ratio, frame)
    if packed.value is not None:
        return packed.value
    first = packed.diagnostics[0]
    return FurtherTakes(TakeWay.ALONE, refusal=first.message, help=first.help or "")


def _prompt_shot(film: Wanted, name: ShotName) -> PromptShot:
    shots = (one for one in film.storyboard.shots if isinstance(one, PromptShot))
    return next(one for one in shots if one.name == name)


def _no_frame(shot: TakesOfShot) -> FurtherTakes:
    return FurtherTakes(
        TakeWay.ALONE,
        refusal=f"shot `{shot.name}` alone begins with the frame before it, and no clip shows that",
        help="render what is before it, or give the shot `start:` with a picture",
    )


@dataclass(slots=True)
class _Shown:
    """What films show of their shots now, to take frames from."""

    every: Sequence[TakesOfShot]
    _takes: dict[tuple[ShotName, AspectRatio | None, str | None], ShotTake] = field(init=False)

    def __post_init__(self) -> None:
        self._takes = {
            (shot.name, shot.ratio, film): take
            for shot in self.every
            for take in shot.takes
            for film in take.use.shown_in
        }

    def frame_before(self, film: Wanted, shot: PromptShot) -> FrameRef | None:
        """Return the frame before a shot in the clip that shows it; of its first, the one before.

        None if that is in no clip that is there.
        """
        take = self._of(film, shot.name)
        if take is not None and take.at:
            return _frame(take, is_behind=False)
        scene = next(one for one in film.storyboard.scenes if shot in one.shots)
        prompts = [one.name for one in scene.shots if isinstance(one, PromptShot)]
        before = self._of(film, prompts[prompts.index(shot.name) - 1])
        return None if before is None else _frame(before, is_behind=True)

    def _of(self, film: Wanted, name: ShotName) -> ShotTake | None:
        return self._takes.get((name, rendered_ratio(film), film.variation))


def _frame(take: ShotTake, *, is_behind: bool) -> FrameRef | None:
    """Return the last frame before a shot's part of a clip, or the last of the part."""
    if take.at is None:
        return None
    at = take.at + take.used if is_behind else take.at
    return FrameRef(take.job, at, take.rendering, take.clip)
