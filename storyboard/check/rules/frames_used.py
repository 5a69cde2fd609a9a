"""A scene's first or last frame that no shot gets."""

from collections.abc import Iterator

from storyboard.check.finding import warning
from storyboard.check.outline import Kind, SceneOutline
from storyboard.check.rule import SCENE, rule
from storyboard.check.subject import SceneSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column

CODE = Code("SB516")


@rule(SCENE, Column.TIME, CODE)
def frames_used(subject: SceneSubject) -> Iterator[Diagnostic]:
    """Find a scene's `start` or `end` where the shot it belongs to has its own, or is none."""
    for key, which, place in (("start", "first", 0), ("end", "last", -1)):
        yield from _frame(subject.scene, key, which, place)


def _frame(scene: SceneOutline, key: str, which: str, place: int) -> Iterator[Diagnostic]:
    node = scene.get(key)
    rendered = [shot for shot in scene.shots if shot.kind is Kind.PROMPT]
    if node is None or any(shot.kind is None for shot in scene.shots):
        return
    if not rendered:
        message = f"no shot of this scene is rendered, so its `{key}` is not used"
        yield warning(CODE, node, message, "take it away")
    elif rendered[place].get(key) is not None:
        message = f"the scene's `{key}` is not used: its {which} rendered shot has its own"
        yield warning(CODE, node, message, "keep one of the two")
