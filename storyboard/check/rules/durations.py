"""Times that are missing, nothing, or counted in frames of an unknown rate."""

import re
from collections.abc import Iterator
from typing import assert_never

from storyboard.check.finding import error, form_error
from storyboard.check.outline import Kind, ShotOutline
from storyboard.check.reading import child, items, one_or_many, seconds
from storyboard.check.rule import PART, rule
from storyboard.check.schema.misspelt import stands_misspelt
from storyboard.check.schema.words import MISSING_KEY
from storyboard.check.subject import BareSubject, FrameSubject, PartSubject, ShotSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.time import FrameRate
from storyboard.source import Node, Scalar

NOTHING = Code("SB501")
FRAMES = Code("SB502")

_FRAMES = re.compile(r"(?:^|\s)[0-9]+f$")


@rule(PART, Column.TIME, NOTHING, FRAMES, borrows=(MISSING_KEY,))
def durations(subject: PartSubject) -> Iterator[Diagnostic]:
    """Find shots that have no length, titles of no length, and frames without `format.fps`."""
    fps = subject.outline.fps
    if isinstance(subject, ShotSubject):
        yield from _lengths(subject.shot, fps)
    if fps is None:
        for node in _times(subject):
            if isinstance(node, Scalar) and _FRAMES.search(str(node.value)):
                message = f"`{node.value}` counts frames, and the frame rate is not known"
                yield error(FRAMES, node, message, "name it: `format: {fps: 24}`; or use seconds")


def _lengths(shot: ShotOutline, fps: FrameRate | None) -> Iterator[Diagnostic]:
    node = shot.get("duration")
    lasts_as_said = shot.kind in {Kind.PROMPT, Kind.STILL}
    if node is None and lasts_as_said and not stands_misspelt(shot.node, "duration"):
        message = f"shot `{shot.name}` has no `duration`"
        yield form_error(MISSING_KEY, shot.node, message, "add `duration: 4s`")
    shown = [child(title, "for") for title in items(shot.get("titles"))]
    for length in (node, *shown):
        if length is not None and seconds(length, fps) == 0:
            yield error(NOTHING, length, "this lasts no time at all", "make it longer than 0 s")


def _times(subject: PartSubject) -> Iterator[Node | None]:
    match subject:
        case FrameSubject():
            yield from _of_the_cut(subject)
        case BareSubject(scene=scene):
            yield scene.get("transition")
        case ShotSubject(shot=shot):
            yield from (shot.get(key) for key in ("duration", "from", "to", "transition"))
            for title in items(shot.get("titles")):
                yield from (child(title, "at"), child(title, "for"))
        case _:
            assert_never(subject)


def _of_the_cut(subject: FrameSubject) -> Iterator[Node | None]:
    cut = subject.outline.root.get("cut")
    yield child(cut, "transition")
    for sound in (*one_or_many(child(cut, "music")), *one_or_many(child(cut, "voiceover"))):
        yield from (child(sound, key) for key in ("fade_in", "fade_out", "from", "at"))
    for style in subject.outline.styles.values():
        yield child(style.value, "fade")
