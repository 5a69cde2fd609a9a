"""What takes and picks cost: reading and writing a lock.

    python benchmarks/takes.py [--runs 5] [--shots 1000]

CPU seconds, medians. In the lock every shot is picked and approved, and every tenth has a pick that
gave way. `canonical` is the form that the program writes, `by hand` has one more blank in it.
"""

import argparse
import hashlib
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median

from storyboard.catalogue import EndpointId
from storyboard.jobs import JobDigest, ShotDigest
from storyboard.lock import (
    UNDECIDED,
    Decision,
    Lock,
    LockedFile,
    LockedShot,
    LockedTake,
    SeenShot,
    ShotKind,
    approve,
    pick,
    read_lock,
    supersede,
    text,
)
from storyboard.model import ClipDigest, FileDigest, ShotName, Usd

NAME = "storyboard.lock.yaml"
AIM_MS = 100
_ENDPOINT = EndpointId("fal-ai/kling-video/v3/turbo/pro/text-to-video")
_BEGUN = datetime(2026, 11, 28, 15, tzinfo=UTC)


def sha(*words: object) -> str:
    """Make a digest."""
    return hashlib.sha256(repr(words).encode()).hexdigest()


def take(shot: int, number: int) -> LockedTake:
    """Make a take of a shot that is four seconds of its clip."""
    clip, job = ClipDigest(sha("clip", shot, number)), JobDigest(sha("job", shot // 4))
    price, request = Usd(Decimal("1.68")), sha("request", shot // 4, number)[:36]
    at, used = Fraction(shot % 4 * 3), Fraction(5 + shot % 2, 2)
    return LockedTake(
        number,
        clip,
        at,
        used,
        _ENDPOINT,
        request,
        price,
        job,
        number,
        4_000_000 + shot,
        Fraction(289, 24),
    )


def decided(shot: int) -> Decision:
    """Make what was decided for a shot."""
    asks, when = ShotDigest(sha("asks", shot)), _BEGUN + timedelta(seconds=shot)
    decision = UNDECIDED
    if shot % 10 == 0:
        older = ShotDigest(sha("older", shot))
        decision = supersede(pick(decision, take(shot, 1), older, "Mara Lind", when), asks)
    chosen = take(shot, 2)
    seen = SeenShot(chosen.clip, chosen.at, chosen.used, "16:9 crop, 9:16 crop", asks)
    return approve(pick(decision, chosen, asks, "Mara Lind", when), seen, "Ada Ek", when)


def full_lock(shots: int) -> Lock:
    """Make a lock with so many shots, ten a scene, and a file for every tenth."""
    entries = tuple(
        LockedShot(ShotName(f"scene-{one // 10}/shot-{one}"), ShotKind.PROMPT, decided(one))
        for one in range(shots)
    )
    files = tuple(
        LockedFile(f"assets/{one:05}.png", FileDigest(sha("file", one)))
        for one in range(shots // 10)
    )
    return Lock(entries, files, (("av", "18.0.0"), ("storyboard", "0.1.0")))


def milliseconds(work: Callable[[], object], runs: int) -> float:
    """Return the median CPU time of some work."""
    taken = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return median(taken) * 1000


def measure_lock(shots: int, runs: int) -> None:
    """Print what reading and writing a lock takes."""
    lock = full_lock(shots)
    data = text(lock).encode()
    by_hand = data.replace(b"clips: paid", b"clips:  paid")
    canonical = milliseconds(lambda: read_lock(data, NAME), runs)
    other = milliseconds(lambda: read_lock(by_hand, NAME), min(runs, 3))
    written = milliseconds(lambda: text(lock), runs)
    lines = data.count(b"\n")
    print(f"a lock of {shots:,} shots: {lines:,} lines, {len(data):,} bytes")
    print(f"  read, canonical  {canonical:>8.1f} ms  (aim: {AIM_MS} for 1,000 shots)")
    print(f"  read, by hand    {other:>8.1f} ms")
    print(f"  written          {written:>8.1f} ms")


def main() -> None:
    """Measure, and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--shots", type=int, default=1000)
    given = arguments.parse_args()
    measure_lock(given.shots, given.runs)


if __name__ == "__main__":
    main()
