"""Divide a document into parts that are looked at each by itself.

A part is a subject of its own, and holds only what findings about it may depend on. So what was
found of a part holds wherever the very same part is again, in another variation. To read what a
part does not hold is a mistake in the program, and raises `ScopeError`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from storyboard.catalogue.endpoint import Catalogue
from storyboard.check.memory import Memory
from storyboard.check.outline import Outline, SceneOutline, ScopeError, ShotOutline
from storyboard.check.subject import (
    BareSubject,
    Files,
    FrameSubject,
    SceneSubject,
    ShotSubject,
    Subject,
)
from storyboard.model.setting import SETTINGS, Level
from storyboard.source import Document, Entry, Mapping, Node

_UNREAD = frozenset({"title", "description", "scenes"})
_FOR_SHOTS = frozenset(one.key for one in SETTINGS if Level.STORYBOARD in one.levels) | {
    *("pack", "format", "elements", "voices", "brand")
}
_SHOTS = frozenset({"shots"})


@dataclass(frozen=True, slots=True)
class _Held(Mapping):
    """The keys of a mapping that a part holds; to read another one raises `ScopeError`."""

    beyond: Callable[[str], bool]
    where: str

    def get(self, key: str) -> Node | None:
        if self.beyond(key):
            raise ScopeError(f"`{key}` of {self.where}")
        return Mapping.get(self, key)


def frame_of(subject: Subject) -> FrameSubject:
    """Return the storyboard without its scenes, and without what nothing is found of."""
    return _part(subject, "frame", _UNREAD.__contains__)


def around_scenes(subject: Subject) -> Subject:
    """Return what a scene's shots may have from the storyboard: settings, people, styles, rate."""
    return _part(subject, "around", lambda key: key not in _FOR_SHOTS)


def bare(subject: Subject, scene: SceneOutline) -> SceneOutline:
    """Return a scene without its shots: what its shots may have from it."""
    kept = tuple(one for one in scene.node.entries if one.key.value not in _SHOTS)
    held = _Held(kept, scene.node.span, _SHOTS.__contains__, "the scene")
    key = ("bare", scene.id, scene.node.span)
    return subject.memory.recall(key, _of(kept), partial(SceneOutline, scene.id, held, None))


def with_scene(around: Subject, scene: SceneOutline) -> SceneSubject:
    """Return a scene with its shots."""
    return SceneSubject(*_fields(around), scene)


def with_bare(around: Subject, scene: SceneOutline) -> BareSubject:
    """Return a scene without its shots."""
    return BareSubject(*_fields(around), scene)


def with_shot(around: Subject, scene: SceneOutline, shot: ShotOutline) -> ShotSubject:
    """Return a shot in its bare scene."""
    return ShotSubject(*_fields(around), scene, shot)


def _part(subject: Subject, name: str, beyond: Callable[[str], bool]) -> FrameSubject:
    document = subject.document
    kept = tuple(one for one in document.root.entries if not beyond(str(one.key.value)))
    root = _Held(kept, document.root.span, beyond, "the storyboard")

    def make() -> FrameSubject:
        part = Document(document.file, root, document.texts)
        outlined = replace(subject.outline, root=root, scenes_in_scope=None)
        return FrameSubject(part, outlined, subject.assets, subject.catalogue, subject.memory)

    key = (name, document.file, document.texts, root.span)
    return subject.memory.recall(key, _of(kept), make)


def _fields(
    around: Subject,
) -> tuple[Document, Outline, Files, Catalogue, Memory]:
    return around.document, around.outline, around.assets, around.catalogue, around.memory


def _of(entries: tuple[Entry, ...]) -> tuple[object, ...]:
    """Return what a mapping is made of; the same keys and values may be in another mapping."""
    return tuple(one for entry in entries for one in (entry.key, entry.value))
