"""Titles that are outside their shot."""

from collections.abc import Iterator
from fractions import Fraction

from storyboard.check.finding import error
from storyboard.check.reading import child, items, seconds
from storyboard.check.resolve.length import length_of
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import ShotSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.time import clock

CODE = Code("SB503")


@rule(SHOT, Column.TIME, CODE)
def titles_inside(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find titles that begin or end after their shot's end."""
    fps = subject.outline.fps
    shot = subject.shot
    length = length_of(subject, shot)
    for title in items(shot.get("titles")) if length else ():
        at, stays = child(title, "at"), child(title, "for")
        begins = seconds(at, fps) or Fraction(0)
        ends = begins + (seconds(stays, fps) or Fraction(0))
        if at is not None and begins >= length:
            message = f"this title begins at {clock(begins)}; the shot ends at {clock(length)}"
            yield error(CODE, at, message, "let it begin earlier, or make the shot longer")
        elif ends > length:
            message = f"this title ends at {clock(ends)}; the shot ends at {clock(length)}"
            room = f"it has {clock(length - begins)}: leave `for` out to stay to the end"
            yield error(CODE, stays or title, message, room)
