"""Cancelling: what the provider lets go of is over and free, and all else stays in flight."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from render_fakes import POLICY, FakeFal, Killed, clip_job, fast_clock, go, plan_of, take_1

from storyboard.provider import Charge
from storyboard.render import GivenConsent, Limits, Refused, Rendered
from storyboard.render.cancelling import Cancelling, Over, StillInFlight, cancel
from storyboard.store import Store, view
from storyboard.store.life import Accepted, Failed, Finished, charge_of
from storyboard.store.spending import spent

JOB = clip_job("a")
WAITING = 50
"""Looks at a request before it begins: it waits for as long as a test takes."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as store:
        yield store


def in_flight(store: Store, fake: FakeFal) -> None:
    """Send the job, and leave while it waits."""
    stop = asyncio.Event()
    fake.script = lambda call, _n: "ok" if call != "status" else stop.set() or "ok"
    go(plan_of(JOB), store, fake, stop=stop)
    fake.script = lambda _call, _n: "ok"
    assert isinstance(store.latest(take_1(JOB.digest)), Accepted)


def cancelled(store: Store, fake: FakeFal) -> Cancelling:
    lives = [life for life in store.lives().values() if isinstance(life, Accepted)]
    (one,) = asyncio.run(cancel(fake, store, fast_clock(), lives))
    return one


def render_again(store: Store, fake: FakeFal, consent: GivenConsent | None = None) -> object:
    for sent in fake.requests.values():
        sent.polls = min(sent.polls, 1)
    fake.polls = 1
    return go(plan_of(JOB), store, fake, consent=consent)[JOB.digest]


def test_what_waits_is_cancelled_for_nothing_and_rendered_when_asked_again(store: Store) -> None:
    fake = FakeFal(polls=WAITING)
    in_flight(store, fake)
    one = cancelled(store, fake)
    assert isinstance(one, Over)
    assert one.cancelled
    life = store.latest(take_1(JOB.digest))
    assert life == one.failed
    assert charge_of(one.failed) is Charge.NONE
    assert spent(store.journal.attempts()) == ()
    seen = view(store.project)
    assert not seen.in_flight | seen.unknown
    # Nothing of it counts against a bound of just its price.
    bound = Limits(max_cost=JOB.cost)
    fake.polls = 1
    assert isinstance(go(plan_of(JOB), store, fake, limits=bound)[JOB.digest], Rendered)
    assert fake.calls["submit"] == 2
    assert set(fake.charged.values()) == {1}


def test_what_has_begun_stays_in_flight_and_is_fetched_by_the_next_run(store: Store) -> None:
    fake = FakeFal(polls=WAITING)
    in_flight(store, fake)

    def script(_call: str, _n: int) -> str:
        fake.requests["r1"].polls = 1  # it renders for as long as anybody looks
        return "ok"

    fake.script = script
    one = cancelled(store, fake)
    assert isinstance(one, StillInFlight)
    assert "it may still finish, and be charged" in one.reason
    assert isinstance(store.latest(take_1(JOB.digest)), Accepted)
    fake.script = lambda _call, _n: "ok"
    assert isinstance(render_again(store, fake), Rendered)
    assert fake.calls["submit"] == 1


def test_what_is_cancelled_after_it_began_may_have_been_charged(store: Store) -> None:
    fake = FakeFal(polls=WAITING)
    in_flight(store, fake)
    fake.requests["r1"].polls = 1

    def script(call: str, _n: int) -> str:
        if call == "cancel":  # seen to render, and yet let go of
            fake.requests["r1"].polls = WAITING
        return "ok"

    fake.script = script
    one = cancelled(store, fake)
    assert isinstance(one, Over)
    assert one.cancelled
    assert charge_of(one.failed) is Charge.POSSIBLE
    assert isinstance(render_again(store, fake), Refused)


