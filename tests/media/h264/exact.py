"""Enter clips with frames of raw samples: what follows them must then be exact to the bit."""

from dataclasses import replace
from pathlib import Path

from av.video.frame import VideoFrame
from streams import FPS, NUMBER, group_of

from storyboard.media.avc import ParameterSets
from storyboard.media.coded import PacketIndex
from storyboard.media.decoding import UNCROPPED, ClipPass
from storyboard.media.entering import Entries
from storyboard.media.film import FilmPicture, write_film
from storyboard.media.film_times import CodedFrame
from storyboard.media.h264.bits import Bits, Refused
from storyboard.media.h264.coded_pictures import CodedGroup, CodedPicture
from storyboard.media.h264.entered_headers import entered_headers, entered_sets, expected_headers
from storyboard.media.h264.entered_packets import EnteredPackets, MadeFrames, entered_packets
from storyboard.media.h264.entry_choice import Entry
from storyboard.media.h264.picture_set import PictureSet
from storyboard.media.h264.slice_header import (
    Slice,
    SliceHeader,
    SliceKind,
    StreamSets,
    write_slice,
)
from storyboard.model.storyboard import Size


def enter_exactly(index: PacketIndex, entries: Entries, out: Path) -> Path:
    """Enter a clip with frames of raw samples (I_PCM): those that follow must then be exact."""
    group = group_of(index)
    parts = [_exact(index, group, entry) for entry in entries.each]
    raw = out.with_suffix(".raw")
    raw.write_bytes(b"".join(packet for part in parts for packet in part.packets))
    frames: list[CodedFrame] = []
    at = 0
    for part in parts:
        for n, (packet, shown) in enumerate(zip(part.packets, part.shown, strict=True)):
            number = shown - entries.each[0].place
            frames.append(CodedFrame(raw, at, len(packet), number, anew=n == 0))
            at += len(packet)
    sets = index.coding.sets
    assert sets is not None
    united = ParameterSets(sets.sps, (*sets.pps, parts[0].parameters), 4)
    size = Size(index.coding.width, index.coding.height)
    write_film(FilmPicture(frames, size, FPS, united, index.coding.color), None, out)
    return out


def raw_set(group: CodedGroup) -> PictureSet:
    """Return the set of frames of raw samples: without CABAC, and not deblocked."""
    return PictureSet(
        head=0x68,
        number=NUMBER,
        sequence=group.sets.sequence.number,
        cabac=False,
        bottom_order=False,
        counts=(1, 1),
        weighted_p=False,
        weighted_b=0,
        qp=0,
        switching_qp=0,
        chroma_qp=0,
        deblocking=True,
        constrained_intra=False,
        redundant=False,
        rest=Bits(),
    )


def _exact(index: PacketIndex, group: CodedGroup, entry: Entry) -> EnteredPackets:
    return entered_packets(group, entry, exact_frames(index, group, entry), NUMBER)


def exact_frames(index: PacketIndex, group: CodedGroup, entry: Entry) -> MadeFrames:
    """Make the frames of an entry again out of raw samples, behind the headers they will get."""
    parameters = raw_set(group)
    sets = entered_sets(group, parameters)
    wanted = [
        tuple(replace(one, number=SliceKind.I, rest=Bits(0b1010, 4)) for one in headers)
        for headers in expected_headers(entry, NUMBER)
    ]
    headers = entered_headers(group, entry, wanted, sets, NUMBER).made
    going = ClipPass(index, entry.place, UNCROPPED)
    frames = map(going.frame, range(entry.place, entry.first))
    made = [
        CodedPicture((), (_raw_slice(frame, one[0], phase_of(one[0], sets)),), ())
        for frame, one in zip(frames, headers, strict=True)
    ]
    return MadeFrames(parameters, tuple(made))


def phase_of(header: SliceHeader, sets: StreamSets) -> int:
    """Return at which bit of a byte a slice's data begin."""
    for phase in range(8):
        try:
            write_slice(Slice(header, Bits(), phase), sets)
        except Refused:
            continue
        return phase
    raise AssertionError


def _raw_slice(frame: VideoFrame, header: SliceHeader, phase: int) -> Slice:
    """Code a frame as raw samples (7.3.5): each block's type, zeros to the byte, 384 samples."""
    coded = frame.to_ndarray(format="yuv420p")
    height, width = frame.height, frame.width
    luma = coded[:height]
    quarter = height * width // 4
    flat = coded[height:].reshape(-1)
    blue = flat[:quarter].reshape(height // 2, width // 2)
    red = flat[quarter:].reshape(height // 2, width // 2)
    data = bytearray()
    first = -(phase + 9) & 7
    for row in range(0, height, 16):
        for column in range(0, width, 16):
            if data:
                data += bytes((0b00001101, 0))  # ue(25) = 000011010, then zeros
            half = (slice(row // 2, row // 2 + 8), slice(column // 2, column // 2 + 8))
            data += luma[row : row + 16, column : column + 16].tobytes()
            data += blue[half].tobytes() + red[half].tobytes()
    head = 0b000011010 << first
    length = 9 + first + 8 * len(data)
    return Slice(header, Bits(head << 8 * len(data) | int.from_bytes(data, "big"), length), phase)
