"""What is written of a shot's length to its length, where it says one."""

from fractions import Fraction

from storyboard.check.outline import Kind, ShotOutline
from storyboard.check.reading import seconds
from storyboard.check.subject import Subject
from storyboard.model import ClipFacts, LocalFile, Seconds


def length_of(subject: Subject, shot: ShotOutline) -> Seconds:
    """Return how long a shot is seen; 0 where it does not say, or cannot be known."""
    fps = subject.outline.fps
    written = seconds(shot.get("duration"), fps)
    if written is not None or shot.kind is not Kind.FOOTAGE:
        return written or Fraction(0)
    start = seconds(shot.get("from"), fps) or Fraction(0)
    end = seconds(shot.get("to"), fps)
    if end is None:
        end = clip_length(subject, shot)
    return max(end - start, Fraction(0)) if end is not None else Fraction(0)


def clip_length(subject: Subject, shot: ShotOutline) -> Seconds | None:
    """Return the length of a footage shot's file; None where it is not known."""
    match subject.file(shot.get("footage")):
        case LocalFile(facts=ClipFacts(duration=duration)):
            return duration
        case _:
            return None
