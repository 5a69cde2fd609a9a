"""What a plan shows to pay is what a yes sends, wherever earlier runs left its jobs."""

import itertools
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

import pytest
from render_fakes import CANCELLED, FAIR, POLICY, clip_job

from storyboard import Ask, compile_storyboard
from storyboard.jobs.job import ClipJob, FrameRef, JobDigest
from storyboard.model import ClipDigest
from storyboard.model.storyboard import Storyboard
from storyboard.plan import JobState, Plan, Wanted, plan
from storyboard.provider import Charge, Fault, Media, RequestId, Ticket
from storyboard.render.amount_due import due
from storyboard.store import FailedJobs, Store, is_there, view
from storyboard.store import life as states
from storyboard.store.rows import to_row

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
GONE = ClipDigest("c" * 64)
PICKED = FrameRef(JobDigest("p" * 64), Fraction(5), 1, GONE)
WRONG = Fault("SB812", "no video came", "look at it", Charge.PAID)
BOARD = """\
storyboard: 1
title: Two
model: kling-v3-standard
scenes: [{id: one, shots: [{id: a, prompt: A cup., duration: 5s}]}]
"""


def intended(job: ClipJob) -> states.Intended:
    order = states.Order(
        attempt=states.AttemptId(job.digest[:32]),
        job=job.digest,
        id=job.id,
        endpoint=job.endpoint,
        body="{}",
        asked="{}",
        cost=job.cost,
        seconds=job.seconds,
        shots=("one/a",),
        films=("two",),
        provider="fake",
    )
    return states.Intended(order, AT)


def accepted(job: ClipJob) -> states.Accepted:
    ticket = Ticket(RequestId(job.digest[:8]), "fake", None, ())
    return states.Accepted(intended(job), ticket, AT)


def finished(job: ClipJob) -> states.Finished:
    return states.Finished(accepted(job), Media("https://x"), None, AT)


def later(job: ClipJob) -> states.Life:
    return states.Later(accepted(job), "praised", "{}", AT)


LIVES: dict[str, Callable[[ClipJob], states.Life | None]] = {
    "never sent": lambda _: None,
    "failed for nothing": lambda job: states.Failed(accepted(job), FAIR, None, AT),
    "refused by the checker": lambda job: states.Refused(intended(job), POLICY, AT),
    "cancelled late": lambda job: states.Failed(accepted(job), CANCELLED, None, AT),
    "wrong bytes": lambda job: states.Failed(finished(job), WRONG, None, AT),
    "in flight": accepted,
    "unknown": lambda job: states.Unknown(intended(job), "no answer", AT),
    "gone on with": later,
    "given up": lambda job: states.Abandoned(intended(job), "given up", Charge.POSSIBLE, AT),
}


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Storyboard:
    path = tmp_path_factory.mktemp("board") / "storyboard.yaml"
    path.write_text(BOARD, "utf-8")
    made = compile_storyboard(Ask(path)).plan
    assert made is not None
    return made.films[0].storyboard


def chain(name: str) -> tuple[ClipJob, ClipJob, ClipJob]:
    """Three jobs, each of which builds on the one before, the first on a pick."""
    first = clip_job(f"{name} a", cost="0.5", body={"prompt": name, "image_url": PICKED})
    second = clip_job(f"{name} b", cost="0.07", after=(first.digest,))
    return first, second, clip_job(f"{name} c", cost="0.003", after=(second.digest,))


def steps(life: states.Life | None) -> list[states.Life]:
    found: list[states.Life] = []
    while life is not None:
        found.append(life)
        before = getattr(life, "before", None)
        life = before if isinstance(before, states.Life) else None
    return found[::-1]


@pytest.mark.parametrize("absent", [(), (GONE,)], ids=["all picks here", "the pick elsewhere"])
def test_a_plan_shows_what_a_yes_sends_and_what_a_retry_adds(
    tmp_path: Path, board: Storyboard, absent: tuple[ClipDigest, ...]
) -> None:
    chains = {pair: chain(" ".join(pair)) for pair in itertools.product(LIVES, repeat=2)}
    with Store.open(tmp_path) as store:
        for pair, jobs in chains.items():
            for name, job in zip(pair, jobs, strict=False):
                for life in steps(LIVES[name](job)):
                    record(store, life)
        held, attempts = view(tmp_path), store.journal.attempts()
        there = partial(is_there, store.layout)
        for pair, jobs in chains.items():
            made = plan([Wanted(None, board, ("two",), jobs)], held, absent=absent)
            sent = partial(due, made, attempts, there, None)
            assert made.to_pay == sent(FailedJobs.LEAVE).cost, pair
            assert made.to_pay + made.to_retry == sent(FailedJobs.RETRY).cost, pair
            to_send = {one.job.digest for one in made.jobs if one.to_pay}
            assert to_send == {one.digest for one in sent(FailedJobs.LEAVE).jobs}, pair
            assert sent(FailedJobs.LEAVE).cost <= sent(FailedJobs.ASK).cost, pair


def record(store: Store, life: states.Life) -> None:
    if isinstance(life, states.Later):
        row = to_row(life)  # no program of this version writes it
        with closing(sqlite3.connect(store.layout.journal)) as db, db:
            db.execute(
                "INSERT INTO events (at, attempt, job, kind, data) VALUES (?, ?, ?, ?, ?)",
                (row.at, row.attempt, row.job, row.kind, row.data),
            )
    else:
        assert store.record([life]) == (None,)


@pytest.mark.parametrize(
    ("first", "shown", "to_pay", "to_retry"),
    [
        ("refused by the checker", ["failed", "blocked", "blocked"], "0", "0.573"),
        ("gone on with", ["left", "blocked", "blocked"], "0", "0"),
        ("wrong bytes", ["failed", "to-render", "to-render"], "0.073", "0.5"),
        ("failed for nothing", ["to-render"] * 3, "0.573", "0"),
        ("unknown", ["unknown", "to-render", "to-render"], "0.073", "0"),
    ],
)
def test_what_builds_on_a_job_without_a_result_is_not_to_pay(  # noqa: PLR0913, PLR0917 -- a table
    tmp_path: Path, board: Storyboard, first: str, shown: list[str], to_pay: str, to_retry: str
) -> None:
    jobs = chain(first)
    with Store.open(tmp_path) as store:
        for life in steps(LIVES[first](jobs[0])):
            record(store, life)
    made = plan([Wanted(None, board, ("two",), jobs)], view(tmp_path))
    assert [one.state.value for one in made.jobs] == shown
    assert (made.to_pay, made.to_retry) == (Decimal(to_pay), Decimal(to_retry))
    blocked = [one.reason for one in made.jobs if one.state is JobState.BLOCKED]
    assert set(blocked) <= {f"it builds on {jobs[0].id}, which {_why(made, jobs[0].digest)}"}


def _why(made: Plan, job: JobDigest) -> str:
    (root,) = (one for one in made.jobs if one.job.digest == job)
    return "failed" if root.state is JobState.FAILED else "is left alone"
