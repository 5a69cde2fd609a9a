"""Settings that a shot's model does not take."""

from collections.abc import Iterator
from dataclasses import replace

from storyboard.check.ability import models_that_take, takes
from storyboard.check.finding import error, note
from storyboard.check.outline import Kind
from storyboard.check.reading import entry, flag, items
from storyboard.check.rule import SHOT, rule
from storyboard.check.subject import Place, ShotSubject
from storyboard.diagnostics import Code, Diagnostic
from storyboard.diagnostics.column import Column
from storyboard.model.setting import SETTINGS

REFUSED = Code("SB491")
LEFT_OUT = Code("SB492")
SILENT = Code("SB493")

_OPTIONAL = tuple(one.key for one in SETTINGS if one.is_optional)


@rule(SHOT, Column.MODELS, REFUSED, LEFT_OUT, SILENT)
def keys_taken(subject: ShotSubject) -> Iterator[Diagnostic]:
    """Find settings no endpoint of the model takes: an error on a shot, a note on a default."""
    scene, shot = subject.scene, subject.shot
    endpoints = subject.endpoints(scene, shot) if shot.kind is Kind.PROMPT else ()
    if not endpoints:
        return
    model = endpoints[0].model
    if items(shot.get("say")) and not takes(endpoints, "say"):
        yield _silent(subject, model)
    for key in _OPTIONAL:
        found = subject.setting(scene, shot, key)
        if found is None or takes(endpoints, key):
            continue
        place, node = found
        if key != "audio" or flag(node) is not False:
            yield _not_taken(subject, place, key, model)


def _not_taken(subject: ShotSubject, place: Place, key: str, model: str) -> Diagnostic:
    where = entry(place.node, key) or place.node
    if place.is_default:
        message = f"`{model}` takes no `{key}`: it is not sent for shots of that model"
        return note(LEFT_OUT, where, message, _others(subject, key))
    return error(REFUSED, where, f"`{model}` takes no `{key}`", _others(subject, key))


def _silent(subject: ShotSubject, model: str) -> Diagnostic:
    shot = subject.shot
    message = f"`{model}` has no sound, so shot `{shot.name}` cannot say this"
    where = entry(shot.node, "say") or shot.node
    return replace(error(SILENT, where, message, _others(subject, "say")), about=shot.name)


def _others(subject: ShotSubject, key: str) -> str:
    able = models_that_take(subject.catalogue, key)
    listed = ", ".join(f"`{one}`" for one in able)
    return f"take it away, or choose a model that takes it: {listed}" if able else "take it away"
