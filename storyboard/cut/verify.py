"""A finished film, decoded again, into what is wrong with it and what is odd about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer

from storyboard.cut.asked import Span, asked
from storyboard.cut.timeline import Timeline
from storyboard.media.aac import FRAME, RATE
from storyboard.media.open import open_media
from storyboard.media.yuv import Samples, planes
from storyboard.model.time import Seconds, clock

_STEP = 8
_BLACK = 20
_SILENT = 1e-4
_ODD_SECONDS = Fraction(1)
_SAME = 0.05


@dataclass(frozen=True, slots=True)
class Findings:
    """What decoding the film showed.

    `faults` are what makes it another film than was asked for; `oddities` what somebody should
    look at. `drift` is by how much sound and picture differ in length, in seconds.
    """

    frames: int
    samples: int
    drift: Seconds
    faults: tuple[str, ...]
    oddities: tuple[str, ...]


def verify(film: Path, timeline: Timeline) -> Findings:
    """Decode a film from its first frame to its last."""
    faults: list[str] = []
    oddities: list[str] = []
    frames, samples = 0, 0
    fps = timeline.shape.fps
    try:
        with open_media(film) as container:
            looks = list(_looks(container, fps, faults))
        with open_media(film) as container:
            samples, levels = _levels(container)
    except (av.FFmpegError, OSError) as problem:
        return Findings(frames, samples, Seconds(0), (f"it cannot be decoded: {problem}",), ())
    frames = len(looks)
    if frames != timeline.frames:
        faults.append(f"it has {frames} frames, not {timeline.frames}")
    drift = _drift(samples, Fraction(frames) / fps)
    if samples and abs(drift) * fps >= 1:
        faults.append(f"its sound is {float(drift) * 1000:+.0f} ms longer than its picture")
    one = Fraction(1) / fps
    wanted, packet = asked(timeline), Fraction(FRAME, RATE)
    oddities += _odd("black", (look.black for look in looks), one, wanted.black)
    oddities += _odd("still", (look.frozen for look in looks), one, wanted.still)
    oddities += _odd("silent", (level < _SILENT for level in levels), packet, wanted.silent)
    return Findings(frames, samples, drift, tuple(faults), tuple(oddities))


@dataclass(frozen=True, slots=True)
class _Look:
    black: bool
    frozen: bool


def _drift(samples: int, length: Seconds) -> Seconds:
    """Compare lengths. Decoders give the last packet whole, whatever of it is to be heard."""
    over = samples - round(length * RATE)
    return Fraction(over if over < 0 else max(0, over - FRAME + 1), RATE)


def _looks(container: InputContainer, fps: Fraction, faults: list[str]) -> Iterator[_Look]:
    stream = container.streams.video[0]
    stream.thread_type = "AUTO"
    before: Samples | None = None
    for n, frame in enumerate(container.decode(stream)):
        if frame.is_corrupt:
            faults.append(f"frame {n} is damaged")
        if frame.time_base and frame.pts is not None and frame.pts * frame.time_base * fps != n:
            faults.append(f"frame {n} is shown at the wrong time")
        seen = planes(frame)[0][::_STEP, ::_STEP]
        frozen = before is not None and _change(before, seen) < _SAME
        yield _Look(bool(seen.mean() < _BLACK), frozen)
        before = seen.copy()


def _change(before: Samples, after: Samples) -> float:
    return float(np.abs(np.subtract(after, before, dtype=np.int16)).mean())


def _levels(container: InputContainer) -> tuple[int, list[float]]:
    if not container.streams.audio:
        return 0, []
    samples = 0
    levels: list[float] = []
    for frame in container.decode(audio=0):
        samples += frame.samples
        levels.append(float(np.abs(frame.to_ndarray()).max()))
    return samples, levels


def _odd(
    what: str, flags: Iterable[bool], each: Seconds, wanted: tuple[Span, ...]
) -> Iterator[str]:
    """Name every stretch of a second or more that is not asked for."""
    start: int | None = None
    for n, flag in enumerate([*flags, False]):
        at = Span(n * each, (n + 1) * each)
        odd = flag and not any(at.overlaps(one) for one in wanted)
        if odd and start is None:
            start = n
        elif not odd and start is not None:
            if (n - start) * each >= _ODD_SECONDS:
                yield f"{what} from {clock(start * each)} to {clock(n * each)}"
            start = None
