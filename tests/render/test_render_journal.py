"""What the engine makes of what others wrote into its journal: a run, a team, a later version."""

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from render_fakes import ENDPOINT, FakeFal, clip_job, go, plan_of, probe, take_1, ticket_of

from storyboard.jobs.job import ClipJob
from storyboard.provider import RequestId
from storyboard.render import Refused, Rendered, Skipped
from storyboard.store import Store
from storyboard.store import life as states
from storyboard.store.life import AttemptId, Order, request_of

NOW = datetime.now(UTC)


@pytest.fixture
def store(tmp_path: Path):  # noqa: ANN201 - a generator of a store
    with Store.open(tmp_path) as store:
        yield store


def order_of(job: ClipJob, attempt: str, body: str = "{}") -> Order:
    return Order(
        attempt=AttemptId(attempt),
        job=job.digest,
        id=job.id,
        endpoint=ENDPOINT,
        body=body,
        asked="{}",
        cost=job.cost,
        seconds=job.seconds,
        shots=("scene/a",),
        films=("film",),
        provider="fake",
    )


def adopt(store: Store, job: ClipJob, request: str | None = None) -> Path:
    """Adopt a clip of a job, as from a file given by hand."""
    attempt = store.new_attempt()
    store.part_path(attempt).write_bytes(b"clip 5 of a team")
    settled = store.settle(attempt, ".mp4")
    facts = probe(settled.path)
    path = store.keep(settled)
    kept = states.KeptClip(settled.digest, ".mp4", settled.size, facts)
    named = None if request is None else RequestId(request)
    start = states.Adopted(
        order_of(job, attempt, ""), states.Origin("/mnt/team", "fake", named), NOW
    )
    assert store.record([states.Stored(start, kept, NOW)]) == (None,)
    store.done(settled)
    return path


def test_an_adopted_clip_is_rendered_and_nothing_is_sent(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal()
    path = adopt(store, job, "r77")
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Rendered)
    assert outcome.clip is not None
    assert (outcome.clip.path, outcome.request, outcome.cost) == (path, "r77", 0)
    assert not fake.log


def test_an_adopted_clip_whose_file_is_gone_is_not_paid_unasked(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal()
    adopt(store, job).unlink()
    for _ in range(2):
        outcome = go(plan_of(job), store, fake)[job.digest]
        assert isinstance(outcome, Refused)
        assert outcome.message == "its clip came from /mnt/team, and is not in the store any more"
        assert outcome.cost == 0
    assert isinstance(store.latest(take_1(job.digest)), states.Mislaid)
    assert not fake.log


def test_what_a_later_version_went_on_with_is_told_and_not_sent(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal()
    order = order_of(job, "a1")
    assert store.record([states.Intended(order, NOW)]) == (None,)
    db = sqlite3.connect(store.layout.journal)
    db.execute(
        "INSERT INTO events (at, attempt, job, kind, data) VALUES (?, 'a1', ?, 'deferred', '{}')",
        (NOW.isoformat(), job.digest),
    )
    db.commit()
    db.close()
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Skipped)
    assert outcome.reason == "a later version of storyboard has gone on with it (deferred)"
    assert not fake.log


def test_a_request_that_another_run_took_up_first_is_not_recorded_twice(
    tmp_path: Path, store: Store
) -> None:
    """Two runs, two jobs, equal bodies: the other run's answer was lost, and it found ours.

    The engine then takes up the other's: both are paid once, and each job has one.
    """
    ours, theirs = clip_job("a"), clip_job("b")
    other = Store.open(tmp_path)

    class Quicker(FakeFal):
        async def submit(self, endpoint, body):  # noqa: ANN001, ANN202
            """Answer only once the other run has found the request in the list."""
            if not self.requests:  # theirs: sent, and its answer lost
                self._accept(endpoint, body, "ok")
                intent = states.Intended(order_of(theirs, "b1", body), NOW)
                lost = states.Unknown(intent, "no answer", NOW)
                found = states.Accepted(lost, ticket_of("r2"), NOW)
                answer = await super().submit(endpoint, body)
                assert other.record([intent, lost, found]) == (None, None, None)
                return answer
            return await super().submit(endpoint, body)

    fake = Quicker()
    outcome = go(plan_of(ours), store, fake)[ours.digest]
    assert isinstance(outcome, Rendered)
    assert outcome.request == "r1"
    assert len(fake.requests) == 2
    held = {request_of(life) for life in store.lives().values()}
    assert held == {"r1", "r2"}
    db = sqlite3.connect(store.layout.journal)
    said = db.execute("SELECT data FROM events WHERE kind = 'unknown' AND attempt != 'b1'")
    reason = "its answer names request r2, which was found for an equal one before"
    assert [json.loads(data)["reason"] for (data,) in said] == [reason]
    db.close()
    other.close()
