"""A focus that reaches out of the picture."""

from collections.abc import Iterator

from storyboard.check.finding import error
from storyboard.check.resolve.shots import focus
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import ShotSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column

CODE = Code("SB514")


@rule(SHOT, Column.OTHER, CODE)
def focus_inside(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find a box whose right or lower edge is outside the picture, or with one side only."""
    shot = subject.shot
    node = shot.get("focus")
    found = focus(node)
    if node is None or found is None or max(found.x, found.y) > 1:
        return
    if found.x + found.width > 1 or found.y + found.height > 1:
        message = "this box reaches out of the picture"
        help_ = "`x` and `width`, and `y` and `height`, are at most 1 together"
        yield error(CODE, node, message, help_)
    elif bool(found.width) != bool(found.height):
        message = "this is neither a point nor a box"
        yield error(CODE, node, message, "a box has a width and a height, a point none of both")
