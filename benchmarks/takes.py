"""What takes and picks cost: reading and writing a lock, and commands beside others.

    python benchmarks/takes.py [--runs 5] [--shots 1000] [--films 1000]

CPU seconds, medians. In the lock every shot is picked and approved, and every tenth has a pick that
gave way. `canonical` is the form that the program writes, `by hand` has one more blank in it.

Commands run in turns, each in a process of its own (user and system), in projects whose jobs are
all rendered: films of 6 and of so many shots, and a campaign of so many films of 6 shots, which is
that of `variations.py`. A lock that is full has a pick for every shot of a model, one that is
undecided an entry and nothing in it. `pick` picks the other one of two takes of a shot. What is
measured against is run with the same store and lock, but for `plan` with a lock, which is beside
`plan` without one. It exits with 1 if anything is over its limit.
"""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median

from starting import PROGRAM, used
from variations import campaign, film

from storyboard.catalogue import EndpointId
from storyboard.compile import compile_storyboard
from storyboard.jobs import ClipJob, JobDigest, ShotDigest, shown
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
    arranged,
    asked_shots,
    pick,
    read_lock,
    supersede,
    text,
)
from storyboard.model import ClipDigest, ClipFacts, FileDigest, ShotName, Usd
from storyboard.pipeline import Ask, Compiled
from storyboard.plan import ShotsAsked, film_label
from storyboard.provider import Media, RequestId, Ticket
from storyboard.store import Store
from storyboard.store import life as states

HERE = Path(__file__).resolve().parents[1]
NAME = "storyboard.lock.yaml"
AIM_MS = 100
OF_PLAN, OF_CHECK, OF_NO_LOCK = 1.2, 1.2, 1.1
"""How many times as long `takes` may take as `plan`, `pick` as `check`, `plan` with a lock."""

FEW_SHOTS = 6
FILMS_A_PRODUCT = 20
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


def measure_lock(shots: int, runs: int) -> bool:
    """Print what reading and writing a lock takes; tell whether it is within its limit."""
    lock = full_lock(shots)
    data = text(lock).encode()
    by_hand = data.replace(b"clips: paid", b"clips:  paid")
    canonical = milliseconds(lambda: read_lock(data, NAME), runs)
    other = milliseconds(lambda: read_lock(by_hand, NAME), min(runs, 3))
    written = milliseconds(lambda: text(lock), runs)
    lines = data.count(b"\n")
    print(f"a lock of {shots:,} shots: {lines:,} lines, {len(data):,} bytes")
    print(f"  read, canonical  {canonical:>8.1f} ms  (limit: {AIM_MS} for 1,000 shots)")
    print(f"  read, by hand    {other:>8.1f} ms")
    print(f"  written          {written:>8.1f} ms")
    return canonical <= AIM_MS


@dataclass(frozen=True, slots=True)
class Project:
    """A project whose jobs are rendered; with the two forms of its lock, and a shot with two takes.

    `size` says how large it is.
    """

    size: str
    home: Path
    full: bytes
    undecided: bytes
    shot: ShotName

    @property
    def board(self) -> str:
        """The storyboard, as a command names it."""
        return str(self.home / "storyboard.yaml")

    def has(self, lock: bytes | None) -> None:
        """Put a lock in its place, or none."""
        path = self.home / NAME
        path.unlink(missing_ok=True)
        if lock is not None:
            path.write_bytes(lock)


def rendered(home: Path, size: str) -> Project:
    """Render all jobs of a project by writing into its store, the first shot's job twice."""
    (home / ".git").mkdir()
    board = home / "storyboard.yaml"
    made = compile_storyboard(Ask(board))
    if made.plan is None:
        sys.exit(f"a storyboard of the benchmark has errors: {made.diagnostics[:3]}")
    jobs = [one.job for one in made.plan.jobs if isinstance(one.job, ClipJob)]
    with Store.open(home) as store, store.transaction():
        orders = [*_orders(made, jobs, 1), *_orders(made, jobs[:1], 2)]
        for number, order in enumerate(orders):
            _keep(store, replace(order, attempt=store.new_attempt()), number)
    boards = {one.variation: one.storyboard for one in made.every}
    undecided = text(arranged(Lock(), asked_shots(boards.items()))).encode()
    used([sys.executable, "-c", PROGRAM, str(HERE), "pick", str(board), "--all"])
    lock = (home / NAME).read_bytes()
    return Project(size, home, lock, undecided, jobs[0].shots[0].name)


