"""Look up kept takes by what a shot asked for, and by what it was called and in which film."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate

from storyboard.catalogue import Catalogue, EndpointId, VideoEndpoint
from storyboard.jobs import Job, JobDigest, ShotDigest
from storyboard.model import AspectRatio, Seconds
from storyboard.plan import KeptTake, KnownTake, StoreView, gathered, read_body

_RATIO = re.compile(r"@(?P<ratio>\d+:\d+)(?= |$)")
"""What the names of requests have whose shots were rendered again for an output."""


@dataclass(frozen=True, slots=True)
class KeptShot:
    """A kept take, and the place in it of one of its shots; `rendering` counts those of its job."""

    job: JobDigest
    rendering: int
    kept: KeptTake
    place: int

    @property
    def asks(self) -> ShotDigest | None:
        """What the shot asked for; None if the journal does not say."""
        asks = self.kept.asks
        return asks[self.place] if asks is not None and self.place < len(asks) else None

    @property
    def used(self) -> Seconds | None:
        """How much of it the film used when it was asked for; None if the journal does not say."""
        used = self.kept.used
        return used[self.place] if self.place < len(used) else None


@dataclass(slots=True)
class KeptByShot:
    """All takes that a store keeps, by their shots."""

    held: StoreView
    catalogue: Catalogue
    _by_asks: dict[ShotDigest, list[KeptShot]] = field(default_factory=dict)
    _by_name: dict[tuple[str, str, str], list[KeptShot]] = field(default_factory=dict)
    _of_jobs: dict[JobDigest, dict[int, KnownTake]] = field(default_factory=dict)
    _endpoints: dict[EndpointId, VideoEndpoint] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in _kept(self.held):
            if (asks := one.asks) is not None:
                self._by_asks.setdefault(asks, []).append(one)
            name, ratio = one.kept.shots[one.place], _ratio(one.kept)
            for film in one.kept.films:
                self._by_name.setdefault((film, name, ratio), []).append(one)
        for catalogue in (*reversed(self.held.catalogues), self.catalogue):
            self._endpoints |= {one.id: one for one in catalogue.videos}

    def of_job(self, job: Job) -> Mapping[int, KnownTake]:
        """Return what is known of a job's takes, by their numbers, those of former digests too."""
        if job.digest not in self._of_jobs:
            self._of_jobs[job.digest] = gathered(job, self.held.takes)
        return self._of_jobs[job.digest]

    def asking(self, asks: ShotDigest) -> list[KeptShot]:
        """Return takes of shots that asked for this."""
        return self._by_asks.get(asks, [])

    def called(self, film: str, name: str, ratio: AspectRatio | None) -> list[KeptShot]:
        """Return takes of a shot of that name that were made for a film, whatever it asked for."""
        return self._by_name.get((film, name, str(ratio or "")), [])

    def starts(self, one: KeptShot) -> Seconds | None:
        """Return where the shot begins in the clip; None if nobody knows any more.

        A journal of an earlier version does not say; the request does.
        """
        kept = one.kept
        if one.place < len(kept.starts):
            return kept.starts[one.place]
        if len(kept.shots) == 1:
            return Fraction(0)
        seconds = self._asked_seconds(one)
        return seconds[one.place] if one.place < len(seconds) else None

    def _asked_seconds(self, one: KeptShot) -> tuple[Seconds, ...]:
        """Return where all shots of a request begin, as its body says; empty if it does not."""
        asked = self.held.requested.get(one.job)
        endpoint = self._endpoints.get(one.kept.endpoint)
        if asked is None or endpoint is None:
            return ()
        seconds = read_body(asked.body, endpoint).seconds
        known = [Fraction(length) for length in seconds if length is not None]
        if len(known) < len(seconds) or len(known) != len(one.kept.shots):
            return ()
        return tuple(accumulate(known[:-1], initial=Fraction(0)))


def _kept(held: StoreView) -> Iterator[KeptShot]:
    for job, takes in held.takes.items():
        for number, take in takes.items():
            if take.kept is not None:
                for place in range(len(take.kept.shots)):
                    yield KeptShot(job, number, take.kept, place)


def _ratio(kept: KeptTake) -> str:
    found = _RATIO.search(kept.job)
    return found["ratio"] if found else ""
