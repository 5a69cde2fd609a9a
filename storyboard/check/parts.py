"""A document to its parts that are looked at each by itself.

A part is a subject of its own, and holds only what findings about it may depend on. So what was
found of a part holds wherever the very same part stands again, in another variation.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from storyboard.check.outline import SceneOutline, ShotOutline, outline
from storyboard.check.subject import Subject
from storyboard.source import Document, Entry, Mapping

_UNREAD = frozenset({"title", "description", "scenes"})
_FOR_SHOTS = frozenset(
    {
        *("model", "endpoint", "style", "negative_prompt", "cfg_scale", "audio", "pack"),
        *("format", "elements", "voices", "brand"),
    }
)


def frame_of(subject: Subject) -> Subject:
    """Return the storyboard without its scenes, and without what nothing is found of."""
    return _part(subject, "frame", lambda entry: entry.key.value not in _UNREAD)


def around_scenes(subject: Subject) -> Subject:
    """Return what a scene's shots may have from the storyboard: settings, people, styles, rate."""
    return _part(subject, "around", lambda entry: entry.key.value in _FOR_SHOTS)


def bare(subject: Subject, scene: SceneOutline) -> SceneOutline:
    """Return a scene without its shots: what its shots may have from it."""
    kept = tuple(one for one in scene.node.entries if one.key.value != "shots")
    key = ("bare", scene.id, scene.node.span)
    make = partial(SceneOutline, scene.id, Mapping(kept, scene.node.span), ())
    return subject.memory.recall(key, _held(kept), make)


def with_scene(around: Subject, scene: SceneOutline) -> Subject:
    """Return a storyboard of one scene."""
    return replace(around, outline=replace(around.outline, scenes=(scene,)))


def with_shot(around: Subject, scene: SceneOutline, shot: ShotOutline) -> Subject:
    """Return a storyboard of one shot in its scene."""
    return with_scene(around, replace(scene, shots=(shot,)))


def _part(subject: Subject, name: str, keeps: Callable[[Entry], bool]) -> Subject:
    document = subject.document
    kept = tuple(filter(keeps, document.root.entries))
    root = Mapping(kept, document.root.span)

    def make() -> Subject:
        part = Document(document.file, root, document.texts)
        return replace(subject, document=part, outline=outline(part, subject.memory))

    key = (name, document.file, document.texts, root.span)
    return subject.memory.recall(key, _held(kept), make)


def _held(entries: tuple[Entry, ...]) -> tuple[object, ...]:
    """Return what a mapping is made of; it may be put together anew of the same keys and values."""
    return tuple(one for entry in entries for one in (entry.key, entry.value))
