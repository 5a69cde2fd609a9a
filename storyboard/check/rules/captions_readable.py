"""Captions that are gone before they can be read."""

from collections.abc import Iterator
from fractions import Fraction

from storyboard.check.finding import place, warning
from storyboard.check.outline import Kind, ShotOutline
from storyboard.check.reading import entries, items, text
from storyboard.check.resolve.length import length_of
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import ShotSubject
from storyboard.diagnostics import Code, Diagnostic, Span
from storyboard.diagnostics.column import Column
from storyboard.model.time import clock

CODE = Code("SB662")

CHARACTERS_A_SECOND = 17
"""What viewers read with ease; broadcasters' subtitle rules say 15 to 20."""


@rule(SHOT, Column.CAPTIONS, CODE)
def captions_readable(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find captions that stay for less than their words need at 17 characters a second.

    A shot's own caption has the whole shot. Lines of speech share it, so that the shot has to be
    long enough for all of them.
    """
    shot, length = subject.shot, length_of(subject, subject.shot)
    characters, span = _words(shot)
    needed = Fraction(characters, CHARACTERS_A_SECOND)
    if shot.kind is not None and 0 < length < needed:
        speed = round(characters / length)
        yield warning(
            CODE,
            span,
            f"the captions of `{shot.name}` run at {speed} characters a second; "
            f"{CHARACTERS_A_SECOND} can be read",
            f"make the shot {clock(needed)} long, or the words shorter",
        )


def _words(shot: ShotOutline) -> tuple[int, Span]:
    """Return how many characters are shown as captions, and where the first of them are."""
    where = place(shot.get("id") or shot.node)
    caption = text(shot.get("caption"))
    if caption is not None:
        return len(caption) if caption.strip() else 0, where
    lines = [entry.value for item in items(shot.get("say")) for entry in entries(item)]
    said = [(len(words), place(line)) for line in lines if (words := text(line)) is not None]
    if shot.kind is Kind.FOOTAGE or not said:
        return 0, where
    return sum(count for count, _ in said), said[0][1]
