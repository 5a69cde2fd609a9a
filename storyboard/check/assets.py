"""A document to the files it names, each with the place that names it and the kind it must be."""

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TypeAlias

from storyboard.check.memory import Memory
from storyboard.check.outline import Outline, SceneOutline, ShotOutline, outline
from storyboard.check.reading import child, entries, items, one_or_many, text
from storyboard.diagnostics import Span
from storyboard.source import Document, Node, Scalar


class AssetKind(StrEnum):
    """What a file must be."""

    PICTURE = "picture"
    CLIP = "clip"
    SOUND = "sound"
    FONT = "font"


@dataclass(frozen=True, slots=True)
class AssetUse:
    """A file that the document names, the kind it must be, and where it is named.

    `path` is from the folder the program runs in, in POSIX form, with `.` and `..`
    worked out.
    """

    path: str
    kind: AssetKind
    span: Span


@dataclass(frozen=True, slots=True)
class NamedAsset:
    """A text that names a file or an address; `takes_url` where an address may stand there."""

    node: Scalar
    kind: AssetKind
    takes_url: bool


_Candidate: TypeAlias = tuple[Node | None, AssetKind, bool]


def asset_uses(document: Document, memory: Memory | None = None) -> tuple[AssetUse, ...]:
    """Return every use of a file, in the order of the document; addresses are none."""
    memory = memory or Memory()
    whole = outline(document, memory)
    cut, brand = document.root.get("cut"), document.root.get("brand")
    people = partial(_uses, partial(_of_people, whole))
    found = [*memory.recall("uses of people", (whole.elements, whole.voices), people)]
    for scene in whole.scenes:
        found += memory.recall("uses", (scene,), partial(_uses, partial(_of_scene, scene)))
    of_the_cut = partial(_uses, partial(_of_the_cut, cut, brand))
    return (*found, *memory.recall("uses of the cut", (cut, brand), of_the_cut))


def _uses(candidates: Callable[[], Iterable[_Candidate]]) -> tuple[AssetUse, ...]:
    return tuple(
        AssetUse(path_of(one.node), one.kind, one.node.span)
        for one in _named(candidates())
        if not is_url(one.node)
    )


def named_in_frame(outlined: Outline) -> Iterator[NamedAsset]:
    """Yield what names files outside of scenes, in the order of the language page."""
    yield from _named(_of_people(outlined))
    yield from _named(_of_the_cut(outlined.root.get("cut"), outlined.root.get("brand")))


def named_in_scene(scene: SceneOutline) -> Iterator[NamedAsset]:
    """Yield what names files in a scene, without its shots."""
    yield from _named(_of_bare_scene(scene))


def named_in_shot(shot: ShotOutline) -> Iterator[NamedAsset]:
    """Yield what names files in a shot."""
    yield from _named(_of_shot(shot))


def _named(candidates: Iterable[_Candidate]) -> Iterator[NamedAsset]:
    for node, kind, takes_url in candidates:
        if isinstance(node, Scalar) and isinstance(node.value, str) and text(node):
            yield NamedAsset(node, kind, takes_url)


def is_url(node: Scalar) -> bool:
    """Tell an address from a path."""
    return isinstance(node.value, str) and node.value.startswith(("https://", "http://"))


def path_of(node: Scalar) -> str:
    """Return the path that a text names: relative to the file that the text stands in."""
    folder = posixpath.dirname(node.span.file.replace("\\", "/"))
    return posixpath.normpath(posixpath.join(folder, str(node.value)))


def _of_people(outlined: Outline) -> Iterator[_Candidate]:
    for entry in outlined.elements.values():
        yield child(entry.value, "frontal"), AssetKind.PICTURE, True
        yield child(entry.value, "picture"), AssetKind.PICTURE, True
        for reference in items(child(entry.value, "references")):
            yield reference, AssetKind.PICTURE, True
        yield child(entry.value, "video"), AssetKind.CLIP, True
    for entry in outlined.voices.values():
        yield child(entry.value, "sample"), AssetKind.SOUND, True


def _of_scene(scene: SceneOutline) -> Iterator[_Candidate]:
    yield from _of_bare_scene(scene)
    for shot in scene.shots:
        yield from _of_shot(shot)


def _of_bare_scene(scene: SceneOutline) -> Iterator[_Candidate]:
    yield scene.get("start"), AssetKind.PICTURE, True
    yield scene.get("end"), AssetKind.PICTURE, True


def _of_shot(shot: ShotOutline) -> Iterator[_Candidate]:
    yield shot.get("start"), AssetKind.PICTURE, True
    yield shot.get("end"), AssetKind.PICTURE, True
    yield shot.get("still"), AssetKind.PICTURE, False
    yield shot.get("footage"), AssetKind.CLIP, False


def _of_the_cut(cut: Node | None, brand: Node | None) -> Iterator[_Candidate]:
    for key in ("music", "voiceover"):
        for sound in one_or_many(child(cut, key)):
            yield child(sound, "file"), AssetKind.SOUND, False
    yield child(child(cut, "watermark"), "image"), AssetKind.PICTURE, False
    yield child(child(brand, "watermark"), "image"), AssetKind.PICTURE, False
    yield child(brand, "font"), AssetKind.FONT, False
    for style in entries(child(brand, "styles")):
        yield child(style.value, "font"), AssetKind.FONT, False
