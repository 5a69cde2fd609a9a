"""Titles in a style that there is not."""

from collections.abc import Iterator

from storyboard.check.finding import form_error as error
from storyboard.check.reading import child, items, text
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import ShotSubject
from storyboard.diagnostics import Code, Column, Diagnostic, suggest
from storyboard.model import Place

CODE = Code("SB212")


@rule(SHOT, Column.OTHER, CODE)
def styles_known(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find titles whose style is neither built in nor under `brand.styles`."""
    known = [*Place, *subject.outline.styles]
    shot = subject.shot
    for title in items(shot.get("titles")):
        node = child(title, "style")
        name = text(node)
        if node is not None and name is not None and name not in known:
            help_ = suggest(name, known, "styles")
            yield error(CODE, node, f"there is no title style `{name}`", help_)
