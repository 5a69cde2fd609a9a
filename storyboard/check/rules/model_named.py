"""Shots to be rendered that no model is named for."""

from collections.abc import Iterator

from storyboard.check.finding import error
from storyboard.check.outline import Kind
from storyboard.check.rule import FILM, rule
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column

CODE = Code("SB206")


@rule(FILM, Column.OTHER, CODE)
def model_named(subject: Subject) -> Iterator[Diagnostic]:
    """Find the first shot without a model; one message is enough for all."""
    for scene, shot in subject.outline.of_kind(Kind.PROMPT):
        if not any(subject.setting(scene, shot, key) for key in ("model", "endpoint")):
            listed = ", ".join(f"`{one}`" for one in subject.catalogue.models)
            help_ = f"write `model:` at the top of the storyboard: one of {listed}"
            where = shot.node.get("id") or shot.node
            yield error(CODE, where, f"no model is named for shot `{shot.name}`", help_)
            return
