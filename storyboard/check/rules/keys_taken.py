"""Settings that a shot's model does not take."""

from collections.abc import Iterator

from storyboard.check.ability import TAKES, models_that_take, takes
from storyboard.check.finding import error, note
from storyboard.check.outline import Kind, SceneOutline, ShotOutline
from storyboard.check.reading import entry, flag, items
from storyboard.check.subject import Subject
from storyboard.diagnostics import Code, Diagnostic

REFUSED = Code("SB491")
LEFT_OUT = Code("SB492")
SILENT = Code("SB493")

_SETTINGS = ("negative_prompt", "cfg_scale", "audio")


def keys_taken(subject: Subject) -> Iterator[Diagnostic]:
    """Find settings no endpoint of the model takes: an error on a shot, a note on a default."""
    told: set[tuple[int, str]] = set()
    for scene, shot in subject.outline.of_kind(Kind.PROMPT):
        endpoints = subject.endpoints(scene, shot)
        if not endpoints:
            continue
        model = endpoints[0].model
        if items(shot.get("say")) and not takes(endpoints, "say"):
            yield _silent(subject, shot, model)
        for key in _SETTINGS:
            found = subject.setting(scene, shot, key)
            if found is None or takes(endpoints, key):
                continue
            node = found[1]
            silent = key == "audio" and flag(node) is False
            if silent or (id(node), model) in told:
                continue
            told.add((id(node), model))
            yield _not_taken(subject, scene, shot, key, model)


def _not_taken(
    subject: Subject, scene: SceneOutline, shot: ShotOutline, key: str, model: str
) -> Diagnostic:
    found = subject.setting(scene, shot, key)
    level = found[0] if found else subject.levels(scene, shot)[0]
    where = entry(level.node, key) or level.node
    if level.is_default:
        message = f"`{model}` takes no `{key}`: it is not sent for shots of that model"
        return note(LEFT_OUT, where, message, _others(subject, key))
    return error(REFUSED, where, f"`{model}` takes no `{key}`", _others(subject, key))


def _silent(subject: Subject, shot: ShotOutline, model: str) -> Diagnostic:
    message = f"`{model}` has no sound, so shot `{shot.name}` cannot say this"
    return error(SILENT, entry(shot.node, "say") or shot.node, message, _others(subject, "say"))


def _others(subject: Subject, key: str) -> str:
    able = models_that_take(subject.catalogue, key) if key in TAKES else ()
    listed = ", ".join(f"`{one}`" for one in able)
    return f"take it away, or choose a model that takes it: {listed}" if able else "take it away"
