"""A finished film, decoded again, into what is wrong with it and what is odd about it."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from storyboard.cut.asked import Span, asked
from storyboard.cut.timeline import ClipSource, Timeline
from storyboard.cut.watching import Broken, faults_of, watch
from storyboard.diagnostics import counted
from storyboard.media import FRAME, RATE, open_media
from storyboard.model import Seconds, clock

_SILENT = 1e-4
_ODD_SECONDS = Fraction(1)


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


def verify(film: Path, timeline: Timeline, workers: int) -> Findings:
    """Decode a film from its first frame to its last, its pictures on so many threads at once."""
    fps = timeline.shape.fps
    try:
        with ThreadPoolExecutor(1) as beside:
            heard = beside.submit(_levels, film)
            seen = watch(film, workers)
            samples, levels = heard.result()
    except Broken as broken:
        told = f"decoding it stops{_place(timeline, broken.time)}"
        return Findings(0, 0, Seconds(0), (told,), ())
    except (av.FFmpegError, OSError) as problem:
        return Findings(0, 0, Seconds(0), (f"it cannot be decoded: {problem}",), ())
    frames = len(seen)
    faults = [one.what + _place(timeline, one.time) for one in faults_of(seen, fps)]
    oddities: list[str] = []
    if frames != timeline.frames:
        faults.append(f"it has {counted(frames, 'frame')}, not {timeline.frames}")
    drift = _drift(samples, Fraction(frames) / fps)
    if samples and abs(drift) * fps >= 1:
        faults.append(f"its sound is {float(drift) * 1000:+.0f} ms longer than its picture")
    one = Fraction(1) / fps
    wanted, packet = asked(timeline), Fraction(FRAME, RATE)
    oddities += _odd("black", (one.black for one in seen), one, wanted.black)
    oddities += _odd("still", (one.frozen for one in seen), one, wanted.still)
    oddities += _odd("silent", (level < _SILENT for level in levels), packet, wanted.silent)
    return Findings(frames, samples, drift, tuple(faults), tuple(oddities))


def _place(timeline: Timeline, time: Seconds) -> str:
    """Say where in the film something is: when, in which shot, of which clip."""
    at, told = time * timeline.shape.fps, f" at {clock(time)}"
    piece = next((one for one in reversed(timeline.pieces) if one.start <= at), None)
    if piece is None:
        return told
    shots = [one.name for one in timeline.shots if one.start <= at] or [piece.shots[0]]
    clip = f" ({piece.source.path.name})" if isinstance(piece.source, ClipSource) else ""
    return f"{told}, in `{shots[-1]}`{clip}"


def _drift(samples: int, length: Seconds) -> Seconds:
    """Compare lengths. Decoders give the last packet whole, whatever of it is to be heard."""
    over = samples - round(length * RATE)
    return Fraction(over if over < 0 else max(0, over - FRAME + 1), RATE)


def _levels(film: Path) -> tuple[int, list[float]]:
    """Return how many samples there are, and how loud each packet gets."""
    samples = 0
    levels: list[float] = []
    with open_media(film) as container:
        if not container.streams.audio:
            return 0, []
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
