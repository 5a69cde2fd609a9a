"""Enter a clip inside a group: make the frames that later ones refer to, copy all the others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from av.video.frame import VideoFrame

from storyboard.file_stamp import FileStamp, file_stamp
from storyboard.media.avc import ParameterSets
from storyboard.media.coded import PacketIndex
from storyboard.media.film import FilmPicture, write_film
from storyboard.media.film_times import CodedFrame
from storyboard.media.h264.bits import Refused
from storyboard.media.h264.coded_pictures import LENGTH_SIZE, CodedGroup, read_group
from storyboard.media.h264.entered_packets import EnteredPackets, check_entry, entered_packets
from storyboard.media.h264.entry_choice import Entry, choose_entries, needed
from storyboard.media.made_frames import make_frames
from storyboard.model import FrameRate, Size

_MOST_KNOWN = 256
"""Answers that are known; each has the index of its clip, 30 kB for 5 seconds."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Where and how often a group of a clip is entered.

    `first` and `end` are places of packets in the clip's coding order: the group up to the end of
    what is shown. `each` counts frames from the group's first; the entries follow each other.
    """

    first: int
    end: int
    each: tuple[Entry, ...]

    @property
    def frames(self) -> int:
        """How many frames are shown."""
        return self.each[-1].end - self.each[0].place

    @property
    def made(self) -> int:
        """How many of them are made again."""
        return sum(one.made for one in self.each)


Decoded: TypeAlias = Callable[[int, int, int], Iterator[VideoFrame]]
"""Decodes a clip at its coded size: given the place from which on all that frames depend on is
shown, gives the frames from a second place up to a third."""


@dataclass(frozen=True, slots=True)
class NotEntered:
    """A group that cannot be entered there, and why: what was looked for in its stream."""

    reason: str


def plan_entries(
    index: PacketIndex, first: int, end: int, place: int, number: int
) -> Entries | NotEntered:
    """Find the entries that show the frames from `place` on, of the packets `first` to `end`.

    The packets are a group, or the part of one up to a prefix; `place` counts from its first
    frame. `number` is an id that no picture parameter set of the clip has. What was found is known
    as long as the file stays as it is: a campaign's films show the same clips. Raises `OSError`.
    """
    return _planned(_Asked(index.path, file_stamp(index.path), first, end, place, number, index))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of a clip, by the file that it is in, as it was then."""

    path: Path
    stamp: FileStamp
    first: int
    end: int
    place: int
    number: int
    index: PacketIndex = field(compare=False)


@lru_cache(maxsize=_MOST_KNOWN)
def _planned(asked: _Asked) -> Entries | NotEntered:
    try:
        group = _group(asked.index, asked.first, asked.end)
        each = choose_entries(group, asked.place)
        for one in each:
            check_entry(group, one, asked.number)
    except Refused as refused:
        return NotEntered(str(refused))
    return Entries(asked.first, asked.end, each)


def enter(  # noqa: PLR0913, PLR0917 - what a stretch is made of
    index: PacketIndex,
    entries: Entries,
    number: int,
    fps: FrameRate,
    out: Path,
    decoded: Decoded,
) -> None:
    """Write the frames of entries as a film of their own, without sound.

    Frames are asked of `decoded` in order, each once. Raises `Refused` if what is written would not
    be decoded as its source is, `OSError` if the clip cannot be read or decoded.
    """
    group = _group(index, entries.first, entries.end)
    low = min(one.shown for one in index.packets[entries.first : entries.end])
    parts: list[EnteredPackets] = []
    for entry in entries.each:
        frames = list(decoded(low, low + entry.place, low + entry.first))
        sequence = group.sets.sequence
        coded = (sequence.coded_width, sequence.coded_height)
        if any((one.width, one.height) != coded for one in frames):
            raise Refused("its frames are not decoded at the size at which they are coded")
        referred = {group.shown[one] - entry.place for one in needed(group, entry.first, entry.end)}
        made = make_frames(frames, referred, sequence, fps)
        parts.append(entered_packets(group, entry, made, number))
    _write(index, parts, entries.each[0].place, fps, out)


def _group(index: PacketIndex, first: int, end: int) -> CodedGroup:
    packets = index.packets[first:end]
    low = min(one.shown for one in packets)
    if index.coding.sets is None:
        raise Refused("its parameter sets are not where MP4 keeps them")
    with index.path.open("rb") as file:
        data: list[bytes] = []
        for one in packets:
            file.seek(one.position)
            data.append(file.read(one.size))
    return read_group(data, [one.shown - low for one in packets], index.coding.sets)


def _write(
    index: PacketIndex, parts: Sequence[EnteredPackets], start: int, fps: FrameRate, out: Path
) -> None:
    sets, coding = index.coding.sets, index.coding
    parameters = {one.parameters for one in parts}
    if sets is None or len(parameters) != 1:
        raise Refused("its entries are coded with different parameters")
    raw = out.with_suffix(".h264")
    frames: list[CodedFrame] = []
    at = 0
    with raw.open("wb") as file:
        for part in parts:
            for n, (packet, shown) in enumerate(zip(part.packets, part.shown, strict=True)):
                file.write(packet)
                frames.append(CodedFrame(raw, at, len(packet), shown - start, anew=n == 0))
                at += len(packet)
    united = ParameterSets(sets.sps, (*sets.pps, *parameters), LENGTH_SIZE)
    size = Size(coding.width, coding.height)
    write_film(FilmPicture(frames, size, fps, united, coding.color), None, out)
    raw.unlink()