def test_what_has_finished_is_recorded_and_fetched_by_the_next_run(store: Store) -> None:
    fake = FakeFal(polls=WAITING)
    in_flight(store, fake)
    fake.requests["r1"].polls = 0
    one = cancelled(store, fake)
    assert isinstance(one, StillInFlight)
    assert one.reason == "it has finished already, and is charged"
    assert isinstance(store.latest(take_1(JOB.digest)), Finished)
    assert isinstance(render_again(store, fake), Rendered)
    assert fake.calls["submit"] == 1


def test_a_crash_between_the_answer_and_the_record_leaves_nothing_unknown(tmp_path: Path) -> None:
    fake = FakeFal(polls=WAITING)
    with Store.open(tmp_path) as store:
        in_flight(store, fake)
        fake.script = lambda call, _n: "kill-after" if call == "cancel" else "ok"
        with pytest.raises(Killed):
            cancelled(store, fake)
    fake.dead, fake.script = False, lambda _call, _n: "ok"
    with Store.open(tmp_path) as store:
        assert isinstance(store.latest(take_1(JOB.digest)), Accepted)
        one = cancelled(store, fake)
        # Whether it had begun was known only to the process that died.
        assert isinstance(one, Over)
        assert one.cancelled
        assert charge_of(one.failed) is Charge.POSSIBLE
        assert not view(tmp_path).unknown
        assert isinstance(render_again(store, fake), Refused)
        assert isinstance(render_again(store, fake, GivenConsent(failed=True)), Rendered)
    assert set(fake.charged.values()) == {1}


def test_an_answer_that_was_lost_is_asked_for_again(store: Store) -> None:
    fake = FakeFal(polls=WAITING)
    in_flight(store, fake)
    fake.script = lambda call, _n: "lost-after" if call == "cancel" else "ok"
    one = cancelled(store, fake)
    assert isinstance(one, StillInFlight)
    assert one.reason == "it may not have been cancelled: no answer came"
    assert isinstance(store.latest(take_1(JOB.digest)), Accepted)
    fake.script = lambda _call, _n: "ok"
    assert isinstance(cancelled(store, fake), Over)


def test_what_began_before_it_was_asked_again_may_have_been_charged(store: Store) -> None:
    """It waited when it was asked first; that answer never came, and by the second it rendered."""
    fake = FakeFal(polls=WAITING)
    in_flight(store, fake)

    def script(call: str, n: int) -> str:
        if (call, n) == ("cancel", 1):
            fake.requests["r1"].polls = 1
            return "trouble"
        if call == "cancel":  # let go of all the same
            fake.requests["r1"].polls = WAITING
        return "ok"

    fake.script = script
    one = cancelled(store, fake)
    assert isinstance(one, Over)
    assert one.cancelled
    assert charge_of(one.failed) is Charge.POSSIBLE
    assert isinstance(render_again(store, fake), Refused)


@pytest.mark.parametrize("word", ["trouble", "locked"])
def test_where_nobody_can_be_asked_nothing_changes(store: Store, word: str) -> None:
    fake = FakeFal(polls=WAITING)
    in_flight(store, fake)
    fake.script = lambda call, _n: word if call == "cancel" else "ok"
    assert isinstance(cancelled(store, fake), StillInFlight)
    fake.requests.clear()
    assert isinstance(cancelled(store, fake), StillInFlight)
    assert isinstance(store.latest(take_1(JOB.digest)), Accepted)


def test_what_another_run_holds_is_left_to_it(tmp_path: Path, store: Store) -> None:
    fake = FakeFal(polls=WAITING)
    in_flight(store, fake)
    before = store.latest(take_1(JOB.digest))
    assert isinstance(before, Accepted)
    with Store.open(tmp_path) as other:
        assert other.claim(take_1(JOB.digest)) is None
        one = cancelled(store, fake)
    assert isinstance(one, StillInFlight)
    assert "another run" in one.reason
    assert not fake.calls["cancel"]
    failed = Failed(before, POLICY, None, before.at)
    assert store.record([failed]) == (None,)
    (late,) = asyncio.run(cancel(fake, store, fast_clock(), [before]))
    assert isinstance(late, StillInFlight)
    assert not fake.calls["cancel"]
