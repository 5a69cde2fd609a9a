"""What is written of the film's shape and its outputs to exact sizes and rates."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise

from storyboard.check import form
from storyboard.check.finding import place
from storyboard.check.outline import Kind, SceneOutline, ShotOutline
from storyboard.check.reading import child, items, seconds, text
from storyboard.check.subject import Subject
from storyboard.diagnostics import Span
from storyboard.model import (
    AspectRatio,
    Captions,
    ClipFacts,
    Fit,
    Format,
    LocalFile,
    Output,
    PictureFacts,
    Size,
)
from storyboard.source import Node

WHOLE_FILM = "film"
"""The name of the one output of a storyboard that names none."""

_COMMON = tuple(
    AspectRatio(*sides)
    for sides in ((16, 9), (9, 16), (1, 1), (4, 3), (3, 4), (3, 2), (2, 3), (4, 5), (5, 4), (21, 9))
)
_CLOSE = Fraction(1, 50)


def format_of(subject: Subject) -> Format:
    """Resolve the film's format."""
    node = subject.outline.root.get("format")
    written = text(child(node, "aspect_ratio"))
    named = text(child(node, "resolution"))
    pixels = form.pixels(named)
    shape = form.ratio(written)
    if shape is None and pixels:
        shape = snapped(pixels.width, pixels.height)
    if shape is None:
        shape = _most_of_the_film(subject) if written == "auto" else form.WIDE
    lines = form.lines(named)
    size = pixels or (form.sized(lines, shape) if lines else None)
    return Format(shape, size, subject.outline.fps)


def place_of_ratio(subject: Subject) -> Span | None:
    """Return where the film's ratio is written; None if nothing says it."""
    node = subject.outline.root.get("format")
    written = child(node, "aspect_ratio") or child(node, "resolution")
    return None if written is None else place(written)


def outputs_of(subject: Subject, film: Format) -> tuple[Output, ...]:
    """Resolve the outputs; where none is named, the film as it is."""
    root = subject.outline.root
    captions = _captions(child(root.get("cut"), "captions"), Captions.SIDECAR)
    nodes = items(root.get("outputs"))
    if not nodes:
        span = place(root)
        return (Output(WHOLE_FILM, film, Fit.CROP, captions, span),)
    return tuple(
        Output(
            name=text(child(node, "name")) or str(number),
            format=_format_of_output(node, film),
            fit=_fit(child(node, "fit")),
            captions=_captions(child(node, "captions"), captions),
            span=_span(node),
        )
        for number, node in enumerate(nodes, start=1)
    )


def snapped(width: int, height: int) -> AspectRatio:
    """Return the ratio of a size; one a little off a common one is that: 1916 by 1080 is 16:9."""
    exact = Fraction(width, height)
    for common in _COMMON:
        wanted = Fraction(common.width, common.height)
        if abs(exact - wanted) <= wanted * _CLOSE:
            return common
    return form.of_fraction(exact)


def _format_of_output(node: Node, film: Format) -> Format:
    named = text(child(node, "resolution"))
    pixels = form.pixels(named)
    shape = form.ratio(text(child(node, "aspect_ratio")))
    if shape is None:
        shape = snapped(pixels.width, pixels.height) if pixels else film.aspect_ratio
    lines = form.lines(named)
    if pixels is None and lines is None and named != "auto" and film.size is not None:
        lines = min(film.size.width, film.size.height)
    size = pixels or _size(film, shape, lines)
    return Format(shape, size, form.frame_rate(child(node, "fps")) or film.fps)


def _size(film: Format, shape: AspectRatio, lines: int | None) -> Size | None:
    if lines is None:
        return None
    same = film.size is not None and lines == min(film.size.width, film.size.height)
    return film.size if same and shape == film.aspect_ratio else form.sized(lines, shape)


def _most_of_the_film(subject: Subject) -> AspectRatio:
    """Return the shape that most seconds have: of footage, and of shots with a start frame."""
    votes: Counter[AspectRatio] = Counter()
    for scene in subject.outline.scenes:
        for before, shot in pairwise((None, *scene.shots)):
            shape = _own_shape(subject, scene, shot, before)
            if shot is not None and shape is not None:
                length = seconds(shot.get("duration"), subject.outline.fps) or Fraction(5)
                votes[shape] += int(length * 1000)
    return max(votes, key=lambda one: votes[one], default=form.WIDE)


def _own_shape(
    subject: Subject, scene: SceneOutline, shot: ShotOutline | None, before: ShotOutline | None
) -> AspectRatio | None:
    if shot is None or shot.kind in {Kind.STILL, None}:
        return None
    key = "footage" if shot.kind is Kind.FOOTAGE else "start"
    node = shot.get(key)
    if node is None and before is None:
        node = scene.get(key)
    match subject.file(node):
        case LocalFile(facts=PictureFacts() | ClipFacts() as facts):
            return snapped(facts.width, facts.height)
        case _:
            return None


def _captions(node: Node | None, default: Captions) -> Captions:
    written = text(node)
    return Captions(written) if written in set(Captions) else default


def _fit(node: Node | None) -> Fit:
    written = text(node)
    return Fit(written) if written in set(Fit) else Fit.CROP


def _span(node: Node) -> Span:
    return place(node)
