"""Read the packets of a finished film as players do, and hold them against those meant for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream

from storyboard.cut.proof.viewing import packet_digest
from storyboard.media import (
    FRAME,
    RATE,
    AacTrack,
    FileReader,
    FilmPicture,
    TrackTables,
    is_known,
    libav,
    open_media,
    parse_record,
)


@dataclass(slots=True)
class Compared:
    """What became of comparing a film's packets.

    `foreign` are frames of the film whose packet is not the one meant, `misplaced` those that a
    player gets at another time, or from another place than the index says. `pictures` and
    `sounds` count packets; `faults` are of the film as a whole.
    """

    foreign: list[int] = field(default_factory=list)
    misplaced: list[int] = field(default_factory=list)
    pictures: int = 0
    sounds: int = 0
    faults: list[str] = field(default_factory=list)


def compare(
    film: Path,
    picture: FilmPicture,
    digests: Sequence[bytes],
    sound: AacTrack,
    tables: Sequence[TrackTables],
) -> Compared:
    """Compare a film's packets, one at a time, with the `digests` of those meant for it.

    Packets also have to be where the index, read by another route, has them: `tables` are its
    picture's and its sound's. Raises `av.FFmpegError` or `OSError` if the film cannot be read.
    """
    found = Compared()
    with open_media(film) as container, FileReader() as reader:
        found.faults.extend(_stream_faults(container, picture, sound))
        if found.faults:
            return found
        video = container.streams.video[0]
        tick = 1 / picture.fps / (libav.tick(video) or 1)
        pictures = _wanted_pictures(picture, digests, tables[0], tick)
        sounds = _wanted_sounds(sound, tables[1])
        at = 0
        for packet in container.demux():
            if not packet.size:
                continue
            if packet.stream_index == video.index:
                found.pictures += 1
                if meant := next(pictures, None):
                    _compare_picture(found, packet, *meant)
                continue
            n = found.sounds
            found.sounds += 1
            if (wanted := next(sounds, None)) is None or _stamped(packet) != wanted:
                found.faults.append(f"its sound is heard at the wrong time{_from(n, sound)}")
                return found
            if bytes(packet) != reader.read(sound.path, at, packet.size):
                found.faults.append(f"its sound is not what was mixed{_from(n, sound)}")
                return found
            at += packet.size
    return found


@dataclass(frozen=True, slots=True)
class _Stamped:
    """When and from where a packet comes; `is_whole` tells that it is neither left out nor torn."""

    pts: Fraction | int | None
    place: int | None
    size: int
    is_shown: bool
    is_whole: bool = True


def _stamped(packet: "Packet[Stream]") -> _Stamped:
    """Note a packet's stamps. libav marks as key frames what it takes for some, so that is left."""
    is_shown, is_whole = not packet.is_discard, not packet.is_corrupt
    return _Stamped(packet.pts, packet.pos, packet.size, is_shown, is_whole)


def _wanted_pictures(
    picture: FilmPicture, digests: Sequence[bytes], track: TrackTables, tick: Fraction
) -> Iterator[tuple[int, bytes, _Stamped]]:
    """Go through the frame, the digest and the stamps of each packet in coding order."""
    rows = zip(picture.frames, digests, track.places, track.sizes, strict=False)
    for one, digest, place, size in rows:
        yield one.shown, digest, _Stamped(one.shown * tick, place, size, is_shown=True)


def _wanted_sounds(sound: AacTrack, track: TrackTables) -> Iterator[_Stamped]:
    for n, (size, place) in enumerate(zip(sound.sizes, track.places, strict=False)):
        start = n * FRAME - sound.priming
        yield _Stamped(start, place, size, is_shown=start >= 0)


def _compare_picture(
    found: Compared, packet: "Packet[Stream]", frame: int, digest: bytes, stamps: _Stamped
) -> None:
    if packet_digest(bytes(packet)) != digest:
        found.foreign.append(frame)
    if _stamped(packet) != stamps:
        found.misplaced.append(frame)


def _from(n: int, sound: AacTrack) -> str:
    seconds = max(0, n * FRAME - sound.priming) / RATE
    return f", from {seconds:.2f}s on"


def _stream_faults(
    container: InputContainer, picture: FilmPicture, sound: AacTrack
) -> Iterator[str]:
    """Say which of its streams a player would set up a wrong decoder for."""
    videos, audios = container.streams.video, container.streams.audio
    if len(container.streams) != 2 or not videos or not audios:  # noqa: PLR2004 - one of each
        yield "it does not have one picture and one sound"
        return
    seen = videos[0].codec_context
    if not is_known(videos[0]) or seen.name != "h264":
        yield "its picture is not H.264"
    elif parse_record(seen.extradata or b"") != picture.sets:
        yield "its parameter sets are not those of what it was made from"
    elif (seen.width, seen.height) != (picture.size.width, picture.size.height):
        yield f"its picture is {seen.width}x{seen.height}"
    heard = audios[0].codec_context
    if not is_known(audios[0]) or heard.name != "aac" or heard.extradata != sound.config:
        yield "its sound is not coded as it was"
    elif heard.sample_rate != RATE or heard.layout.name != "stereo":
        yield "its sound is not stereo at 48 kHz"
