"""A Matroska or WebM file to where it says that it ends."""

from pathlib import Path
from typing import BinaryIO

_HEADER = b"\x1a\x45\xdf\xa3"
_SEGMENT = b"\x18\x53\x80\x67"
_LONGEST = 8


def segment_end(path: Path) -> int:
    """Return where the segment, which is all of a file, ends by its own word.

    0 where the file is none of these, or was written by one who could not know: a live recording.
    Raises `OSError`.
    """
    with path.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            return 0
        file.seek(_size(file) or 0, 1)
        if file.read(len(_SEGMENT)) != _SEGMENT:
            return 0
        size = _size(file)
        return 0 if size is None else file.tell() + size


def _size(file: BinaryIO) -> int | None:
    """Read a number that says in its first bits how many bytes it has; all ones say nothing."""
    head = int.from_bytes(file.read(1), "big")
    length = _LONGEST + 1 - head.bit_length()
    if length > _LONGEST:
        return None
    whole = (head << 8 * (length - 1)) | int.from_bytes(file.read(length - 1), "big")
    most = (1 << 7 * length) - 1
    return None if whole & most == most else whole & most
