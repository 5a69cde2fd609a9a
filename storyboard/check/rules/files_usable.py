"""Files that are missing, out of reach, unreadable, or of the wrong kind."""

from collections.abc import Iterator
from typing import assert_never

from storyboard.check.assets import (
    AssetKind,
    NamedAsset,
    is_url,
    named_in_frame,
    named_in_scene,
    named_in_shot,
    path_of,
)
from storyboard.check.finding import form_error as error
from storyboard.check.resolve.files import fits
from storyboard.check.rule import PART, rule
from storyboard.check.subject import BareSubject, FrameSubject, PartSubject, ShotSubject
from storyboard.diagnostics import Code, Column, Diagnostic
from storyboard.model import (
    ClipFacts,
    Facts,
    FontFacts,
    LocalFile,
    PictureFacts,
    SoundFacts,
    Unusable,
)
from storyboard.source import IS_POINTER, PULL, Scalar, did_you_mean

MISSING = Code("SB301")
OUTSIDE = Code("SB302")
UNREADABLE = Code("SB303")
WRONG_KIND = Code("SB304")
ADDRESS = Code("SB305")

_WANTED = {
    AssetKind.PICTURE: "a picture",
    AssetKind.CLIP: "a video",
    AssetKind.SOUND: "a sound",
    AssetKind.FONT: "a font",
}


@rule(PART, Column.FILES, MISSING, OUTSIDE, UNREADABLE, WRONG_KIND, ADDRESS)
def files_usable(subject: PartSubject) -> Iterator[Diagnostic]:
    """Find files that cannot be what the storyboard wants of them."""
    for named in _named(subject):
        node, kind = named.node, named.kind
        if is_url(node):
            if not named.takes_url:
                message = f"{_WANTED[kind]} for the cut must be a file, not an address"
                yield error(ADDRESS, node, message, "download it into the project and name it")
            continue
        match subject.file(node):
            case Unusable() as unusable:
                yield _unusable(node, kind, unusable)
            case LocalFile(facts=facts) if not fits(facts, kind):
                yield _wrong_kind(node, kind, facts)
            case _:
                continue


def _named(subject: PartSubject) -> Iterator[NamedAsset]:
    match subject:
        case FrameSubject():
            return named_in_frame(subject.outline)
        case BareSubject(scene=scene):
            return named_in_scene(scene)
        case ShotSubject(shot=shot):
            return named_in_shot(shot)
        case _:
            assert_never(subject)


def _unusable(node: Scalar, kind: AssetKind, file: Unusable) -> Diagnostic:
    path = path_of(node)
    detail = f" ({file.detail})" if file.detail else ""
    match file.reason:
        case "missing":
            help_ = f"paths are relative to the file that names them: this one is `{path}`"
            if file.near:
                help_ = did_you_mean(node, file.near)
            elif "\\" in node.text:
                help_ = "write `/` between folders"
            return error(MISSING, node, f"there is no file `{node.value}`", help_)
        case "lfs-pointer":
            return error(UNREADABLE, node, f"`{node.value}` {IS_POINTER}", PULL)
        case "incomplete":
            message = f"`{node.value}` is incomplete{detail}"
            return error(UNREADABLE, node, message, "copy or download it again")
        case "outside":
            message = f"`{node.value}` is outside the project folder"
            help_ = "copy it into the project, or allow it with `--allow-outside`"
            return error(OUTSIDE, node, message, help_)
        case "unknown-kind":
            message = f"`{node.value}` is not {_WANTED[kind]} that can be read{detail}"
            return error(WRONG_KIND, node, message, _FORMATS[kind])
        case _:
            message = f"`{node.value}` cannot be read{detail}"
            return error(UNREADABLE, node, message, "see that it is whole and may be read")


def _wrong_kind(node: Scalar, kind: AssetKind, facts: Facts) -> Diagnostic:
    match facts:
        case PictureFacts():
            found = "a picture"
        case ClipFacts(audio_codec=None) if kind is AssetKind.SOUND:
            found = "a video without sound"
        case ClipFacts():
            found = "a video"
        case SoundFacts():
            found = "a sound"
        case FontFacts():
            found = "a font"
    message = f"`{node.value}` is {found}, and {_WANTED[kind]} is wanted here"
    help_ = _FORMATS[kind]
    if kind is AssetKind.PICTURE and isinstance(facts, ClipFacts):
        help_ = "a video of your own is a `footage` shot"
    if kind is AssetKind.CLIP and isinstance(facts, PictureFacts):
        help_ = "a picture of your own is a `still` shot"
    return error(WRONG_KIND, node, message, help_)


_FORMATS = {
    AssetKind.PICTURE: "name a PNG, JPEG or WebP file",
    AssetKind.CLIP: "name an mp4, mov or webm file",
    AssetKind.SOUND: "name a wav, mp3, m4a or flac file",
    AssetKind.FONT: "name a ttf or otf file",
}
