"""Compare names as the least exact of disks does, and know those that no disk of Windows takes."""

import unicodedata

LONGEST = 255
"""Bytes of a file's name, on most disks."""

_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³")]
)


def as_on_disk(name: str) -> str:
    """Return what two names have in common that some disk takes for one.

    Case does not count there, nor whether `é` is one character or `e` with an accent.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())


def is_device(name: str) -> bool:
    """Tell whether Windows takes a name for a device, whatever follows its first dot."""
    return name.partition(".")[0].rstrip(" ").casefold() in _DEVICES
