"""A request whose answer was lost, looked for by a clock that is right, wrong, or set since."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from render_fakes import FakeFal, Killed, clip_job, fast_clock, go, plan_of, scripted, take_1

from storyboard.catalogue.endpoint import EndpointId
from storyboard.provider import Charge, answer
from storyboard.render import GivenConsent, Rendered, Unknown
from storyboard.render.seek import waited
from storyboard.store import Store
from storyboard.store.life import Abandoned, charge_of
from storyboard.store.life import Unknown as UnknownLife

CONSENT = GivenConsent(unknown=True)
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
OFF = [timedelta(hours=2), timedelta(hours=-2), timedelta(days=400), timedelta(minutes=50)]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        yield store


class Timed(FakeFal):
    """A provider whose list tells the time, while this machine's clock is `off`."""

    off = timedelta(0)

    async def sent(self, endpoint: EndpointId, since: datetime) -> answer.Listing:
        """List the requests, by the provider's own clock."""
        listing = await super().sent(endpoint, since)
        if not isinstance(listing, answer.Listed):
            return listing
        return replace(listing, now=self.now() - self.off)


@pytest.mark.parametrize("off", OFF, ids=str)
def test_a_clock_that_is_wrong_only_now_finds_what_is_there(store: Store, off: timedelta) -> None:
    """Sent at the right time and looked for two hours ahead, it was not found, and paid twice."""
    job, fake = clip_job("a"), Timed(scripted(submit=["lost-after"], list=["empty"] * 99), wait=60)
    assert isinstance(go(plan_of(job), store, fake)[job.digest], Unknown)
    fake.off, fake.script = off, scripted()
    outcome = go(plan_of(job), store, fake, clock=fast_clock(off), consent=CONSENT)[job.digest]
    assert isinstance(outcome, Rendered)
    assert fake.calls["submit"] == 1


@pytest.mark.parametrize("off", OFF, ids=str)
def test_a_clock_that_is_wrong_only_now_loses_nothing_early(store: Store, off: timedelta) -> None:
    """The list comes late: what is not in it yet must not be taken for lost by a wrong clock."""
    job = clip_job("a")
    fake = Timed(scripted(submit=["kill-after"], list=["empty"] * 12), wait=3600)
    with pytest.raises(Killed):
        go(plan_of(job), store, fake)
    fake.dead, fake.off = False, off
    outcome = go(plan_of(job), store, fake, clock=fast_clock(off), consent=CONSENT)[job.digest]
    assert isinstance(outcome, Rendered)
    assert fake.calls["submit"] == 1


@pytest.mark.parametrize(
    ("sent_at", "now", "ahead", "elapsed"),
    [
        (0, 100, None, 100),  # nobody else tells the time
        (0, 100, 0, 100),
        (0, 7300, -7200, 100),  # right then, two hours ahead now
        (7200, 7300, -7200, -7100),  # ahead then and now: that is not known, so the later counts
        (-7200, -7100, 7200, 100),  # behind then and now
        (0, -7100, 7200, -7100),
    ],
)
def test_how_long_ago_it_was_sent_at_least(
    sent_at: int, now: int, ahead: int | None, elapsed: int
) -> None:
    at, later = NOW + timedelta(seconds=sent_at), NOW + timedelta(seconds=now)
    said = None if ahead is None else timedelta(seconds=ahead)
    assert waited(at, later, said) == timedelta(seconds=elapsed)


class Nameless(FakeFal):
    """A provider that takes requests and gives ids that cannot be used."""

    async def submit(self, endpoint: EndpointId, body: str) -> answer.Submitted:
        """Take it."""
        taken = await super().submit(endpoint, body)
        if isinstance(taken, answer.Taken) and self.calls["submit"] == 1:
            return answer.Unsure("its id cannot be used", Charge.PAID)
        return taken


def test_what_was_taken_without_a_usable_id_is_found_by_the_list(store: Store) -> None:
    job, fake = clip_job("a"), Nameless()
    assert isinstance(go(plan_of(job), store, fake)[job.digest], Rendered)
    assert fake.calls["submit"] == 1


def test_what_was_taken_without_a_usable_id_counts_as_paid_until_consent(store: Store) -> None:
    job, fake = clip_job("a"), Nameless(listed=False, wait=5)
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Unknown)
    assert "its id cannot be used" in outcome.message
    life = store.latest(take_1(job.digest))
    assert isinstance(life, UnknownLife)
    assert charge_of(life) is Charge.PAID
    go(plan_of(job), store, fake)
    assert fake.calls["submit"] == 1
    assert isinstance(go(plan_of(job), store, fake, consent=CONSENT)[job.digest], Rendered)
    (given_up, _) = store.journal.attempts()[job.digest]
    assert isinstance(given_up, Abandoned)
    assert charge_of(given_up) is Charge.PAID
