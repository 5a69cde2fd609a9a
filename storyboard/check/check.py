"""A plain document, facts of its files and the catalogue to a storyboard known good."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from storyboard.catalogue.endpoint import Catalogue
from storyboard.check.assets import AssetUse, asset_uses
from storyboard.check.memory import Memory
from storyboard.check.outline import SceneOutline, outline
from storyboard.check.parts import around_scenes, bare, frame_of, with_bare, with_scene, with_shot
from storyboard.check.resolve import resolve
from storyboard.check.rule import Rule
from storyboard.check.rules import (
    OF_EACH_PART,
    OF_EACH_SCENE,
    OF_EACH_SHOT,
    OF_THE_FILM,
    OF_THE_FRAME,
)
from storyboard.check.schema import Shape
from storyboard.check.subject import FrameSubject, ShotSubject, Subject
from storyboard.diagnostics import Diagnostic, Result, in_order
from storyboard.model.asset import LocalFile, Unusable
from storyboard.model.storyboard import Storyboard
from storyboard.source import Document

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks one document after the other, and looks once at what they share.

    `name` is the stem of the films' files. What is known of a file may not change while this is
    in use, and what it was given and has returned is kept in memory as long as it is.
    """

    catalogue: Catalogue
    name: str
    _memory: Memory = field(default_factory=Memory)
    _shape: Shape = field(default_factory=Shape)
    _assets: dict[str, LocalFile | Unusable] = field(default_factory=dict)

    def asset_uses(self, document: Document) -> tuple[AssetUse, ...]:
        """Return every use of a file, in the order of the document; addresses are none."""
        return asset_uses(document, self._memory)

    def check(
        self, document: Document, assets: Mapping[str, LocalFile | Unusable]
    ) -> Result[Storyboard]:
        """Find all that is wrong with an expanded document, and resolve it.

        `assets` has what is known of each path of `asset_uses`. With errors the storyboard is
        still returned, as far as it can be read, so that later stages can say what else is wrong;
        it must not be rendered. Of an expression that stands there as written nothing is said:
        that it has no value, the template room has told.
        """
        self._assets.update(assets)
        memory = self._memory
        outlined = outline(document, memory)
        subject = Subject(document, outlined, self._assets, self.catalogue, memory)
        found = [*self._shape.wrong(document), *_findings(subject)]
        return Result(resolve(subject, self.name), in_order(found))


def check(
    document: Document,
    assets: Mapping[str, LocalFile | Unusable],
    catalogue: Catalogue,
    name: str,
) -> Result[Storyboard]:
    """Check one document, as a `Checker` does."""
    return Checker(catalogue, name).check(document, assets)


def _findings(subject: Subject) -> Iterator[Diagnostic]:
    """Ask the rules of each part that they can be asked of alone."""
    recall = subject.memory.recall
    frame, around = frame_of(subject), around_scenes(subject)
    yield from recall("of the frame", (frame,), partial(_of_the_frame, frame))
    for scene in subject.outline.scenes:
        yield from recall("of a scene", (around, scene), partial(_of_scene, around, scene))
    yield from _ask(OF_THE_FILM, subject)


def _of_the_frame(frame: FrameSubject) -> tuple[Diagnostic, ...]:
    return (*_ask(OF_THE_FRAME, frame), *_ask(OF_EACH_PART, frame))


def _of_scene(around: Subject, scene: SceneOutline) -> tuple[Diagnostic, ...]:
    alone = bare(around, scene)
    found = [*_ask(OF_EACH_SCENE, with_scene(around, scene))]
    found += _ask(OF_EACH_PART, with_bare(around, alone))
    for shot in scene.shots:
        make = partial(_of_shot, with_shot(around, alone, shot))
        found += around.memory.recall("of a shot", (around, alone, shot), make)
    return tuple(found)


def _of_shot(shot: ShotSubject) -> tuple[Diagnostic, ...]:
    return (*_ask(OF_EACH_SHOT, shot), *_ask(OF_EACH_PART, shot))


def _ask(rules: Iterable[Rule[S]], subject: S) -> tuple[Diagnostic, ...]:
    return tuple(one for rule in rules for one in rule.found(subject))
