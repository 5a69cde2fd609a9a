"""A scene's shots to every job that neighbours among them could be, each worked out once."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from storyboard.catalogue.endpoint import Catalogue
from storyboard.jobs.body import body
from storyboard.jobs.choose import Entry, begins_with
from storyboard.jobs.digest import Template, template
from storyboard.jobs.job import Body, FrameRef, JobDigest
from storyboard.jobs.refusal import Refusal
from storyboard.jobs.request import Request, ask
from storyboard.jobs.words import Cast
from storyboard.model.storyboard import AspectRatio, Continuity, Pack, PromptShot


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be packed: the prompt shots of one scene, and all that decides how.

    `breaks` tells before which shots, by position, something else stands, and what it is.
    """

    shots: tuple[PromptShot, ...]
    breaks: tuple[tuple[int, str], ...]
    pack: Pack
    continuity: Continuity
    cast: Cast
    catalogue: Catalogue
    rendered: AbstractSet[JobDigest]
    ratio: AspectRatio | None


@dataclass(frozen=True, slots=True)
class Offers:
    """Every possible job of a task. A job is a pair of positions, the second one exclusive.

    `shares` tells how many scenes could have a job in common, this one among them; one where it
    tells nothing.
    """

    task: Task
    shares: Mapping[tuple[int, int], int] = field(default_factory=dict)
    _requests: dict[tuple[int, int], Request | Refusal] = field(default_factory=dict)
    _templates: dict[tuple[int, int], Template] = field(default_factory=dict)
    _entries: dict[int, Entry] = field(default_factory=dict)

    def get(self, start: int, stop: int) -> Request | Refusal:
        """Return the request for the shots from `start` to before `stop`, or why there is none."""
        key = (start, stop)
        if key not in self._requests:
            task = self.task
            self._requests[key] = ask(
                task.shots[start:stop], self.entry(start), task.cast, task.catalogue, task.ratio
            )
        return self._requests[key]

    def entry(self, position: int) -> Entry:
        """Tell what a job begins with whose first shot stands at this position."""
        if position not in self._entries:
            task = self.task
            self._entries[position] = begins_with(
                task.shots[position], task.continuity, task.catalogue, later=position > 0
            )
        return self._entries[position]

    def chained(self, position: int) -> bool:
        """Tell whether a job that begins here begins with the last frame of the job before it."""
        return position < len(self.task.shots) and self.entry(position) is Entry.CHAINED

    def ends(self, start: int) -> range:
        """Return where a job that begins here could end, as far as the number of shots decides."""
        shots = (one.shots for one in self.task.catalogue.videos)
        most = max((one.max_shots for one in shots if one is not None), default=1)
        ahead = (position for position, _ in self.task.breaks if position > start)
        return range(start + 1, min(start + most, len(self.task.shots), *ahead) + 1)

    def body(self, request: Request, upstream: FrameRef | None) -> Body:
        """Return the body of a request, which begins with `upstream` where it is chained."""
        start = upstream if request.entry is Entry.CHAINED else request.shots[0].start
        return body(request, self.task.cast, self.task.catalogue.voice, start)

    def digests(
        self, start: int, stop: int, request: Request, upstream: FrameRef | None
    ) -> tuple[JobDigest, ...]:
        """Return the digest of each take, where a chained job begins with `upstream`."""
        written = self.template(start, stop, request)
        return tuple(written.of(upstream, take) for take in range(1, request.takes + 1))

    def template(self, start: int, stop: int, request: Request) -> Template:
        """Return what the digests of a job are made from."""
        key = (start, stop)
        if key not in self._templates:
            self._templates[key] = template(
                request.endpoint.id, lambda frame: self.body(request, frame)
            )
        return self._templates[key]


def last_frame(request: Request, digests: tuple[JobDigest, ...]) -> FrameRef:
    """Return the frame that a job chained to this one begins with: the last one that is shown."""
    last = request.shots[-1]
    return FrameRef(digests[last.take - 1], sum(request.asked[:-1]) + last.duration)
