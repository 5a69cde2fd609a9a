"""Wrong bytes of a clip that was paid for: fetched again, kept, and given up with consent only."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from render_fakes import FakeFal, clip_job, go, plan_of, scripted, take_1

from storyboard.jobs.job import ClipJob
from storyboard.model.asset import ClipFacts
from storyboard.model.clip import ClipDigest
from storyboard.provider import Charge, Fault
from storyboard.render import GivenConsent, Refused, Rendered
from storyboard.store import Conflict, Store
from storyboard.store.life import (
    Failed,
    Finished,
    Intended,
    KeptClip,
    Stored,
    charge_of,
    order_of,
)
from storyboard.store.rows import to_row

CONSENT = GivenConsent(unknown=True, failed=True)


@pytest.fixture
def store(tmp_path: Path):  # noqa: ANN201 - a generator of a store
    with Store.open(tmp_path) as store:
        yield store


def test_wrong_bytes_are_given_up_with_consent_only_and_kept(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal(scripted(submit=["short"]))
    go(plan_of(job), store, fake, consent=CONSENT)
    assert isinstance(
        store.latest(take_1(job.digest)), Finished
    )  # not in the run that paid for them
    outcome = go(plan_of(job), store, fake, consent=CONSENT)[job.digest]
    assert isinstance(outcome, Rendered)
    assert fake.calls["submit"] == 2
    (failed, _) = store.journal.attempts()[job.digest]
    assert isinstance(failed, Failed)
    assert failed.aside is not None
    assert store.layout.clip(failed.aside.digest, ".mp4").read_bytes() == b"clip 9 of r1"
    assert not list(store.layout.aside.iterdir())


@pytest.mark.parametrize("wrong", range(1, 8))
def test_half_a_clip_is_fetched_again_until_the_whole_one_is_there(
    store: Store, wrong: int
) -> None:
    """The same wrong bytes, however often they come, prove nothing about the clip."""
    job, fake = clip_job("a"), FakeFal(scripted(download=["half"] * wrong))
    assert isinstance(go(plan_of(job), store, fake)[job.digest], Rendered)
    assert fake.calls["submit"] == 1
    assert fake.calls["result"] == 1 + wrong  # where to look is asked again each time


def given_up_over_wrong_bytes(store: Store, fake: FakeFal, job: ClipJob) -> Failed:
    """Leave the journal as an earlier version did that took two equal wrong downloads as final."""
    fake.script = scripted(download=["half"] * 8)
    go(plan_of(job), store, fake)
    finished = store.latest(take_1(job.digest))
    assert isinstance(finished, Finished)
    fault = Fault("SB812", "no video came, twice the same", "look at it", Charge.PAID)
    failed = Failed(finished, fault, None, datetime.now(UTC))
    assert store.record([failed]) == (None,)
    return failed


def test_what_was_given_up_over_wrong_bytes_is_fetched_again_for_nothing(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal()
    failed = given_up_over_wrong_bytes(store, fake, job)
    fake.script = scripted()
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Rendered)
    assert (outcome.request, outcome.cost) == ("r1", 0)
    assert fake.calls["submit"] == 1
    life = store.latest(take_1(job.digest))
    assert isinstance(life, Stored)
    assert life.before == failed
    assert charge_of(life) is Charge.PAID
    assert isinstance(go(plan_of(job), store, fake)[job.digest], Rendered)


def test_what_was_given_up_and_is_still_wrong_is_sent_again_with_consent_only(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal()
    given_up_over_wrong_bytes(store, fake, job)
    fake.script = lambda call, _n: "half" if call == "download" else "ok"
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Refused)
    assert "it failed before" in outcome.message
    assert fake.calls["submit"] == 1
    fake.script = lambda call, n: "half" if call == "download" and n < 30 else "ok"
    assert isinstance(go(plan_of(job), store, fake, consent=CONSENT)[job.digest], Rendered)
    assert fake.calls["submit"] == 2


def test_what_was_given_up_does_not_come_back_beside_another_attempt(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal()
    failed = given_up_over_wrong_bytes(store, fake, job)
    intent = Intended(replace(order_of(failed), attempt=store.new_attempt()), failed.at)
    assert store.record([intent]) == (None,)
    facts = ClipFacts("mp4", 1280, 720, Fraction(24), Fraction(5), "h264", None)
    back = Stored(failed, KeptClip(ClipDigest("c" * 64), ".mp4", 1, facts), failed.at)
    (conflict,) = store.record([back])
    assert isinstance(conflict, Conflict)
    row = to_row(back)
    with (
        closing(sqlite3.connect(store.layout.journal)) as db,
        pytest.raises(sqlite3.IntegrityError, match="another attempt at this take has begun"),
    ):
        db.execute(
            "INSERT INTO events (at, attempt, job, kind, data) VALUES (?, ?, ?, ?, ?)",
            (row.at, row.attempt, row.job, row.kind, row.data),
        )
