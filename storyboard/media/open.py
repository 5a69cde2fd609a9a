"""The one way media files are opened: local, of a known kind, never through another file."""

from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition, Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from storyboard.media import libav
from storyboard.model import SoundTracks

FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2",
    "matroska,webm",
    "avi",
    "mpegts",
    "mpeg",
    "mxf",
    "flv",
    "asf",
    "ogg",
    "wav",
    "w64",
    "mp3",
    "flac",
    "aac",
    "aiff",
    "caf",
)
"""Containers that are read. Playlists and scripts, which lead to other files, are left out."""

_HEAD = 8


def open_media(path: Path) -> InputContainer:
    """Open a local media file.

    Raises `av.FFmpegError` where it is none of `FORMATS` or broken, `OSError` where it is not
    there.
    """
    return _opened(path, {})


def open_known(path: Path) -> InputContainer:
    """Open a local MP4 whose pictures' form is known: none is decoded to learn it.

    Their delay, which decoders put them in order by, follows from the times in its index.
    """
    # It is for the decoders that look at the file while it is opened. Those that decode it later
    # are others, and do not know of it.
    return _opened(path, {"skip_frame": "all"})


def open_sound(path: Path) -> InputContainer:
    """Open a local media file of which only the sound is wanted.

    Opening decodes a picture to know its form, which takes longer than a clip's whole sound. In
    an MP4 all that sound needs is in its index, so its pictures are left alone.
    """
    with path.open("rb") as file:
        if file.read(_HEAD)[4:] != b"ftyp":
            return open_media(path)
    container = open_known(path)
    streams = (*container.streams.video[:1], *container.streams.audio)
    if all(libav.start(one) is not None for one in streams):
        return container
    container.close()
    return open_media(path)


def _opened(path: Path, more: dict[str, str]) -> InputContainer:
    whitelist = ",".join(FORMATS)
    options = {"format_whitelist": whitelist, "protocol_whitelist": "file", **more}
    name = f"file:{path.absolute()}"
    container: InputContainer = av.open(name, options=options, **libav.LENIENT)
    return container


def chosen_sound(container: InputContainer, track: int | None = None) -> AudioStream | None:
    """Return the sound of that number, counted from 1; of None, the one that players choose.

    That is the first that the file marks as its default, or else the first. What cannot be decoded
    is passed over: phones put a sound in a coding of their own beside one that everybody knows.
    """
    sounds = container.streams.audio
    if track is not None:
        sounds = sounds[track - 1 : track]
    known = [one for one in sounds if is_known(one)]
    marked = (one for one in known if one.disposition & Disposition.default)
    return next(marked, known[0] if known else None)


def sound_tracks(container: InputContainer) -> SoundTracks | None:
    """Describe a file's sounds if there are several, and one of them can be decoded."""
    sounds, default = container.streams.audio, chosen_sound(container)
    if len(sounds) < 2 or default is None:  # noqa: PLR2004 - several
        return None
    numbers = {one.index: n for n, one in enumerate(sounds, 1)}
    languages = tuple(one.metadata.get("language", "") for one in sounds)
    unknown = frozenset(numbers[one.index] for one in sounds if not is_known(one))
    return SoundTracks(languages, numbers[default.index], unknown)


def is_known(stream: Stream) -> bool:
    """Tell whether there is a decoder for a picture or sound; PyAV gives no context without one."""
    return getattr(stream, "codec_context", None) is not None


def first_frame(container: InputContainer, stream: VideoStream) -> VideoFrame | None:
    """Decode a frame at the container's beginning, and go back there; None where none comes.

    Decoders hold frames back until they know the order. Told that no more come, they give the
    first one at once, which is several times faster. Where an edit hides the first packets, it
    takes more of them.
    """
    context = stream.codec_context
    context.thread_count = 1
    packet = next((one for one in container.demux(stream) if one.size), None)
    frames = [*context.decode(packet), *context.decode(None)] if packet else []
    _go_back(container, stream)
    if not frames:
        frames = [frame for frame, _ in zip(container.decode(stream), range(1), strict=False)]
        _go_back(container, stream)
    return frames[0] if frames else None


def _go_back(container: InputContainer, stream: VideoStream) -> None:
    stream.codec_context.flush_buffers()
    container.seek(0)
