"""What is written of scenes and shots to their values."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial

from storyboard.check.assets import AssetKind
from storyboard.check.finding import place
from storyboard.check.outline import Kind, SceneOutline, ShotOutline
from storyboard.check.parts import around_scenes, bare
from storyboard.check.reading import child, count, entries, items, key_of, number, seconds, text
from storyboard.check.resolve.amount import part
from storyboard.check.resolve.files import asset, local
from storyboard.check.resolve.people import voice_of
from storyboard.check.resolve.settings import settings_of
from storyboard.check.resolve.titles import styles, titles, transition
from storyboard.check.subject import Subject
from storyboard.diagnostics import Span
from storyboard.model import (
    CUT,
    OPENING,
    AspectRatio,
    Asset,
    ClipFacts,
    Continuity,
    Focus,
    FootageShot,
    Line,
    Look,
    Move,
    Pack,
    PromptShot,
    Scene,
    Seconds,
    Shot,
    StillShot,
    TitleStyle,
    Transition,
    parse,
)
from storyboard.source import Mapping, Node

_MOST_TAKES = 20

UNSAID: Seconds = Fraction(5)
"""How long a shot is taken to be that does not say, which is an error."""


@dataclass(frozen=True, slots=True)
class _Film:
    """What shots need of the whole: `subject` has no scenes. `into` is how the cut joins scenes."""

    subject: Subject
    shape: AspectRatio
    styles: dict[str, TitleStyle]
    into: Node | None


def scenes_of(subject: Subject, shape: AspectRatio) -> tuple[Scene, ...]:
    """Resolve every scene that has a shot."""
    around = around_scenes(subject)
    known = subject.memory.recall("styles", (around,), partial(styles, around))
    into = child(subject.outline.root.get("cut"), "transition")
    film = _Film(around, shape, known, into)
    found: list[Scene] = []
    for outlined in subject.outline.scenes:
        make = partial(_scene, film, outlined, is_first=not found)
        key = ("scene", shape, not found)
        scene = subject.memory.recall(key, (around, outlined, into), make)
        found.extend([scene] if scene else [])
    return tuple(found)


def _scene(film: _Film, scene: SceneOutline, *, is_first: bool) -> Scene | None:
    subject = film.subject
    shots = tuple(_shots(film, scene, is_first=is_first))
    if not shots:
        return None
    pack = text(scene.get("pack")) or text(subject.outline.root.get("pack"))
    continuity = text(scene.get("continuity"))
    return Scene(
        id=scene.id,
        title=text(scene.get("title")),
        shots=shots,
        pack=Pack(pack) if pack in set(Pack) else Pack.SCENE,
        continuity=Continuity(continuity) if continuity in set(Continuity) else Continuity.AUTO,
        span=place(scene.get("id") or scene.node),
    )


def _shots(film: _Film, scene: SceneOutline, *, is_first: bool) -> Iterator[Shot]:
    alone = bare(film.subject, scene)
    rendered = [shot for shot in scene.shots if shot.kind is Kind.PROMPT]
    for place_, shot in enumerate(scene.shots):
        opens = place_ == 0
        into = _opening(film, scene, shot) if opens and is_first else None
        look = _Look(film, into or _transition(film, scene, shot, opens_scene=opens))
        start = scene.get("start") if rendered and shot is rendered[0] else None
        end = scene.get("end") if rendered and shot is rendered[-1] else None
        make = partial(_shot, alone, shot, look, (start, end))
        key, of = ("shot", film.shape, look.transition), (film.subject, alone, shot, start, end)
        yield from film.subject.memory.recall(key, of, make)


def _shot(
    scene: SceneOutline, shot: ShotOutline, look: "_Look", lent: tuple[Node | None, Node | None]
) -> tuple[Shot, ...]:
    """Resolve a shot, if it can be; `lent` are the scene's first and last frame, where its own."""
    match shot.kind:
        case Kind.PROMPT:
            frames = _frames(look.film.subject, shot, lent)
            found = _prompt_shot(look.film, scene, shot, look, frames)
            # Without a model later stages could only say again that there is none.
            return (found,) if found.settings.model else ()
        case Kind.STILL:
            return tuple(_still_shot(look.film, shot, look))
        case Kind.FOOTAGE:
            return tuple(_footage_shot(look.film, shot, look))
        case None:
            return ()


@dataclass(frozen=True, slots=True)
class _Look:
    """What becomes a shot's look once its length is known."""

    film: _Film
    transition: Transition

    def of(self, shot: ShotOutline, length: Seconds) -> Look:
        words = titles(self.film.subject, shot.get("titles"), length, self.film.styles)
        caption = shot.get("caption")
        at = place(caption) if caption else None
        return Look(self.transition, tuple(words), text(caption), at)


