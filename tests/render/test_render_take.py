"""Which attempt a listed request may be recorded for, with other runs at work on equal bodies."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
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
)

from storyboard.catalogue.endpoint import EndpointId
from storyboard.jobs.job import ClipJob
from storyboard.model.asset import ClipFacts
from storyboard.provider import Account, RequestId
from storyboard.provider.answer import Listing, Seen
from storyboard.render import GivenConsent, Rendered, Unknown
from storyboard.render.ledger import Ledger
from storyboard.render.reconciling import Found, NotLooked, reconcile
from storyboard.render.take import BEING_SENT, BeingSent, Taker, taken_requests
from storyboard.store import Conflict, Store
from storyboard.store import life as states
from storyboard.store.life import AttemptId, Order, request_of

NOW = datetime.now(UTC)
BODY = '{"prompt":"the same","duration":"5"}'
SAME = {"prompt": "the same", "duration": "5"}
CLIP = ClipFacts("mp4", 1280, 720, Fraction(24), Fraction(5), "h264", None)
MINE, THEIRS = clip_job("take 1", body=SAME), clip_job("take 2", body=SAME)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        yield store


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """Another run that is alive, in the same store."""
    with Store.open(tmp_path) as store:
        yield store


def order_of(job: ClipJob, attempt: str, body: str = BODY) -> Order:
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


def intend(store: Store, job: ClipJob, attempt: str, body: str = BODY) -> states.Intended:
    """Write down what is about to be sent, as a run does that has the job."""
    assert store.claim(take_1(job.digest)) is None
    intent = states.Intended(order_of(job, attempt, body), NOW)
    assert store.record([intent]) == (None,)
    return intent


def lose(store: Store, job: ClipJob, attempt: str) -> states.Unknown:
    lost = states.Unknown(intend(store, job, attempt), "no answer", NOW)
    assert store.record([lost]) == (None,)
    return lost


def take(
    store: Store, life: states.Unknown, *listed: str, taken: set[RequestId] | None = None
) -> states.Accepted | BeingSent | None:
    """Take the first of the listed that is not known to be taken."""
    known = set() if taken is None else taken
    seen = [Seen(RequestId(name), NOW, SAME, ()) for name in listed]

    async def run() -> states.Accepted | BeingSent | None:
        ledger = Ledger(store)
        try:
            taker = Taker(ledger, Account(FACTS), known, lambda: NOW)
            return await taker.take(
                life, lambda: next((one for one in seen if one.request not in known), None)
            )
        finally:
            await ledger.close()

    return asyncio.run(run())


def test_a_request_that_another_run_awaits_the_answer_of_is_not_taken(
    store: Store, other: Store
) -> None:
    lost, intent = lose(store, MINE, "a1"), intend(other, THEIRS, "b1")
    assert take(store, lost, "r1") is BEING_SENT
    assert other.record([states.Accepted(intent, ticket_of("r1"), NOW)]) == (None,)
    taken: set[RequestId] = set()
    assert take(store, lost, "r1", taken=taken) is None  # the other run has it
    assert taken == {"r1"}
    found = take(store, lost, "r1", "r2")
    assert isinstance(found, states.Accepted)
    assert found.ticket.request == "r2"


@pytest.mark.parametrize("body", ['{"prompt":"another"}', "{}"])
def test_a_request_with_another_body_is_no_reason_to_wait(
    store: Store, other: Store, body: str
) -> None:
    lost = lose(store, MINE, "a1")
    intend(other, THEIRS, "b1", body)
    assert isinstance(take(store, lost, "r1"), states.Accepted)


def test_the_answer_to_a_dead_run_is_heard_by_nobody(store: Store, tmp_path: Path) -> None:
    """So its request and ours are both looked for, and either will do for either."""
    lost = lose(store, MINE, "a1")
    with Store.open(tmp_path) as dead:
        intend(dead, THEIRS, "b1")
    assert isinstance(take(store, lost, "r1"), states.Accepted)


def test_what_another_run_goes_on_with_is_given_back(store: Store, other: Store) -> None:
    lost = lose(store, MINE, "a1")
    assert other.record([states.Accepted(lost, ticket_of("r1"), NOW)]) == (None,)
    taken: set[RequestId] = set()
    with pytest.raises(Conflict):
        take(store, lost, "r2", taken=taken)
    assert not taken  # r2 is still to be had by others of this run


def test_requests_of_other_providers_are_not_taken_for_this_ones(store: Store) -> None:
    lost = lose(store, MINE, "a1")
    theirs = replace(intend(store, THEIRS, "b1"), at=NOW)
    ticket = replace(ticket_of("r1"), provider="another")
    assert store.record([states.Accepted(theirs, ticket, NOW)]) == (None,)
    attempts = store.journal.attempts()
    assert taken_requests(attempts, FACTS) == set()
    assert taken_requests(attempts, replace(FACTS, name="another")) == {"r1"}
    found = take(store, lost, "r1", taken=taken_requests(attempts, FACTS))
    assert isinstance(found, states.Accepted)


def test_an_adopted_clip_of_unknown_origin_keeps_its_request(store: Store) -> None:
    start = states.Adopted(order_of(THEIRS, "b1", ""), states.Origin("/mnt", None, "r9"), NOW)  # type: ignore[arg-type]  # an id is a text
    kept = states.KeptClip("c" * 64, ".mp4", 1, CLIP)  # type: ignore[arg-type]  # a digest is a text
    assert store.record([states.Stored(start, kept, NOW)]) == (None,)
    assert taken_requests(store.journal.attempts(), FACTS) == {"r9"}


# --- the whole way, through the engine and through reconcile


class OneAnswersLate(FakeFal):
    """Our answer is lost before it is sent; another run's equal request is answered only later."""

    other: Store
    looks: int = 0

    async def sent(self, endpoint: EndpointId, since: datetime) -> Listing:
        """List the requests; at the third look the other run hears its answer."""
        self.looks += 1
        if self.looks == 3:
            intent = self.other.latest(take_1(THEIRS.digest))
            assert isinstance(intent, states.Intended)
            assert self.other.record([states.Accepted(intent, ticket_of("r1"), NOW)]) == (None,)
        return await super().sent(endpoint, since)


