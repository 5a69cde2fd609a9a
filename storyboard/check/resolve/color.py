"""The text of a colour to `#rrggbb` or `#rrggbbaa`."""

import re
from collections.abc import Mapping

from storyboard.check.reading import text
from storyboard.model import DARK_SHADOW, LIGHT_SHADOW
from storyboard.source import Entry, Node

NAMED = {"black": "#000000", "white": "#ffffff"}
NONE = "none"

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})")
_SHORT = 4
_WEIGHTS = (0.2126, 0.7152, 0.0722)
_EVEN = 0.18
"""The luminance that parts as well from black as from white."""


def color(node: Node | None, brand: Mapping[str, Entry]) -> str | None:
    """Resolve a colour, also one of the brand's; None where it is none or not known."""
    written = text(node)
    if written is not None and written in brand:
        written = text(brand[written].value)
    return _plain(written)


def is_known(written: str, brand: Mapping[str, Entry]) -> bool:
    """Tell whether a text names a colour."""
    return written == NONE or written in brand or _plain(written) is not None


def shadow_under(letters: str) -> str:
    """Return the shadow for letters (`#rrggbb[aa]`) that may stand on anything.

    It is dark under light letters and light under dark ones.
    """
    parts = (int(letters[n : n + 2], 16) / 255 for n in (1, 3, 5))
    light = sum(weight * part**2.2 for weight, part in zip(_WEIGHTS, parts, strict=True))
    return DARK_SHADOW if light > _EVEN else LIGHT_SHADOW


def _plain(written: str | None) -> str | None:
    found = NAMED.get((written or "").lower(), (written or "").lower())
    if not _HEX.fullmatch(found):
        return None
    return "#" + "".join(2 * digit for digit in found[1:]) if len(found) == _SHORT else found
