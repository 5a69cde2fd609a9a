"""Elements that are shown in two ways."""

from collections.abc import Iterator

from storyboard.check.finding import error
from storyboard.check.reading import entry
from storyboard.check.schema.words import NOT_ONE_OF
from storyboard.check.subject import Subject
from storyboard.diagnostics import Diagnostic


def likeness_once(subject: Subject) -> Iterator[Diagnostic]:
    """Find elements with both pictures and a video: a model takes one of them."""
    for element in subject.outline.elements.values():
        video = entry(element.value, "video")
        pictures = entry(element.value, "frontal") or entry(element.value, "references")
        if video is not None and pictures is not None:
            message = f"the element `{element.key.text}` has both pictures and a video"
            help_ = "keep `frontal` and `references`, or `video`"
            yield error(NOT_ONE_OF, video, message, help_)
