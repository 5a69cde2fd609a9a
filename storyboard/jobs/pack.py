"""A storyboard to its jobs: voices first, then each scene's clips in the order of the film."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from storyboard.catalogue.endpoint import Catalogue
from storyboard.diagnostics import Code, Diagnostic, Related, Result, Severity
from storyboard.diagnostics.diagnostic import has_errors
from storyboard.jobs.body import voice_job
from storyboard.jobs.job import ClipJob, Job, JobDigest, VoiceJob
from storyboard.jobs.offers import Offers, Task
from storyboard.jobs.scene import PackedScene, pack_scene
from storyboard.jobs.words import Cast
from storyboard.model.storyboard import (
    AspectRatio,
    FootageShot,
    PromptShot,
    SampledVoice,
    Scene,
    StillShot,
    Storyboard,
)


def pack(
    storyboard: Storyboard,
    catalogue: Catalogue,
    rendered: AbstractSet[JobDigest],
    aspect_ratio: AspectRatio | None = None,
) -> Result[tuple[Job, ...]]:
    """Pack every scene; the jobs in `rendered` cost nothing more.

    `aspect_ratio` stands in place of the shots' own, for an output that is rendered again. Every
    prompt shot stands in exactly one job of each of its takes. Two jobs may have one digest, where
    two scenes ask for the same: a plan renders them once.
    """
    packed = [pack_scene(Offers(it)) for it in tasks(storyboard, catalogue, rendered, aspect_ratio)]
    return assemble(storyboard, packed, catalogue)


def tasks(
    storyboard: Storyboard,
    catalogue: Catalogue,
    rendered: AbstractSet[JobDigest],
    aspect_ratio: AspectRatio | None,
) -> tuple[Task, ...]:
    """Return what is to be packed: a task for each scene that has prompt shots."""
    cast = Cast(storyboard.elements, storyboard.voices)
    every = (_task(one, cast, catalogue, rendered, aspect_ratio) for one in storyboard.scenes)
    return tuple(task for task in every if task.shots)


def assemble(
    storyboard: Storyboard, packed: Sequence[PackedScene], catalogue: Catalogue
) -> Result[tuple[Job, ...]]:
    """Put a storyboard's scenes together, with the jobs of its voices before them."""
    found = tuple(_once(packed))
    if has_errors(found):
        return Result(None, found)
    clips = tuple(job for one in packed for job in one.jobs)
    found += tuple(_repeated(clips, storyboard))
    return Result((*_voices(clips, storyboard, catalogue), *clips), found)


def _repeated(clips: Iterable[ClipJob], storyboard: Storyboard) -> Iterator[Diagnostic]:
    """Yield a note for each job that asks for what another one of the film asks for too."""
    spans = {shot.name: shot.span for shot in storyboard.shots}
    first: dict[JobDigest, ClipJob] = {}
    for clip in clips:
        before = first.setdefault(clip.digest, clip)
        if before is not clip and clip.take == 1:
            here, there = clip.shots[0].name, before.shots[0].name
            yield Diagnostic(
                Code("SB449"),
                Severity.NOTE,
                f"shot `{here}` asks for exactly what `{there}` asks for: "
                "the film shows one clip twice",
                spans[here],
                "say `take: 2` for a clip of its own, or change its words",
                (Related("the same is asked for here", spans[there]),),
            )


def _task(
    scene: Scene,
    cast: Cast,
    catalogue: Catalogue,
    rendered: AbstractSet[JobDigest],
    ratio: AspectRatio | None,
) -> Task:
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
    return Task(
        tuple(shots),
        tuple(dict(breaks).items()),
        scene.pack,
        scene.continuity,
        cast,
        catalogue,
        rendered,
        ratio,
    )


def _once(packed: Iterable[PackedScene]) -> Iterator[Diagnostic]:
    """Yield all diagnostics, and a note only where it says what none before it has said."""
    said: set[tuple[str, str]] = set()
    for one in (one for scene in packed for one in scene.diagnostics):
        if (one.code, one.message) not in said:
            said.add((one.code, one.message))
            yield one


def _voices(
    clips: Iterable[ClipJob], storyboard: Storyboard, catalogue: Catalogue
) -> Iterator[VoiceJob]:
    needed = {digest for clip in clips for digest in clip.after}
    for name, voice in sorted(storyboard.voices.items()):
        if isinstance(voice, SampledVoice):
            job = voice_job(name, voice, catalogue.voice)
            if job.digest in needed:
                yield job
