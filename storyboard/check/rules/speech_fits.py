"""Speech that is longer than its shot."""

from collections.abc import Iterator
from fractions import Fraction

from storyboard.check.finding import error, place, warning
from storyboard.check.outline import Kind
from storyboard.check.reading import entries, items, text
from storyboard.check.resolve.length import length_of
from storyboard.check.rule import SHOT, rule
from storyboard.check.speech import Pace, spoken
from storyboard.check.subject import ShotSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.time import clock
from storyboard.source import Node

IMPOSSIBLE = Code("SB508")
FAST = Code("SB509")


@rule(SHOT, Column.SPEECH, IMPOSSIBLE, FAST)
def speech_fits(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find shots too short to say their lines in: too fast is a warning, hopeless an error."""
    shot = subject.shot
    if shot.kind is not Kind.PROMPT:
        return
    length = length_of(subject, shot)
    lines = [entry.value for line in items(shot.get("say")) for entry in entries(line)]
    said = [text(line) or "" for line in lines]
    if not length or not any(said):
        return
    calm = spoken(said, Pace.CALM)
    asked = clock(Fraction(-(-calm * 2 // 1), 2))
    help_ = f"make the shot about {asked} long, or say less"
    needs = f"spoken calmly this takes about {clock(round(calm, 1))}; the shot is"
    if spoken(said, Pace.FASTEST) > length:
        message = f"{needs} {clock(length)}, which no one can say it in"
        yield error(IMPOSSIBLE, _where(lines), message, help_)
    elif spoken(said, Pace.FAST) > length:
        yield warning(FAST, _where(lines), f"{needs} {clock(length)}", help_)


def _where(lines: list[Node]) -> Node:
    return max(lines, key=lambda one: (len(text(one) or ""), place(one)))
