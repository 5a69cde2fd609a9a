"""Lines of speech that nobody can say."""

from collections.abc import Iterator

from storyboard.check.finding import error
from storyboard.check.outline import Kind, SceneOutline, ShotOutline
from storyboard.check.reading import entries, items, key_of
from storyboard.check.resolve.people import voice_of
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import ShotSubject, Subject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.diagnostics.nearest import suggest
from storyboard.source import Entry

UNKNOWN = Code("SB210")
NO_VOICE = Code("SB211")


@rule(SHOT, Column.OTHER, UNKNOWN, NO_VOICE)
def speakers(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find speakers that are neither an element with a voice nor a voice."""
    for line in items(subject.shot.get("say")):
        for entry in entries(line):
            yield from _speaker(subject, subject.scene, subject.shot, entry)


def _speaker(
    subject: Subject, scene: SceneOutline, shot: ShotOutline, line: Entry
) -> Iterator[Diagnostic]:
    name = key_of(line)
    elements, voices = subject.outline.elements, subject.outline.voices
    if name not in elements and name not in voices:
        help_ = suggest(name, [*elements, *voices], "elements and voices")
        message = f"`{name}` is neither an element nor a voice"
        yield error(UNKNOWN, line, message, help_ or "name it under `elements` or `voices`")
    elif voice_of(subject, name) is None and _needs_voice(subject, scene, shot, name):
        message = f"the element `{name}` has no voice to say this with"
        yield error(NO_VOICE, line, message, f"give `{name}` a `voice`, and name it under `voices`")


def _needs_voice(subject: Subject, scene: SceneOutline, shot: ShotOutline, name: str) -> bool:
    """Tell whether a voice is missing: not where the model would not take one.

    A voice that is named but unknown is told where it is named.
    """
    element = subject.outline.elements[name].value
    if any(entry.key.value == "voice" for entry in entries(element)):
        return False
    endpoints = subject.endpoints(scene, shot)
    return shot.kind is Kind.PROMPT and any(one.voices is not None for one in endpoints)
