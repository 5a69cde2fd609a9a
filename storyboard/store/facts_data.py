"""Write facts of files as JSON, and read them back, refusing what they may not be."""

from fractions import Fraction
from typing import Any, assert_never

from storyboard.model import ClipFacts, PictureFacts, SoundFacts, SoundTracks
from storyboard.store import fields
from storyboard.store.fields import Fields


def facts_data(facts: PictureFacts | ClipFacts | SoundFacts) -> dict[str, Any]:
    """Write facts."""
    match facts:
        case PictureFacts():
            size = {"width": facts.width, "height": facts.height}
            return {"kind": "picture", "format": facts.format, **size}
        case ClipFacts():
            return {"kind": "clip", **clip_data(facts)}
        case SoundFacts():
            return {
                "kind": "sound",
                "container": facts.container,
                "duration": str(facts.duration),
                "sample_rate": facts.sample_rate,
                "channels": facts.channels,
                **_said(facts),
            }
    assert_never(facts)


def facts_of(data: Fields) -> PictureFacts | ClipFacts | SoundFacts:
    """Read facts; one of `UNREADABLE` is raised if they are none."""
    match fields.text(data, "kind"):
        case "picture":
            return PictureFacts(
                fields.text(data, "format"),
                fields.whole(data, "width"),
                fields.whole(data, "height"),
            )
        case "clip":
            return clip_of(data)
        case "sound":
            return SoundFacts(
                container=fields.text(data, "container"),
                duration=fields.fraction(data, "duration"),
                sample_rate=fields.whole(data, "sample_rate"),
                channels=fields.whole(data, "channels"),
                header=_header(data),
                tracks=_tracks(data),
            )
        case other:
            raise ValueError(f"{other!r} is not a kind of file")


def clip_data(facts: ClipFacts) -> dict[str, Any]:
    """Write facts of a clip where nothing else can be, as in a row of the journal."""
    return {
        "container": facts.container,
        "width": facts.width,
        "height": facts.height,
        "fps": str(facts.fps),
        "duration": str(facts.duration),
        "video_codec": facts.video_codec,
        "audio_codec": facts.audio_codec,
        **_said(facts),
    }


def clip_of(data: Fields) -> ClipFacts:
    """Read facts of a clip; one of `UNREADABLE` is raised if they are none."""
    return ClipFacts(
        container=fields.text(data, "container"),
        width=fields.whole(data, "width"),
        height=fields.whole(data, "height"),
        fps=fields.fraction(data, "fps"),
        duration=fields.fraction(data, "duration"),
        video_codec=fields.text(data, "video_codec"),
        audio_codec=fields.text_or_none(data, "audio_codec"),
        header=_header(data),
        tracks=_tracks(data),
    )


def _said(facts: ClipFacts | SoundFacts) -> dict[str, Any]:
    """Write what few files have: a header that is wrong, several sounds."""
    found: dict[str, Any] = {}
    if facts.header is not None:
        found["header"] = str(facts.header)
    if facts.tracks is not None:
        found["tracks"] = {
            "languages": [*facts.tracks.languages],
            "default": facts.tracks.default,
            "unknown": [str(one) for one in sorted(facts.tracks.unknown)],
        }
    return found


def _header(data: Fields) -> Fraction | None:
    return fields.fraction(data, "header") if "header" in data else None


def _tracks(data: Fields) -> SoundTracks | None:
    if "tracks" not in data:
        return None
    found = fields.nested(data, "tracks")
    return SoundTracks(
        fields.texts(found, "languages"),
        fields.ordinal(found, "default"),
        frozenset(int(one) for one in fields.texts(found, "unknown")),
    )
