"""Titles in a style that there is not."""

from collections.abc import Iterator

from storyboard.check.finding import error
from storyboard.check.reading import child, items, text
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.nearest import suggest
from storyboard.model.cut import Place

CODE = Code("SB212")


def styles_known(subject: Subject) -> Iterator[Diagnostic]:
    """Find titles whose style is neither built in nor under `brand.styles`."""
    known = [*Place, *subject.outline.styles]
    for _, shot in subject.outline.shots:
        for title in items(shot.get("titles")):
            node = child(title, "style")
            name = text(node)
            if node is not None and name is not None and name not in known:
                help_ = suggest(name, known, "styles")
                yield error(CODE, node, f"there is no title style `{name}`", help_)
