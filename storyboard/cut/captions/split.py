"""Speech as it was timed to captions that can be read: parted, and each long enough."""

from collections.abc import Sequence
from dataclasses import replace

from storyboard.cut.captions.limits import Limits
from storyboard.cut.captions.wrap import captions
from storyboard.cut.timeline import Cue
from storyboard.model import Seconds


def split_cues(cues: Sequence[Cue], end: Seconds, limits: Limits | None = None) -> tuple[Cue, ...]:
    """Part each cue, share its time by length, and let it stand longer where there is room.

    `end` is where the film ends; nothing stands beyond it. A cue that is spoken faster than it can
    be read stands into the silence after it, and never into the next one.
    """
    limits = limits or Limits()
    ordered = sorted(cues, key=_start)
    parted: list[Cue] = []
    for place, cue in enumerate(ordered):
        later = (one.start for one in ordered[place + 1 :] if one.start > cue.start)
        parted += _part(cue, min(next(later, end), end), limits)
    out: list[Cue] = []
    for place, cue in enumerate(parted):
        following = parted[place + 1].start if place + 1 < len(parted) else end
        out.append(_timed(cue, min(end, following if following > cue.start else end), end, limits))
    return tuple(one for one in out if one.start < one.end)


def _start(cue: Cue) -> Seconds:
    return cue.start


def _part(cue: Cue, room: Seconds, limits: Limits) -> list[Cue]:
    """Part a cue; what is spoken too fast to be read runs on, at most until `room`."""
    texts = captions(cue.text, limits)
    needs = [limits.reading_time(text) + limits.gap for text in texts]
    wished = sum(needs, cue.start)
    stop = cue.end if len(texts) == 1 else max(cue.end, min(wished, room))
    out: list[Cue] = []
    start = cue.start
    for text, need in zip(texts, needs, strict=True):
        end = start + (stop - cue.start) * need / sum(needs)
        out.append(replace(cue, start=start, end=end, text=text))
        start = end
    return out


def _timed(cue: Cue, latest: Seconds, end: Seconds, limits: Limits) -> Cue:
    """Let a cue stand until it can be read, up to the next one (with a gap) or the film's end."""
    wished = max(cue.end, cue.start + limits.reading_time(cue.text))
    if wished > latest - limits.gap and latest < end:
        kept = latest - limits.gap
        latest = kept if kept - cue.start >= limits.shortest else latest
    return replace(cue, end=min(wished, latest))
