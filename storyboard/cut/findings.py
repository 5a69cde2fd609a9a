"""Judge what a film shows and sounds like: what is wrong with it, and what is odd about it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from storyboard.cut.asked import Span, asked
from storyboard.cut.options import Check
from storyboard.cut.timeline import ClipSource, Timeline
from storyboard.diagnostics import counted
from storyboard.media import FRAME, RATE
from storyboard.model import Seconds, clock

_SILENT = 1e-4
_ODD_SECONDS = Fraction(1)


@dataclass(frozen=True, slots=True)
class Findings:
    """What checking the film showed.

    `check` is how it was checked, and `decoded` how many frames were decoded for it. `faults` are
    what makes it another film than was asked for; `oddities` what somebody should look at. `drift`
    is by how much sound and picture differ in length, in seconds.
    """

    check: Check
    decoded: int
    frames: int
    samples: int
    drift: Seconds
    faults: tuple[str, ...]
    oddities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A film's sound, decoded: how many samples there are, and how loud each packet gets."""

    samples: int
    levels: tuple[float, ...]


def broken(check: Check, fault: str) -> Findings:
    """Return the findings of a film that cannot be looked at any further."""
    return Findings(check, 0, 0, 0, Seconds(0), (fault,), ())


def drift_of(heard: Heard, length: Seconds) -> Seconds:
    """Compare lengths. Decoders give the last packet whole, whatever of it is to be heard."""
    over = heard.samples - round(length * RATE)
    return Fraction(over if over < 0 else max(0, over - FRAME + 1), RATE)


def drift_fault(heard: Heard, drift: Seconds, timeline: Timeline) -> Iterator[str]:
    """Say by how much the sound is longer, if it is a frame or more."""
    if heard.samples and abs(drift) * timeline.shape.fps >= 1:
        yield f"its sound is {float(drift) * 1000:+.0f} ms longer than its picture"


def count_fault(frames: int, timeline: Timeline) -> Iterator[str]:
    """Say how many frames there are, if they are not those asked for."""
    if frames != timeline.frames:
        yield f"it has {counted(frames, 'frame')}, not {timeline.frames}"


def frames_fault(frames: Collection[int], what: str, timeline: Timeline) -> Iterator[str]:
    """Say how many frames are in some way wrong, and where the first of them is, if any is."""
    if frames:
        many = f"{len(frames)} frames are {what}, the first of them"
        told = many if len(frames) > 1 else f"a frame is {what}"
        yield told + place_of(timeline, Fraction(min(frames)) / timeline.shape.fps)


def place_of(timeline: Timeline, time: Seconds) -> str:
    """Say where in the film something is: when, in which shot, of which clip."""
    at, told = time * timeline.shape.fps, f" at {clock(time)}"
    piece = next((one for one in reversed(timeline.pieces) if one.start <= at), None)
    if piece is None:
        return told
    shots = [one.name for one in timeline.shots if one.start <= at] or [piece.shots[0]]
    clip = f" ({piece.source.path.name})" if isinstance(piece.source, ClipSource) else ""
    return f"{told}, in `{shots[-1]}`{clip}"


def oddities(
    timeline: Timeline, black: Iterable[bool], still: Iterable[bool], levels: Sequence[float]
) -> tuple[str, ...]:
    """Name what is black, still or silent for a second or more and is not asked to be.

    `black` and `still` say for each frame whether nothing is seen, and whether it is the frame
    before it again; `levels` is how loud each packet of sound gets.
    """
    wanted, frame = asked(timeline), Fraction(1) / timeline.shape.fps
    silent = (level < _SILENT for level in levels)
    return (
        *_odd("black", black, frame, wanted.black),
        *_odd("still", still, frame, wanted.still),
        *_odd("silent", silent, Fraction(FRAME, RATE), wanted.silent),
    )


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
