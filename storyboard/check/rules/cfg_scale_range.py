"""A cfg scale that the model does not know."""

from collections.abc import Iterator

from storyboard.check.finding import error
from storyboard.check.outline import Kind
from storyboard.check.reading import number
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Diagnostic

CODE = Code("SB494")


def cfg_scale_range(subject: Subject) -> Iterator[Diagnostic]:
    """Find scales outside what an endpoint of the shot's model takes."""
    for scene, shot in subject.outline.of_kind(Kind.PROMPT):
        found = subject.setting(scene, shot, "cfg_scale")
        value = number(found[1]) if found else None
        if found is None or value is None:
            continue
        for endpoint in subject.endpoints(scene, shot):
            field = endpoint.cfg_scale
            if field is not None and not field.minimum <= value <= field.maximum:
                message = f"`{endpoint.model}` takes a `cfg_scale` from "
                message += f"{field.minimum} to {field.maximum}"
                yield error(CODE, found[1], message, "change it, or leave it out")
                break
