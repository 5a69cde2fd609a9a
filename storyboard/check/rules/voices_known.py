"""An element's voice that is none."""

from collections.abc import Iterator

from storyboard.check.finding import form_error as error
from storyboard.check.reading import child, text
from storyboard.check.rule import FRAME, rule
from storyboard.check.subject import FrameSubject
from storyboard.diagnostics import Code, Column, Diagnostic, suggest

CODE = Code("SB203")


@rule(FRAME, Column.OTHER, CODE)
def voices_known(subject: FrameSubject) -> Iterator[Diagnostic]:
    """Find elements whose voice is not under `voices`."""
    voices = subject.outline.voices
    for element in subject.outline.elements.values():
        node = child(element.value, "voice")
        name = text(node)
        if node is not None and name is not None and name not in voices:
            help_ = suggest(name, voices, "voices") or "name it under `voices`"
            yield error(CODE, node, f"there is no voice `{name}`", help_)
