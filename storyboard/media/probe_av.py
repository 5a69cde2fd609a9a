"""A clip or sound file into facts."""

from fractions import Fraction
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from storyboard.media import libav
from storyboard.media.ends import ENDS_EARLY, SOUND_BREAKS_OFF, has_index, incomplete, missing_bytes
from storyboard.media.lengths import Measured, picture_length, sound_length
from storyboard.media.open import chosen_sound, first_frame, is_known, open_media, sound_tracks
from storyboard.model import ClipFacts, FrameRate, Seconds, SoundFacts, Unusable

_STANDARD = tuple(
    Fraction(rate)
    for rate in ("24000/1001", 24, 25, "30000/1001", 30, 48, 50, "60000/1001", 60, 100, 120)
)
_NEAR = Fraction(3, 10_000)
_ALMOST = Fraction(1, 100)
_MOST_SIDE = 16_384
_MOST_RATE = 1000
_QUICKTIME = "qt"
_EXACT = Fraction(1, 100)
_HEAD = 8
_FLAC = b"fLaC"
_QUARTER = 90
_HALF = 180


def probe_media(path: Path) -> ClipFacts | SoundFacts | Unusable:
    """Read a clip's or a sound's measures, and make sure that it begins and ends as it says."""
    try:
        with open_media(path) as container:
            return _read(path, container)
    except (av.InvalidDataError, av.ArgumentError):  # the second: a kind that is not on the list
        return _broken_off(path) or Unusable(
            "unknown-kind", "it is no picture, clip, sound or font that is known"
        )
    except av.EOFError:
        return _broken_off(path) or ENDS_EARLY
    except (av.FFmpegError, OSError, ValueError, ArithmeticError) as problem:
        detail = getattr(problem, "strerror", None) or str(problem)
        return Unusable("unreadable", f"it cannot be read: {detail}")


def _broken_off(path: Path) -> Unusable | None:
    """Tell of a file that could not be opened whether its end is missing."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if missing := missing_bytes(path):
        return incomplete(missing)
    if head[4:] == b"ftyp" and not has_index(path):
        return Unusable("incomplete", "its index, which is written last, is missing")
    if head.startswith(_FLAC):
        return SOUND_BREAKS_OFF
    return None


def exact_rate(average: Fraction | None, guessed: Fraction | None) -> FrameRate | None:
    """Settle a clip's frame rate.

    The average of a short clip is off by its last frame, and containers round times; the guess
    is the rate its frames were placed by. Close to a rate that cameras know, it is that one.
    """
    rate = average or guessed
    if not rate or rate <= 0:
        return None
    if average and guessed and abs(average - guessed) <= guessed * _ALMOST:
        rate = guessed
    for standard in _STANDARD:
        if abs(rate - standard) <= standard * _NEAR:
            return standard
    return rate.limit_denominator(1001)


def _read(path: Path, container: InputContainer) -> ClipFacts | SoundFacts | Unusable:
    video = next((one for one in container.streams.video if not _is_cover(one)), None)
    audio = chosen_sound(container)
    if (video and not is_known(video)) or (container.streams.audio and audio is None):
        return Unusable("unreadable", "it holds something in a coding that is not known")
    if video is not None:
        return _clip(path, container, video)
    if audio is not None:
        return _sound(path, container, audio)
    return _broken_off(path) or Unusable("unknown-kind", "it holds neither picture nor sound")


def _is_cover(stream: VideoStream) -> bool:
    return bool(stream.disposition & Disposition.attached_pic)


def _clip(path: Path, container: InputContainer, video: VideoStream) -> ClipFacts | Unusable:
    rate = exact_rate(libav.average_rate(video), libav.guessed_rate(video))
    if rate is None or rate > _MOST_RATE:
        return Unusable("unreadable", "its frames have no times")
    if not 0 < video.width <= _MOST_SIDE or not 0 < video.height <= _MOST_SIDE:
        return Unusable("unreadable", f"its size, {video.width}x{video.height}, makes no sense")
    if missing := _missing_bytes(path, container, video):
        return incomplete(missing)
    codec_name, audio = video.codec_context.name, chosen_sound(container)
    frame = first_frame(container, video)
    if frame is None:
        return Unusable("unreadable", "not one frame of it can be decoded")
    measured = picture_length(container, video, rate)
    if measured.duration <= 0:
        return Unusable("unreadable", "it has no length")
    width, height = _shown_size(video, int(frame.rotation))
    return ClipFacts(
        container=_container(container),
        width=width,
        height=height,
        fps=rate,
        duration=_whole_frames(measured, rate),
        video_codec=codec_name,
        audio_codec=audio.codec_context.name if audio else None,
        header=measured.header,
        tracks=sound_tracks(container),
    )


def _sound(path: Path, container: InputContainer, audio: AudioStream) -> SoundFacts | Unusable:
    if missing := _missing_bytes(path, container, audio):
        return incomplete(missing)
    if _breaks_off(container, audio):
        return SOUND_BREAKS_OFF
    measured = sound_length(container, audio)
    if next(container.decode(audio), None) is None:
        return Unusable("unreadable", "no sound of it can be decoded")
    if measured.duration <= 0:
        return Unusable("unreadable", "it has no length")
    context = audio.codec_context
    return SoundFacts(
        container=_container(container),
        duration=measured.duration,
        sample_rate=context.sample_rate,
        channels=context.channels,
        header=measured.header,
        tracks=sound_tracks(container),
    )


def _breaks_off(container: InputContainer, audio: AudioStream) -> bool:
    """Tell whether a FLAC file has less sound than its header says; others tell by their bytes."""
    told = libav.length(audio)
    if container.format.name != "flac" or not told:
        return False
    samples = sum(frame.samples for frame in container.decode(audio))
    container.seek(0)
    return told - Fraction(samples, audio.codec_context.sample_rate) > _EXACT


def _whole_frames(measured: Measured, rate: FrameRate) -> Seconds:
    """Undo the container's rounding where the length is that of its frames."""
    exact = measured.frames / rate
    return exact if abs(exact - measured.duration) * rate * 2 < 1 else measured.duration


def _missing_bytes(path: Path, container: InputContainer, stream: VideoStream | AudioStream) -> int:
    """Return how many bytes the container or its index speaks of that the file does not have."""
    if not container.format.name.startswith("mov"):  # in an MP4, what comes last may be odd
        return missing_bytes(path)
    entries = stream.index_entries
    end = int(entries[-1].pos) + int(entries[-1].size) if len(entries) else 0
    return max(0, end - path.stat().st_size)


def _shown_size(video: VideoStream, rotation: int) -> tuple[int, int]:
    width, height = video.width * libav.pixel(video), Fraction(video.height)
    if rotation % _HALF == _QUARTER:
        width, height = height, width
    return round(width), round(height)


def _container(container: InputContainer) -> str:
    name = container.format.name
    if name.startswith("mov"):
        brand = container.metadata.get("major_brand", "").strip()
        if brand == _QUICKTIME:
            return "mov"
        return "m4a" if not container.streams.video or brand.startswith("M4A") else "mp4"
    if name.startswith("matroska"):
        with Path(container.name.removeprefix("file:")).open("rb") as file:
            return "webm" if b"webm" in file.read(64) else "mkv"
    return name.split(",")[0]
