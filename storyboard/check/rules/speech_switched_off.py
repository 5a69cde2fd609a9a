"""Lines of speech in shots whose own sound is switched off."""

from collections.abc import Iterator

from storyboard.check.finding import error, place
from storyboard.check.outline import Kind
from storyboard.check.reading import flag, items
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import ShotSubject
from storyboard.diagnostics import Code, Column, Diagnostic, Related

CODE = Code("SB510")


@rule(SHOT, Column.SPEECH, CODE)
def speech_switched_off(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find shots with `say` that have no sound by a key of their own.

    What a scene or the storyboard says of sound is for the shots that do not speak.
    """
    shot = subject.shot
    if shot.kind is not Kind.PROMPT:
        return
    lines, switch = items(shot.get("say")), shot.get("audio")
    if lines and switch is not None and flag(switch) is False:
        message = f"shot `{shot.name}` says something, and has `audio: false`"
        also = Related("sound is switched off here", place(switch))
        help_ = "remove `audio: false`, or write `caption` for words that are only read"
        yield error(CODE, lines[0], message, help_, also)
