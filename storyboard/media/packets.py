"""A video file into an index of its packets: where each lies, when its frame is shown."""

import errno
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from av.container import InputContainer
from av.packet import Packet as AvPacket
from av.stream import Stream
from av.video.stream import VideoStream

from storyboard.media import avc, libav
from storyboard.media.coded import Coding, PacketIndex, Sample, indexed
from storyboard.media.mp4_index import index_mp4
from storyboard.media.open import first_frame, open_media
from storyboard.media.packet_clock import PacketClock


def index(path: Path) -> PacketIndex:
    """Read where each packet of a file's first video stream lies.

    Raises `av.FFmpegError` or `OSError` where the file cannot be read: it has been probed before.
    """
    return index_mp4(path) or demuxed(path)


def demuxed(path: Path) -> PacketIndex:
    """Index any file that can be demuxed."""
    with open_media(path) as container:
        if not container.streams.video:
            raise OSError(errno.EINVAL, "it has no picture", str(path))
        stream = container.streams.video[0]
        coding = _coding(container, stream)
        sets = coding.sets
        samples: list[Sample] = []
        plain = container.format.name.startswith("mov")
        clock = PacketClock(container)
        for packet in clock.packets(stream):
            if packet.size == 0 or packet.pts is None:
                continue
            if packet.is_discard:
                plain = False
                continue
            anew = _anew(packet, sets)
            plain = plain and not (anew and sets and avc.brings_others(bytes(packet), sets))
            samples.append(Sample(packet.pos or 0, packet.size, packet.pts, anew))
        tick = libav.tick(stream) or Fraction(1, 1000)
    found = indexed(path, coding, samples, tick, plain=plain)
    return replace(found, jumps=clock.jumps)


def _anew(packet: "AvPacket[Stream]", sets: avc.ParameterSets | None) -> bool:
    if not packet.is_keyframe:
        return False
    return sets is None or avc.starts_anew(bytes(packet), sets.length_size)


def _coding(container: InputContainer, stream: VideoStream) -> Coding:
    context = stream.codec_context
    frame = first_frame(container, stream)
    sets = avc.parse_record(context.extradata or b"") if context.name == "h264" else None
    color = (
        int(context.color_primaries),
        int(context.color_trc),
        int(context.colorspace),
        int(context.color_range),
    )
    return Coding(
        codec=context.name,
        width=context.width,
        height=context.height,
        pix_fmt=context.pix_fmt or "",
        pixel=libav.pixel(stream),
        rotation=round(frame.rotation) % 360 if frame else 0,
        interlaced=frame is not None and frame.interlaced_frame,
        color=color,
        sets=sets,
        mirrored=frame is not None and libav.is_mirrored(frame),
    )
