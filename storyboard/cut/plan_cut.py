"""A timeline and what is known of its clips into the plan of its cut."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Self

from storyboard.cut.agree import Agreement, agree
from storyboard.cut.cut_plan import Copied, CutPlan, Encoded, Entered, Stretch
from storyboard.cut.options import CutOptions, Quality
from storyboard.cut.overlay import Overlay
from storyboard.cut.regions import Region, regions
from storyboard.cut.timeline import (
    ClipSource,
    DrawnSource,
    Piece,
    SlateSource,
    StillSource,
    Timeline,
)
from storyboard.media import (
    SOFTWARE,
    Encoding,
    Entries,
    NotEntered,
    Packet,
    PacketIndex,
    plan_entries,
    prefixes,
)

_CELL_SECONDS = 5
"""Frames that are encoded are parted on this grid of their clip, so that several are encoded at
once, and an edit elsewhere in the film leaves most parts what they were. Finer would cost more:
a clip of one group is decoded from its beginning for each part."""

_ON_PAGES, _QP, _DRAFT_QP = "ultrafast", 19, 28
"""For animatics, all of which is encoded and half of which stands still: in a fifth of the time of
`veryfast` with a `crf` of 14, within a decibel of its likeness, and films are no larger."""

_SHORTEST_PREFIX = Fraction(1, 4)
"""Seconds of a group that must stay for its beginning to be worth copying."""


def plan_cut(
    timeline: Timeline,
    indexes: Mapping[Path, PacketIndex],
    overlays: Iterable[Overlay],
    options: CutOptions,
) -> CutPlan:
    """Decide for every frame whether it is copied or encoded.

    `indexes` holds every clip of the timeline. Only an IDR picture can follow anything, so of a
    group of frames the beginning can be copied alone; its end needs the frames that it refers to,
    made again. Raises `OSError` if a clip cannot be read.
    """
    agreed = agree(timeline, indexes)
    planner = _Planner(timeline, indexes, agreed, _covered(overlays), options)
    planned = (one for region in regions(timeline) for one in planner.region(region))
    stretches = _joined(planned, planner.cell, _Borders.of(timeline))
    return CutPlan(tuple(stretches), _encoding(timeline, agreed, options), _free(agreed)[1])


def _free(agreed: Agreement) -> tuple[int, int]:
    """Return two ids that no copied parameter set has: of encoded stretches, and of entries."""
    taken = agreed.sets.ids if agreed.sets else frozenset({0})
    first, second, *_ = (n for n in range(1, 256) if n not in taken)
    return first, second


def _encoding(timeline: Timeline, agreed: Agreement, options: CutOptions) -> Encoding:
    # 14 as `encode` does it has the likeness of ffmpeg's `medium` with a crf of 18.
    preset, crf = ("veryfast", 14) if options.quality is Quality.FINAL else ("ultrafast", 26)
    qp = None
    if timeline.pages:
        preset, qp = _ON_PAGES, _QP if options.quality is Quality.FINAL else _DRAFT_QP
    return Encoding(
        size=timeline.shape.size,
        fps=timeline.shape.fps,
        encoder=options.encoder,
        preset=options.preset or preset,
        crf=crf,
        sets=_free(agreed)[0],
        color=agreed.color,
        qp=qp,
    )


def _covered(overlays: Iterable[Overlay]) -> list[tuple[int, int]]:
    """Return the stretches that something lies over, joined where they touch."""
    covered: list[tuple[int, int]] = []
    for start, end in sorted((one.start, one.end) for one in overlays):
        if covered and start <= covered[-1][1]:
            covered[-1] = (covered[-1][0], max(end, covered[-1][1]))
        else:
            covered.append((start, end))
    return covered


class _Planner:
    """Plans one region after the other."""

    def __init__(
        self,
        timeline: Timeline,
        indexes: Mapping[Path, PacketIndex],
        agreed: Agreement,
        covered: list[tuple[int, int]],
        options: CutOptions,
    ) -> None:
        self._fps = timeline.shape.fps
        self._indexes = indexes
        self._agreed = agreed
        self._covered = covered
        self._copying = options.encoder == SOFTWARE
        self._entering = _free(agreed)[1]
        self.cell = max(1, round(timeline.shape.fps * _CELL_SECONDS))

    def region(self, region: Region) -> Iterator[Stretch]:
        """Plan a region: it is one stretch or more, in order and without a hole."""
        source = region.piece.source
        if region.before is not None:
            way = region.piece.transition.kind.value
            shots = region.piece.shots[:1]
            if isinstance(region.before, Piece):
                shots = region.before.shots[-1:] + shots
            yield Encoded(region.start, region.stop - region.start, (way,), shots)
        elif isinstance(source, StillSource):
            yield from self._cells(region.piece, region.start, region.stop, "a still is drawn")
        elif isinstance(source, DrawnSource):
            yield from self._cells(region.piece, region.start, region.stop, "a shot is drawn")
        elif isinstance(source, SlateSource):
            yield from self._cells(region.piece, region.start, region.stop, "a slate is drawn")
        else:
            yield from self._clip(region, source)

    def _clip(self, region: Region, source: ClipSource) -> Iterator[Stretch]:
        reason = self._agreed.reasons.get(source.path)
        if not self._copying:
            reason = reason or "frames of this encoder cannot stand beside copied ones"
        for start, stop, is_covered in self._parts(region):
            if is_covered:
                yield from self._cells(region.piece, start, stop, "something lies over it")
            elif reason:
                yield from self._cells(region.piece, start, stop, reason)
            else:
                yield from self._groups(region.piece, source, start, stop)

    def _parts(self, region: Region) -> Iterator[tuple[int, int, bool]]:
        """Part a region into what something lies over and what is free."""
        at = region.start
        for start, end in self._covered:
            start, end = max(start, at), min(end, region.stop)  # noqa: PLW2901 - kept inside
            if start >= end:
                continue
            if at < start:
                yield at, start, False
            yield start, end, True
            at = end
        if at < region.stop:
            yield at, region.stop, False

    def _groups(self, piece: Piece, source: ClipSource, start: int, stop: int) -> Iterator[Stretch]:
        """Copy what may be copied of a free part of a clip that agrees with the film."""
        index = self._indexes[source.path]
        # Where the film's frame 0 would lie in the clip.
        origin = first_place(index, piece, self._fps) - piece.start
        at = start
        for first, last in index.groups():
            packets = index.packets[first:last]
            low = min(one.shown for one in packets)
            high = max(one.shown for one in packets) + 1
            if high - low != len(packets) or high <= at + origin:
                continue  # frames of another group lie between its own, or it is over by then
            if low >= stop + origin:
                break
            if low - origin > at:
                yield from self._cells(piece, at, low - origin, "its frames lie between groups")
                at = low - origin
            until = min(stop, high - origin)
            if place := at + origin - low:
                yield from self._entered(piece, source, (first, last), (at, until), place)
                at = until
                continue
            kept = self._kept(packets, stop + origin - low)
            if kept:
                yield Copied(at, kept, source.path, first, first + kept, piece.shots)
                at += kept
            if at < until:
                yield from self._cells(piece, at, until, "the group is left between its frames")
                at = until
        if at < stop:
            yield from self._cells(piece, at, stop, "the clip has ended: its last frame stands")

    def _kept(self, packets: tuple[Packet, ...], wanted: int) -> int:
        """Return how many packets of a group are copied so that no frame is left out or missing."""
        if wanted >= len(packets):
            return len(packets)
        kept = _prefix(packets, wanted)
        return kept if kept == wanted or kept >= self._fps * _SHORTEST_PREFIX else 0

    def _entered(
        self,
        piece: Piece,
        source: ClipSource,
        group: tuple[int, int],
        span: tuple[int, int],
        place: int,
    ) -> Iterator[Stretch]:
        """Enter a group at its frame `place`, which is the film's frame `span[0]`."""
        at, until = span
        first, last = group
        index = self._indexes[source.path]
        kept = _prefix(index.packets[first:last], place + until - at)
        found: Entries | NotEntered = NotEntered("nothing of it can be left again")
        if kept > place:
            found = plan_entries(index, first, first + kept, place, self._entering)
        if isinstance(found, NotEntered):
            why = f"the clip is entered inside a group: {found.reason}"
            yield from self._cells(piece, at, until, why)
            return
        yield Entered(at, found.frames, source.path, found, piece.shots)
        left = at + found.frames
        yield from self._cells(piece, left, until, "the group is left between its frames")

    def _cells(self, piece: Piece, start: int, stop: int, why: str) -> Iterator[Encoded]:
        """Part frames on the grid of their clip."""
        source = piece.source
        offset = 0
        if isinstance(source, ClipSource | DrawnSource):
            offset = round(source.start * self._fps)
        at = start
        while at < stop:
            inside = (at - piece.start + offset) % self.cell
            until = min(stop, at - inside + self.cell)
            yield Encoded(at, until - at, (why,), piece.shots)
            at = until


