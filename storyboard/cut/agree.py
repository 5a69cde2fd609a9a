"""Clips into those whose packets may be copied, and for each other one the reason why not."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from storyboard.cut.timeline import ClipSource, Piece, Shape, Timeline
from storyboard.media import Coding, PacketIndex, ParameterSets, is_hdr

_HIGH = 100
_PROFILES = (66, 77, _HIGH)
_LENGTH_SIZE = 4
"""Bytes: that of encoded stretches. A film has one for all its packets."""

Color = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """The coding that copied packets share, and the clips outside it.

    `sets` is None where nothing can be copied; `reasons` says for each such clip why.
    """

    sets: ParameterSets | None
    color: Color
    reasons: Mapping[Path, str]


def agree(timeline: Timeline, indexes: Mapping[Path, PacketIndex]) -> Agreement:
    """Find the coding that most of the film's frames have: packets of others cannot stand beside.

    A film has one set of parameters for each number, and clips of different encoders use the
    same numbers.
    """
    reasons: dict[Path, str] = {}
    frames: defaultdict[tuple[ParameterSets, Color], int] = defaultdict(int)
    kinds: dict[Path, tuple[ParameterSets, Color]] = {}
    for piece, path in _clips(timeline):
        if timeline.pages:
            reasons[path] = "its page is drawn around it"
        elif reason := _unlike(indexes[path], timeline.shape):
            reasons[path] = reason
        elif sets := indexes[path].coding.sets:
            kinds[path] = (sets, indexes[path].coding.color)
            frames[kinds[path]] += piece.frames
    if not frames:
        return Agreement(None, _color(timeline.shape), reasons)
    chosen = max(frames, key=frames.__getitem__)
    for path, kind in kinds.items():
        if kind != chosen:
            reasons[path] = "it is coded with other parameters than most of the film"
    return Agreement(*chosen, reasons)


def _color(shape: Shape) -> Color:
    return (1, 1, 1, 1) if shape.size.height >= 600 else (6, 6, 6, 1)  # noqa: PLR2004


def _clips(timeline: Timeline) -> list[tuple[Piece, Path]]:
    return [
        (piece, piece.source.path)
        for piece in timeline.pieces
        if isinstance(piece.source, ClipSource)
    ]


def _unlike(index: PacketIndex, shape: Shape) -> str | None:
    """Say why a clip's packets cannot be those of a film of this shape."""
    coding, size = index.coding, shape.size
    if (coding.width, coding.height) != (size.width, size.height):
        return f"its size is {coding.width}x{coding.height}, not {size.width}x{size.height}"
    if not index.runs_at(shape.fps):
        return f"its frames do not come at {shape.fps} a second"
    return _uncopyable(coding) or (
        None if index.plain else "its container hides frames or wraps them"
    )


def _uncopyable(coding: Coding) -> str | None:
    checks = (
        (coding.codec != "h264", f"it is coded as {coding.codec}, not h264"),
        (coding.pixel != 1, "its pixels are not square"),
        (coding.rotation != 0, f"it is stored turned by {coding.rotation} degrees"),
        (coding.mirrored, "it is stored as in a mirror"),
        (coding.interlaced, "it is interlaced"),
        (coding.pix_fmt != "yuv420p", f"its pixels are stored as {coding.pix_fmt}, not yuv420p"),
        (is_hdr(coding), "its colours are of high dynamic range"),
        (coding.sets is None, "its parameter sets are not where MP4 keeps them"),
        (
            coding.sets is not None and coding.sets.length_size != _LENGTH_SIZE,
            "the lengths of its parts are not four bytes long",
        ),
    )
    found = next((reason for wrong, reason in checks if wrong), None)
    if found is None and coding.sets and coding.sets.sps[0][1] not in _PROFILES:
        return "its H.264 profile is not one that every player shows"
    return found
