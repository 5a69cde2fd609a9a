"""`@name` of an element where nothing looks for it."""

from collections.abc import Iterator

from storyboard.check.columns import inside
from storyboard.check.finding import warning
from storyboard.check.reading import text
from storyboard.check.rule import PART, rule
from storyboard.check.subject import PartSubject, Subject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.prompt import Mention, parse
from storyboard.model.setting import SETTINGS, Form, Use
from storyboard.source import Mapping, Scalar

CODE = Code("SB216")

_WORDS = tuple(one.key for one in SETTINGS if one.form is Form.TEXT and one.use is not Use.CHOICE)


@rule(PART, Column.OTHER, CODE)
def words_without_elements(subject: PartSubject) -> Iterator[Diagnostic]:
    """Find elements named in `style` and `negative_prompt`, which are sent as they stand."""
    for key in _WORDS:
        yield from _words(subject, subject.node, key)


def _words(subject: Subject, where: Mapping, key: str) -> Iterator[Diagnostic]:
    node = where.get(key)
    written = text(node)
    if not isinstance(node, Scalar) or written is None or "@" not in written:
        return
    for part in parse(written, subject.outline.elements).prompt:
        if isinstance(part, Mention):
            name = f"@{part.element}"
            span = inside(subject.document, node, name, written.index(name))
            message = f"`{name}` in `{key}` is text, not the element"
            yield warning(CODE, span, message, "name elements in `prompt`; write `@@` to mean text")
