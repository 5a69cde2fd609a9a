"""A storyboard to its jobs: voices first, then each scene's clips in the order of the film."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from types import MappingProxyType

from storyboard.catalogue import Catalogue, VoiceEndpoint
from storyboard.diagnostics import Code, Diagnostic, Related, Result, Severity, has_errors
from storyboard.jobs.body import voice_job
from storyboard.jobs.job import ClipJob, Job, JobDigest, VoiceJob
from storyboard.jobs.offers import Offers, Task
from storyboard.jobs.picks import PickedShot
from storyboard.jobs.scene import PackedScene, pack_scene
from storyboard.jobs.voices import distinct
from storyboard.jobs.words import Cast
from storyboard.model import (
    AspectRatio,
    Continuity,
    FootageShot,
    Pack,
    PromptShot,
    SampledVoice,
    Scene,
    ShotName,
    StillShot,
    Storyboard,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A storyboard as one catalogue reads it: a setting to one may be nothing to another."""

    storyboard: Storyboard
    catalogue: Catalogue


def pack(  # noqa: PLR0913, PLR0917 -- what is packed comes from six places
    storyboard: Storyboard,
    catalogue: Catalogue,
    rendered: AbstractSet[JobDigest],
    aspect_ratio: AspectRatio | None = None,
    earlier: Sequence[Reading] = (),
    picks: Mapping[ShotName, PickedShot] = MappingProxyType({}),
) -> Result[tuple[Job, ...]]:
    """Pack every scene; the jobs in `rendered` cost nothing more, and are kept.

    `earlier` are readings of the storyboard by catalogues that may have asked for what is rendered.
    `aspect_ratio` stands in place of the shots' own, for an output that is rendered again. Every
    prompt shot stands in exactly one job, and how many takes it wants changes no job; one of the
    `picks`, which are current, stands in none but of those that are rendered. Two jobs may have one
    digest, where two scenes ask for the same: a plan renders them once.
    """
    every = tasks(Reading(storyboard, catalogue), rendered, aspect_ratio, earlier, picks)
    packed = [pack_scene(Offers(it)) for it in every]
    return assemble(storyboard, packed, makers(catalogue, earlier))


def tasks(
    reading: Reading,
    rendered: AbstractSet[JobDigest],
    aspect_ratio: AspectRatio | None,
    earlier: Sequence[Reading] = (),
    picks: Mapping[ShotName, PickedShot] = MappingProxyType({}),
) -> tuple[Task, ...]:
    """Return what is to be packed: a task for each scene that has prompt shots."""
    voices = makers(reading.catalogue, earlier) if earlier else ()
    scenes = [_scenes(one, rendered, aspect_ratio, voices) for one in (reading, *earlier)]
    every = zip(*scenes, strict=True)
    return tuple(
        replace(now, earlier=tuple(past), picks=_places(now.shots, picks))
        for now, *past in every
        if now.shots
    )


def _places(
    shots: Sequence[PromptShot], picks: Mapping[ShotName, PickedShot]
) -> dict[int, PickedShot]:
    return {n: picks[one.name] for n, one in enumerate(shots) if one.name in picks}


def makers(catalogue: Catalogue, earlier: Sequence[Reading]) -> tuple[VoiceEndpoint, ...]:
    """Return the endpoints that voices are, or may have been, created with."""
    every = (catalogue, *(one.catalogue for one in earlier))
    return distinct(voice for one in every for voice in one.voices)


def assemble(
    storyboard: Storyboard, packed: Sequence[PackedScene], voices: Sequence[VoiceEndpoint]
) -> Result[tuple[Job, ...]]:
    """Put a storyboard's scenes together, with the jobs of its voices before them."""
    found = tuple(_once(packed))
    if has_errors(found):
        return Result(None, found)
    clips = tuple(job for one in packed for job in one.jobs)
    found += tuple(_repeated(clips, storyboard))
    return Result((*_voices(clips, storyboard, voices), *clips), found)


def _repeated(clips: Iterable[ClipJob], storyboard: Storyboard) -> Iterator[Diagnostic]:
    """Yield a note for each job that asks for what another one of the film asks for too."""
    spans = {shot.name: shot.span for shot in storyboard.shots}
    first: dict[JobDigest, ClipJob] = {}
    for clip in clips:
        before = first.setdefault(clip.digest, clip)
        if before is not clip:
            here, there = clip.shots[0].name, before.shots[0].name
            yield Diagnostic(
                Code("SB449"),
                Severity.NOTE,
                f"shot `{here}` asks for exactly what `{there}` asks for: "
                "the film shows one clip twice",
                spans[here],
                "change its words for a clip of its own",
                (Related("the same is asked for here", spans[there]),),
            )


def _scenes(
    reading: Reading,
    rendered: AbstractSet[JobDigest],
    ratio: AspectRatio | None,
    voices: tuple[VoiceEndpoint, ...],
) -> list[Task]:
    board = reading.storyboard
    cast = Cast(board.elements, board.voices)
    blank = Task(
        (), (), Pack.SCENE, Continuity.AUTO, cast, reading.catalogue, rendered, ratio, (), voices
    )
    return [_task(one, blank) for one in board.scenes]


def _task(scene: Scene, blank: Task) -> Task:
    shots: list[PromptShot] = []
    breaks: list[tuple[int, str]] = []
    for shot in scene.shots:
        match shot:
            case PromptShot():
                shots.append(shot)
            case StillShot():
                breaks.append((len(shots), "a still"))
            case FootageShot():
                breaks.append((len(shots), "footage"))
    return replace(
        blank,
        shots=tuple(shots),
        breaks=tuple(dict(breaks).items()),
        pack=scene.pack,
        continuity=scene.continuity,
    )


def _once(packed: Iterable[PackedScene]) -> Iterator[Diagnostic]:
    """Yield all diagnostics, and a note only where it says what none before it has said."""
    said: set[tuple[str, str]] = set()
    for one in (one for scene in packed for one in scene.diagnostics):
        if (one.code, one.message) not in said:
            said.add((one.code, one.message))
            yield one


def _voices(
    clips: Iterable[ClipJob], storyboard: Storyboard, endpoints: Sequence[VoiceEndpoint]
) -> Iterator[VoiceJob]:
    needed = {digest for clip in clips for digest in clip.after}
    for name, voice in sorted(storyboard.voices.items()):
        if isinstance(voice, SampledVoice):
            jobs = (voice_job(name, voice, one) for one in endpoints)
            yield from (job for job in jobs if job.digest in needed)
