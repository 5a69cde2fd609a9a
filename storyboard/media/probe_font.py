"""A font file into its family and the characters it can draw."""

from pathlib import Path

from fontTools.ttLib import TTFont

from storyboard.model.asset import FontFacts, Unusable

_FAMILY = 1


def probe_font(path: Path) -> FontFacts | Unusable:
    """Read a TrueType, OpenType or WOFF font; of a collection, its first."""
    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            family = font["name"].getDebugName(_FAMILY) or path.stem
            return FontFacts(family, frozenset(font.getBestCmap() or {}))
    except Exception as problem:  # noqa: BLE001 - tables of hostile files raise whatever they like
        return Unusable("unreadable", f"the font is broken: {problem}")
