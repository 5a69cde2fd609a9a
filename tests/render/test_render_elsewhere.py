"""What belongs to another provider or account is told, and left alone: not even asked about."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from render_fakes import (
    ENDPOINT,
    FACTS,
    FakeFal,
    clip_job,
    fast_clock,
    go,
    plan_of,
    take_1,
    ticket_of,
    voice_job,
)

from storyboard.jobs.job import VoiceRef
from storyboard.provider import Charge, Media, ProviderFacts
from storyboard.render import (
    Clock,
    Event,
    GivenConsent,
    Outcome,
    Progress,
    Refused,
    Rendered,
    Skipped,
)
from storyboard.render import Unknown as UnknownOutcome
from storyboard.render.cancelling import StillInFlight, cancel
from storyboard.render.reconciling import NotLooked, reconcile
from storyboard.store import Store, view
from storyboard.store.life import (
    Abandoned,
    Accepted,
    AttemptId,
    Failed,
    Finished,
    Intended,
    Life,
    Order,
    Stored,
    Unknown,
    charge_of,
    order_of,
)
from storyboard.store.life import ticket_of as ticket_of_life

JOB = clip_job("a")
ALL = GivenConsent(unknown=True, failed=True)
OTHER = replace(FACTS, name="another")
HERE = [
    pytest.param(OTHER, "agency", "account `agency` at fake", id="another-provider"),
    pytest.param(FACTS, "client", "account `agency` at fake", id="another-account"),
    pytest.param(FACTS, None, "account `agency` at fake", id="no-account-named"),
]
STATES = ["intended", "unknown", "accepted", "finished"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        yield store


def put(store: Store, state: str, label: str | None = "agency", provider: str = "fake") -> Life:
    """Record a request of an earlier run, sent with an account."""
    at = fast_clock().now()
    order = Order(
        attempt=AttemptId("ea1e"),
        job=JOB.digest,
        id=JOB.id,
        endpoint=ENDPOINT,
        body='{"prompt":"a"}',
        asked="{}",
        cost=JOB.cost,
        seconds=JOB.seconds,
        shots=("scene/a",),
        films=("film",),
        provider=provider,
        account=label,
    )
    ticket = replace(ticket_of("r9"), provider=provider, account=label)
    intended = Intended(order, at)
    accepted = Accepted(intended, ticket, at)
    lives: dict[str, Life] = {
        "intended": intended,
        "unknown": Unknown(intended, "no answer came", at),
        "accepted": accepted,
        "finished": Finished(accepted, Media("https://media.test/a"), None, at),
    }
    for name in ("intended", "unknown") if state == "unknown" else ("intended", "accepted", state):
        store.record([lives[name]])
        if name == state:
            break
    return lives[state]


def later(days: float) -> Clock:
    clock = fast_clock()
    return replace(clock, now=lambda: clock.now() + timedelta(days=days))


def render(
    store: Store, fake: FakeFal, label: str | None, days: float, consent: GivenConsent = ALL
) -> Outcome:
    got = go(plan_of(JOB), store, fake, clock=later(days), consent=consent, account=label)
    return got[JOB.digest]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(("facts", "label", "whose"), HERE)
def test_a_render_leaves_it_alone_and_says_whose_it_is(
    store: Store, facts: ProviderFacts, label: str | None, whose: str, state: str
) -> None:
    life = put(store, state)
    fake = FakeFal(facts=facts)
    outcome = render(store, fake, label, days=0)
    if state in {"intended", "unknown"}:
        assert isinstance(outcome, UnknownOutcome)
        assert whose in outcome.message
    else:
        assert isinstance(outcome, Skipped)
        assert whose in outcome.reason
        assert "r9" in outcome.reason
    assert not fake.calls
    assert store.latest(take_1(JOB.digest)) == life
    seen = view(store.project)
    assert JOB.digest in (seen.unknown if state in {"intended", "unknown"} else seen.in_flight)


@pytest.mark.parametrize("state", STATES)
def test_it_is_given_up_only_late_and_with_consent_and_counts_as_perhaps_charged(
    store: Store, state: str
) -> None:
    life = put(store, state)
    fake = FakeFal()
    late = 8 if state == "finished" else 1
    assert not isinstance(render(store, fake, "client", late, GivenConsent()), Rendered)
    assert store.latest(take_1(JOB.digest)) == life
    assert not fake.calls
    assert isinstance(render(store, fake, "client", late), Rendered)
    given_up = store.journal.attempts()[JOB.digest][0]
    assert isinstance(given_up, Failed | Abandoned)
    assert charge_of(given_up) is Charge.POSSIBLE
    assert fake.calls["submit"] == 1


@pytest.mark.parametrize("state", ["accepted", "finished"])
def test_what_the_plan_needs_no_more_is_left_alone_and_told(store: Store, state: str) -> None:
    life = put(store, state)
    fake, told = FakeFal(), list[Event]()
    other = clip_job("b")
    got = go(plan_of(other), store, fake, account="client", listen=told.append)
    assert isinstance(got[other.digest], Rendered)
    assert store.latest(take_1(JOB.digest)) == life
    (one,) = [event for event in told if isinstance(event, Progress) and event.job.id == JOB.id]
    assert one.detail == "its request is with account `agency` at fake"


@pytest.mark.parametrize(("facts", "label", "whose"), HERE)
def test_cancelling_leaves_it_alone(
    store: Store, facts: ProviderFacts, label: str | None, whose: str
) -> None:
    life = put(store, "accepted")
    assert isinstance(life, Accepted)
    fake = FakeFal(facts=facts)
    (one,) = asyncio.run(cancel(fake, store, fast_clock(), [life], label))
    assert isinstance(one, StillInFlight)
    assert whose in one.reason
    assert not fake.calls
    assert store.latest(take_1(JOB.digest)) == life


@pytest.mark.parametrize("state", ["intended", "unknown"])
@pytest.mark.parametrize(("facts", "label", "whose"), HERE)
def test_reconciling_leaves_it_alone(
    store: Store, facts: ProviderFacts, label: str | None, whose: str, state: str
) -> None:
    life = put(store, state)
    fake = FakeFal(facts=facts)
    (one,) = asyncio.run(reconcile(fake, store, fast_clock(), label))
    assert isinstance(one, NotLooked)
    assert whose in one.reason
    assert not fake.calls
    assert store.latest(take_1(JOB.digest)) == life


@pytest.mark.parametrize("label", [None, "agency"])
def test_what_was_recorded_without_a_label_is_any_accounts(store: Store, label: str | None) -> None:
    put(store, "accepted", label=None)
    fake = FakeFal()
    fake.facts = replace(FACTS, name="renamed", former=("fake",))
    fake.script = lambda call, _n: "trouble" if call == "status" else "ok"
    render(store, fake, label, days=0)
    assert fake.calls["status"] > 1


def test_what_is_kept_is_nobodys_but_ours(store: Store) -> None:
    go(plan_of(JOB), store, FakeFal(), account="agency")
    fake = FakeFal(facts=OTHER)
    assert isinstance(render(store, fake, "client", days=0), Rendered)
    assert not fake.calls


def test_a_request_is_recorded_with_the_account_that_it_is_sent_with(store: Store) -> None:
    go(plan_of(JOB), store, FakeFal(), account="agency")
    (life,) = store.lives().values()
    assert isinstance(life, Stored)
    assert (order_of(life).provider, order_of(life).account) == ("fake", "agency")
    assert (ticket_of_life(life).provider, ticket_of_life(life).account) == ("fake", "agency")


def test_a_request_that_this_key_does_not_find_is_not_free_to_be_sent_again(store: Store) -> None:
    life = put(store, "accepted", label=None)
    fake = FakeFal()  # it never heard of r9
    assert not isinstance(render(store, fake, None, days=1, consent=GivenConsent()), Rendered)
    assert fake.calls["submit"] == 0
    assert store.latest(take_1(JOB.digest)) == life


def test_a_kept_voice_is_used_with_the_provider_that_made_it_only(store: Store) -> None:
    voice = voice_job("narrator")
    clip = clip_job("b", body={"prompt": "b", "voice_ids": (VoiceRef(voice.digest),)})
    maker = FakeFal()
    go(plan_of(voice), store, maker)
    fake = FakeFal(facts=OTHER)
    outcome = go(plan_of(voice, clip), store, fake)[clip.digest]
    assert isinstance(outcome, Refused)
    assert "made at fake" in outcome.message
    assert not fake.calls["submit"]
    assert isinstance(go(plan_of(voice, clip), store, maker)[clip.digest], Rendered)
