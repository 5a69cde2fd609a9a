"""A document to its scenes, shots and names, as they stand, right or wrong.

Rules and the resolver walk this instead of the document, so that a mistake in one shot hides none
in another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from storyboard.check.form import frame_rate
from storyboard.check.memory import Memory
from storyboard.check.reading import child, entries, items, key_of, text
from storyboard.model.storyboard import ShotName
from storyboard.model.time import FrameRate
from storyboard.source import Document, Entry, Node
from storyboard.source import Mapping as MappingNode


class ScopeError(Exception):
    """A rule has read what is outside of its scope: a mistake in the program."""


class Kind(StrEnum):
    """What a shot is made of: the key that says so."""

    PROMPT = "prompt"
    STILL = "still"
    FOOTAGE = "footage"


@dataclass(frozen=True, slots=True)
class ShotOutline:
    """A shot as it stands: `kind` is None where no key says it, the first where several do."""

    id: str
    name: ShotName
    kind: Kind | None
    node: MappingNode

    def get(self, key: str) -> Node | None:
        """Return what stands behind a key of the shot."""
        return self.node.get(key)


@dataclass(frozen=True, slots=True)
class SceneOutline:
    """A scene as it is written; `shots_in_scope` is None if it is looked at without its shots."""

    id: str
    node: MappingNode
    shots_in_scope: tuple[ShotOutline, ...] | None

    @property
    def shots(self) -> tuple[ShotOutline, ...]:
        """The scene's shots.

        Raises:
            ScopeError: if they are outside of what is looked at.
        """
        if self.shots_in_scope is None:
            raise ScopeError("the scene's shots")
        return self.shots_in_scope

    def get(self, key: str) -> Node | None:
        """Return what stands behind a key of the scene."""
        return self.node.get(key)


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's parts by name. `fps` is None if the format names no frame rate.

    `scenes_in_scope` is None if what is looked at is a part of the document.
    """

    root: MappingNode
    scenes_in_scope: tuple[SceneOutline, ...] | None
    elements: Mapping[str, Entry]
    voices: Mapping[str, Entry]
    styles: Mapping[str, Entry]
    colors: Mapping[str, Entry]
    fps: FrameRate | None

    @property
    def scenes(self) -> tuple[SceneOutline, ...]:
        """Every scene in the order of the film.

        Raises:
            ScopeError: if they are outside of what is looked at.
        """
        if self.scenes_in_scope is None:
            raise ScopeError("other scenes and shots")
        return self.scenes_in_scope

    @property
    def shots(self) -> Iterator[tuple[SceneOutline, ShotOutline]]:
        """Every shot in the order of the film, with its scene."""
        return ((scene, shot) for scene in self.scenes for shot in scene.shots)

    def of_kind(self, kind: Kind) -> Iterator[tuple[SceneOutline, ShotOutline]]:
        """Every shot of a kind."""
        return ((scene, shot) for scene, shot in self.shots if shot.kind is kind)


def outline(document: Document, memory: Memory) -> Outline:
    """Walk a document once; what it shares with those before has the very same outlines."""
    return memory.recall("outline", (document.root,), partial(_outline, document.root, memory))


def _outline(root: MappingNode, memory: Memory) -> Outline:
    brand = root.get("brand")
    return Outline(
        root=root,
        scenes_in_scope=tuple(_scenes(root.get("scenes"), memory)),
        elements=_named(root.get("elements"), memory),
        voices=_named(root.get("voices"), memory),
        styles=_named(child(brand, "styles"), memory),
        colors=_named(child(brand, "colors"), memory),
        fps=frame_rate(child(root.get("format"), "fps")),
    )


def _scenes(node: Node | None, memory: Memory) -> Iterator[SceneOutline]:
    for number, scene in enumerate(items(node), start=1):
        if isinstance(scene, MappingNode):
            make = partial(_scene, scene, number, memory)
            yield memory.recall(("scene outline", number), (scene,), make)


def _scene(scene: MappingNode, number: int, memory: Memory) -> SceneOutline:
    name = text(scene.get("id")) or str(number)
    return SceneOutline(name, scene, tuple(_shots(name, scene.get("shots"), memory)))


def _shots(scene: str, node: Node | None, memory: Memory) -> Iterator[ShotOutline]:
    for number, shot in enumerate(items(node), start=1):
        if isinstance(shot, MappingNode):
            make = partial(_shot, scene, shot, number)
            yield memory.recall(("shot outline", scene, number), (shot,), make)


def _shot(scene: str, shot: MappingNode, number: int) -> ShotOutline:
    name = text(shot.get("id")) or str(number)
    keys = {entry.key.value for entry in shot.entries}
    kind = next((one for one in Kind if one.value in keys), None)
    return ShotOutline(name, ShotName(f"{scene}/{name}"), kind, shot)


def _named(node: Node | None, memory: Memory) -> Mapping[str, Entry]:
    make = partial(_by_name, node)
    return memory.recall("named", (node,), make)


def _by_name(node: Node | None) -> dict[str, Entry]:
    return {key_of(entry): entry for entry in entries(node)}
