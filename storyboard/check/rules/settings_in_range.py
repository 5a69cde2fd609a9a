"""Numbers of settings that the model does not know."""

from collections.abc import Iterator

from storyboard.catalogue.endpoint import NumberField
from storyboard.check.finding import error
from storyboard.check.outline import Kind
from storyboard.check.reading import number
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import ShotSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.setting import FIELDS

CODE = Code("SB494")


@rule(SHOT, Column.MODELS, CODE)
def settings_in_range(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find numbers outside what an endpoint of the shot's model takes."""
    if subject.shot.kind is Kind.PROMPT:
        for setting in FIELDS:
            yield from _outside(subject, setting.key)


def _outside(subject: ShotSubject, key: str) -> Iterator[Diagnostic]:
    found = subject.setting(subject.scene, subject.shot, key)
    value = number(found[1]) if found else None
    if found is None or value is None:
        return
    for endpoint in subject.endpoints(subject.scene, subject.shot):
        field = endpoint.settings.get(key)
        if isinstance(field, NumberField) and not field.minimum <= value <= field.maximum:
            message = f"`{endpoint.model}` takes a `{key}` from {field.minimum} to {field.maximum}"
            yield error(CODE, found[1], message, "change it, or leave it out")
            return
