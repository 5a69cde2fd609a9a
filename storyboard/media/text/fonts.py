"""Font files to a stack of fonts that knows which of them has a glyph."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from struct import error as StructError  # noqa: N812 - its own name says nothing here
from unicodedata import normalize

import uharfbuzz as hb

from storyboard.media.text.grapheme_clusters import clusters, is_emoji, is_ignorable

FOLDER = Path(__file__).parent / "fonts"


class Weight(StrEnum):
    """How heavy the strokes are."""

    REGULAR = "Regular"
    BOLD = "Bold"


class NotAFont(ValueError):  # noqa: N818 - it reads as what is wrong: this file is not a font
    """A file that cannot be read as a font."""


@dataclass(frozen=True)  # without slots, which leave a cached property no place
class FontFile:
    """A font, known by its file; `read_font` makes one.

    What it has glyphs for is read when it is first asked for: most texts need one font of ten.
    """

    path: Path

    @property
    def shipped(self) -> bool:
        """Tell whether it came with the program."""
        return self.path.parent == FOLDER

    @property
    def glyphs(self) -> frozenset[int]:
        """Every code point that it has a glyph for."""
        return self.coverage.glyphs

    @property
    def bitmap(self) -> bool:
        """Tell whether it holds pictures of glyphs, which are scaled."""
        return self.coverage.bitmap

    @cached_property
    def coverage(self) -> "Coverage":
        """What it has glyphs for.

        Raises:
            NotAFont: it is none, or is damaged.
        """
        return _shipped_coverage(self.path) if self.shipped else _own_coverage(self.path)

    def has(self, cluster: str) -> bool:
        """Tell whether every visible character has a glyph, composed or taken apart."""
        return self._has(cluster) or (
            not cluster.isascii()
            and (self._has(normalize("NFC", cluster)) or self._has(normalize("NFD", cluster)))
        )

    def _has(self, cluster: str) -> bool:
        glyphs = self.glyphs
        return all(ord(one) in glyphs for one in cluster if not is_ignorable(one))


@dataclass(frozen=True, slots=True)
class Coverage:
    """The code points that a font has glyphs for, and whether those are pictures."""

    glyphs: frozenset[int]
    bitmap: bool


@dataclass(frozen=True, slots=True, eq=False)
class FontStack:
    """Fonts in the order in which they are asked for a glyph; the first sets the metrics.

    `font_stack` returns the same one for the same fonts, so that it is compared by identity: it
    stands in the keys of what is remembered about text.
    """

    files: tuple[FontFile, ...]

    @property
    def primary(self) -> FontFile:
        """The font that most text is set in."""
        return self.files[0]

    def find(self, cluster: str) -> FontFile | None:
        """Return the font that draws a cluster, or at least its base; None where no font has it."""
        return _find(self, cluster)

    def lacks(self, cluster: str) -> bool:
        """Tell whether a box would be drawn for a cluster, or for a mark of it.

        Of an emoji, what its font lacks is left out: a skin tone, say.
        """
        font = _find(self, cluster)
        return font is None or not (font.bitmap or font.has(cluster))


@lru_cache(maxsize=8192)
def _find(fonts: FontStack, cluster: str) -> FontFile | None:
    order = sorted(fonts.files, key=_bitmaps_first) if is_emoji(cluster) else fonts.files
    whole = next((one for one in order if one.has(cluster)), None)
    # An emoji with a skin tone, say, is drawn without it rather than not at all.
    return whole or next((one for one in order if one.has(cluster[0])), None)


def _bitmaps_first(font: FontFile) -> bool:
    return not font.bitmap


@lru_cache(maxsize=64)
def read_font(path: Path) -> FontFile:
    """Return the font in a file; one of the user's own is read, for it may be damaged.

    Raises:
        NotAFont: it is none, or is damaged.
    """
    font = FontFile(path)
    if not font.shipped:
        _ = font.coverage
    return font


def _shipped_coverage(path: Path) -> Coverage:
    """Read a font that is known to be whole: HarfBuzz is fast, and says nothing of damage."""
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return Coverage(frozenset(face.unicodes), "CBDT" in face.table_tags)


def _own_coverage(path: Path) -> Coverage:
    # It takes longer to import than most storyboards to check, and most use the shipped fonts.
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 -- the reason is above

    try:
        with path.open("rb") as file, TTFont(file, fontNumber=0, lazy=True) as font:
            table = font.getBestCmap()
            if not table:
                raise NotAFont(f"{path.name} has no characters")
            return Coverage(frozenset(table), "CBDT" in font)
    except (TTLibError, OSError, LookupError, AssertionError, EOFError, StructError) as error:
        raise NotAFont(f"{path.name} cannot be read as a font: {error}") from error


@lru_cache(maxsize=32)
def sfnt(path: Path) -> bytes:
    """Return a font file's tables as HarfBuzz reads them: what is packed (WOFF) is unpacked.

    Raises:
        OSError: it cannot be read.
    """
    data = path.read_bytes()
    if not data.startswith(_PACKED):
        return data
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- only for a packed font

    with TTFont(BytesIO(data)) as font:
        font.flavor = None
        whole = BytesIO()
        font.save(whole)
    return whole.getvalue()


_PACKED = (b"wOFF", b"wOF2")
_SHIPPED = (
    "NotoSans-{weight}.ttf",
    "NotoSansArabic-{weight}.ttf",
    "NotoSansHebrew-{weight}.ttf",
    "NotoSansDevanagari-{weight}.ttf",
    "NotoSansThai-{weight}.ttf",
    "NotoSansMath-Subset.ttf",
    "NotoSansSymbols-Subset.ttf",
    "NotoSansSymbols2-Subset.ttf",
    "NotoSansCJKsc-Medium-Subset.otf",
    "NotoColorEmoji-Subset.ttf",
)


@lru_cache(maxsize=32)
def font_stack(weight: Weight, own: Path | None = None) -> FontStack:
    """Return the shipped fonts of a weight, after a font of the user's own where one is given.

    Raises:
        NotAFont: the user's font cannot be read.
    """
    names = [name.format(weight=weight.value) for name in _SHIPPED]
    shipped = tuple(read_font(FOLDER / name) for name in names)
    return FontStack((read_font(own), *shipped) if own else shipped)


def missing_glyphs(text: str, fonts: FontStack) -> tuple[str, ...]:
    """Return the characters that no font of the stack can draw, each once, in order."""
    if text.isascii() and fonts.primary.has(text):
        return ()
    lost: dict[str, None] = {}
    for cluster in clusters(text):
        if not cluster.isspace() and fonts.lacks(cluster):
            lost[cluster] = None
    return tuple(lost)
