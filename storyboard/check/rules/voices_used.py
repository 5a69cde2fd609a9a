"""Voices that nobody speaks with."""

from collections.abc import Iterator

from storyboard.check.finding import warning
from storyboard.check.reading import child, entries, items, key_of, text
from storyboard.check.rule import FILM, rule
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Column, Diagnostic, nearest

CODE = Code("SB204")


@rule(FILM, Column.OTHER, CODE)
def voices_used(subject: Subject) -> Iterator[Diagnostic]:
    """Find voices of this file that no element has and no line names.

    A name that leads nowhere counts for the voice that it most likely means: it is one mistake.
    """
    used = {text(child(element.value, "voice")) for element in subject.outline.elements.values()}
    for _, shot in subject.outline.shots:
        for line in items(shot.get("say")):
            used |= {key_of(entry) for entry in entries(line)}
    voices = subject.outline.voices
    used |= {nearest(name, voices) for name in used if name and name not in voices}
    for name, entry in voices.items():
        if name not in used and entry.key.span.file == subject.document.file:
            message = f"nobody speaks with the voice `{name}`"
            help_ = "it costs nothing; give it to an element or a line, or remove it"
            yield warning(CODE, entry, message, help_)
