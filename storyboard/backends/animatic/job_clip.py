"""A job and the storyboard it is from to the clip that stands for it in the animatic."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from storyboard.backends.animatic.camera import camera_of
from storyboard.backends.animatic.clip import AnimaticClip, Card, Picture, Portrait, Spoken
from storyboard.cut.overlay import fonts_of, set_title
from storyboard.jobs import ClipJob, FrameRef, Job, JobDigest, JobShot
from storyboard.media import is_same_ratio
from storyboard.model import (
    AspectRatio,
    Asset,
    ClipFacts,
    Element,
    Fit,
    ImageReferences,
    Line,
    LocalFile,
    Mention,
    PictureFacts,
    Place,
    Prompt,
    PromptShot,
    Seconds,
    SinglePicture,
    Size,
    Storyboard,
    VideoReference,
)

_SHORT_SIDE = 720
_FPS = Fraction(24)


@dataclass(frozen=True, slots=True)
class Board:
    """A storyboard, all jobs of the plan by their digests, and the project's folder.

    `size` None is the storyboard's own. Clips are drawn for outputs that are brought into their
    ratio by `fit`.
    """

    storyboard: Storyboard
    jobs: Mapping[JobDigest, Job]
    project: Path
    size: Size | None = None
    fit: Fit = Fit.CROP


def from_job(job: ClipJob, board: Board) -> AnimaticClip:
    """Turn a job into a clip of exactly its length, with a card for each of its shots."""
    cards = tuple(_card(shot, job, board) for shot in job.shots)
    return AnimaticClip(
        size=_size(job, board),
        fps=board.storyboard.format.fps or _FPS,
        seconds=Fraction(job.seconds),
        cards=cards,
    )


def size_of(ratio: AspectRatio, short: int = _SHORT_SIDE) -> Size:
    """Return the size of a ratio whose shorter side is so long, both sides even."""
    least = min(ratio.width, ratio.height)
    width, height = (
        round(Fraction(side * short, least) / 2) * 2 for side in (ratio.width, ratio.height)
    )
    return Size(width, height)


def _size(job: ClipJob, board: Board) -> Size:
    """Return a clip's size.

    A model gives its clip the shape of the start frame. Where the film shows all of a clip, so does
    this one; where it is cropped anyway, it is drawn cropped, so that cards lose no words.
    """
    wanted = board.storyboard.format
    size = board.size or wanted.size or size_of(wanted.aspect_ratio)
    start = _first_asset(job, board)
    facts = start.facts if isinstance(start, LocalFile) else None
    if board.fit in {Fit.CROP, Fit.RENDER} or not isinstance(facts, PictureFacts | ClipFacts):
        return size
    if is_same_ratio(facts.width, facts.height, size):
        return size
    return size_of(AspectRatio(facts.width, facts.height), min(size.width, size.height))


def _card(asked: JobShot, job: ClipJob, board: Board) -> Card:
    storyboard = board.storyboard
    shot = next((one for one in storyboard.shots if one.name == asked.name), None)
    scene = next((n for n, one in enumerate(storyboard.scenes) if shot in one.shots), 0)
    last = asked is job.shots[-1]
    seconds = job.seconds - asked.start if last else Fraction(asked.asked)
    first = _first_picture(job, board)
    known = shot if isinstance(shot, PromptShot) else None
    prompt = plain(known.prompt) if known else asked.prompt
    return Card(
        name=str(asked.name),
        scene=scene,
        start=asked.start,
        seconds=seconds,
        prompt=prompt,
        camera=camera_of(prompt),
        picture=first if asked is job.shots[0] else None,
        backdrop=None if asked is job.shots[0] else first,
        portraits=_portraits(known, board) if known else (),
        lines=spoken(known.say, asked.used) if known else (),
        focus=known.focus if known else None,
        free=_free(known, job, board) if known else 1.0,
    )


def _free(shot: PromptShot, job: ClipJob, board: Board) -> float:
    """Measure what titles in the middle leave free above them, to a hundredth."""
    size, font = _size(job, board), board.storyboard.cut.font
    brand = board.project / font.path if font else None
    edges = [1.0]
    for title in shot.look.titles:
        if title.style.place is Place.CENTRE:
            fonts = fonts_of(title.style, brand, board.project)
            placed = set_title(title.text, title.style, fonts, size, 0)
            edges.append((placed.y - placed.pad_y) / size.height)
    return math.floor(max(0.0, min(edges)) * 100) / 100


def plain(prompt: Prompt) -> str:
    """Write a prompt as the storyboard has it: `@mara looks up`."""
    return "".join(
        f"@{part.element}" if isinstance(part, Mention) else part.text for part in prompt
    )


def spoken(lines: tuple[Line, ...], duration: Seconds) -> tuple[Spoken, ...]:
    """Share a shot's time among its lines by length, as the captions do."""
    said = [line for line in lines if line.text.strip()]
    whole = sum(len(line.text) for line in said)
    out: list[Spoken] = []
    passed = 0
    for line in said:
        start = duration * passed / whole
        passed += len(line.text)
        out.append(Spoken(line.speaker, line.text.strip(), start, duration * passed / whole))
    return tuple(out)


def _first_picture(job: ClipJob, board: Board) -> Picture | None:
    start = _first_asset(job, board)
    return picture_of(start, board.project) if start else None


def _first_asset(job: ClipJob, board: Board) -> Asset | None:
    """Return the picture a job begins with; for a chained job, the one its chain begins with."""
    seen: set[JobDigest] = set()
    here = job
    while here.digest not in seen:
        seen.add(here.digest)
        before = next((one for one in here.body.values() if isinstance(one, FrameRef)), None)
        if before is None:
            return _start(here, board)
        upstream = board.jobs.get(before.job)
        if not isinstance(upstream, ClipJob):
            return None
        here = upstream
    return None


def _start(job: ClipJob, board: Board) -> Asset | None:
    for shot in board.storyboard.shots:
        if shot.name == job.shots[0].name and isinstance(shot, PromptShot) and shot.start:
            return shot.start
    return None


def picture_of(asset: Asset, project: Path) -> Picture | None:
    """Return a picture of the project, or a clip to take one of.

    None for one that stands elsewhere: nothing is fetched.
    """
    if isinstance(asset, LocalFile) and isinstance(asset.facts, PictureFacts | ClipFacts):
        return Picture(asset.digest, project / asset.path)
    return None


def _portraits(shot: PromptShot, board: Board) -> tuple[Portrait, ...]:
    names = dict.fromkeys(part.element for part in shot.prompt if isinstance(part, Mention))
    elements = board.storyboard.elements
    faces = [_portrait(elements[name], board.project) for name in names if name in elements]
    if shot.end is not None:
        faces.append(Portrait("end frame", picture_of(shot.end, board.project)))
    return tuple(faces)


def _portrait(element: Element, project: Path) -> Portrait:
    match element.likeness:
        case ImageReferences(frontal=shown) | SinglePicture(picture=shown):
            return Portrait(f"@{element.name}", picture_of(shown, project))
        case VideoReference(video):
            return Portrait(f"@{element.name}", picture_of(video, project))
        case None:
            return Portrait(f"@{element.name}", None)
