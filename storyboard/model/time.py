"""Exact time: `2.5s`, `1m05s`, `12f` to fractions of a second."""

import re
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

Seconds: TypeAlias = Fraction
"""A length or a point of time in seconds, exact."""

FrameRate: TypeAlias = Fraction
"""Frames a second, exact: 24000/1001 stays that."""

# Digits are counted: a text of a million of them would take minutes to become a number.
_NUMBER = r"[0-9]{1,7}(?:\.[0-9]{1,9})?"
_CLOCK = re.compile(rf"(?:(?P<minutes>[0-9]{{1,4}})m)?(?:(?P<seconds>{_NUMBER})s?)?")
_FRAMES = re.compile(r"(?P<frames>[0-9]{1,7})f")
_MILLIS = re.compile(rf"(?P<millis>{_NUMBER})ms")


@lru_cache(maxsize=4096)
def parse_time(text: str, fps: FrameRate | None = None) -> Seconds | None:
    """Read `4`, `4s`, `2.5s`, `500ms`, `1m05s`, or `12f` where the frame rate is known.

    None where the text is no time, or counts frames and `fps` is None.
    """
    text = text.strip()
    if not text:
        return None
    if frames := _FRAMES.fullmatch(text):
        return Fraction(int(frames["frames"])) / fps if fps else None
    if millis := _MILLIS.fullmatch(text):
        return Fraction(millis["millis"]) / 1000
    if clock := _CLOCK.fullmatch(text):
        return int(clock["minutes"] or 0) * 60 + Fraction(clock["seconds"] or 0)
    return None


def frame_at(time: Seconds, fps: FrameRate) -> int:
    """Return the number of the first frame at or after `time`, rounded to the nearest frame."""
    return int(time * fps + Fraction(1, 2))


def clock(time: Seconds) -> str:
    """Write a time for people, to the hundredth of a second: `4s`, `2.5s`, `1m05s`."""
    minutes, rest = divmod(round(time * 100), 6000)
    seconds, hundredths = divmod(rest, 100)
    text = f"{seconds:02d}" if minutes else f"{seconds}"
    if hundredths:
        text += f".{hundredths:02d}".rstrip("0")
    return f"{minutes}m{text}s" if minutes else f"{text}s"
