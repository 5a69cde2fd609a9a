"""Start frames of another shape than the film."""

from collections.abc import Iterator

from storyboard.check.finding import warning
from storyboard.check.outline import Kind, SceneOutline, ShotOutline
from storyboard.check.resolve.shape import format_of, snapped
from storyboard.check.rule import FILM, rule
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Column, Diagnostic
from storyboard.model import LocalFile, PictureFacts
from storyboard.source import Node

CODE = Code("SB312")


@rule(FILM, Column.FILES, CODE)
def start_shape(subject: Subject) -> Iterator[Diagnostic]:
    """Find start frames whose ratio is not the film's: the clip takes its ratio from them."""
    film = format_of(subject).aspect_ratio
    for scene in subject.outline.scenes:
        for _, node in started(scene):
            match subject.file(node):
                case LocalFile(facts=PictureFacts() as facts):
                    shape = snapped(facts.width, max(facts.height, 1))
                case _:
                    continue
            if shape != film:
                message = (
                    f"this start frame is {facts.width}x{facts.height}, the film {film}: "
                    "the clip takes its shape from the frame, and the cut crops it"
                )
                yield warning(CODE, node, message, f"crop the picture to {film}")


def started(scene: SceneOutline) -> Iterator[tuple[ShotOutline, Node]]:
    """Yield rendered shots with their start frames; a scene's own is that of its first."""
    rendered = [shot for shot in scene.shots if shot.kind is Kind.PROMPT]
    for n, shot in enumerate(rendered):
        node = shot.get("start")
        if node is None and n == 0:
            node = scene.get("start")
        if node is not None:
            yield shot, node
