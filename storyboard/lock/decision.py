"""What was decided for a shot: which take it shows, what that replaced, and who approved it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from storyboard.catalogue import EndpointId
from storyboard.jobs import JobDigest, ShotDigest
from storyboard.model import ClipDigest, FileDigest, Seconds, Usd


@dataclass(frozen=True, slots=True)
class LockedTake:
    """A take of a job, and the part of its clip that is the shot.

    `number` counts a shot's takes from 1 and is a label: the clip's digest says which take it is.
    `rendering` counts those of the job alone. The shot is `used` seconds from `at` on. `price` was
    paid for the whole request. `size` is in bytes; it and `length` (seconds) are of the whole clip.
    """

    number: int
    clip: ClipDigest
    at: Seconds
    used: Seconds
    endpoint: EndpointId
    request: str
    price: Usd
    job: JobDigest
    rendering: int
    size: int
    length: Seconds


_SHORT = Fraction(1)
"""Seconds that a clip may be shorter than was asked for."""


def is_beyond(take: LockedTake) -> bool:
    """Tell whether the part of a take reaches beyond its clip by more than a clip may be short."""
    return take.at + take.used > take.length + _SHORT


@dataclass(frozen=True, slots=True)
class Pick:
    """A take that was chosen for a shot, for what the shot `asks`, by whom and when.

    It is current while the shot asks for the same. `when` has a zone and whole seconds.
    """

    take: LockedTake
    asks: ShotDigest
    by: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Superseded:
    """A pick that gave way to a clip of newer words; these are `gave_way_to`."""

    pick: Pick
    gave_way_to: ShotDigest


class Verdict(StrEnum):
    """What was said of a shot."""

    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class SeenShot:
    """What somebody saw who approved a shot: an approval holds for nothing else.

    `clip` is the digest of the clip, the footage or the still; `used` seconds of it from `at` on
    are shown. `crop` says in words what is cut off and how it moves (`crop_words`). `asks` is what
    a shot of a model asked for, None for stills and footage.
    """

    clip: ClipDigest | FileDigest
    at: Seconds
    used: Seconds
    crop: str
    asks: ShotDigest | None


@dataclass(frozen=True, slots=True)
class Approval:
    """A verdict on what was `seen`. A rejection says `why`; an approval may."""

    verdict: Verdict
    seen: SeenShot
    by: str
    when: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """All that was decided for a shot; `superseded` has the latest last."""

    pick: Pick | None = None
    superseded: tuple[Superseded, ...] = ()
    approval: Approval | None = None

    @property
    def takes(self) -> tuple[LockedTake, ...]:
        """Every take that is named, the pick first."""
        first = () if self.pick is None else (self.pick.take,)
        return (*first, *(one.pick.take for one in self.superseded))


UNDECIDED = Decision()
"""What is decided for a shot before anybody has chosen."""
