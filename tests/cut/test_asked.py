"""What a film asks for is no mistake: stillness, black and silence, for as long as it is asked."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from films import SMALL, Take, timeline

from storyboard.backends.animatic import AnimaticClip, AnimaticDrawing, Card
from storyboard.backends.animatic.camera import Camera, Motion
from storyboard.cut.asked import Span, asked
from storyboard.cut.timeline import ClipSource, DrawnSource, StillSource, TimedSound, Timeline
from storyboard.media.drawn import Drawn
from storyboard.media.yuv import Frame
from storyboard.model.asset import ClipFacts
from storyboard.model.cut import TransitionKind
from storyboard.model.storyboard import Move

MUTE = ClipFacts("mp4", 192, 108, Fraction(24), Fraction(10), "h264", None)
HEARD = replace(MUTE, audio_codec="aac")
NOWHERE = Path("nowhere")


class _Plain:
    """Pages without anything on them."""

    picture = SMALL

    def page(self, frame: Frame, n: int, matrix: int) -> Frame:
        del n, matrix
        return frame

    def recipe(self, start: int, stop: int) -> str:
        return f"{start} {stop}"


def clip(facts: ClipFacts) -> Take:
    return Take(ClipSource(NOWHERE, facts, Fraction(0)), 96)


def drawn() -> Take:
    card = Card("a/b", 0, Fraction(0), Fraction(4), "a cup", Camera(Motion.STATIC))
    shown = AnimaticClip(SMALL, Fraction(24), Fraction(4), (card,))
    return Take(DrawnSource(Drawn(HEARD, AnimaticDrawing(shown)), Fraction(0)), 96)


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
    kept = film(clip(HEARD), clip(HEARD), music=(sound(1, 1),))
    assert asked(kept).silent == asked(kept).still == asked(kept).black == ()
    wanted = asked(replace(film(drawn(), clip(HEARD), music=(sound(1, 1),)), pages=_Plain()))
    assert wanted.still == wanted.black == (span(0, 4),)
    assert wanted.silent == (span(0, 1), span(2, 4))


def test_under_a_transition_what_is_drawn_is_still_on_either_side() -> None:
    into = replace(clip(HEARD), kind=TransitionKind.CROSSFADE, overlap=24)
    wanted = asked(replace(film(drawn(), into), pages=_Plain()))
    assert wanted.still == (span(0, 3), span(3, 4))


def test_a_picture_that_is_not_moved_stands_still() -> None:
    takes = [Take(StillSource(NOWHERE, move), 96) for move in (Move.NONE, Move.IN)]
    assert asked(film(*takes)).still == (span(0, 4),)


@pytest.mark.parametrize("fps", [Fraction(24), Fraction(25), Fraction(60), Fraction(24000, 1001)])
@pytest.mark.parametrize("start", [Fraction(0), Fraction(1, 3), Fraction(7, 2)])
def test_a_drawn_clip_shows_the_frame_at_the_middle_of_each_of_the_films(
    fps: Fraction, start: Fraction
) -> None:
    source = drawn().source
    assert isinstance(source, DrawnSource)
    found = replace(source, start=start).places(range(2, 300), fps)
    middles = (start + (n + Fraction(1, 2)) / fps for n in range(2, 300))
    assert found == [min(int(middle * 24), 239) for middle in middles]
