"""Titles that stand in one another's place."""

from collections.abc import Iterator
from itertools import islice

from storyboard.check.codes import TITLES_TOGETHER
from storyboard.check.finding import place, warning
from storyboard.check.resolve.length import length_of
from storyboard.check.resolve.titles import styles, titles
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import ShotSubject
from storyboard.diagnostics import Column, Diagnostic, Related
from storyboard.model import Title

_MOST = 100
"""Titles of a shot that are compared: the schema allows no more."""


@rule(SHOT, Column.TITLES, TITLES_TOGETHER)
def titles_apart(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find titles of a shot that are at the same time in the same place."""
    known = styles(subject)
    shot = subject.shot
    written = shot.get("titles")
    length = length_of(subject, shot)
    if written is None or not length:
        return
    seen: list[Title] = []
    for title in islice(titles(subject, written, length, known), _MOST):
        first = next((one for one in seen if _collide(one, title)), None)
        if first is not None:
            where = title.style.place
            message = f"this title stands on another at the same time, both `{where}`"
            also = Related("the other title", place(first.span))
            help_ = "give one of them another `style`, or another time with `at` and `for`"
            yield warning(TITLES_TOGETHER, title.span, message, help_, also)
        seen.append(title)


def _collide(one: Title, other: Title) -> bool:
    apart = one.at + one.duration <= other.at or other.at + other.duration <= one.at
    return one.style.place is other.style.place and not apart