def _prefix(packets: tuple[Packet, ...], wanted: int) -> int:
    """Return the most packets, up to `wanted`, that are exactly the first frames of their group."""
    return max(n for n in prefixes([one.shown for one in packets]) if n <= wanted)


def first_place(index: PacketIndex, piece: Piece, fps: Fraction) -> int:
    """Return the place in the clip of the frame that a piece begins with."""
    start = piece.source.start if isinstance(piece.source, ClipSource) else Fraction(0)
    return index.frame_at(start + Fraction(1, 2) / fps)


@dataclass(frozen=True, slots=True)
class _Borders:
    """Where pieces start, and with how many frames a stretch may be joined to a transition there.

    What a piece is split into depends on its own frames alone, however the film goes on around it.
    A few frames before a transition are the exception: made by themselves, their clip would be
    decoded to its end once for them and once for the transition.
    """

    starts: frozenset[int]
    mixed: frozenset[int]
    few: Fraction

    @classmethod
    def of(cls, timeline: Timeline) -> Self:
        """Find where the pieces of a timeline start."""
        return cls(
            frozenset(one.start for one in timeline.pieces),
            frozenset(one.start for one in timeline.pieces if one.overlap),
            timeline.shape.fps * _SHORTEST_PREFIX,
        )

    def may_join(self, before: Encoded, one: Encoded) -> bool:
        """Tell whether the borders allow two neighbours to be one."""
        if one.start not in self.starts:
            return True
        return one.start in self.mixed and before.frames < self.few


def _joined(stretches: Iterable[Stretch], cell: int, borders: _Borders) -> list[Stretch]:
    """Join neighbours: copies that go on in one clip, encoded parts too short to be alone."""
    joined: list[Stretch] = []
    for one in stretches:
        before = joined[-1] if joined else None
        match before, one:
            case (Copied(), Copied()) if before.path == one.path and before.end == one.first:
                frames = before.frames + one.frames
                joined[-1] = replace(before, frames=frames, end=one.end)
            case (Encoded(), Encoded()) if before.frames + one.frames <= cell and borders.may_join(
                before, one
            ):
                frames = before.frames + one.frames
                why = tuple(dict.fromkeys(before.why + one.why))
                shots = tuple(dict.fromkeys(before.shots + one.shots))
                joined[-1] = Encoded(before.start, frames, why, shots)
            case _:
                joined.append(one)
    return joined
