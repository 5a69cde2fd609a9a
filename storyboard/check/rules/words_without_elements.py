"""`@name` of an element where nothing looks for it."""

from collections.abc import Iterator

from storyboard.check.columns import inside
from storyboard.check.finding import warning
from storyboard.check.reading import text
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.model.prompt import Mention, parse
from storyboard.source import Mapping, Scalar

CODE = Code("SB216")


def words_without_elements(subject: Subject) -> Iterator[Diagnostic]:
    """Find elements named in `style` and `negative_prompt`, which are sent as they stand."""
    places = [subject.outline.root, *(scene.node for scene in subject.outline.scenes)]
    for where in (*places, *(shot.node for _, shot in subject.outline.shots)):
        for key in ("style", "negative_prompt"):
            yield from _words(subject, where, key)


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
