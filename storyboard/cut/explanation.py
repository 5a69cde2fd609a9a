"""The plan of a cut into words: for every stretch, whether it is copied or encoded, and why."""

from typing import assert_never

from storyboard.cut.cut_plan import Copied, CutPlan, Encoded, Entered, Stretch
from storyboard.diagnostics import counted
from storyboard.model import FrameRate, Seconds, ShotName, clock


def explain(plan: CutPlan) -> str:
    """Write one line a stretch, and the sums under them."""
    how = plan.encoding
    frames = plan.copied + plan.encoded
    fps = how.fps
    rows = [_row(one, fps) for one in plan.stretches]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    part = f"{plan.copied * 100 // frames} %" if frames else "nothing"
    head = f"{how.size.width}x{how.size.height} at {fps} frames a second, {_time(frames, fps)}"
    foot = f"copied {plan.copied:,} of {counted(frames, 'frame')} ({part}), encoded {plan.encoded}"
    quality = f"crf {how.crf}" if how.qp is None else f"qp {how.qp}"
    foot += f" ({how.encoder}, {how.preset}, {quality}); the sound is encoded once"
    return "\n".join((head, *lines, foot, ""))


def _row(one: Stretch, fps: FrameRate) -> tuple[str, str, str, str, str]:
    span = f"{_time(one.start, fps)} - {_time(one.stop, fps)}"
    match one:
        case Copied():
            return span, f"{one.frames} f", "copy", _named(one.shots), ""
        case Entered():
            told = f"{one.made} encoded, {one.frames - one.made} copied"
            return span, f"{one.frames} f", "enter", _named(one.shots), told
        case Encoded():
            return span, f"{one.frames} f", "encode", _named(one.shots), "; ".join(one.why)
    assert_never(one)


def _named(shots: tuple[ShotName, ...]) -> str:
    """Name a run of shots by its ends."""
    return f"{shots[0]} .. {shots[-1]}" if len(shots) > 1 else "".join(shots)


def _time(frame: int, fps: FrameRate) -> str:
    return clock(Seconds(frame) / fps)


def plan_to_json(plan: CutPlan) -> dict[str, object]:
    """Write the plan for programs: frames are whole numbers, rates are fractions as text."""
    how = plan.encoding
    return {
        "fps": str(how.fps),
        "frames": plan.copied + plan.encoded,
        "copied": plan.copied,
        "encoded": plan.encoded,
        "encoder": how.encoder,
        "stretches": [_stretch_json(one) for one in plan.stretches],
    }


def _stretch_json(one: Stretch) -> dict[str, object]:
    base: dict[str, object] = {
        "start": one.start,
        "frames": one.frames,
        "shots": list(one.shots),
    }
    match one:
        case Copied():
            return base | {"do": "copy", "clip": one.path.name}
        case Entered():
            return base | {"do": "enter", "clip": one.path.name, "encoded": one.made}
        case Encoded():
            return base | {"do": "encode", "why": list(one.why)}
    assert_never(one)
