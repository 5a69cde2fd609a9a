"""One request to the provider, whole: what is sent, what it costs, and what it is known by."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NewType, TypeAlias

from storyboard.catalogue import EndpointId, Mode
from storyboard.model import Asset, LocalFile, Seconds, ShotName, Usd

JobId = NewType("JobId", str)
"""A job's name for people, unique in a plan: `opening/pour..smile`, `voice/narrator`."""

JobDigest = NewType("JobDigest", str)
"""SHA-256 of what was asked, 64 lower-case hex digits. Equal digests are never paid for twice."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """Stands in a body for the URL of a local file; known by the file's content only."""

    file: LocalFile


@dataclass(frozen=True, slots=True)
class FrameRef:
    """Stands in a body for the last frame of another job's clip, as the cut shows it.

    `at` is the length in seconds of that clip that the film uses: the frame is the last one
    before it.
    """

    job: JobDigest
    at: Seconds


@dataclass(frozen=True, slots=True)
class VoiceRef:
    """Stands in a body for the id of a voice that another job creates."""

    job: JobDigest


BodyValue: TypeAlias = (
    str
    | int
    | Decimal
    | bool
    | FileRef
    | FrameRef
    | VoiceRef
    | tuple["BodyValue", ...]
    | Mapping[str, "BodyValue"]
    | None
)
Body: TypeAlias = Mapping[str, BodyValue]
"""The JSON body of a request, with references where a URL or an id is not known before the run."""


@dataclass(frozen=True, slots=True)
class JobShot:
    """A shot inside a job's clip.

    It begins at `start` of the clip and is `asked` whole seconds long, of which the film uses
    the first `used`.
    """

    name: ShotName
    start: Seconds
    asked: int
    used: Seconds
    prompt: str


@dataclass(frozen=True, slots=True)
class ClipJob:
    """A request that renders a clip of one or more neighbouring shots of a scene.

    `why` tells why it begins where it does: `the scene begins`, `a start frame of its own`, ….
    `begins` is the picture that its clip begins with, None if it begins from words alone.
    `readings` are the earlier readings of the storyboard, counted from 0, that ask for this very
    job, where every take of it is rendered.
    """

    id: JobId
    digest: JobDigest
    model: str
    endpoint: EndpointId
    shots: tuple[JobShot, ...]
    seconds: int
    mode: Mode
    body: Body
    cost: Usd
    after: tuple[JobDigest, ...]
    take: int
    why: str
    readings: tuple[int, ...] = ()
    begins: Asset | FrameRef | None = None


@dataclass(frozen=True, slots=True)
class VoiceJob:
    """A request that creates a voice from a sample."""

    id: JobId
    digest: JobDigest
    endpoint: EndpointId
    voice: str
    body: Body
    cost: Usd


Job: TypeAlias = ClipJob | VoiceJob
