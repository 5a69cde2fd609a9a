"""A storyboard's captions to those that are gone before they can be read."""

from collections.abc import Iterator
from fractions import Fraction

from storyboard.diagnostics import Diagnostic, Severity, Span
from storyboard.model.storyboard import FootageShot, Shot, Storyboard
from storyboard.model.time import clock
from storyboard.template.codes import CAPTION_FAST

CHARACTERS_A_SECOND = 17
"""What viewers read with ease; broadcasters' subtitle rules say 15 to 20."""


def unreadable_captions(storyboard: Storyboard) -> tuple[Diagnostic, ...]:
    """Find captions that stay for less than their words need at 17 characters a second.

    A shot's own caption has the whole shot. Lines of speech share it, so that the shot has to be
    long enough for all of them.
    """
    return tuple(one for shot in storyboard.shots for one in _of(shot))


def _of(shot: Shot) -> Iterator[Diagnostic]:
    if shot.look.caption is not None:
        if shot.look.caption.strip():
            yield from _check(len(shot.look.caption), shot.span, shot)
        return
    if isinstance(shot, FootageShot) or not shot.say:
        return
    yield from _check(sum(len(line.text) for line in shot.say), shot.say[0].span, shot)


def _check(characters: int, span: Span, shot: Shot) -> Iterator[Diagnostic]:
    needed = Fraction(characters, CHARACTERS_A_SECOND)
    if needed <= shot.duration:
        return
    speed = round(characters / shot.duration)
    yield Diagnostic(
        CAPTION_FAST,
        Severity.WARNING,
        f"the captions of `{shot.name}` run at {speed} characters a second; "
        f"{CHARACTERS_A_SECOND} can be read",
        span,
        f"make the shot {clock(needed)} long, or the words shorter",
    )
