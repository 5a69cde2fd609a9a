"""Storyboards as text to what checking finds, for tests.

A line `#: assets/front.png: picture 640x480` of the text gives the facts of a file. What is not
named so is there and of the kind that is wanted: a picture of 1920x1080, a clip and a sound of 6 s.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from storyboard.catalogue import EditionId, packaged
from storyboard.check import AssetKind, asset_uses, check
from storyboard.diagnostics import Result
from storyboard.model.asset import (
    ClipFacts,
    Facts,
    FileDigest,
    FontFacts,
    LocalFile,
    PictureFacts,
    SoundFacts,
    SoundTracks,
    Unusable,
)
from storyboard.model.storyboard import Storyboard
from storyboard.source import Document, Node, Scalar, read
from storyboard.source import Mapping as MappingNode

FILE = "film/storyboard.yaml"
CATALOGUE = packaged().at(EditionId("2026-11"))

_FACT = re.compile(r"^#: (\S+): (\S+)((?: \S+)*)$", re.MULTILINE)
_REASONS = frozenset(
    {"missing", "outside", "unreadable", "unknown-kind", "incomplete", "lfs-pointer"}
)


def document(text: str) -> Document:
    """Read a storyboard that must be readable."""
    found = read(text.encode(), FILE)
    assert found.value is not None, found.diagnostics
    return found.value


def checked(text: str) -> Result[Storyboard]:
    """Check a storyboard."""
    return check_document(document(text), text)


def check_document(read_document: Document, text: str = "") -> Result[Storyboard]:
    """Check a document whose files are as `text` says."""
    return check(read_document, assets(read_document, text), CATALOGUE, "film")


def plain(node: Node) -> Any:  # noqa: ANN401 # what a JSON library would have read
    match node:
        case Scalar(value=Decimal() as value):
            return float(value)
        case Scalar(value=value):
            return value
        case MappingNode():
            return {
                one.key.value if isinstance(one.key.value, str) else one.key.text: plain(one.value)
                for one in node.entries
            }
        case _:
            return [plain(one) for one in node.items]


def assets(of: Document, text: str) -> Mapping[str, LocalFile | Unusable]:
    """Make up the files that a document names."""
    told = {f"film/{found[1]}": (found[2], found[3].split()) for found in _FACT.finditer(text)}
    files: dict[str, LocalFile | Unusable] = {}
    for use in asset_uses(of):
        kind, words = told.get(use.path, (use.kind.value, []))
        if kind in _REASONS:
            told_of = " ".join(words)
            near = told_of if kind == "missing" else ""
            files[use.path] = Unusable(kind, "" if near else told_of, near)
        else:
            size = next((int(one[:-2]) for one in words if one.endswith("MB")), 1) * 1_000_000
            facts = _facts(AssetKind(kind), words)
            files[use.path] = LocalFile(use.path, FileDigest("a" * 64), size, facts)
    return files


def _facts(kind: AssetKind, words: list[str]) -> Facts:
    named = dict(_words(words))
    width, _, height = named.get("size", "1920x1080").partition("x")
    length = Fraction(named.get("seconds", "6"))
    match kind:
        case AssetKind.PICTURE:
            return PictureFacts(named.get("name", "PNG"), int(width), int(height))
        case AssetKind.CLIP:
            rate = Fraction(named.get("fps", "24"))
            sound = None if "silent" in words else "aac"
            container = named.get("name", "mp4")
            clip = ClipFacts(container, int(width), int(height), rate, length, "h264", sound)
            return replace(clip, header=_header(named), tracks=_tracks(named))
        case AssetKind.SOUND:
            heard = SoundFacts(named.get("name", "wav"), length, 48000, 1)
            return replace(heard, header=_header(named), tracks=_tracks(named))
        case AssetKind.FONT:
            return FontFacts("Test", frozenset(range(32, 127)))


def _header(named: Mapping[str, str]) -> Fraction | None:
    return Fraction(named["header"]) if "header" in named else None


def _tracks(named: Mapping[str, str]) -> SoundTracks | None:
    """Read `tracks=eng,de*,?`: their languages, the default's with a star, the unknown as `?`."""
    if "tracks" not in named:
        return None
    told = named["tracks"].split(",")
    default = next(n for n, one in enumerate(told, 1) if one.endswith("*"))
    unknown = frozenset(n for n, one in enumerate(told, 1) if one == "?")
    return SoundTracks(tuple(one.strip("*?") for one in told), default, unknown)


def _words(words: list[str]) -> Iterator[tuple[str, str]]:
    for word in words:
        if "=" in word:
            name, _, value = word.partition("=")
            yield name, value
        elif re.fullmatch(r"\d+x\d+", word):
            yield "size", word
        elif word.endswith("fps"):
            yield "fps", word.removesuffix("fps")
        elif re.fullmatch(r"[\d.]+s", word):
            yield "seconds", word.removesuffix("s")
        elif not word.endswith("MB") and word != "silent":
            yield "name", word
