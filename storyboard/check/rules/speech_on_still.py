"""Lines of speech that nothing says."""

from collections.abc import Iterator

from storyboard.check.finding import warning
from storyboard.check.outline import Kind
from storyboard.check.reading import items
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import ShotSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column

CODE = Code("SB511")


@rule(SHOT, Column.SPEECH, CODE)
def speech_on_still(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find `say` on stills: the lines are shown as captions, and no model speaks them."""
    lines = items(subject.shot.get("say"))
    if lines and subject.shot.kind is Kind.STILL:
        message = "a still has no sound: this is shown as a caption and not spoken"
        help_ = "record it and put it under `cut.voiceover`, or write `caption` instead"
        yield warning(CODE, lines[0], message, help_)
