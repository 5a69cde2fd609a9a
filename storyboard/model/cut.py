"""What a storyboard says of the cut: transitions, titles, music, voice-over, watermark."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from storyboard.diagnostics import Span
from storyboard.model.asset import LocalFile
from storyboard.model.time import Seconds


class TransitionKind(StrEnum):
    """How one shot follows another."""

    CUT = "cut"
    CROSSFADE = "crossfade"
    FADE_BLACK = "fade-black"
    FADE_WHITE = "fade-white"
    WIPE_LEFT = "wipe-left"
    WIPE_RIGHT = "wipe-right"
    SLIDE_LEFT = "slide-left"
    SLIDE_RIGHT = "slide-right"


@dataclass(frozen=True, slots=True)
class Transition:
    """How a shot comes in, and for how long it overlaps the one before; a cut for 0 s."""

    kind: TransitionKind
    duration: Seconds


CUT = Transition(TransitionKind.CUT, Fraction(0))

OPENING = frozenset({TransitionKind.FADE_BLACK, TransitionKind.FADE_WHITE})
"""Transitions that a film can begin with: they come out of a plain colour."""


class Place(StrEnum):
    """Where a title stands."""

    LOWER_THIRD = "lower-third"
    CENTRE = "centre"
    TOP = "top"
    BOTTOM = "bottom"


DARK_SHADOW, LIGHT_SHADOW = "#000000a0", "#ffffffa0"
"""Shadows that part light letters, and dark ones, from any picture."""


@dataclass(frozen=True, slots=True)
class TitleStyle:
    """How a title looks.

    Lengths are parts of the picture's shorter side; colours are `#rrggbb` or `#rrggbbaa`.
    """

    name: str
    place: Place
    size: Decimal = Decimal("0.055")
    color: str = "#ffffff"
    box: str | None = None
    shadow: str | None = DARK_SHADOW
    font: LocalFile | None = None
    fade: Seconds = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class Title:
    """Words over a shot, from `at` after the shot's start, for `duration`."""

    text: str
    at: Seconds
    duration: Seconds
    style: TitleStyle
    span: Span


@dataclass(frozen=True, slots=True)
class Look:
    """What the cut does with a shot: how it comes in, the words over it, a caption of its own.

    `caption_span` is where the caption is written; None if there is none.
    """

    transition: Transition
    titles: tuple[Title, ...]
    caption: str | None
    caption_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Music:
    """Music under the film; `volume` and `duck` are in decibels: -18, and 8 lower under speech.

    `track` is the number of the file's sound, from 1 on; None is the file's default.
    """

    file: LocalFile
    volume: Decimal
    duck: Decimal
    fade_in: Seconds
    fade_out: Seconds
    start: Seconds
    span: Span
    track: int | None = None


@dataclass(frozen=True, slots=True)
class VoiceOver:
    """Recorded speech over the film, from `at` on; `track` as of music."""

    file: LocalFile
    at: Seconds
    span: Span
    track: int | None = None


class Corner(StrEnum):
    """Where a watermark stands."""

    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM_RIGHT = "bottom-right"


@dataclass(frozen=True, slots=True)
class Watermark:
    """A picture over the whole film. `margin` is a part of the picture's shorter side."""

    image: LocalFile
    corner: Corner
    opacity: Decimal
    margin: Decimal


@dataclass(frozen=True, slots=True)
class Cut:
    """How the film is put together.

    `loudness` is in LUFS, None leaves it as it is; `font` (`brand.font`) None is the one shipped.
    """

    music: tuple[Music, ...]
    voiceover: tuple[VoiceOver, ...]
    loudness: Decimal | None
    watermark: Watermark | None
    font: LocalFile | None
