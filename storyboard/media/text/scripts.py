"""Find the script that each character of a text is written in."""

from functools import lru_cache

COMMON = "Zyyy"
"""Unicode's name for what every script uses: digits, blanks, signs."""

_ANY = frozenset({COMMON, "Zinh", "Zzzz"})


def scripts(parts: list[str]) -> list[str]:
    """Return the script of each part of a text by its first letter, as ISO 15924 writes it.

    What every script uses has the script of what is before it, or else of what is after it.
    """
    found = [_script(part[0]) for part in parts]
    before = next((one for one in found if one not in _ANY), COMMON)
    for place, one in enumerate(found):
        before = before if one in _ANY else one
        found[place] = before
    return found


def script_names(text: str) -> tuple[str, ...]:
    """Return the names of the scripts of a text in English, each once; of signs, `some`."""
    from fontTools.unicodedata import script_name  # noqa: PLC0415 -- the reason is below

    found = dict.fromkeys(_script(char) for char in text)
    names = (str(script_name(one)).replace("_", " ") for one in found if one not in _ANY)
    return tuple(names) or (("some",) if text else ())


@lru_cache(maxsize=8192)
def _script(char: str) -> str:
    # Its tables take longer to import than most titles to set, all of them in Latin letters.
    from fontTools.unicodedata import script  # noqa: PLC0415 -- the reason is above

    return str(script(char))
