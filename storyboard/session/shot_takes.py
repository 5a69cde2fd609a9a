"""Values: the takes that there are of each shot, whatever they were rendered for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from storyboard.catalogue import EndpointId
from storyboard.jobs import JobDigest, JobId, ShotDigest
from storyboard.lock import LockedTake
from storyboard.model import AspectRatio, ClipDigest, Seconds, ShotName, Usd


@dataclass(frozen=True, slots=True)
class TakeUse:
    """In which films a take was picked for today's words, for older ones, and which show it.

    A film is named by its variation, None if the storyboard has none.
    """

    picked_in: tuple[str | None, ...] = ()
    stale_in: tuple[str | None, ...] = ()
    shown_in: tuple[str | None, ...] = ()


UNUSED = TakeUse()


@dataclass(frozen=True, slots=True)
class ShotTake:
    """A take of a shot: a kept clip whose request rendered the shot, and the part that is the shot.

    `number` counts the takes of the shot from 1, and `rendering` those of its `job`: both are
    labels, the take is known by its `clip`. The shot is `used` seconds from `at` on; `at` is None
    if nobody knows. `length` and `size` (bytes) are of the whole clip. `name` is what the request
    was called, `together` are the shots that it rendered, with this one, as they were called then.
    `price` was paid for the whole request; `request` is None if the provider's name for it is lost.

    `is_current` tells whether it was made from what the shot asks for today, None if the journal
    does not say; `asks` is what it was made from. `is_known` is False for a clip that only the lock
    names: it was rendered on another machine. `is_there` tells whether its file is in the store.
    """

    number: int
    rendering: int
    job: JobDigest
    name: JobId
    clip: ClipDigest
    suffix: str
    size: int
    length: Seconds
    at: Seconds | None
    used: Seconds
    endpoint: EndpointId
    request: str | None
    price: Usd
    day: date | None
    together: tuple[str, ...]
    asks: ShotDigest | None
    is_current: bool | None
    is_known: bool
    is_there: bool
    use: TakeUse = UNUSED

    @property
    def locked(self) -> LockedTake | None:
        """Return it as a lock names it; None if nobody knows where in its clip the shot is."""
        if self.at is None:
            return None
        return LockedTake(
            number=self.number,
            clip=self.clip,
            at=self.at,
            used=self.used,
            endpoint=self.endpoint,
            request=self.request or "",
            price=self.price,
            job=self.job,
            rendering=self.rendering,
            size=self.size,
            length=self.length,
        )


@dataclass(frozen=True, slots=True)
class TakesOfShot:
    """The takes of one shot, by their numbers, for all films whose shot of that name asks the same.

    `ratio` is set for an output that is rendered again. `films` are the variations, `(None,)` if
    the storyboard has none. `alone` tells whether no other film has a shot of that name that asks
    for something else.
    """

    name: ShotName
    ratio: AspectRatio | None
    asks: ShotDigest
    films: tuple[str | None, ...]
    alone: bool
    takes: tuple[ShotTake, ...]

    @property
    def title(self) -> str:
        """Name it for people: `opening/pour`, or `opening/pour@9:16`."""
        return f"{self.name}@{self.ratio}" if self.ratio else self.name

    def of_films(self, names: Collection[str | None]) -> bool:
        """Tell whether one of these films has it."""
        return any(film in names for film in self.films)
