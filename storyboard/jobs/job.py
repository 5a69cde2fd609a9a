"""One request to the provider, whole: what is sent, what it costs, and what it is known by."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NewType, TypeAlias

from storyboard.catalogue import EndpointId, Mode
from storyboard.model import Asset, ClipDigest, LocalFile, Seconds, ShotName, Usd

JobId = NewType("JobId", str)
"""A job's name for people, unique in a plan: `opening/pour..smile`, `voice/narrator`."""

JobDigest = NewType("JobDigest", str)
"""SHA-256 of what is asked, 64 lower-case hex digits. No take of a digest is paid for twice."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """Stands in a body for the URL of a local file; known by the file's content only."""

    file: LocalFile


@dataclass(frozen=True, slots=True)
class FrameRef:
    """Stands in a body for the last frame of another job's clip, as the cut shows it.

    `at` is the length in seconds of that clip that the film uses: the frame is the last one
    before it. Where the clip itself was picked, `clip` is set: the frame is one of these bytes,
    whichever job of this store they came from, and nothing is waited for. `rendering` then says
    which rendering of the job it is, from 1; 0 is one of another store.
    """

    job: JobDigest
    at: Seconds
    rendering: int = 1
    clip: ClipDigest | None = None


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

    `cost` is the price of one take, `takes` how many are wanted: as many as the shot that wants
    most. `former` are the digests that earlier versions gave the requests for its takes 2, 3, ...:
    takes of this job that they rendered are kept under these.
    `why` tells why it begins where it does: `the scene begins`, `a start frame of its own`, ….
    `begins` is the picture that its clip begins with, None if it begins from words alone.
    `readings` are the earlier readings of the storyboard, counted from 0, that ask for this very
    job, where it is rendered.
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
    why: str
    readings: tuple[int, ...] = ()
    begins: Asset | FrameRef | None = None
    takes: int = 1
    former: tuple[JobDigest, ...] = ()

    @property
    def whole_cost(self) -> Usd:
        """The price of all takes that are wanted."""
        return Usd(self.cost * self.takes)


@dataclass(frozen=True, slots=True)
class VoiceJob:
    """A request that creates a voice from a sample."""

    id: JobId
    digest: JobDigest
    endpoint: EndpointId
    voice: str
    body: Body
    cost: Usd

    @property
    def takes(self) -> int:
        """How many are wanted: a voice is created once."""
        return 1

    @property
    def former(self) -> tuple[JobDigest, ...]:
        """What further takes were known by: there never were any."""
        return ()

    @property
    def whole_cost(self) -> Usd:
        """The price of all that are wanted."""
        return self.cost


Job: TypeAlias = ClipJob | VoiceJob


def take_name(job: JobId, number: int) -> str:
    """Name a take for people: `opening/pour..smile, take 2`; the first bears the job's name."""
    return job if number == 1 else f"{job}, take {number}"
