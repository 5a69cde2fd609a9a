"""A scene's shots to every job that neighbours among them could be, each worked out once.

What is rendered was asked by the catalogue of its day. Where that would ask differently from the
present one, the scene as it reads stands beside as an earlier task; its jobs are offered where they
are rendered, so that a catalogue that changes costs nothing.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from storyboard.catalogue import Catalogue, VoiceEndpoint
from storyboard.jobs.body import body
from storyboard.jobs.choose import Entry, begins_with, choose, endpoints
from storyboard.jobs.digest import Template, template
from storyboard.jobs.job import Body, FrameRef, JobDigest
from storyboard.jobs.losses import NO_LOSSES, BestLook, Losses, best_look, losses
from storyboard.jobs.picks import PickedShot
from storyboard.jobs.refusal import Refusal
from storyboard.jobs.request import Request, ask
from storyboard.jobs.voices import VoiceMakers
from storyboard.jobs.words import Cast
from storyboard.model import AspectRatio, Asset, Continuity, Pack, PromptShot, SampledVoice

NONE_PICKED = frozenset[int]()


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be packed: the prompt shots of one scene, and all that decides how.

    `breaks` tells before which shots, by position, something else stands, and what it is.
    `earlier` are the same scene as catalogues of earlier days read it. `voices` are endpoints that
    voices at hand may have been created with. `picks` are the takes that were picked for shots, by
    position: these need no job.
    """

    shots: tuple[PromptShot, ...]
    breaks: tuple[tuple[int, str], ...]
    pack: Pack
    continuity: Continuity
    cast: Cast
    catalogue: Catalogue
    rendered: AbstractSet[JobDigest]
    ratio: AspectRatio | None
    earlier: tuple["Task", ...] = ()
    voices: tuple[VoiceEndpoint, ...] = ()
    picks: Mapping[int, PickedShot] = field(default_factory=dict)

    @property
    def makers(self) -> VoiceMakers:
        """What its voices are created with."""
        return VoiceMakers(self.catalogue, self.voices, self.rendered)


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
    _digests: dict[tuple[int, int], JobDigest] = field(default_factory=dict)
    _entries: dict[int, Entry] = field(default_factory=dict)
    _losses: dict[tuple[int, int], Losses] = field(default_factory=dict)
    _best_looks: dict[tuple[str, str | None], BestLook | None] = field(default_factory=dict)
    _earlier: list["Offers"] = field(default_factory=list)
    _most_shots: list[int] = field(default_factory=list)

    @property
    def every(self) -> tuple["Offers", ...]:
        """These offers, and those of the earlier tasks behind them."""
        if len(self._earlier) < len(self.task.earlier):
            self._earlier.extend(Offers(one) for one in self.task.earlier)
        return self, *self._earlier

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

    def losses(self, start: int, stop: int, request: Request) -> Losses:
        """Return what the shots of a request lose of their look."""
        best = self._best_look(request)
        if best is None:
            return NO_LOSSES
        key = (start, stop)
        found = self._losses.get(key)
        if found is None:
            framed = any(shot.start is not None for shot in self.task.shots[:start])
            found = losses(request, best, self.task.cast, framed=framed)
            if found is not NO_LOSSES:
                self._losses[key] = found
        return found

    @property
    def lossy(self) -> bool:
        """True if a job that was weighed loses something of the look."""
        return bool(self._losses)

    def _best_look(self, request: Request) -> BestLook | None:
        settings = request.shots[0].settings
        key = (settings.model, settings.endpoint)
        if key not in self._best_looks:
            task = self.task
            named = [(one.settings.model, one.settings.endpoint) for one in task.shots]
            first = named.index(key)
            home = choose(task.shots[first], self.entry(first), task.catalogue)
            able = endpoints(settings, task.catalogue)
            self._best_looks[key] = best_look(able, None if isinstance(home, Refusal) else home.id)
        return self._best_looks[key]

    def chained(self, position: int) -> bool:
        """Tell whether a job that begins here begins with the last frame of the job before it."""
        return position < len(self.task.shots) and self.entry(position) is Entry.CHAINED

    def picked(self, start: int, stop: int) -> frozenset[int]:
        """Return the positions from `start` to before `stop` that a take was picked for."""
        picks = self.task.picks
        return frozenset(one for one in picks if start <= one < stop) if picks else NONE_PICKED

    def frame_behind(self, stop: int, made: FrameRef) -> FrameRef:
        """Return the frame that a job goes on from behind one that ends here and hands on `made`.

        It is the last that the film shows: of what was picked for the job's last shot, if anything.
        """
        pick = self.task.picks.get(stop - 1)
        return pick.last_frame if pick else made

    def stepped_over(self, position: int) -> FrameRef | None:
        """Return the frame that a job goes on from behind a picked shot; None if none does."""
        behind = position + 1
        if behind < len(self.task.shots) and any(one.chained(behind) for one in self.every):
            return self.task.picks[position].last_frame
        return None

    def handed_on(self, position: int, frame: FrameRef) -> FrameRef | None:
        """Return a frame if a job of an earlier task may begin with it here.

        Such a job is rendered, and so is the job that it goes on from, unless its clip was picked.
        """
        rendered = frame.clip is not None or frame.job in self.task.rendered
        chained = rendered and any(one.chained(position) for one in self.every[1:])
        return frame if chained else None

    def ends(self, start: int) -> range:
        """Return where a job that begins here could end, as far as the number of shots decides."""
        if not self._most_shots:
            self._most_shots.append(max(_most_shots(it.task.catalogue) for it in self.every))
        most = self._most_shots[0]
        ahead = (position for position, _ in self.task.breaks if position > start)
        return range(start + 1, min(start + most, len(self.task.shots), *ahead) + 1)

    def body(self, request: Request, upstream: FrameRef | None) -> Body:
        """Return the body of a request, which begins with `upstream` where it is chained."""
        start = first_frame(request, upstream)
        makers = self.task.makers

        def made_by(name: str, voice: SampledVoice) -> JobDigest:
            return makers.job(name, voice, request.endpoint).digest

        return body(request, self.task.cast, made_by, start)

    def digest(
        self, start: int, stop: int, request: Request, upstream: FrameRef | None
    ) -> JobDigest:
        """Return the digest of a job, where a chained one begins with `upstream`."""
        key = (start, stop)
        found = self._digests.get(key)
        if found is None:
            found = self.template(start, stop, request).of(upstream, 1)
            if self.task.rendered and request.entry is not Entry.CHAINED:
                self._digests[key] = found  # it is the same behind every other job
        return found

    def former(
        self, part: tuple[int, int], request: Request, upstream: FrameRef | None, takes: int
    ) -> tuple[JobDigest, ...]:
        """Return what earlier versions knew takes 2 to `takes` of a job by."""
        if takes == 1:
            return ()
        written = self.template(*part, request)
        return tuple(written.of(upstream, take) for take in range(2, takes + 1))

    def last_frame(self, request: Request, digest: JobDigest) -> FrameRef:
        """Return the frame that a job chained to this one begins with: the last that is shown."""
        return FrameRef(digest, sum(request.asked[:-1]) + request.shots[-1].duration)

    def template(self, start: int, stop: int, request: Request) -> Template:
        """Return what the digests of a job are made from."""
        key = (start, stop)
        if key not in self._templates:
            self._templates[key] = template(
                request.endpoint.id, lambda frame: self.body(request, frame)
            )
        return self._templates[key]


def _most_shots(catalogue: Catalogue) -> int:
    shots = (one.shots for one in catalogue.videos)
    return max((one.max_shots for one in shots if one is not None), default=1)


def first_frame(request: Request, upstream: FrameRef | None) -> Asset | FrameRef | None:
    """Return what a request begins with; `upstream` is what it would if it is chained."""
    return upstream if request.entry is Entry.CHAINED else request.shots[0].start
