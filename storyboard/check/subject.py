"""What rules and the resolver look at: a document, its outline, its files, and the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass

from storyboard.catalogue.endpoint import Catalogue, EndpointId, VideoEndpoint
from storyboard.check.assets import is_url, path_of
from storyboard.check.memory import Memory
from storyboard.check.outline import Outline, SceneOutline, ShotOutline
from storyboard.check.reading import text
from storyboard.model.asset import LocalFile, Unusable
from storyboard.source import Document, Node, Scalar
from storyboard.source import Mapping as MappingNode

MISSING = Unusable("missing", "")


@dataclass(frozen=True, slots=True)
class Level:
    """Where a setting can stand: on a shot, on its scene, or on the storyboard."""

    word: str
    node: MappingNode

    @property
    def is_default(self) -> bool:
        """True where it stands for many shots, not for one."""
        return self.word != "shot"


@dataclass(frozen=True, slots=True)
class Subject:
    """A document and all that is known of what it names, and of the documents before it."""

    document: Document
    outline: Outline
    assets: Mapping[str, LocalFile | Unusable]
    catalogue: Catalogue
    memory: Memory

    def file(self, node: Node | None) -> LocalFile | Unusable | None:
        """Return what is known of the file that a text names; None of an address and of no text."""
        match node:
            case Scalar(value=str()) if text(node) and not is_url(node):
                return self.assets.get(path_of(node), MISSING)
            case _:
                return None

    def levels(self, scene: SceneOutline, shot: ShotOutline) -> tuple[Level, Level, Level]:
        """Return where a shot's settings can stand, the nearest first."""
        return (
            Level("shot", shot.node),
            Level("scene", scene.node),
            Level("storyboard", self.outline.root),
        )

    def setting(
        self, scene: SceneOutline, shot: ShotOutline, key: str
    ) -> tuple[Level, Node] | None:
        """Return the nearest setting of a key, and where it stands."""
        for level in self.levels(scene, shot):
            found = level.node.get(key)
            if found is not None:
                return level, found
        return None

    def model(self, scene: SceneOutline, shot: ShotOutline) -> tuple[Node, str] | None:
        """Return the model or endpoint that a shot names, and its key: the nearest of both."""
        for level in self.levels(scene, shot):
            for key in ("endpoint", "model"):
                named = level.node.get(key)
                if named is not None and text(named) is not None:
                    return named, key
        return None

    def endpoints(self, scene: SceneOutline, shot: ShotOutline) -> tuple[VideoEndpoint, ...]:
        """Return the endpoints that may render a shot; none where its model is unknown."""
        named = self.model(scene, shot)
        if named is None:
            return ()
        node, key = named
        catalogue = self.catalogue.of_shot(shot.name)
        if key == "model":
            return catalogue.of_model(text(node) or "")
        found = catalogue.get(EndpointId(text(node) or ""))
        return (found,) if found else ()
