"""Videos of elements that no model would take."""

from collections.abc import Iterator
from fractions import Fraction

from storyboard.check.finding import error
from storyboard.check.reading import child
from storyboard.check.rule import FRAME, rule
from storyboard.check.subject import FrameSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.asset import ClipFacts, LocalFile
from storyboard.model.time import clock

CODE = Code("SB310")

_CONTAINERS = frozenset({"mp4", "mov"})
_MAX_BYTES = 200_000_000
_SIDES = (720, 2160)
_SECONDS = (Fraction(3), Fraction("10.05"))
_RATES = (24, 60)
# Clips of 24000/1001 frames are sold as 24.
_NEARLY = Fraction(1, 20)


@rule(FRAME, Column.FILES, CODE)
def element_videos(subject: FrameSubject) -> Iterator[Diagnostic]:
    """Find element videos of the wrong container, weight, size, length or rate."""
    for entry in subject.outline.elements.values():
        node = child(entry.value, "video")
        match subject.file(node):
            case LocalFile(facts=ClipFacts() as facts) as file if node is not None:
                wrong = [*_wrong(file, facts)]
            case _:
                continue
        if wrong:
            message = f"the video of `{entry.key.text}` {' and '.join(wrong)}"
            help_ = "an element's video is mp4 or mov, 720 to 2160 pixels a side, 3 to 10 s, "
            yield error(CODE, node, message, help_ + "24 to 60 frames a second, at most 200 MB")


def _wrong(file: LocalFile, facts: ClipFacts) -> Iterator[str]:
    if facts.container not in _CONTAINERS:
        yield f"is {facts.container}"
    if file.size > _MAX_BYTES:
        yield f"weighs {file.size / 1_000_000:.0f} MB"
    sides = sorted((facts.width, facts.height))
    if sides[0] < _SIDES[0] or sides[1] > _SIDES[1]:
        yield f"is {facts.width}x{facts.height} pixels"
    if not _SECONDS[0] <= facts.duration <= _SECONDS[1]:
        yield f"is {clock(facts.duration)} long"
    if not _RATES[0] - _NEARLY <= facts.fps <= _RATES[1]:
        yield f"has {float(facts.fps):g} frames a second"
