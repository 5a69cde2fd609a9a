"""Elements that are shown in two ways."""

from collections.abc import Iterator

from storyboard.check.finding import form_error
from storyboard.check.reading import entry
from storyboard.check.rule import FRAME, rule
from storyboard.check.schema.words import NOT_ONE_OF
from storyboard.check.subject import FrameSubject
from storyboard.diagnostics import Column, Diagnostic


@rule(FRAME, Column.OTHER, borrows=(NOT_ONE_OF,))
def likeness_once(subject: FrameSubject) -> Iterator[Diagnostic]:
    """Find elements that are shown in more than one way: a model takes one of them."""
    for element in subject.outline.elements.values():
        video = entry(element.value, "video")
        pictures = entry(element.value, "frontal") or entry(element.value, "references")
        if video is not None and pictures is not None:
            message = f"the element `{element.key.text}` has both pictures and a video"
            help_ = "keep `frontal` and `references`, or `video`"
            yield form_error(NOT_ONE_OF, video, message, help_)
        single = entry(element.value, "picture")
        if single is not None and (video or pictures) is not None:
            message = (
                f"the element `{element.key.text}` has a `picture`, and is shown otherwise too"
            )
            help_ = "keep `picture` for a single picture of it, or remove it"
            yield form_error(NOT_ONE_OF, single, message, help_)
