"""A text that names a file to the asset, or to a stand-in where the file cannot be used.

A stand-in keeps its shot in the film, so that later stages can still find what else is wrong. It
is never rendered: the error that the file causes stops the compile.
"""

from fractions import Fraction

from storyboard.check.assets import AssetKind, is_url, path_of
from storyboard.check.subject import Subject
from storyboard.model import (
    Asset,
    ClipFacts,
    Facts,
    FileDigest,
    FontFacts,
    LocalFile,
    PictureFacts,
    SoundFacts,
    Url,
)
from storyboard.source import Node, Scalar

_NO_DIGEST = FileDigest("0" * 64)
_STAND_INS: dict[AssetKind, Facts] = {
    AssetKind.PICTURE: PictureFacts("PNG", 1920, 1080),
    AssetKind.CLIP: ClipFacts("mp4", 1920, 1080, Fraction(24), Fraction(3600), "h264", "aac"),
    AssetKind.SOUND: SoundFacts("wav", Fraction(10), 48000, 2),
    AssetKind.FONT: FontFacts("", frozenset()),
}


def asset(subject: Subject, node: Node | None, kind: AssetKind) -> Asset | None:
    """Return the file or address that a text names; None where there is no text."""
    if isinstance(node, Scalar) and isinstance(node.value, str) and is_url(node):
        return Url(node.value)
    return local(subject, node, kind)


def local(subject: Subject, node: Node | None, kind: AssetKind) -> LocalFile | None:
    """Return the file that a text names; None where there is no text."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str) or not node.value:
        return None
    found = subject.file(node)
    if isinstance(found, LocalFile) and fits(found.facts, kind):
        return found
    return LocalFile(path_of(node), _NO_DIGEST, 0, _STAND_INS[kind])


def fits(facts: Facts, kind: AssetKind) -> bool:
    """Tell whether a file is of a kind; a video with sound serves as a sound."""
    match kind, facts:
        case (AssetKind.PICTURE, PictureFacts()) | (AssetKind.CLIP, ClipFacts()):
            return True
        case (AssetKind.SOUND, SoundFacts()) | (AssetKind.FONT, FontFacts()):
            return True
        case AssetKind.SOUND, ClipFacts(audio_codec=str()):
            return True
        case _:
            return False
