"""Sounds and timelines that tests of the mix are made of: everything known to the sample."""

import wave
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from storyboard.cut.sound import SoundReport, mix, total_samples
from storyboard.cut.sound.mixture import Mixture
from storyboard.cut.sound.wav import write_wav
from storyboard.cut.timeline import ClipSource, Piece, Shape, SlateSource, TimedSound, Timeline
from storyboard.model.asset import ClipFacts
from storyboard.model.cut import CUT, Transition, TransitionKind
from storyboard.model.storyboard import Fit, ShotName, Size

Sound = NDArray[np.float32]
RATE = 48_000


def tone(hertz: float, seconds: float, level: float = -20, rate: int = RATE) -> Sound:
    """A sine in both channels; `level` is its peak in decibels."""
    place = np.arange(round(seconds * rate)) / rate
    wave_ = np.sin(2 * np.pi * hertz * place) * 10 ** (level / 20)
    return np.repeat(wave_[:, None], 2, axis=1).astype(np.float32)


def noise(seconds: float, level: float, seed: int = 1) -> Sound:
    """White noise, not alike in the two channels; `level` is its RMS in decibels."""
    made = np.random.default_rng(seed).standard_normal((round(seconds * RATE), 2))
    return np.clip(made * 10 ** (level / 20), -1, 1).astype(np.float32)


def clicks(at: Iterable[int], samples: int, rate: int = RATE, channels: int = 2) -> Sound:
    """Single samples of 0.9 in silence, at these times in samples at 48 kHz."""
    made = np.zeros((samples, channels), np.float32)
    for place in at:
        made[round(place * rate / RATE)] = 0.9
    return made


def write(path: Path, sound: Sound, rate: int = RATE) -> Path:
    """Write 16-bit WAV."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(sound.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(sound, -1, 1) * 32767).round().astype("<i2").tobytes())
    return path


def mix_to(timeline: Timeline, out: Path) -> SoundReport:
    """Mix a timeline's sound into a WAV file."""
    return mix(timeline, out.parent, partial(write_wav, out, total_samples(timeline)))


def encode(path: Path, sound: Sound, codec: str, rate: int = RATE, video: int = 0) -> Path:
    """Encode a sound with PyAV, beside so many frames of video at 24 fps if asked for."""
    with av.open(str(path), "w") as file:
        layout = "mono" if sound.shape[1] == 1 else "stereo"
        stream = file.add_stream(codec, rate=rate, layout=layout)
        stream.bit_rate = 192_000
        pictures = file.add_stream("libx264", rate=24) if video else None
        if pictures is not None:
            pictures.width, pictures.height, pictures.pix_fmt = 32, 32, "yuv420p"
            for number in range(video):
                picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), "rgb24")
                picture.pts, picture.time_base = number, Fraction(1, 24)
                file.mux(pictures.encode(picture))
            file.mux(pictures.encode())
        packed = np.ascontiguousarray(sound.reshape(1, -1))
        frame = av.AudioFrame.from_ndarray(packed, format="flt", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        resampler = av.AudioResampler(stream.format, layout, rate, stream.frame_size or 1024)
        for made in (*resampler.resample(frame), *resampler.resample(None)):
            file.mux(stream.encode(made))
        file.mux(stream.encode())
    return path


@dataclass(frozen=True, slots=True)
class Heard:
    """A clip heard for `frames` from a time on; None is a stretch without any sound."""

    path: Path | None
    frames: int
    start: Fraction = Fraction(0)
    overlap: int = 0
    audio: str | None = "aac"


def film(*takes: Heard, fps: Fraction = Fraction(24), loudness: Decimal | None = None) -> Timeline:
    """Lay takes one after the other, by crossfades where they overlap; the first out of black."""
    pieces: list[Piece] = []
    at = 0
    for number, take in enumerate(takes):
        at -= take.overlap if number else 0
        kind = TransitionKind.CROSSFADE if number else TransitionKind.FADE_BLACK
        fade = Transition(kind, take.overlap / fps)
        way = fade if take.overlap else CUT
        name = (ShotName(f"scene/{number}"),)
        source = SlateSource("no clip", "") if take.path is None else _clip(take, take.path, fps)
        pieces.append(Piece(name, source, at, take.frames, way, take.overlap))
        at += take.frames
    shape = Shape(Size(192, 108), fps)
    return Timeline(
        shape=shape,
        fit=Fit.CROP,
        pieces=tuple(pieces),
        titles=(),
        captions=(),
        burn_captions=False,
        music=(),
        voiceover=(),
        loudness=loudness,
        watermark=None,
        font=None,
        frames=at,
    )


def _clip(take: Heard, path: Path, fps: Fraction) -> ClipSource:
    facts = ClipFacts("mp4", 192, 108, fps, Fraction(60), "h264", take.audio)
    return ClipSource(path, facts, take.start)


def with_music(timeline: Timeline, path: Path, **changes: object) -> Timeline:
    """Lay music under the whole film, as loud as it is, unless `changes` say otherwise."""
    whole = TimedSound(
        path,
        Fraction(0),
        Fraction(0),
        timeline.duration,
        Decimal(0),
        Decimal(0),
        Fraction(0),
        Fraction(0),
    )
    return replace(timeline, music=(replace(whole, **changes),))  # type: ignore[arg-type]


def mixed(timeline: Timeline) -> Sound:
    """All of a film's sound before its loudness is set."""
    return np.concatenate(list(Mixture(timeline)))


def rms(sound: Sound) -> float:
    """The level of a stretch in decibels."""
    return 10 * float(np.log10(np.mean(np.square(sound, dtype=np.float64)) + 1e-20))


def level_of(sound: Sound, hertz: float) -> float:
    """The peak level, in decibels, of one tone in a stretch."""
    place = np.arange(len(sound)) / RATE
    turning = np.exp(-2j * np.pi * hertz * place)
    return 20 * float(np.log10(abs(np.mean(sound[:, 0] * turning)) * 2 + 1e-12))
