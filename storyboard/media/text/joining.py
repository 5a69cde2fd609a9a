"""Arabic letters to the forms they have beside each other, for drawing without a shaper."""

import unicodedata
from functools import lru_cache

_FORMS = ("<isolated>", "<final>", "<initial>", "<medial>")
_LAM = "\u0644"


@lru_cache(maxsize=1)
def _forms() -> dict[str, dict[str, str]]:
    """Return, by letter or pair of letters, the presentation form for each place in a word."""
    table: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD)):
        kind, *points = unicodedata.decomposition(chr(code)).split() or [""]
        letters = "".join(chr(int(point, 16)) for point in points)
        whole = len(letters) == 1 or (letters[:1] == _LAM and code >= 0xFE70)  # noqa: PLR2004 - block B
        if kind in _FORMS and whole and not letters.startswith(" "):
            table.setdefault(letters, {})[kind] = chr(code)
    return table


def join(text: str, glyphs: frozenset[int]) -> str:
    """Put the form for its place in its word in the place of each letter that has one."""
    forms, units = _forms(), _units(text)
    out = []
    for place, unit in enumerate(units):
        before = _beside(units, place, -1)
        after = _beside(units, place, 1)
        from_right = "<initial>" in forms.get(before, {}) and "<final>" in forms.get(unit, {})
        to_left = "<initial>" in forms.get(unit, {}) and "<final>" in forms.get(after, {})
        kind = _FORMS[from_right + 2 * to_left]
        form = forms.get(unit, {}).get(kind, unit)
        out.append(form if ord(form[0]) in glyphs else unit)
    return "".join(out)


def _units(text: str) -> list[str]:
    units: list[str] = []
    for char in text:
        if units and units[-1] == _LAM and _LAM + char in _forms():
            units[-1] += char
        else:
            units.append(char)
    return units


def _beside(units: list[str], place: int, step: int) -> str:
    place += step
    while 0 <= place < len(units) and unicodedata.category(units[place][0]) == "Mn":
        place += step
    return units[place] if 0 <= place < len(units) else ""
