"""Transitions that are longer than what they join."""

from collections.abc import Iterator

from storyboard.check.finding import error, warning
from storyboard.check.outline import SceneOutline, ShotOutline
from storyboard.check.reading import child
from storyboard.check.resolve.length import length_of
from storyboard.check.resolve.titles import transition
from storyboard.check.rule import FILM, rule
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.cut import CUT, OPENING, Transition
from storyboard.model.time import clock
from storyboard.source import Node

LONG = Code("SB504")
FIRST = Code("SB505")


@rule(FILM, Column.TIME, LONG, FIRST)
def transitions_fit(subject: Subject) -> Iterator[Diagnostic]:
    """Find transitions that need more of a shot than it has, and one no film can begin with."""
    shots = [*subject.outline.shots]
    into = [_into(subject, scene, shot) for scene, shot in shots]
    if into and (into[0][0].kind not in OPENING or into[0][2]):
        first, node, is_default = into[0]
        if first is not CUT and node is not None and not is_default:
            message = "there is nothing before the film's first shot for this to come from"
            yield warning(FIRST, node, message, "take it away, or say fade-black or fade-white")
        into[0] = (CUT, None, is_default)
    told: set[int] = set()
    for number, (here, node, _) in enumerate(into):
        if node is None or id(node) in told:
            continue
        problem = _problem(subject, shots, into, number)
        if problem is not None:
            told.add(id(node))
            help_ = "make the transition shorter, or the shot longer"
            yield error(LONG, node, f"this takes {clock(here.duration)} of {problem}", help_)


_Into = tuple[Transition, Node | None, bool]


def _problem(
    subject: Subject,
    shots: list[tuple[SceneOutline, ShotOutline]],
    into: list[_Into],
    number: int,
) -> str | None:
    """Say which of the shots that a transition joins is too short for it."""
    here = into[number][0].duration
    for _, shot in shots[max(0, number - 1) : number + 1]:
        length = length_of(subject, shot)
        if 0 < length < here:
            return f"shot `{shot.name}`, which is {clock(length)} long"
    if not number:
        return None
    shot = shots[number - 1][1]
    length = length_of(subject, shot)
    before = into[number - 1][0].duration
    if length > 0 and before <= length < before + here:
        taken = f"and the transition into it takes {clock(before)}"
        return f"shot `{shot.name}`, which is {clock(length)} long, {taken}"
    return None


def _into(subject: Subject, scene: SceneOutline, shot: ShotOutline) -> _Into:
    """Return how a shot comes in, the text that says so, and whether that is the whole cut's."""
    fps = subject.outline.fps
    own = shot.get("transition")
    if own is None and shot is scene.shots[0]:
        own = scene.get("transition")
        if own is None:
            default = child(subject.outline.root.get("cut"), "transition")
            return transition(default, fps) or CUT, default, True
    return transition(own, fps) or CUT, own, False
