"""Recorded speech that begins after the film's end."""

from collections.abc import Iterator
from fractions import Fraction

from storyboard.check.finding import error
from storyboard.check.reading import child, one_or_many, seconds
from storyboard.check.resolve.length import length_of
from storyboard.check.resolve.titles import transition
from storyboard.check.rule import FILM, rule
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.cut import CUT
from storyboard.model.time import Seconds, clock

CODE = Code("SB518")


@rule(FILM, Column.SPEECH, CODE)
def voiceover_inside(subject: Subject) -> Iterator[Diagnostic]:
    """Find speech laid over the film whose `at` is where the film has ended."""
    cut = subject.outline.root.get("cut")
    times = [child(one, "at") for one in one_or_many(child(cut, "voiceover"))]
    named = [(node, seconds(node, subject.outline.fps)) for node in times if node is not None]
    length = _film(subject) if named else None
    for node, at in named:
        if length is not None and at is not None and at >= length:
            message = f"this begins at {clock(at)}; the film ends at {clock(length)}"
            yield error(CODE, node, message, "let it begin earlier, or make the film longer")


def _film(subject: Subject) -> Seconds | None:
    """Return how long the film is; None where a shot does not say how long it is."""
    lengths = [length_of(subject, shot) for _, shot in subject.outline.shots]
    if not lengths or not all(lengths):
        return None
    return max(sum(lengths, Fraction(0)) - sum(_overlaps(subject), Fraction(0)), Fraction(0))


def _overlaps(subject: Subject) -> Iterator[Seconds]:
    """Yield how long each transition takes; the film's first shot has none."""
    fps, default = subject.outline.fps, child(subject.outline.root.get("cut"), "transition")
    for number, (scene, shot) in enumerate(subject.outline.shots):
        nodes = [shot.get("transition")]
        nodes += [scene.get("transition"), default] if shot is scene.shots[0] else []
        named = next((one for one in nodes if one is not None), None)
        if number:
            yield (transition(named, fps) or CUT).duration
