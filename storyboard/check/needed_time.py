"""Compute how long a shot has to be for its captions to be read and its lines to be said."""

from fractions import Fraction

from storyboard.check.outline import Kind, ShotOutline
from storyboard.check.reading import entries, items, text
from storyboard.check.speech import Pace, spoken
from storyboard.model import Seconds
from storyboard.source import Node

CHARACTERS_A_SECOND = 17
"""What viewers read with ease; broadcasters' subtitle rules say 15 to 20."""


def said_lines(shot: ShotOutline) -> list[Node]:
    """Return the lines of speech of a shot, as they stand."""
    return [entry.value for line in items(shot.get("say")) for entry in entries(line)]


def caption_characters(shot: ShotOutline) -> int:
    """Count what is shown as captions: a shot's own caption, or else its lines."""
    caption = text(shot.get("caption"))
    if caption is not None:
        return len(caption) if caption.strip() else 0
    if shot.kind is Kind.FOOTAGE:
        return 0
    return sum(len(text(line) or "") for line in said_lines(shot))


def needed_time(shot: ShotOutline) -> Seconds:
    """Return a length at which a shot's captions can be read and its lines be said calmly.

    It is in half seconds, and one for both: two lengths would be a riddle.
    """
    read = Fraction(caption_characters(shot), CHARACTERS_A_SECOND)
    said = [text(line) or "" for line in said_lines(shot)] if shot.kind is Kind.PROMPT else []
    return Fraction(-(-max(read, spoken(said, Pace.CALM)) * 2 // 1), 2)
