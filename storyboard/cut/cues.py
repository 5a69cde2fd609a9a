"""What is said in a shot into captions, shared out over the shot's time by length."""

from collections.abc import Iterable, Iterator

from storyboard.cut.timeline import Cue
from storyboard.model.storyboard import FootageShot, Line, Shot
from storyboard.model.time import Seconds


def shot_cues(shot: Shot, start: Seconds, duration: Seconds) -> Iterator[Cue]:
    """Write the captions of a shot that is shown from `start` for `duration`.

    A `caption` of its own stands for all that is said.
    """
    if shot.look.caption:
        yield Cue(start, start + duration, shot.look.caption, None)
        return
    lines: tuple[Line, ...] = () if isinstance(shot, FootageShot) else shot.say
    yield from _shared_out(lines, start, duration)


def _shared_out(lines: Iterable[Line], start: Seconds, duration: Seconds) -> Iterator[Cue]:
    spoken = [line for line in lines if line.text.strip()]
    whole = sum(len(line.text) for line in spoken)
    said = 0
    for line in spoken:
        begins = start + duration * said / whole
        said += len(line.text)
        yield Cue(begins, start + duration * said / whole, line.text.strip(), line.speaker)
