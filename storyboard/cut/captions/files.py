"""Write captions in each form that players and editors read: SubRip and WebVTT."""

import re
from collections.abc import Callable, Mapping, Sequence

from storyboard.cut.timeline import Cue
from storyboard.model import Seconds

_TAG = re.compile(r"<(?=[/a-zA-Z])")
_WORD_JOINER = "\u2060"


def to_srt(cues: Sequence[Cue]) -> str:
    """Write captions as SubRip."""
    blocks = (
        f"{number}\n{_time(cue.start, ',')} --> {_time(cue.end, ',')}\n{_text(cue.text)}\n"
        for number, cue in enumerate(cues, 1)
    )
    return "\n".join(blocks)


def _time(time: Seconds, mark: str) -> str:
    """Write a time as `00:01:02` and milliseconds after `mark`."""
    millis = round(time * 1000)
    seconds, millis = divmod(millis, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{seconds:02d}{mark}{millis:03d}"


def _text(text: str) -> str:
    """Keep words from being read as an arrow, a tag, or a blank line; SubRip has no escapes."""
    lines = (line.strip() for line in text.splitlines())
    plain = "\n".join(line for line in lines if line).replace("-->", "\u2192")
    return _TAG.sub("<" + _WORD_JOINER, plain).replace("{\\", "{" + _WORD_JOINER + "\\")


def to_vtt(cues: Sequence[Cue]) -> str:
    """Write captions as WebVTT; who speaks stands in a voice tag."""
    blocks = (
        f"{_time(cue.start, '.')} --> {_time(cue.end, '.')}\n{_payload(cue)}\n" for cue in cues
    )
    return "\n".join(("WEBVTT\n", *blocks))


def _payload(cue: Cue) -> str:
    lines = (line.strip() for line in cue.text.splitlines())
    text = _escaped("\n".join(line for line in lines if line))
    if not cue.speaker:
        return text
    return f"<v {_escaped(' '.join(cue.speaker.split()))}>{text}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


FORMS: Mapping[str, Callable[[Sequence[Cue]], str]] = {
    ".srt": to_srt,
    ".vtt": to_vtt,
}
"""What is written beside a film, by the ending of its name."""