def _transition(
    film: _Film, scene: SceneOutline, shot: ShotOutline, *, opens_scene: bool
) -> Transition:
    """Return how a shot comes in; for a scene's first its scene may say it, or the cut."""
    fps = film.subject.outline.fps
    nodes = [shot.get("transition")]
    if opens_scene:
        nodes += [scene.get("transition"), film.into]
    named = next((one for one in nodes if one is not None), None)
    return transition(named, fps) or CUT


def _opening(film: _Film, scene: SceneOutline, shot: ShotOutline) -> Transition:
    """Return how the film begins: it may come out of black or white, where shot or scene say so.

    What the cut says of all scenes is how they follow each other.
    """
    own = shot.get("transition")
    named = scene.get("transition") if own is None else own
    found = transition(named, film.subject.outline.fps) or CUT
    return found if found.kind in OPENING else CUT


def _frames(
    subject: Subject, shot: ShotOutline, lent: tuple[Node | None, Node | None]
) -> tuple[Asset | None, Asset | None]:
    """Return a shot's first and last frame; the scene's belong to its first and last rendered."""
    start = asset(subject, shot.get("start"), AssetKind.PICTURE)
    end = asset(subject, shot.get("end"), AssetKind.PICTURE)
    if start is None:
        start = asset(subject, lent[0], AssetKind.PICTURE)
    if end is None:
        end = asset(subject, lent[1], AssetKind.PICTURE)
    return start, end


def _prompt_shot(
    film: _Film,
    scene: SceneOutline,
    shot: ShotOutline,
    look: _Look,
    frames: tuple[Asset | None, Asset | None],
) -> PromptShot:
    length = _length(film.subject, shot)
    takes = number(shot.get("takes"))
    return PromptShot(
        name=shot.name,
        duration=length,
        prompt=parse(text(shot.get("prompt")) or "", film.subject.outline.elements).prompt,
        settings=settings_of(film.subject, scene, shot, film.shape),
        start=frames[0],
        end=frames[1],
        say=tuple(_lines(film.subject, shot)),
        look=look.of(shot, length),
        span=_span(shot),
        takes=int(takes) if takes and 1 <= takes <= _MOST_TAKES else 1,
        focus=focus(shot.get("focus")),
    )


def _still_shot(film: _Film, shot: ShotOutline, look: _Look) -> Iterator[StillShot]:
    picture = local(film.subject, shot.get("still"), AssetKind.PICTURE)
    if picture is None:
        return
    length = _length(film.subject, shot)
    move = text(shot.get("move"))
    yield StillShot(
        name=shot.name,
        duration=length,
        picture=picture,
        move=Move(move) if move in set(Move) else Move.IN,
        say=tuple(_lines(film.subject, shot)),
        look=look.of(shot, length),
        span=_span(shot),
        focus=focus(shot.get("focus")),
    )


def _footage_shot(film: _Film, shot: ShotOutline, look: _Look) -> Iterator[FootageShot]:
    clip = local(film.subject, shot.get("footage"), AssetKind.CLIP)
    if clip is None:
        return
    fps = film.subject.outline.fps
    start = seconds(shot.get("from"), fps) or Fraction(0)
    end = seconds(shot.get("to"), fps)
    if end is None:
        end = clip.facts.duration if isinstance(clip.facts, ClipFacts) else start + UNSAID
    length = seconds(shot.get("duration"), fps) or max(end - start, Fraction(0)) or UNSAID
    yield FootageShot(
        name=shot.name,
        duration=length,
        clip=clip,
        start=start,
        look=look.of(shot, length),
        span=_span(shot),
        focus=focus(shot.get("focus")),
        track=count(shot.get("sound_track")),
    )


def _length(subject: Subject, shot: ShotOutline) -> Seconds:
    return seconds(shot.get("duration"), subject.outline.fps) or UNSAID


def _lines(subject: Subject, shot: ShotOutline) -> Iterator[Line]:
    for item in items(shot.get("say")):
        for entry in entries(item):
            words = text(entry.value)
            if words is not None:
                speaker = key_of(entry)
                yield Line(speaker, voice_of(subject, speaker), words, place(entry.value))


def focus(node: Node | None) -> Focus | None:
    """Read a point or a box, as a list or as keys."""
    if isinstance(node, Mapping):
        parts = [child(node, key) for key in ("x", "y", "width", "height")]
    else:
        parts = [*items(node)[:4]]
    numbers = [part(one, Decimal(-1)) for one in parts if one is not None]
    if len(numbers) not in {2, 3, 4} or min(numbers) < 0:
        return None
    x, y, *box = numbers
    width, height = (*box, Decimal(0), Decimal(0))[:2]
    return Focus(x, y, width, height)


def _span(shot: ShotOutline) -> Span:
    return place(shot.get("id") or shot.node)
