"""Captions to WebVTT (`.vtt`)."""

from collections.abc import Sequence

from storyboard.cut.captions.srt import timestamp
from storyboard.cut.timeline import Cue


def to_vtt(cues: Sequence[Cue]) -> str:
    """Write captions as WebVTT; who speaks stands in a voice tag."""
    blocks = (
        f"{timestamp(cue.start, '.')} --> {timestamp(cue.end, '.')}\n{_payload(cue)}\n"
        for cue in cues
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