def test_a_lost_request_waits_for_the_answer_to_an_equal_one(store: Store, other: Store) -> None:
    """The one in the list is the other run's; ours never arrived, and it is not said to have."""
    fake = OneAnswersLate(lambda call, _n: "lost-before" if call == "submit" else "ok", wait=20)
    fake.other = other
    clock = fast_clock()
    fake.now = clock.now
    intend(other, THEIRS, "b1")
    fake._accept(ENDPOINT, BODY, "ok")  # noqa: SLF001 -- the other run's request arrives
    outcome = go(plan_of(MINE), store, fake, clock=clock)[MINE.digest]
    assert isinstance(outcome, Unknown)
    assert fake.looks >= 3
    held = {request_of(life) for life in store.lives().values()}
    assert held == {None, "r1"}
    assert request_of(store.lives()[take_1(THEIRS.digest)]) == "r1"


def test_a_run_in_which_all_answers_are_lost_gives_each_its_own(store: Store) -> None:
    jobs = [clip_job(f"take {n}", body=SAME) for n in range(4)]
    fake = FakeFal(lambda call, n: "lost-after" if call == "submit" and n <= 4 else "ok")
    outcomes = go(plan_of(*jobs), store, fake)
    requests = {one.request for one in outcomes.values() if isinstance(one, Rendered)}
    assert requests == {"r1", "r2", "r3", "r4"}
    assert fake.calls["submit"] == 4


def look(store: Store, fake: FakeFal) -> list[object]:
    clock = fast_clock(timedelta(seconds=1))
    fake.now = clock.now
    return list(asyncio.run(reconcile(fake, store, clock)))


def test_reconciling_goes_on_to_the_other_one(store: Store, other: Store) -> None:
    """Between reading the journal and taking, another run takes the first that fits."""
    lose(store, MINE, "a1")
    store.release([take_1(MINE.digest)])
    theirs = lose(other, THEIRS, "b1")

    class Quicker(FakeFal):
        async def sent(self, endpoint: EndpointId, since: datetime) -> Listing:
            if not self.calls["list"]:
                found = states.Accepted(theirs, ticket_of("r1"), NOW)
                assert other.record([found]) == (None,)
            return await super().sent(endpoint, since)

    fake = Quicker()
    for _ in range(2):
        fake._accept(ENDPOINT, BODY, "ok")  # noqa: SLF001 -- both had arrived
    mine, another = look(store, fake)
    if isinstance(mine, NotLooked):
        mine, another = another, mine
    assert isinstance(mine, Found)
    assert (mine.order.job, mine.request) == (MINE.digest, "r2")
    assert isinstance(another, NotLooked)


def test_reconciling_waits_for_no_answer_and_takes_nothing(store: Store, other: Store) -> None:
    lose(store, MINE, "a1")
    store.release([take_1(MINE.digest)])
    intend(other, THEIRS, "b1")
    fake = FakeFal()
    fake._accept(ENDPOINT, BODY, "ok")  # noqa: SLF001 -- whose it is, only the other run hears
    reasons = {one.reason for one in look(store, fake) if isinstance(one, NotLooked)}
    assert "another run is sending an equal request right now" in reasons
    assert len(reasons) == 2
    assert isinstance(store.latest(take_1(MINE.digest)), states.Unknown)


def test_one_consent_is_for_one_more_request(store: Store) -> None:
    """Both answers are lost, and nothing is in the list: the second one is asked about later."""
    fake = FakeFal(lambda call, _n: {"submit": "lost-before", "list": "empty"}.get(call, "ok"))
    fake.wait = 20
    consent = GivenConsent(unknown=True)
    for run in (1, 2):
        outcome = go(plan_of(MINE), store, fake, consent=consent)[MINE.digest]
        assert isinstance(outcome, Unknown)
        assert fake.calls["submit"] == 1 + run  # the first run sends, and once more with consent
