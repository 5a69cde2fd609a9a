"""Guess what a text of a wrong form was meant to say."""

import re
from collections.abc import Callable, Mapping

from storyboard.diagnostics import nearest
from storyboard.model import TransitionKind, meant_time

_TRANSITION = re.compile(r"(?P<kind>[A-Za-z][A-Za-z _-]*?)[\s,]*(?P<length>[0-9.,].*)?")
_LEVEL = re.compile(r"(?P<number>[-+\u2212]?\s*[0-9]{1,3}(?:[.,][0-9]{1,6})?)\s*db", re.IGNORECASE)
_CUT = "cut"


def _transition(text: str) -> str | None:
    found = _TRANSITION.fullmatch(text.strip())
    if found is None:
        return None
    kind = nearest(found["kind"], [_CUT, *TransitionKind])
    length = meant_time(found["length"]) if found["length"] else ""
    if kind is None or length is None:
        return None
    return f"{kind} {length}".strip() if kind != _CUT else kind


def _level(text: str) -> str | None:
    found = _LEVEL.fullmatch(text.strip())
    if found is None:
        return None
    number = found["number"].replace("\u2212", "-").replace(",", ".").replace(" ", "")
    return f"{number}dB"


MEANT: Mapping[str, Callable[[str], str | None]] = {
    "level in decibels": _level,
    "time": meant_time,
    "transition": _transition,
}
"""What guesses, by the title in the schema of what the text should be."""
