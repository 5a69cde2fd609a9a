"""Find how much of a file is missing at its end, by what the file itself says of its length."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from storyboard.diagnostics import counted
from storyboard.media.ebml import segment_end
from storyboard.model import Unusable

_BOX = 8
_LARGE_BOX = 16
_LONG = (b"moov", b"mdat", b"moof", b"meta", b"free", b"skip", b"uuid", b"ftyp", b"wide", b"styp")
"""Boxes at the top of an MP4. Another word there is not one: something was put behind the film."""

_RIFF = b"RIFF"
_UNKNOWN_RIFF = 0x7FFF_0000
"""From here on a RIFF file's size is a guess of one who could not know it: a live recording."""
_PADDING = 8
"""Bytes by which RIFF writers count differently: padding, and their own header."""
_SFNT_ENTRIES = 12
_SFNT_ENTRY = 16

_END_MARKS = {b"\x89PNG": b"IEND", b"\xff\xd8\xff": b"\xff\xd9", b"GIF8": b"\x3b"}


ENDS_EARLY = Unusable("incomplete", "it ends before it should")

SOUND_BREAKS_OFF = Unusable("incomplete", "its sound breaks off")


def incomplete(missing: int) -> Unusable:
    """Say that a file lacks so many bytes at its end; 0 if their number is not known."""
    if not missing:
        return ENDS_EARLY
    are = "is" if missing == 1 else "are"
    return Unusable("incomplete", f"{counted(missing, 'byte')} {are} missing at its end")


def missing_bytes(path: Path) -> int:
    """Return how many bytes a file lacks of those that it says it has; 0 if it does not say.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_LARGE_BOX)
        end_of = next((end_of for is_it, end_of in _KINDS if is_it(head)), None)
        missing = end_of(path, file) - path.stat().st_size if end_of else 0
    return missing if missing > (_PADDING if head.startswith(_RIFF) else 0) else 0


def has_index(path: Path) -> bool:
    """Tell whether an MP4 has the box that says what is in it; it is often written last.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return any(kind == b"moov" for kind, _ in _boxes(file))


def lacks_end_mark(path: Path) -> bool:
    """Tell whether a picture is of a kind that ends with a mark, and has none.

    Raises:
        OSError: it cannot be read.
    """
    data = path.read_bytes()
    marks = (mark for start, mark in _END_MARKS.items() if data.startswith(start))
    return any(mark not in data for mark in marks)


def _boxes(file: BinaryIO) -> list[tuple[bytes, int]]:
    """Return the kinds of the boxes at the top, and where each ends by its own word."""
    found: list[tuple[bytes, int]] = []
    place = 0
    while True:
        file.seek(place)
        head = file.read(_LARGE_BOX)
        size, kind = int.from_bytes(head[:4], "big"), head[4:_BOX]
        if len(head) < _BOX or kind not in _LONG:
            return found
        if size == 1:
            size = int.from_bytes(head[_BOX:], "big")
        if size < _BOX:  # 0: to the end of the file, wherever that is
            found.append((kind, place))
            return found
        place += size
        found.append((kind, place))


def _end_of_mp4(_: Path, file: BinaryIO) -> int:
    boxes = _boxes(file)
    return boxes[-1][1] if boxes else 0


def _end_of_riff(_: Path, file: BinaryIO) -> int:
    file.seek(4)
    size = int.from_bytes(file.read(4), "little")
    return 0 if size >= _UNKNOWN_RIFF else size + _BOX


def _end_of_matroska(path: Path, _: BinaryIO) -> int:
    return segment_end(path)


def _end_of_font(_: Path, file: BinaryIO) -> int:
    """Return where the last table of a font ends."""
    file.seek(0)
    head = file.read(_SFNT_ENTRIES)
    count = int.from_bytes(head[4:6], "big")
    entries = [file.read(_SFNT_ENTRY) for _ in range(count)]
    return max(
        (int.from_bytes(one[8:12], "big") + int.from_bytes(one[12:], "big") for one in entries),
        default=0,
    )


def _end_of_web_font(_: Path, file: BinaryIO) -> int:
    file.seek(8)
    return int.from_bytes(file.read(4), "big")


_KINDS: tuple[tuple[Callable[[bytes], bool], Callable[[Path, BinaryIO], int]], ...] = (
    (lambda head: head[4:_BOX] in _LONG, _end_of_mp4),
    (lambda head: head.startswith(_RIFF), _end_of_riff),
    (lambda head: head.startswith(b"\x1a\x45\xdf\xa3"), _end_of_matroska),
    (lambda head: head.startswith((b"\x00\x01\x00\x00", b"OTTO", b"true")), _end_of_font),
    (lambda head: head.startswith((b"wOFF", b"wOF2")), _end_of_web_font),
)
"""How each kind of file is known by its first bytes, and where it says that it ends."""
