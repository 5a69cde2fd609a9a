"""What is written on a shot, its scene and the storyboard to the settings that the shot has."""

from collections.abc import Iterator
from decimal import Decimal

from storyboard.catalogue.endpoint import Catalogue, EndpointId
from storyboard.check.ability import takes
from storyboard.check.outline import SceneOutline, ShotOutline
from storyboard.check.reading import flag, items, number, text
from storyboard.check.subject import Subject
from storyboard.diagnostics.nearest import nearest
from storyboard.model.setting import FIELDS, Form
from storyboard.model.storyboard import AspectRatio, Settings
from storyboard.source import Node


def settings_of(
    subject: Subject, scene: SceneOutline, shot: ShotOutline, shape: AspectRatio
) -> Settings:
    """Resolve a shot's settings; what its model does not take is left out, and reported by a rule.

    `model` is empty where no model can be told.
    """
    model, endpoint = _model(subject, scene, shot)
    return Settings(
        model=model,
        endpoint=endpoint,
        style=text(_setting(subject, scene, shot, "style")) or "",
        audio=_audio(subject, scene, shot),
        aspect_ratio=shape,
        fields=tuple(_fields(subject, scene, shot)),
    )


def _model(subject: Subject, scene: SceneOutline, shot: ShotOutline) -> tuple[str, str | None]:
    """Return the model and the endpoint, if one is named; a misspelt name is taken as meant."""
    named = subject.model(scene, shot)
    if named is None:
        return "", None
    written, catalogue = text(named[0]) or "", subject.catalogue
    if named[1] == "model":
        known = bool(catalogue.of_model(written))
        return (written if known else nearest(written, catalogue.models) or ""), None
    found = catalogue.get(EndpointId(written)) or catalogue.get(_meant(written, catalogue))
    return (found.model, found.id) if found else ("", None)


def _meant(written: str, catalogue: Catalogue) -> EndpointId:
    return EndpointId(nearest(written, [one.id for one in catalogue.videos]) or "")


def _audio(subject: Subject, scene: SceneOutline, shot: ShotOutline) -> bool | None:
    if not takes(subject.endpoints(scene, shot), "audio"):
        return None
    if items(shot.get("say")):
        return True
    return flag(_setting(subject, scene, shot, "audio"))


def _fields(
    subject: Subject, scene: SceneOutline, shot: ShotOutline
) -> Iterator[tuple[str, str | Decimal]]:
    """Yield the settings that are sent as they are, if they are given and the model takes them."""
    endpoints = subject.endpoints(scene, shot)
    for setting in FIELDS:
        if takes(endpoints, setting.key):
            node = _setting(subject, scene, shot, setting.key)
            value = number(node) if setting.form is Form.NUMBER else text(node)
            if value is not None:
                yield setting.key, value


def _setting(subject: Subject, scene: SceneOutline, shot: ShotOutline, key: str) -> Node | None:
    found = subject.setting(scene, shot, key)
    return found[1] if found else None
