"""Sizes that are not of the ratio beside them, odd, or that cannot be encoded."""

from collections.abc import Iterator
from fractions import Fraction

from storyboard.check.finding import error
from storyboard.check.form import pixels, ratio
from storyboard.check.reading import child, items, text
from storyboard.check.rule import FRAME, rule
from storyboard.check.subject import FrameSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.source import Node

CODE = Code("SB512")

_CLOSE = Fraction(1, 100)
_LARGEST = 8192
_EXTREME = 10


@rule(FRAME, Column.OTHER, CODE)
def resolution_fits(subject: FrameSubject) -> Iterator[Diagnostic]:
    """Find sizes in the format and the outputs that are not possible."""
    root = subject.outline.root
    for node in (root.get("format"), *items(root.get("outputs"))):
        yield from _shape(node)


def _shape(node: Node | None) -> Iterator[Diagnostic]:
    shape, size = ratio(text(child(node, "aspect_ratio"))), child(node, "resolution")
    named = pixels(text(size))
    written = child(node, "aspect_ratio")
    if written is not None and shape is not None:
        sides = Fraction(shape.width, shape.height)
        if not Fraction(1, _EXTREME) <= sides <= _EXTREME:
            yield error(CODE, written, "no film is as wide or as tall as this", "like `16:9`")
    elif written is not None and ":" in (text(written) or ""):
        yield error(CODE, written, "a side of a ratio cannot be 0", "like `16:9`")
    if size is None or named is None:
        return
    if named.width % 2 or named.height % 2:
        even = f"{named.width + named.width % 2}x{named.height + named.height % 2}"
        message = f"`{text(size)}` has a side with an odd number of pixels"
        yield error(CODE, size, message, f"video needs even ones: `{even}`")
    if max(named.width, named.height) > _LARGEST:
        yield error(CODE, size, f"`{text(size)}` is too large", f"at most {_LARGEST} pixels a side")
    if shape is not None:
        wanted = Fraction(shape.width, shape.height)
        if abs(Fraction(named.width, named.height) - wanted) > wanted * _CLOSE:
            message = f"`{text(size)}` is not {shape}"
            yield error(CODE, size, message, "leave out `aspect_ratio` or change one of the two")
