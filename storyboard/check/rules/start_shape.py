"""Start frames of another shape than the film."""

from collections.abc import Iterator

from storyboard.check.finding import warning
from storyboard.check.outline import Kind
from storyboard.check.resolve.shape import format_of, snapped
from storyboard.check.rule import FILM, rule
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.asset import LocalFile, PictureFacts

CODE = Code("SB312")


@rule(FILM, Column.FILES, CODE)
def start_shape(subject: Subject) -> Iterator[Diagnostic]:
    """Find start frames whose ratio is not the film's: the clip takes its ratio from them."""
    film = format_of(subject).aspect_ratio
    for scene in subject.outline.scenes:
        rendered = [shot for shot in scene.shots if shot.kind is Kind.PROMPT]
        nodes = [shot.get("start") for shot in rendered]
        if rendered and nodes[0] is None:
            nodes[0] = scene.get("start")
        for node in nodes:
            match subject.file(node):
                case LocalFile(facts=PictureFacts() as facts) if node is not None:
                    shape = snapped(facts.width, max(facts.height, 1))
                case _:
                    continue
            if shape != film:
                message = (
                    f"this start frame is {facts.width}x{facts.height}, the film {film}: "
                    "the clip takes its shape from the frame, and the cut crops it"
                )
                yield warning(CODE, node, message, f"crop the picture to {film}")
