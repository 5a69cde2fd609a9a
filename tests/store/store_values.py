"""Small lives of attempts, for the store's tests."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from storyboard.catalogue.endpoint import EndpointId
from storyboard.jobs.job import JobDigest, JobId
from storyboard.model.asset import ClipFacts
from storyboard.model.clip import ClipDigest
from storyboard.model.money import Usd
from storyboard.provider import Charge, Fault, Media, RequestId, Ticket, VoiceMade
from storyboard.store import TakeKey
from storyboard.store import life as states
from storyboard.store.life import AttemptId, Order
from storyboard.store.rows import Row, kind_of

DAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
FACTS = ClipFacts("mp4", 1916, 1080, Fraction(24000, 1001), Fraction(121, 24), "h264", None)
FAULT = Fault("SB808", "the model failed", "run again", Charge.NONE, again=True)
CANCELLED = Fault("SB810", "it was cancelled while it waited", "send it", Charge.NONE, again=True)
MAYBE = Fault("SB804", "the checker refused it", "change the words", Charge.POSSIBLE)
CENT = Usd(Decimal("0.01"))
PAID = Fault("SB812", "not what was asked for", "look at it", Charge.PAID)
DIGEST = ClipDigest("c" * 64)


def job_of(name: str) -> JobDigest:
    """Return the digest of a job that tests call by a short name."""
    return JobDigest(name.encode().hex().ljust(64, "0"))


def order(  # noqa: PLR0913 -- what tests vary
    job: str = "j1",
    attempt: str = "a1",
    *,
    films: tuple[str, ...] = ("first-cup",),
    cost: str = "1.568",
    shots: tuple[str, ...] = ("opening/pour",),
    take: int = 1,
) -> Order:
    return Order(
        attempt=AttemptId(attempt),
        job=job_of(job),
        id=JobId(f"opening/{job}"),
        endpoint=EndpointId("owner/app/pro"),
        body='{"prompt":"ünï"}',
        asked='{"prompt":"ünï"}',
        cost=Usd(Decimal(cost)),
        seconds=4 if shots else 0,
        shots=shots,
        films=films,
        provider="https://queue.fal.run",
        take=take,
    )


def ticket(name: str = "r1") -> Ticket:
    urls = (
        ("status_url", f"https://q/{name}/status"),
        ("response_url", f"https://q/{name}"),
        ("cancel_url", "https://q/c"),
    )
    return Ticket(RequestId(name), "https://queue.fal.run", None, urls)


def intended(asked: Order | None = None, at: datetime = DAY) -> states.Intended:
    return states.Intended(asked or order(), at)


def finished(asked: Order | None = None, units: str | None = "4") -> states.Finished:
    accepted = states.Accepted(intended(asked), ticket((asked or order()).attempt), DAY)
    return states.Finished(accepted, Media("https://media/x.mp4"), units, DAY)


def stored(asked: Order | None = None, digest: ClipDigest = DIGEST) -> states.Stored:
    return states.Stored(finished(asked), states.KeptClip(digest, ".mp4", 10, FACTS), DAY)


def adopted(
    asked: Order | None = None,
    at: datetime = DAY,
    *,
    request: str | None = None,
    digest: ClipDigest = DIGEST,
) -> states.Stored:
    named = None if request is None else RequestId(request)
    origin = states.Origin("s3://team/films", "https://queue.fal.run", named)
    start = states.Adopted(replace(asked or order(), body=""), origin, at)
    return states.Stored(start, states.KeptClip(digest, ".mp4", 10, FACTS), at)


def nexts(life: states.Known, at: datetime) -> list[states.Known]:  # noqa: PLR0911 - one per state
    """Every step that can follow, of what version 1 could say."""
    match life:
        case states.Intended():
            return [
                states.Accepted(life, ticket(f"r-{states.order_of(life).attempt}"), at),
                states.Unknown(life, "no answer", at),
                states.Refused(life, FAULT, at),
                states.Abandoned(life, "never sent", Charge.NONE, at),
            ]
        case states.Unknown():
            return [
                states.Accepted(life, ticket(f"r-{states.order_of(life).attempt}"), at),
                states.Abandoned(life, "with consent", Charge.POSSIBLE, at),
            ]
        case states.Accepted():
            return [
                states.Finished(life, Media("https://media/x"), "4", at),
                states.Finished(life, VoiceMade("v1"), None, at),
                states.Failed(life, FAULT, None, at),
                states.Failed(life, CANCELLED, None, at),
            ]
        case states.Finished() | states.Mislaid():
            aside = states.KeptFile(DIGEST, ".mp4", 3)
            return [
                states.Stored(life, states.KeptClip(DIGEST, ".mp4", 10, FACTS), at),
                states.Stored(life, VoiceMade("v1"), at),
                states.Failed(life, PAID, aside, at),
            ]
        case states.Stored():
            return [states.Mislaid(life, at), states.Forgotten(life, at)]
        case states.Failed() | states.Refused():
            return [states.Forgotten(life, at)]
        case states.Abandoned() | states.Forgotten():
            return []


def more(life: states.Known, at: datetime) -> list[states.Known]:
    """Every step that can follow and that version 1 could not say."""
    match life:
        case states.Intended():
            return [
                states.Unknown(life, "no usable id", at, Charge.PAID),
                states.Refused(life, MAYBE, at, CENT),
                states.Abandoned(life, "a cent", Charge.POSSIBLE, at, CENT),
            ]
        case states.Accepted():
            return [states.Failed(life, MAYBE, None, at, CENT)]
        case states.Mislaid():
            return [states.Forgotten(life, at)]
        case states.Failed() if states.may_come_yet(life):
            return [states.Stored(life, states.KeptClip(DIGEST, ".mp4", 10, FACTS), at)]
        case _:
            return []


@st.composite
def journals_of_version_1(draw: st.DrawFn) -> list[states.Known]:
    """A journal of a few jobs that version 1 could have written, as a list of its steps."""
    steps: list[states.Known] = []
    now: dict[str, states.Known] = {}
    for n in range(draw(st.integers(0, 25))):
        at = DAY + timedelta(seconds=n)
        job = draw(st.sampled_from(["j1", "j2", "j3"]))
        life = now.get(job)
        choices = nexts(life, at) if life else []
        if life is None or isinstance(life, states.Over):
            choices.append(intended(order(job, f"{n:02x}"), at))
        step = draw(st.sampled_from(choices))
        now[job] = step
        steps.append(step)
    return steps


@st.composite
def journals(draw: st.DrawFn) -> list[states.Known]:
    """A legal journal of several takes of a few jobs, some of them adopted, as a list of steps."""
    steps: list[states.Known] = []
    now: dict[tuple[str, int], states.Known] = {}
    for n in range(draw(st.integers(0, 30))):
        at = DAY + timedelta(seconds=n)
        key = job, take = draw(st.sampled_from([("j1", 1), ("j1", 2), ("j1", 3), ("j2", 1)]))
        life = now.get(key)
        choices = [*nexts(life, at), *more(life, at)] if life else []
        if life is None or isinstance(life, states.Over):
            labelled = replace(order(job, f"{n:02x}", take=take), account="agency")
            digest = ClipDigest(f"{n:064x}")
            choices.append(intended(labelled, at))
            choices.append(adopted(labelled, at, request=f"elsewhere-{n}", digest=digest))
        step = draw(st.sampled_from(choices))
        now[key] = step
        steps.append(step)
    return steps


def path_to(life: states.Known) -> list[states.Known]:
    """Every step from the first to this one."""
    steps: list[states.Known] = [life]
    before = None if isinstance(life, states.Intended) else life.before
    while before is not None and not isinstance(before, states.Adopted):
        steps.append(before)
        before = None if isinstance(before, states.Intended) else before.before
    return steps[::-1]


def every_life() -> list[states.Known]:
    """One life of every kind of row."""
    found: dict[str, states.Known] = {}
    pending: list[states.Known] = [adopted(), intended()]
    while pending:
        life = pending.pop()
        if kind_of(life) not in found:
            found[kind_of(life)] = life
            pending.extend([*nexts(life, DAY), *more(life, DAY)])
    came_after_all = more(states.Failed(finished(), PAID, None, DAY), DAY)
    return [*found.values(), *came_after_all]


def insert(db: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Write rows past the program."""
    db.executemany(
        "INSERT INTO events (at, attempt, job, kind, data) VALUES (?, ?, ?, ?, ?)",
        [(row.at, row.attempt, row.job, row.kind, row.data) for row in rows],
    )


def take_1(job: str) -> TakeKey:
    """Name the first take of a job."""
    return TakeKey(JobDigest(job), 1)
