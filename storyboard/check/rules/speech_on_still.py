"""Lines of speech that nothing says."""

from collections.abc import Iterator

from storyboard.check.finding import warning
from storyboard.check.outline import Kind
from storyboard.check.reading import items
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Diagnostic

CODE = Code("SB511")


def speech_on_still(subject: Subject) -> Iterator[Diagnostic]:
    """Find `say` on stills: the lines are shown as captions, and no model speaks them."""
    for _, shot in subject.outline.of_kind(Kind.STILL):
        lines = items(shot.get("say"))
        if lines:
            message = "a still has no sound: this is shown as a caption and not spoken"
            help_ = "record it and put it under `cut.voiceover`, or write `caption` instead"
            yield warning(CODE, lines[0], message, help_)
