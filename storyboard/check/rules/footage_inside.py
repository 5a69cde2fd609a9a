"""Footage from or to where its clip has nothing, or of two lengths at once."""

from collections.abc import Iterator
from fractions import Fraction

from storyboard.check.finding import error
from storyboard.check.outline import Kind, ShotOutline
from storyboard.check.reading import seconds
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import ShotSubject, Subject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.asset import ClipFacts, LocalFile
from storyboard.model.time import clock

BEYOND = Code("SB506")
DISAGREE = Code("SB507")


@rule(SHOT, Column.TIME, BEYOND, DISAGREE)
def footage_inside(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find footage that begins or ends beyond its clip, or whose length and ends disagree."""
    shot = subject.shot
    if shot.kind is not Kind.FOOTAGE:
        return
    yield from _order(subject, shot)
    match subject.file(shot.get("footage")):
        case LocalFile(facts=ClipFacts() as clip):
            yield from _beyond(subject, shot, clip)
        case _:
            return


def _order(subject: Subject, shot: ShotOutline) -> Iterator[Diagnostic]:
    fps = subject.outline.fps
    start = seconds(shot.get("from"), fps) or Fraction(0)
    end, length = seconds(shot.get("to"), fps), seconds(shot.get("duration"), fps)
    to, duration = shot.get("to"), shot.get("duration")
    if to is not None and end is not None and end <= start:
        message = f"this ends at {clock(end)}, which is not after its beginning at {clock(start)}"
        yield error(DISAGREE, to, message, "let `to` be later than `from`")
    elif duration is not None and end is not None and length not in {None, end - start}:
        message = f"from `from` to `to` it is {clock(end - start)} long"
        yield error(DISAGREE, duration, message, "leave out `to` or `duration`")


def _beyond(subject: Subject, shot: ShotOutline, clip: ClipFacts) -> Iterator[Diagnostic]:
    """Find what lies beyond the clip's end, by more than the frame that lengths are rounded to."""
    fps = subject.outline.fps
    start_node, to, duration = shot.get("from"), shot.get("to"), shot.get("duration")
    start = seconds(start_node, fps) or Fraction(0)
    end = seconds(to, fps)
    length = seconds(duration, fps)
    help_, last = f"the clip is {clock(clip.duration)} long", clip.duration + 1 / clip.fps
    if start_node is not None and start >= clip.duration:
        yield error(
            BEYOND, start_node, f"this begins at {clock(start)}, after the clip's end", help_
        )
    elif to is not None and end is not None and end > last:
        yield error(BEYOND, to, f"this ends at {clock(end)}, after the clip's end", help_)
    elif duration is not None and to is None and length is not None and start + length > last:
        message = f"this would end at {clock(start + length)}, after the clip's end"
        yield error(BEYOND, duration, message, help_)
