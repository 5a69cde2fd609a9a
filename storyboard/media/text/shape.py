"""A run of one font and one direction to its width and its mask.

Pillow shapes with HarfBuzz where the machine has FriBidi. Where it has not, Arabic is joined here
by Unicode's presentation forms and runs are turned around by hand, so that nothing is left out.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont, features

from storyboard.media.text.bidi import Direction
from storyboard.media.text.fonts import FontFile, NotAFont
from storyboard.media.text.grapheme_clusters import clusters, is_ignorable
from storyboard.media.text.joining import join

BITMAP_SIZE = 109
"""The only size in which the emoji font has pictures."""

_WHITE = (255, 255, 255, 255)
_MIRRORS = str.maketrans("()[]<>{}«»\u2039\u203a", ")(][><}{»«\u203a\u2039")


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one font and one direction, at a size in pixels."""

    text: str
    font: FontFile
    size: int
    direction: Direction
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """How far a run moves the pen, and where its ink is: relative to the pen on the baseline."""

    advance: float
    left: float
    top: float
    right: float
    bottom: float


def can_shape() -> bool:
    """Tell whether Pillow can shape text here (HarfBuzz through Raqm, which needs FriBidi)."""
    return bool(features.check("raqm"))


@lru_cache(maxsize=256)
def face(font: FontFile, size: int) -> ImageFont.FreeTypeFont:
    """Open a font at a size in pixels."""
    engine = ImageFont.Layout.RAQM if can_shape() else ImageFont.Layout.BASIC
    at = BITMAP_SIZE if font.bitmap else size
    with _drawing_with(font):
        return ImageFont.truetype(str(font.path), at, layout_engine=engine)


@contextmanager
def _drawing_with(font: FontFile) -> Iterator[None]:
    """Tell that a font is damaged in a part that only FreeType reads: a glyph, its metrics."""
    try:
        yield
    except OSError as error:
        raise NotAFont(f"{font.path.name} is damaged: {error}") from error


@lru_cache(maxsize=16384)
def advance(run: Run) -> float:
    """Measure how far a run moves the pen: a third of the cost of finding where its ink is."""
    opened = face(run.font, run.size)
    with _drawing_with(run.font):
        length = opened.getlength(_glyph_text(run), direction=_way(run), language=_tongue(run))
    return length * run.size / BITMAP_SIZE if run.font.bitmap else length


@lru_cache(maxsize=8192)
def extent(run: Run) -> Extent:
    """Measure a run."""
    opened, text = face(run.font, run.size), _glyph_text(run)
    with _drawing_with(run.font):
        left, top, right, bottom = opened.getbbox(
            text, anchor="ls", direction=_way(run), language=_tongue(run)
        )
    by = run.size / BITMAP_SIZE if run.font.bitmap else 1.0
    return Extent(advance(run), left * by, top * by, right * by, bottom * by)


def draw_mask(run: Run, mask: Image.Image, x: float, baseline: float) -> None:
    """Draw a run of an outline font into a mask (mode `L`), its pen at `x`."""
    ImageDraw.Draw(mask).text(
        (x, baseline),
        _glyph_text(run),
        fill=255,
        font=face(run.font, run.size),
        anchor="ls",
        direction=_way(run),
        language=_tongue(run),
    )


def draw_colour(run: Run) -> tuple[Image.Image, int, int]:
    """Draw a run of a bitmap font; return it with its place relative to the pen."""
    opened, text = face(run.font, run.size), _glyph_text(run)
    left, top, right, bottom = opened.getbbox(
        text, anchor="ls", direction=_way(run), language=_tongue(run)
    )
    width, height = max(1, round(right - left)), max(1, round(bottom - top))
    whole = Image.new("RGBA", (width, height))
    ImageDraw.Draw(whole).text(
        (-left, -top),
        text,
        _WHITE,
        opened,
        anchor="ls",
        embedded_color=True,
        direction=_way(run),
        language=_tongue(run),
    )
    by = run.size / BITMAP_SIZE
    size = max(1, round(width * by)), max(1, round(height * by))
    return whole.resize(size, Image.Resampling.LANCZOS), round(left * by), round(top * by)


def _way(run: Run) -> Direction | None:
    return run.direction if can_shape() else None


def _tongue(run: Run) -> str | None:
    return run.language if can_shape() else None


def _glyph_text(run: Run) -> str:
    text = run.text
    if not can_shape():
        text = _by_hand(run)
    keep = run.font.glyphs
    if run.font.bitmap:  # a skin tone that the font lacks would leave a hole behind the emoji
        return "".join(one for one in text if ord(one) in keep)
    return "".join(one for one in text if ord(one) in keep or not is_ignorable(one))


def _by_hand(run: Run) -> str:
    text = join(run.text, run.font.glyphs)
    if run.direction == "ltr":
        return text
    return "".join(_mirrored(one) for one in reversed(list(clusters(text))))


def _mirrored(cluster: str) -> str:
    return cluster.translate(_MIRRORS) if unicodedata.mirrored(cluster[0]) else cluster
