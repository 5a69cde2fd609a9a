"""Speech that is longer than its shot."""

from collections.abc import Iterator
from dataclasses import replace

from storyboard.check.codes import FAST_SPEECH, IMPOSSIBLE_SPEECH
from storyboard.check.finding import error, place, warning
from storyboard.check.needed_time import needed_time, said_lines
from storyboard.check.outline import Kind
from storyboard.check.reading import text
from storyboard.check.resolve.length import length_of
from storyboard.check.rule import SHOT, rule
from storyboard.check.speech import Pace, spoken
from storyboard.check.subject import ShotSubject
from storyboard.diagnostics import Column, Diagnostic, decimal
from storyboard.model import clock
from storyboard.source import Node


@rule(SHOT, Column.SPEECH, IMPOSSIBLE_SPEECH, FAST_SPEECH)
def speech_fits(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find shots too short to say their lines in: too fast is a warning, hopeless an error."""
    shot = subject.shot
    if shot.kind is not Kind.PROMPT:
        return
    length = length_of(subject, shot)
    lines = said_lines(shot)
    said = [text(line) or "" for line in lines]
    if not length or not any(said):
        return
    calm = spoken(said, Pace.CALM)
    help_ = f"make the shot {clock(needed_time(shot))} long, or say less"
    needs = f"spoken calmly this takes about {decimal(calm)} s; the shot is"
    if spoken(said, Pace.FASTEST) > length:
        message = f"{needs} {clock(length)}, which no one can say it in"
        yield replace(error(IMPOSSIBLE_SPEECH, _where(lines), message, help_), about=shot.name)
    elif spoken(said, Pace.FAST) > length:
        found = warning(FAST_SPEECH, _where(lines), f"{needs} {clock(length)}", help_)
        yield replace(found, about=shot.name)


def _where(lines: list[Node]) -> Node:
    return max(lines, key=lambda one: (len(text(one) or ""), place(one)))
