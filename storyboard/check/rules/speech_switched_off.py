"""Lines of speech where sound is switched off."""

from collections.abc import Iterator

from storyboard.check.finding import error, place
from storyboard.check.outline import Kind
from storyboard.check.reading import flag, items
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import ShotSubject
from storyboard.diagnostics import Code, Diagnostic, Related
from storyboard.diagnostics.column import Column

CODE = Code("SB510")


@rule(SHOT, Column.SPEECH, CODE)
def speech_switched_off(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find shots with `say` that are told to have no sound."""
    scene, shot = subject.scene, subject.shot
    if shot.kind is not Kind.PROMPT:
        return
    lines = items(shot.get("say"))
    found = subject.setting(scene, shot, "audio")
    if lines and found is not None and flag(found[1]) is False:
        place_, node = found
        message = f"shot `{shot.name}` says something, and the {place_.level} has `audio: false`"
        also = Related("sound is switched off here", place(node))
        help_ = "take `audio: false` away, or write `caption` for words that are only read"
        yield error(CODE, lines[0], message, help_, also)
