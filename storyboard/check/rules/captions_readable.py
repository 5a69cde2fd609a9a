"""Captions that are gone before they can be read."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from storyboard.check.codes import FAST_SPEECH, IMPOSSIBLE_SPEECH
from storyboard.check.finding import place, warning
from storyboard.check.needed_time import (
    CHARACTERS_A_SECOND,
    caption_characters,
    needed_time,
    said_lines,
)
from storyboard.check.outline import ShotOutline
from storyboard.check.reading import text
from storyboard.check.resolve.length import length_of
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import ShotSubject
from storyboard.diagnostics import Code, Column, Diagnostic, Follows, Same, Span, decimal
from storyboard.model import clock

CODE = Code("SB662")
_SPEECH_TOO_LONG = Follows(frozenset({IMPOSSIBLE_SPEECH, FAST_SPEECH}), Same.ABOUT)


@rule(SHOT, Column.CAPTIONS, CODE)
def captions_readable(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find captions that stay for less than their words need at 17 characters a second.

    A shot's own caption has the whole shot. Lines of speech share it, so that the shot has to be
    long enough for all of them.
    """
    shot, length = subject.shot, length_of(subject, subject.shot)
    characters = caption_characters(shot)
    needed = Fraction(characters, CHARACTERS_A_SECOND)
    if shot.kind is not None and 0 < length < needed:
        speed = decimal(characters / length, above=CHARACTERS_A_SECOND)
        found = warning(
            CODE,
            _where(shot),
            f"the captions of `{shot.name}` run at {speed} characters a second; "
            f"{CHARACTERS_A_SECOND} can be read",
            f"make the shot {clock(needed_time(shot))} long, or the words shorter",
        )
        yield replace(found, about=shot.name, follows=_SPEECH_TOO_LONG)


def _where(shot: ShotOutline) -> Span:
    """Return where the words are, or the shot if they are its own caption."""
    lines = [line for line in said_lines(shot) if text(line) is not None]
    if text(shot.get("caption")) is None and lines:
        return place(lines[0])
    return place(shot.get("id") or shot.node)
