"""Music that begins after its own end."""

from collections.abc import Iterator
from fractions import Fraction

from storyboard.check.finding import error
from storyboard.check.reading import child, one_or_many, seconds
from storyboard.check.rule import FRAME, rule
from storyboard.check.subject import FrameSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.asset import ClipFacts, LocalFile, SoundFacts
from storyboard.model.time import clock

CODE = Code("SB515")


@rule(FRAME, Column.TIME, CODE)
def sounds_inside(subject: FrameSubject) -> Iterator[Diagnostic]:
    """Find music whose `from` is beyond the file."""
    for music in one_or_many(child(subject.outline.root.get("cut"), "music")):
        node = child(music, "from")
        start = seconds(node, subject.outline.fps) or Fraction(0)
        match subject.file(child(music, "file")):
            case LocalFile(facts=SoundFacts(duration=length) | ClipFacts(duration=length)):
                if node is not None and start >= length:
                    message = f"this begins at {clock(start)}, after the sound's end"
                    yield error(CODE, node, message, f"the sound is {clock(length)} long")
            case _:
                continue
