"""Elements that no prompt names."""

from collections.abc import Iterator

from storyboard.check.finding import warning
from storyboard.check.outline import Kind
from storyboard.check.reading import entries, items, key_of, written
from storyboard.check.rule import FILM, rule
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Column, Diagnostic, nearest
from storyboard.model import Mention, parse

CODE = Code("SB202")


@rule(FILM, Column.STORYBOARD, CODE)
def elements_used(subject: Subject) -> Iterator[Diagnostic]:
    """Find elements of this file that are in no prompt and say nothing; shared ones may rest.

    A name that leads nowhere counts for the element that it most likely means: it is one mistake.
    """
    known = subject.outline.elements
    used: set[str] = set()
    for _, shot in subject.outline.shots:
        for line in items(shot.get("say")):
            used |= {key_of(entry) for entry in entries(line)}
    for _, shot in subject.outline.of_kind(Kind.PROMPT):
        parsed = parse(written(shot.get("prompt")), known)
        used |= {part.element for part in parsed.prompt if isinstance(part, Mention)}
        used |= {at.name for at in parsed.quoted}
        used |= {nearest(at.name, known) or at.name for at in parsed.unknown}
    for name, entry in known.items():
        if name not in used and entry.key.span.file == subject.document.file:
            message = f"the element `{name}` is in no prompt"
            yield warning(CODE, entry, message, f"write `@{name}` where it is seen, or remove it")
