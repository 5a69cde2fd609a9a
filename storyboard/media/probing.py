"""A file into facts, by what is in it and never by its name."""

import warnings
from pathlib import Path

from storyboard.media.ends import ENDS_EARLY, incomplete, lacks_end_mark, missing_bytes
from storyboard.model import Facts, FontFacts, PictureFacts, Unusable
from storyboard.source import IS_POINTER, is_lfs_pointer

_HEAD = 64
"""Enough for every mark below, and for the first line of a pointer."""
_MOST_PIXELS = 200_000_000
_FONTS = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf", b"wOFF", b"wOF2")
_PICTURES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
)
_FONT_FAMILY = 1
_FTYP = slice(4, 8)
_BRAND = slice(8, 12)
_PHONE_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1")
_PICTURE_BRANDS = (b"avif", b"avis", *_PHONE_BRANDS)


def probe(path: Path) -> Facts | Unusable:
    """Read what a file is and its measures. A file that cannot be used is a value too.

    Sizes are as shown, rates exact, lengths those of the picture where there is one. Facts are
    kept: a change of what is found raises `FACTS_EDITION`. Several threads may probe at once.
    """
    try:
        if not path.is_file():
            return Unusable("missing", "there is no such file")
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as problem:
        return Unusable("unreadable", problem.strerror or str(problem))
    return _empty(head) or _probed(path, head)


def _empty(head: bytes) -> Unusable | None:
    """Tell of a file whose content is not there."""
    if not head:
        return Unusable("unreadable", "the file is empty")
    return Unusable("lfs-pointer", f"it {IS_POINTER}") if is_lfs_pointer(head) else None


def _probed(path: Path, head: bytes) -> Facts | Unusable:
    # Each of these reads with a library that takes longer to import than most files to read.
    if _is_picture(head):
        return _probe_picture(path, head[_BRAND])
    if head.startswith(_FONTS):
        return _probe_font(path)
    from storyboard.media.probe_av import probe_media  # noqa: PLC0415 -- the reason is above

    return probe_media(path)


def _is_picture(head: bytes) -> bool:
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return True
    return head[_FTYP] == b"ftyp" and head[_BRAND] in _PICTURE_BRANDS


def _probe_picture(path: Path, brand: bytes) -> PictureFacts | Unusable:
    from PIL import UnidentifiedImageError  # noqa: PLC0415 -- imported where it is used

    from storyboard.media.picture import opened  # noqa: PLC0415 -- the same

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd about a picture says nothing to users
            with opened(path) as picture:
                width, height = picture.size
                if width * height > _MOST_PIXELS:
                    detail = f"{width}x{height} pixels; at most {_MOST_PIXELS:,} are read"
                    return Unusable("unreadable", detail)
                picture.load()
                if picture.getexif().get(0x0112, 1) in (5, 6, 7, 8):  # stored lying on its side
                    width, height = height, width
                return PictureFacts(picture.format or "", width, height)
    except UnidentifiedImageError:
        if brand in _PHONE_BRANDS:
            return Unusable("unknown-kind", "it is HEIC, as phones save it: export it as JPEG")
        return _broken_off(path) or Unusable(
            "unreadable", "the picture is broken from its first bytes on"
        )
    except Exception as problem:  # noqa: BLE001 - decoders of hostile files raise whatever they like
        if "truncated" in str(problem).lower():
            return _broken_off(path) or ENDS_EARLY
        return _broken_off(path) or Unusable("unreadable", f"the picture is broken: {problem}")


def _broken_off(path: Path) -> Unusable | None:
    """Tell of a picture that could not be decoded whether its end is missing."""
    missing = missing_bytes(path)
    if missing or lacks_end_mark(path):
        return incomplete(missing)
    return None


def _probe_font(path: Path) -> FontFacts | Unusable:
    """Read a TrueType, OpenType or WOFF font; of a collection, its first."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- imported where it is used

    if (missing := missing_bytes(path)) > 0:
        return incomplete(missing)
    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            family = font["name"].getDebugName(_FONT_FAMILY) or path.stem
            return FontFacts(family, frozenset(font.getBestCmap() or {}))
    except Exception as problem:  # noqa: BLE001 - tables of hostile files raise whatever they like
        return Unusable("unreadable", f"the font is broken: {problem}")
