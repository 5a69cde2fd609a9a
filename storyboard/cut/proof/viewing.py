"""Decode a run of packets and note what each of its pictures looks like."""

import hashlib
import threading
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

import av
from av.packet import Packet
from av.stream import Stream
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from storyboard.cut.watching import Look, alike, is_black, look_of
from storyboard.media import CodedFrame, FileReader, ParameterSets, sets_record

_EDITION = 1
"""Raised when the same packets would be seen otherwise than before."""

PROMPT = {"strict": "1"}
"""By this libav never guesses how many pictures it must hold to give them in their order."""


class Abandoned(Exception):  # noqa: N818 - somebody asked for it
    """Decoding was abandoned: another run failed, or the program is interrupted."""


@dataclass(frozen=True, slots=True)
class Run:
    """Packets of one file in coding order, decoded in one go with `sets`.

    The first is an IDR picture, so nothing before it counts. `shown` of each is its picture's
    place; places need not follow each other without a hole.
    """

    frames: tuple[CodedFrame, ...]
    sets: ParameterSets


@dataclass(frozen=True, slots=True)
class Viewing:
    """What decoding a run showed, its pictures named by their places.

    `lost` pictures did not come out, `misplaced` ones came out after a later one. `stopped` is the
    number of packets that could be decoded before one that could not; None if all could.
    `still` pictures are the picture before them again. `looks` are checksums of what is looked at
    of each; `first` and `last` is what was looked at of the pictures that came out first and last.
    """

    damaged: frozenset[int] = frozenset()
    lost: frozenset[int] = frozenset()
    misplaced: frozenset[int] = frozenset()
    black: frozenset[int] = frozenset()
    still: frozenset[int] = frozenset()
    stopped: int | None = None
    looks: tuple[tuple[int, int], ...] = ()
    first: Look | None = None
    last: Look | None = None

    def ends(self) -> dict[int, Look | None]:
        """Return what was looked at of the pictures that came out first and last, by place."""
        if not self.looks:
            return {}
        return {self.looks[-1][0]: self.last, self.looks[0][0]: self.first}

    def without_ends(self) -> Self:
        """Return the same without pixels, of which a film of many clips would hold too many."""
        return replace(self, first=None, last=None)


def packet_digest(packet: bytes) -> bytes:
    """Return what tells a packet from any other."""
    return hashlib.sha256(packet).digest()


def digests_of(frames: Sequence[CodedFrame]) -> tuple[bytes, ...]:
    """Read packets, and return the digest of each. Raises `OSError`."""
    with FileReader() as reader:
        return tuple(packet_digest(reader.bytes_of(one)) for one in frames)


def run_digest(run: Run, digests: Sequence[bytes]) -> str:
    """Return a digest of all that decoding a run depends on; `digests` are its packets'."""
    low = min(one.shown for one in run.frames)
    places = [one.shown - low for one in run.frames]
    decoder = av.library_versions["libavcodec"]
    parts = repr((_EDITION, decoder, run.sets, places)).encode()
    return hashlib.sha256(b"".join((parts, *digests))).hexdigest()


def view(run: Run, digests: Sequence[bytes], stop: threading.Event) -> Viewing:
    """Decode a run on one thread, packet by packet, holding as much of it as the decoder does.

    Raises `OSError` if its file cannot be read, or its packets have other `digests` by now, and
    `Abandoned` once `stop` is set.
    """
    watcher = Watcher()
    decoder = _decoder(run.sets)
    with FileReader() as reader:
        for frame, digest in zip(run.frames, digests, strict=True):
            if stop.is_set():
                raise Abandoned
            data = reader.bytes_of(frame)
            if packet_digest(data) != digest:
                raise OSError(f"{frame.path} has changed while it was being read")
            packet = Packet(data)
            packet.pts = frame.shown
            if not watcher.take(decoder, packet):
                break
            watcher.decoded += 1
        watcher.take(decoder, None)
    return watcher.viewing(run)


def picture_of(frame: CodedFrame, sets: ParameterSets) -> bytes | None:
    """Decode an IDR picture by itself into its samples; None if none comes out undamaged."""
    decoder = _decoder(sets)
    with FileReader() as reader:
        packet = Packet(reader.bytes_of(frame))
    try:
        pictures = [*decoder.decode(packet), *decoder.decode(None)]
    except av.FFmpegError:
        return None
    if len(pictures) != 1 or pictures[0].is_corrupt:
        return None
    return pictures[0].to_ndarray().tobytes()


def look_at(run: Run, place: int, stop: threading.Event) -> Look | None:
    """Decode a run up to the picture at `place`, and look at it; None if it does not come out."""
    decoder = _decoder(run.sets)
    with FileReader() as reader:
        try:
            for frame in _decoded(run, decoder, reader):
                if stop.is_set():
                    raise Abandoned
                if frame.pts == place:
                    return look_of(frame).copy()
        except av.FFmpegError:
            return None
    return None


def _decoded(run: Run, decoder: VideoCodecContext, reader: FileReader) -> Iterator[VideoFrame]:
    for one in run.frames:
        packet = Packet(reader.bytes_of(one))
        packet.pts = one.shown
        yield from decoder.decode(packet)
    yield from decoder.decode(None)


def _decoder(sets: ParameterSets) -> VideoCodecContext:
    decoder = av.CodecContext.create("h264", "r")
    if not isinstance(decoder, VideoCodecContext):
        raise TypeError("h264 decodes no pictures")
    decoder.extradata = sets_record(sets)
    decoder.thread_count = 1
    decoder.options = dict(PROMPT)
    return decoder


class Watcher:
    """Looks at pictures as they come out; `decoded` counts packets."""

    def __init__(self) -> None:
        self.decoded = 0
        self._stopped = False
        self._places: list[int] = []
        self._marked: dict[str, set[int]] = {
            name: set() for name in ("damaged", "misplaced", "black", "still")
        }
        self._looks: dict[int, int] = {}
        self._first: Look | None = None
        self._before: Look | None = None

    def take(self, decoder: VideoCodecContext, packet: "Packet[Stream] | None") -> bool:
        """Decode a packet and look at what comes out; False if it cannot be decoded.

        None is the end: what the decoder holds back comes out.
        """
        try:
            for frame in decoder.decode(packet):
                self.look(frame, frame.pts)
        except av.FFmpegError:
            self._stopped = True
            return False
        return True

    def look(self, frame: VideoFrame, place: int | None) -> None:
        """Look at a picture that came out, by its place; None if it has none."""
        latest = self._places[-1] if self._places else None
        if place is None or place in self._looks or (latest is not None and place < latest):
            self._marked["misplaced"].add(latest or 0 if place is None else place)
        if place is None:
            return
        look = look_of(frame)
        if frame.is_corrupt:
            self._marked["damaged"].add(place)
        if is_black(look):
            self._marked["black"].add(place)
        if self._before is not None and latest == place - 1 and alike(self._before, look):
            self._marked["still"].add(place)
        self._before = look.copy()
        self._first = self._before if self._first is None else self._first
        self._looks[place] = zlib.crc32(self._before.tobytes())
        self._places.append(place)

    def viewing(self, run: Run) -> Viewing:
        """Return what was seen of a run."""
        lost = {one.shown for one in run.frames} - self._looks.keys()
        marked = {name: frozenset(places) for name, places in self._marked.items()}
        return Viewing(
            **marked,
            lost=frozenset(lost),
            stopped=self.decoded if self._stopped else None,
            looks=tuple(sorted(self._looks.items())),
            first=self._first,
            last=self._before,
        )
