"""Scenes and shots without a name of their own."""

from collections.abc import Iterator

from storyboard.check.finding import note
from storyboard.check.outline import Kind
from storyboard.check.rule import SCENE, rule
from storyboard.check.subject import SceneSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column

CODE = Code("SB209")


@rule(SCENE, Column.OTHER, CODE)
def ids_named(subject: SceneSubject) -> Iterator[Diagnostic]:
    """Tell of ids that are left out where something is rendered: one note for scenes and shots."""
    scene = subject.scene
    rendered = [shot for shot in scene.shots if shot.kind is Kind.PROMPT]
    if rendered and scene.node.get("id") is None:
        yield note(CODE, scene.node, f"this scene has no `id`; it is called `{scene.id}`", _WHY)
    for shot in rendered:
        if shot.node.get("id") is None:
            message = f"this shot has no `id`; it is called `{shot.name}`"
            yield note(CODE, shot.node, message, _WHY)


_WHY = "add an `id`: a name keeps its renders when things are moved or put in before it"
