"""Short hand to shots that are offered to whoever decides."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from storyboard.catalogue import EndpointId
from storyboard.jobs import JobDigest, ShotDigest
from storyboard.lock import AskedShot, LockedShot, LockedTake, SeenShot, ShotKind
from storyboard.model import AspectRatio, ClipDigest, ShotName, Usd
from storyboard.session import Decider, OfferedShot

WHEN = datetime(2026, 11, 28, 15, 5, 44, tzinfo=UTC)
MARA = Decider("Mara Lind", WHEN)
TALL = AspectRatio(9, 16)


def sha(*words: object) -> str:
    return hashlib.sha256(repr(words).encode()).hexdigest()


def take(name: str, number: int = 1) -> LockedTake:
    return LockedTake(
        number=number,
        clip=ClipDigest(sha("clip", name, number)),
        at=Fraction(0),
        used=Fraction(3),
        endpoint=EndpointId("fal-ai/kling-video/v3/turbo/pro/text-to-video"),
        request=f"request-{name}-{number}",
        price=Usd(Decimal("0.42")),
        job=JobDigest(sha("job", name)),
        rendering=number,
        size=4_200,
        length=Fraction(73, 24),
    )


def asked(name: str, words: str = "", film: str | None = None) -> AskedShot:
    return AskedShot(ShotName(name), ShotKind.PROMPT, ShotDigest(sha(words or name)), film)


def offered(
    name: str,
    words: str = "",
    film: str | None = None,
    shown: LockedTake | None = None,
    *,
    is_stale: bool = False,
) -> OfferedShot:
    """Offer a shot with two takes, of which the first is shown unless another one is."""
    shot, shows = asked(name, words, film), shown or take(name)
    seen = SeenShot(shows.clip, shows.at, shows.used, "16:9 crop", shot.asks)
    return OfferedShot(shot, (take(name), take(name, 2)), shows, None if is_stale else seen)


def slate(name: str, film: str | None = None) -> OfferedShot:
    return OfferedShot(asked(name, "", film), (), None, None)


def entry(shot: OfferedShot, films: tuple[str, ...] | None = None) -> LockedShot:
    return LockedShot(shot.asked.name, shot.asked.kind, films=films)
