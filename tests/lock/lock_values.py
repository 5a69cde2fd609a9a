"""Short hand to locks, for the tests of the room and of what git makes of its files."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from storyboard.catalogue import EndpointId
from storyboard.jobs import JobDigest, ShotDigest
from storyboard.lock import (
    UNDECIDED,
    Approval,
    AskedShot,
    Decision,
    Lock,
    LockedFile,
    LockedShot,
    LockedTake,
    Override,
    Pick,
    SeenShot,
    ShotKind,
    Superseded,
    Verdict,
)
from storyboard.model import AspectRatio, ClipDigest, FileDigest, ShotName, Usd

WHEN = datetime(2026, 11, 28, 15, 5, 44, tzinfo=UTC)
LATER = datetime(2026, 11, 29, 9, 0, 0, tzinfo=UTC)
TALL = AspectRatio(9, 16)


def sha(*words: object) -> str:
    return hashlib.sha256(repr(words).encode()).hexdigest()


def asks(words: str) -> ShotDigest:
    return ShotDigest(sha("asks", words))


def take(name: str, number: int = 1) -> LockedTake:
    return LockedTake(
        number=number,
        clip=ClipDigest(sha("clip", name, number)),
        at=Fraction(3),
        used=Fraction(5, 2),
        endpoint=EndpointId("fal-ai/kling-video/v3/turbo/pro/text-to-video"),
        request=f"request-{name}-{number}",
        price=Usd(Decimal("1.68")),
        job=JobDigest(sha("job", name)),
        rendering=number,
        size=4_200_000,
        length=Fraction(289, 24),
    )


def picked(name: str, number: int = 1, words: str = "") -> Pick:
    return Pick(take(name, number), asks(words or name), "Mara Lind", WHEN)


def seen(name: str, number: int = 1, words: str = "") -> SeenShot:
    one = take(name, number)
    return SeenShot(one.clip, one.at, one.used, "16:9 crop", asks(words or name))


def approved(name: str, number: int = 1) -> Approval:
    return Approval(Verdict.APPROVED, seen(name, number), "Ada", LATER)


def entry(  # noqa: PLR0913 -- an entry has many parts, and each test names the few it needs
    name: str,
    decision: Decision = UNDECIDED,
    *,
    kind: ShotKind = ShotKind.PROMPT,
    ratio: AspectRatio | None = None,
    films: tuple[str, ...] | None = None,
    overrides: tuple[Override, ...] = (),
) -> LockedShot:
    return LockedShot(ShotName(name), kind, decision, ratio, films, overrides)


def asked(
    name: str, words: str | None = "", film: str | None = None, ratio: AspectRatio | None = None
) -> AskedShot:
    """Make a shot that asks for what its name says, or for other words; None makes it a still."""
    kind = ShotKind.STILL if words is None else ShotKind.PROMPT
    digest = None if words is None else asks(words or name)
    return AskedShot(ShotName(name), kind, digest, film, ratio)


def whole() -> Lock:
    """Make a lock that has everything."""
    former = Superseded(picked("a/one", 1, "old words"), asks("a/one"))
    rejected = Approval(Verdict.REJECTED, seen("a/two"), 'Ada "A" \u2028', LATER, "too dark: #1\n")
    still = SeenShot(
        FileDigest(sha("still")), Fraction(0), Fraction(125, 24), "16:9 crop, moved in", None
    )
    own = Decision(picked("a/one", 3), (former,), approved("a/one", 3))
    return Lock(
        shots=(
            entry(
                "a/one",
                Decision(picked("a/one", 2), (former,), approved("a/one", 2)),
                films=("anna", "über uns", "no"),
                overrides=(Override("anna", own), Override("no", UNDECIDED)),
            ),
            entry("a/one", films=("zoe",)),
            entry("a/two", Decision(picked("a/two"), (), rejected)),
            entry("a/two", Decision(picked("a/two@")), ratio=TALL),
            entry(
                "b/card",
                Decision(None, (), Approval(Verdict.APPROVED, still, "Ada", LATER)),
                kind=ShotKind.STILL,
            ),
            entry("b/街", kind=ShotKind.FOOTAGE),
        ),
        files=(
            LockedFile("assets/card.png", FileDigest(sha("still"))),
            LockedFile("music.wav", FileDigest(sha("music"))),
        ),
        libraries=(("av", "18.0.0"), ("pillow", "12.0")),
    )
