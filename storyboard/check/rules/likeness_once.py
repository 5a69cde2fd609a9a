"""Elements that are shown in two ways."""

from collections.abc import Iterator

from storyboard.check.finding import form_error
from storyboard.check.reading import entry
from storyboard.check.removal import removal
from storyboard.check.rule import FRAME, rule
from storyboard.check.schema.words import NOT_ONE_OF
from storyboard.check.subject import FrameSubject
from storyboard.diagnostics import Column, Diagnostic, Related


@rule(FRAME, Column.OTHER, borrows=(NOT_ONE_OF,))
def likeness_once(subject: FrameSubject) -> Iterator[Diagnostic]:
    """Find elements that are shown in more than one way: a model takes one of them."""
    for element in subject.outline.elements.values():
        video = entry(element.value, "video")
        pictures = entry(element.value, "frontal") or entry(element.value, "references")
        if video is not None and pictures is not None:
            message = f"the element `{element.key.text}` has both pictures and a video"
            ways = (removal(one, element.value) for one in (video, pictures))
            help_ = next(
                (one for one in ways if one), "keep `frontal` and `references`, or `video`"
            )
            also = Related(f"`{pictures.key.text}` is here", pictures.key.span)
            yield form_error(NOT_ONE_OF, video, message, help_, also)
        single, other = entry(element.value, "picture"), video or pictures
        if single is not None and other is not None:
            message = (
                f"the element `{element.key.text}` has a `picture`, and is shown otherwise too"
            )
            help_ = "keep `picture` for a single picture of it, or remove it"
            also = Related(f"`{other.key.text}` is here", other.key.span)
            yield form_error(NOT_ONE_OF, single, message, help_, also)
