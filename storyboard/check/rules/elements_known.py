"""`@name` in a prompt that is no element."""

from collections.abc import Iterator

from storyboard.check.columns import inside
from storyboard.check.finding import error, note
from storyboard.check.outline import Kind
from storyboard.check.reading import written
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import ShotSubject, Subject
from storyboard.diagnostics import Code, Diagnostic, Related, Span
from storyboard.diagnostics.column import Column
from storyboard.diagnostics.nearest import nearest
from storyboard.model.prompt import At, parse
from storyboard.source import Node, Scalar

UNKNOWN = Code("SB201")
QUOTED = Code("SB214")


@rule(SHOT, Column.OTHER, UNKNOWN, QUOTED)
def elements_known(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find names in prompts that lead nowhere, and names of elements that quotes turn into text."""
    shot = subject.shot
    if shot.kind is not Kind.PROMPT:
        return
    node = shot.get("prompt")
    prompt = written(node)
    if node is None or "@" not in prompt:
        return
    parsed = parse(prompt, subject.outline.elements)
    for at in parsed.unknown:
        message = f"there is no element `{at.name}`"
        yield error(UNKNOWN, *_at(subject, node, at, message, _help(subject, at.name)))
    for at in parsed.quoted:
        message = f"`@{at.name}` stands inside quotes, so it is text and not the element"
        help_ = "take the quotes away to mean the element; write `@@` to mean the text"
        yield note(QUOTED, *_at(subject, node, at, message, help_))


def _at(
    subject: Subject, node: Node, at: At, message: str, help_: str
) -> "tuple[Span, str, str, *tuple[Related, ...]]":
    span = node.span
    cells: tuple[Span, ...] = ()
    if isinstance(node, Scalar):
        span = inside(subject.document, node, f"@{at.name}", at.offset)
        cells = node.cells
    return span, message, help_, *(Related("the value comes from here", cell) for cell in cells)


def _help(subject: Subject, name: str) -> str:
    known = subject.outline.elements
    plain = f"write `@@{name}` if it is no element"
    if (meant := nearest(name, known)) is not None:
        return f"did you mean `@{meant}`? {plain[0].upper()}{plain[1:]}"
    if not known:
        return f"name it under `elements`, or {plain}"
    listed = ", ".join(f"`{one}`" for one in list(known)[:10])
    return f"the elements are {listed}; {plain}"
