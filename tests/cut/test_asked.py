"""What a film asks for is no mistake: stillness, black and silence, for as long as it is asked."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from films import Take, timeline

from storyboard.cut.asked import Span, asked
from storyboard.cut.timeline import ClipSource, StillSource, TimedSound, Timeline
from storyboard.media.yuv import Frame
from storyboard.model.asset import ClipFacts
from storyboard.model.cut import TransitionKind
from storyboard.model.storyboard import Move

MUTE = ClipFacts("mp4", 192, 108, Fraction(24), Fraction(10), "h264", None)
HEARD = replace(MUTE, audio_codec="aac")
NOWHERE = Path("nowhere")


class _Plain:
    """Pages without anything on them."""

    def page(self, frame: Frame, n: int, matrix: int) -> Frame:
        del n, matrix
        return frame

    def recipe(self, start: int, stop: int) -> str:
        return f"{start} {stop}"


def clip(facts: ClipFacts, *, of_job: bool = False) -> Take:
    return Take(ClipSource(NOWHERE, facts, Fraction(0), of_job=of_job), 96)


def sound(at: int, seconds: int) -> TimedSound:
    zero, none = Fraction(0), Decimal(0)
    return TimedSound(NOWHERE, Fraction(at), zero, Fraction(seconds), none, none, zero, zero)


def film(*takes: Take, music: tuple[TimedSound, ...] = ()) -> Timeline:
    return replace(timeline(takes), music=music)


def span(start: int, end: int) -> Span:
    return Span(Fraction(start), Fraction(end))


@pytest.mark.parametrize(
    ("music", "silent"),
    [
        ((), (span(0, 4),)),
        ((sound(1, 2),), (span(0, 1), span(3, 4))),
        ((sound(0, 9),), ()),
        ((sound(3, 9), sound(0, 1)), (span(1, 3),)),
        ((sound(8, 9),), (span(0, 4),)),
    ],
)
def test_a_clip_without_sound_is_silent_where_nothing_lies_under_it(
    music: tuple[TimedSound, ...], silent: tuple[Span, ...]
) -> None:
    assert asked(film(clip(MUTE), music=music)).silent == silent
    assert asked(film(clip(HEARD), music=music)).silent == ()


def test_what_an_animatic_draws_may_be_silent_still_and_dark() -> None:
    drawn = film(clip(HEARD, of_job=True), clip(HEARD), music=(sound(1, 1),))
    assert asked(drawn).silent == asked(drawn).still == asked(drawn).black == ()
    wanted = asked(replace(drawn, pages=_Plain()))
    assert wanted.still == wanted.black == (span(0, 4),)
    assert wanted.silent == (span(0, 1), span(2, 4))


def test_under_a_transition_what_is_drawn_is_still_on_either_side() -> None:
    into = replace(clip(HEARD), kind=TransitionKind.CROSSFADE, overlap=24)
    wanted = asked(replace(film(clip(HEARD, of_job=True), into), pages=_Plain()))
    assert wanted.still == (span(0, 3), span(3, 4))


def test_a_picture_that_is_not_moved_stands_still() -> None:
    takes = [Take(StillSource(NOWHERE, move), 96) for move in (Move.NONE, Move.IN)]
    assert asked(film(*takes)).still == (span(0, 4),)
