"""An animatic clip to an MP4: H.264 and AAC, its index at the end, as in a provider's clips."""

from collections.abc import Callable, Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np

from storyboard.backends.animatic.ahead import ahead
from storyboard.backends.animatic.clip import AnimaticClip
from storyboard.backends.animatic.frames import BT709, frames
from storyboard.backends.animatic.sound import RATE, samples
from storyboard.model import frame_at

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import OutputContainer
    from av.video.stream import VideoStream

_AUDIO_FRAME = 1024
_KEY_SECONDS = 5
_LIMITED = 1
_KEY = 1
_SOUND_EVERY = 12


def draw_clip(
    clip: AnimaticClip, out: Path, told: Callable[[float], None] = lambda _: None
) -> None:
    """Draw a clip into a file, telling the part that is done; equal clips give equal bytes.

    `told` is called at every frame; what it raises ends the drawing.

    Raises:
        OSError: the disk refuses.
    """
    options = {"fflags": "+bitexact"}
    with (
        av.open(str(out), "w", format="mp4", container_options=options) as file,
        closing(ahead(frames(clip))) as drawn,
    ):
        picture = _picture_stream(file, clip)
        sound = _sound_stream(file) if clip.sound else None
        packets = _sound(file, sound, clip) if sound else None
        cuts = {frame_at(card.start, clip.fps) for card in clip.cards}
        for n, frame in enumerate(drawn):
            frame.pts, frame.time_base = n, 1 / Fraction(clip.fps)
            if n in cuts:
                frame.pict_type = _KEY
            file.mux(picture.encode(frame))
            if packets and n % _SOUND_EVERY == 0:
                next(packets, None)
            told(n / clip.frames)
        file.mux(picture.encode(None))
        for _ in packets or ():
            pass
    told(1.0)


def _picture_stream(file: "OutputContainer", clip: AnimaticClip) -> "VideoStream":
    key = int(clip.fps * _KEY_SECONDS)
    parameters = f"keyint={key}:scenecut=0:open-gop=0"
    options = {"preset": "ultrafast", "crf": "25", "x264-params": parameters}
    stream = file.add_stream("libx264", rate=clip.fps, options=options)
    stream.width, stream.height, stream.pix_fmt = clip.size.width, clip.size.height, "yuv420p"
    context = stream.codec_context
    context.time_base = 1 / Fraction(clip.fps)
    context.thread_count = 1  # clips are drawn beside each other, and the bytes never depend on it
    context.color_primaries = context.color_trc = context.colorspace = BT709
    context.color_range = _LIMITED
    return stream


def _sound_stream(file: "OutputContainer") -> "AudioStream":
    stream = file.add_stream("aac", rate=RATE, layout="stereo")
    stream.bit_rate = 96_000
    return stream


def _sound(file: "OutputContainer", stream: "AudioStream", clip: AnimaticClip) -> Iterator[None]:
    """Encode the sound, half a second at each step, so that it lies beside its picture."""
    mono = samples(clip)
    per_step = int(_SOUND_EVERY / clip.fps * RATE) // _AUDIO_FRAME + 1
    for place, start in enumerate(range(0, len(mono), _AUDIO_FRAME)):
        part = mono[start : start + _AUDIO_FRAME]
        frame = av.AudioFrame.from_ndarray(np.stack([part, part]), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        file.mux(stream.encode(frame))
        if place % per_step == per_step - 1:
            yield
    file.mux(stream.encode(None))
