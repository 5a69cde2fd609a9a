"""Hold what rules and the resolver look at: a document, its outline, its files, the catalogue."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from storyboard.catalogue.endpoint import Catalogue, EndpointId, VideoEndpoint
from storyboard.check.assets import is_url, path_of
from storyboard.check.memory import Memory
from storyboard.check.outline import Outline, SceneOutline, ShotOutline
from storyboard.check.reading import text
from storyboard.model.asset import LocalFile, Unusable
from storyboard.model.setting import SETTING, Level
from storyboard.source import Document, Node, Scalar
from storyboard.source import Mapping as MappingNode

MISSING = Unusable("missing", "")

Files: TypeAlias = Mapping[str, LocalFile | Unusable]
"""What is known of each file, by its path."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a setting may be: on a shot, on its scene, or on the storyboard."""

    level: Level
    node: MappingNode

    @property
    def is_default(self) -> bool:
        """True if it is for many shots, not for one."""
        return self.level is not Level.SHOT


@dataclass(frozen=True, slots=True)
class Subject:
    """A document and all that is known of what it names, and of the documents before it."""

    document: Document
    outline: Outline
    assets: Files
    catalogue: Catalogue
    memory: Memory

    def file(self, node: Node | None) -> LocalFile | Unusable | None:
        """Return what is known of the file that a text names; None of an address and of no text."""
        match node:
            case Scalar(value=str()) if text(node) and not is_url(node):
                return self.assets.get(path_of(node), MISSING)
            case _:
                return None

    def setting(
        self, scene: SceneOutline, shot: ShotOutline, key: str
    ) -> tuple[Place, Node] | None:
        """Return the nearest value of a setting, and where it is."""
        for place in self._places(scene, shot, SETTING[key].levels):
            found = place.node.get(key)
            if found is not None:
                return place, found
        return None

    def model(self, scene: SceneOutline, shot: ShotOutline) -> tuple[Node, str] | None:
        """Return the model or endpoint that a shot names, and its key: the nearest of both."""
        for place in self._places(scene, shot, SETTING["model"].levels):
            for key in ("endpoint", "model"):
                named = place.node.get(key)
                if named is not None and text(named) is not None:
                    return named, key
        return None

    def endpoints(self, scene: SceneOutline, shot: ShotOutline) -> tuple[VideoEndpoint, ...]:
        """Return the endpoints that may render a shot; none where its model is unknown."""
        named = self.model(scene, shot)
        if named is None:
            return ()
        node, key = named
        if key == "model":
            return self.catalogue.of_model(text(node) or "")
        found = self.catalogue.get(EndpointId(text(node) or ""))
        return (found,) if found else ()

    def _places(
        self, scene: SceneOutline, shot: ShotOutline, levels: tuple[Level, ...]
    ) -> Iterator[Place]:
        """Yield where a setting of the shot may be, the nearest first."""
        for level in levels:
            match level:
                case Level.SHOT:
                    yield Place(level, shot.node)
                case Level.SCENE:
                    yield Place(level, scene.node)
                case Level.STORYBOARD:
                    yield Place(level, self.outline.root)


@dataclass(frozen=True, slots=True)
class FrameSubject(Subject):
    """The storyboard without its scenes."""

    @property
    def node(self) -> MappingNode:
        """The keys of the part itself."""
        return self.outline.root


@dataclass(frozen=True, slots=True)
class SceneSubject(Subject):
    """A scene with its shots, and what they may have from the storyboard."""

    scene: SceneOutline


@dataclass(frozen=True, slots=True)
class BareSubject(Subject):
    """A scene without its shots, and what it may have from the storyboard."""

    scene: SceneOutline

    @property
    def node(self) -> MappingNode:
        """The keys of the part itself."""
        return self.scene.node


@dataclass(frozen=True, slots=True)
class ShotSubject(Subject):
    """A shot, and what it may have from its scene and the storyboard."""

    scene: SceneOutline
    shot: ShotOutline

    @property
    def node(self) -> MappingNode:
        """The keys of the part itself."""
        return self.shot.node


PartSubject: TypeAlias = FrameSubject | BareSubject | ShotSubject
