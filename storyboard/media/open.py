"""The one way media files are opened: local, of a known kind, never through another file."""

from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from storyboard.media import libav

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


def open_sound(path: Path) -> InputContainer:
    """Open a local media file of which only the sound is wanted.

    Opening decodes a picture to know its form, which takes longer than a clip's whole sound. In
    an MP4 all that sound needs is in its index, so its pictures are left alone.
    """
    with path.open("rb") as file:
        if file.read(_HEAD)[4:] != b"ftyp":
            return open_media(path)
    # It is for the decoders that look at the file while it is opened. Those that decode it later
    # are others, and do not know of it.
    container = _opened(path, {"skip_frame": "all"})
    streams = (*container.streams.video[:1], *container.streams.audio[:1])
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


def first_sound(container: InputContainer) -> AudioStream | None:
    """Return the first sound that can be decoded.

    Phones put one in a coding of their own beside one that everybody knows.
    """
    return next((one for one in container.streams.audio if is_known(one)), None)


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
