"""Colours that there are not."""

from collections.abc import Iterator, Mapping

from storyboard.check.finding import error
from storyboard.check.reading import child, text
from storyboard.check.resolve.color import NAMED, NONE, is_known
from storyboard.check.rule import FRAME, rule
from storyboard.check.subject import FrameSubject
from storyboard.diagnostics import Code, Column, Diagnostic, nearest, suggest
from storyboard.source import Entry, Node

CODE = Code("SB213")

_FORMS = '`"#rrggbb"`, `black`, `white`, or a name under `brand.colors`'


@rule(FRAME, Column.OTHER, CODE)
def colors_known(subject: FrameSubject) -> Iterator[Diagnostic]:
    """Find colours that are neither written out nor named."""
    brand = subject.outline.colors
    for entry in brand.values():
        yield from _color(entry.value, {}, "write it out")
    for style in subject.outline.styles.values():
        for key in ("color", "box", "shadow"):
            yield from _color(child(style.value, key), brand, f"a colour is {_FORMS}")


def _color(node: Node | None, brand: Mapping[str, Entry], forms: str) -> Iterator[Diagnostic]:
    written = text(node)
    if node is None or written is None or written.startswith("#") or is_known(written, brand):
        return
    known = [*brand, *NAMED, NONE]
    help_ = (suggest(written, known) if nearest(written, known) else None) or forms
    yield error(CODE, node, f"there is no colour `{written}`", help_)
