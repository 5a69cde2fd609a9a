"""Files and addresses that a storyboard names, and what is known of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType, TypeAlias

from storyboard.model.time import FrameRate, Seconds

FileDigest = NewType("FileDigest", str)
"""SHA-256 of a file's bytes, 64 lower-case hex digits."""


class Reach(StrEnum):
    """How far paths may lead: inside the project, or anywhere (`--allow-outside`)."""

    PROJECT = "project"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A still picture: its format as Pillow names it (`PNG`, `JPEG`, …) and its size in pixels."""

    format: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SoundTracks:
    """The sounds of a file, of which one is heard.

    `languages` has one for each, in the file's order: as the file names it, or empty. `default` is
    the number, from 1 on, of the one that is heard if no other is chosen; `unknown` are the numbers
    of those in a coding that cannot be decoded.
    """

    languages: tuple[str, ...]
    default: int
    unknown: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ClipFacts:
    """A video: size in shown pixels (rotation and pixel aspect applied), rate, length, sound.

    `container` is `mp4`, `mov`, `webm`, …; `video_codec` and `audio_codec` are ffmpeg's names;
    `audio_codec` is None where there is no sound. The length is that of the frames; `header` is
    what the file says of it if that differs by more than a frame, 0 if it says nothing. `tracks`
    is None if there is only one sound, or none.
    """

    container: str
    width: int
    height: int
    fps: FrameRate
    duration: Seconds
    video_codec: str
    audio_codec: str | None
    header: Seconds | None = None
    tracks: SoundTracks | None = None


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """A sound file: length, container, samples a second, channels.

    The length is that of its packets; `header` is what the file says of it if that differs.
    `tracks` is None if there is only one sound.
    """

    container: str
    duration: Seconds
    sample_rate: int
    channels: int
    header: Seconds | None = None
    tracks: SoundTracks | None = None


@dataclass(frozen=True, slots=True)
class FontFacts:
    """A font file: its family, and every code point it has a glyph for."""

    family: str
    glyphs: frozenset[int]


@dataclass(frozen=True, slots=True)
class Unusable:
    """A file that cannot be used, and why.

    `reason` is `missing`, `outside`, `unreadable`, `unknown-kind`, `incomplete` or `lfs-pointer`.
    `near` is the path of a file that was perhaps meant by one that is missing: from the folder that
    the program runs in, or absolute.
    """

    reason: str
    detail: str
    near: str = ""


Facts: TypeAlias = PictureFacts | ClipFacts | SoundFacts | FontFacts

FACTS_EDITION = 1
"""Raise it if other facts are found in the same bytes: those that are kept are found again."""


@dataclass(frozen=True, slots=True)
class LocalFile:
    """A file in the project: its path from the project folder (with `/`), its bytes' digest."""

    path: str
    digest: FileDigest
    size: int
    facts: Facts

    @property
    def is_stand_in(self) -> bool:
        """Tell whether it stands for a file that cannot be used; that is reported elsewhere."""
        return self.size == 0


@dataclass(frozen=True, slots=True)
class Url:
    """A file somewhere else. It stands in a request as it is written; nothing is known of it."""

    address: str


Asset: TypeAlias = LocalFile | Url