def _orders(made: Compiled, jobs: Sequence[ClipJob], take: int) -> Iterator[states.Order]:
    films = () if made.plan is None else made.plan.films
    asked, labels = ShotsAsked(films), dict[JobDigest, list[str]]()
    for one in films:
        for digest in one.jobs:
            labels.setdefault(digest, []).append(film_label(one.variation, one.storyboard))
    for job in jobs:
        yield states.Order(
            attempt=states.AttemptId(""),
            job=job.digest,
            id=job.id,
            endpoint=job.endpoint,
            body="{}",
            asked=json.dumps(shown(job.body)),
            cost=job.cost,
            seconds=job.seconds,
            shots=tuple(shot.name for shot in job.shots),
            films=tuple(labels[job.digest]),
            provider="fal",
            take=take,
            used=tuple(shot.used for shot in job.shots),
            starts=tuple(shot.start for shot in job.shots),
            asks=asked.of_job(job.digest),
        )


def _keep(store: Store, order: states.Order, number: int) -> None:
    at, data = _BEGUN + timedelta(seconds=number), b"clip %d" % number
    clip = ClipDigest(hashlib.sha256(data).hexdigest())
    facts = ClipFacts("mp4", 1280, 720, Fraction(24), Fraction(order.seconds), "h264", None)
    intended = states.Intended(order, at)
    ticket = Ticket(RequestId(f"request-{number}"), "fal", None, ())
    accepted = states.Accepted(intended, ticket, at)
    finished = states.Finished(accepted, Media("https://example.org/clip.mp4"), None, at)
    kept = states.KeptClip(clip, ".mp4", len(data), facts)
    path = store.layout.clip(clip, ".mp4")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if any(store.record([intended, accepted, finished, states.Stored(finished, kept, at)])):
        sys.exit("the store of the benchmark cannot be written")


@dataclass(frozen=True, slots=True)
class Row:
    """A command with a lock, what it is measured against, and how many times as long it may take.

    `words` are chosen by the turn, for a decision that is made already changes nothing.
    """

    project: Project
    name: str
    words: Callable[[int], Sequence[str]]
    lock: bytes | None
    beside: str
    beside_lock: bytes | None
    limit: float

    def run(self, turn: int) -> tuple[float, float]:
        """Run both, each first in every other turn; return their CPU seconds."""
        board = self.project.board
        ways: list[tuple[list[str], bytes | None]] = [
            ([*self.words(turn)], self.lock),
            ([self.beside, board], self.beside_lock),
        ]
        taken = {}
        for which in (0, 1) if turn % 2 else (1, 0):
            words, lock = ways[which]
            self.project.has(lock)
            taken[which] = used([sys.executable, "-c", PROGRAM, str(HERE), *words]).seconds
        return taken[0], taken[1]


def rows_of_film(of: Project) -> Iterator[Row]:
    """Return what is measured of one film."""

    def picked(turn: int) -> Sequence[str]:
        return "pick", of.board, of.shot, str(2 - turn % 2)

    yield Row(of, "pick", picked, of.full, "check", of.full, OF_CHECK)


def rows_of_lock(of: Project) -> Iterator[Row]:
    """Return how long a plan takes with a lock."""
    for name, lock in (("full", of.full), ("undecided", of.undecided)):
        words = ("plan", of.board)
        yield Row(of, f"plan, lock {name}", lambda _, it=words: it, lock, "plan", None, OF_NO_LOCK)


def rows_of_campaign(of: Project) -> Iterator[Row]:
    """Return what is measured of a campaign."""
    words = ("takes", of.board)
    yield Row(of, "takes, no lock", lambda _: words, None, "plan", None, OF_PLAN)
    yield Row(of, "takes, lock full", lambda _: words, of.full, "plan", of.full, OF_PLAN)


def measure_commands(rows: Sequence[Row], runs: int) -> bool:
    """Print how long commands take beside others; tell whether all are within their limits."""
    print(f"{'':50} {'CPU s':>7} {'beside':>7} {'ratio':>6} {'limit':>6}")
    is_good = True
    for row in rows:
        taken = [row.run(turn) for turn in range(runs + 1)][1:]
        own, other = (median(one[which] for one in taken) for which in (0, 1))
        ratio = own / other
        is_over = ratio > row.limit
        is_good = is_good and not is_over
        name = f"{row.name} / {row.beside}, {row.project.size}"
        print(
            f"{name:50} {own:>7.3f} {other:>7.3f} {ratio:>6.2f} {row.limit:>6.2f}"
            f"{'  OVER' if is_over else ''}",
            flush=True,
        )
    return is_good


def main() -> None:
    """Measure, and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--shots", type=int, default=1000)
    arguments.add_argument("--films", type=int, default=1000)
    given = arguments.parse_args()
    is_good = measure_lock(given.shots, given.runs)
    few = rendered(film(FEW_SHOTS), f"{FEW_SHOTS} shots")
    many = rendered(film(given.shots), f"{given.shots:,} shots")
    films = rendered(campaign(given.films // FILMS_A_PRODUCT), f"{given.films:,} films")
    rows = [
        *rows_of_film(few),
        *rows_of_film(many),
        *rows_of_lock(many),
        *rows_of_campaign(films),
        *rows_of_lock(films),
    ]
    is_good = measure_commands(rows, given.runs) and is_good
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
