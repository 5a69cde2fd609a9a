"""Takes of one job: several attempts open at once, each paid once, whatever happens."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_fakes import (
    FakeFal,
    Killed,
    clip_job,
    digest_of,
    fast_clock,
    go,
    plan_of,
    scripted,
    take_1,
)

from storyboard.jobs import ClipJob, JobDigest
from storyboard.jobs.job import FrameRef
from storyboard.model.money import Usd
from storyboard.plan import JobState, Plan
from storyboard.render import (
    Event,
    GivenConsent,
    Limits,
    Outcome,
    Rendered,
    StillInFlight,
    cancel,
    due,
    kept,
    reconcile,
)
from storyboard.store import FailedJobs, Store, TakeKey, view, wanted_takes
from storyboard.store.life import Accepted, Forgotten, Life, Stored, order_of, request_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path) as opened:
        yield opened


def job(takes: int, name: str = "a", former: int = 0) -> ClipJob:
    names = tuple(JobDigest(digest_of(f"{name} take {n}")) for n in range(2, 2 + former))
    return replace(clip_job(name), takes=takes, former=names)


def told(plan: Plan, store: Store, fake: FakeFal, **more: object) -> dict[int, Outcome]:
    """Run; return what was told of each take, by its number."""
    heard: dict[int, Outcome] = {}

    def listen(event: Event) -> None:
        if isinstance(event, Outcome):
            heard[event.take] = event

    go(plan, store, fake, listen=listen, **more)  # type: ignore[arg-type]
    return heard


def to_pay(one: ClipJob, store: Store, failed: FailedJobs = FailedJobs.LEAVE) -> int:
    """Count the takes that a yes sends."""
    attempts = store.journal.attempts()
    return len(due(plan_of(one), attempts, store.is_there, None, failed).jobs)


def test_every_wanted_take_is_rendered_and_each_is_paid_once(store: Store) -> None:
    fake = FakeFal()
    heard = told(plan_of(job(3)), store, fake)
    assert sorted(heard) == [1, 2, 3]
    requests = {one.request for one in heard.values() if isinstance(one, Rendered)}
    assert len(requests) == fake.calls["submit"] == 3
    assert fake.most_in_flight == 3
    again = told(plan_of(job(3)), store, fake)
    assert {n: one.request for n, one in again.items()} == {  # type: ignore[union-attr]
        n: one.request  # type: ignore[union-attr]
        for n, one in heard.items()
    }
    assert fake.calls["submit"] == 3


def test_a_further_take_keeps_the_first(store: Store) -> None:
    fake = FakeFal()
    first = go(plan_of(job(1)), store, fake)[job(1).digest]
    assert to_pay(job(2), store) == 1
    both = go(plan_of(job(2)), store, fake)[job(1).digest]
    assert isinstance(first, Rendered)
    assert isinstance(both, Rendered)
    assert both.clip == first.clip
    assert fake.calls["submit"] == 2
    shown, (further,) = kept(plan_of(job(2)), store)
    assert shown[job(1).digest].clip == first.clip  # type: ignore[union-attr]
    assert isinstance(further, Rendered)
    assert further.take == 2
    assert to_pay(job(2), store) == to_pay(job(1), store) == 0


def test_takes_that_an_earlier_version_rendered_are_not_paid_again(store: Store) -> None:
    """It had each take as a job of its own, under a digest with the take's number."""
    new = job(3, former=8)
    fake = FakeFal()
    before = (replace(clip_job("a"), digest=one) for one in (new.digest, new.former[0]))
    go(plan_of(*before), store, fake)
    assert to_pay(new, store) == 1
    heard = told(plan_of(new), store, fake)
    assert sorted(heard) == [1, 2, 3]
    assert fake.calls["submit"] == 3
    assert set(store.lives()) == {
        take_1(new.digest),
        take_1(new.former[0]),
        TakeKey(new.digest, 3),
    }


def test_what_an_earlier_version_left_in_flight_is_taken_up_as_a_take(tmp_path: Path) -> None:
    new = job(2, former=8)
    fake = FakeFal(scripted(status=["kill"]))
    before = (replace(clip_job("a"), digest=one) for one in (new.digest, new.former[0]))
    with Store.open(tmp_path) as store, pytest.raises(Killed):
        go(plan_of(*before), store, fake)
    sent = fake.calls["submit"]
    fake.script, fake.dead = scripted(), False
    with Store.open(tmp_path) as store:
        heard = told(plan_of(new), store, fake)
    assert all(isinstance(one, Rendered) for one in heard.values())
    assert fake.calls["submit"] == 2
    assert sent <= 2


def test_a_take_that_was_let_go_is_not_rendered_again_while_another_is_kept(store: Store) -> None:
    fake = FakeFal()
    go(plan_of(job(2)), store, fake)
    first = store.latest(take_1(job(1).digest))
    assert isinstance(first, Stored)
    assert store.record([Forgotten(first, store.now())]) == (None,)
    assert to_pay(job(1), store) == 0
    outcome = go(plan_of(job(1)), store, fake)[job(1).digest]
    assert isinstance(outcome, Rendered)
    assert outcome.take == 2
    assert to_pay(job(2), store) == 1


def test_what_goes_on_from_a_job_waits_for_the_take_that_is_shown(store: Store) -> None:
    first = job(3)
    body = {"prompt": "b", "image_url": FrameRef(first.digest, Fraction(5))}
    second = replace(clip_job("b", body=body, after=(first.digest,)), takes=2)
    fake = FakeFal()
    outcomes = go(plan_of(first, second), store, fake)
    assert all(isinstance(one, Rendered) for one in outcomes.values())
    assert len(set(fake.uploads)) == 1  # one frame, of the first take, for both
    assert fake.calls["submit"] == 5
    names = [one.body["prompt"] for one in fake.requests.values()]
    assert names[:3] == ["a", "a", "a"] or names.index("b") > 0


def test_a_take_that_fails_fails_alone(store: Store) -> None:
    fake = FakeFal(scripted(submit=["ok", "policy"]))
    heard = told(plan_of(job(2)), store, fake)
    assert [isinstance(heard[n], Rendered) for n in (1, 2)] == [True, False]
    assert view(store.project).rendered == {job(1).digest}
    assert to_pay(job(2), store) == 0  # it may have been charged
    assert to_pay(job(2), store, FailedJobs.RETRY) == 1
    again = told(plan_of(job(2)), store, fake, consent=GivenConsent(failed=True))
    assert isinstance(again[2], Rendered)
    assert fake.calls["submit"] == 3


def test_all_open_takes_are_cancelled_and_what_was_lost_is_looked_for(tmp_path: Path) -> None:
    fake = FakeFal(scripted(submit=["ok", "ok", "lost-after", "kill"]), polls=9)
    with Store.open(tmp_path) as store, pytest.raises(Killed):
        go(plan_of(job(4)), store, fake)
    fake.script, fake.dead = scripted(), False
    with Store.open(tmp_path) as store:
        found = asyncio.run(reconcile(fake, store, fast_clock()))
        assert sorted(one.order.take for one in found) == [3, 4]
    with Store.open(tmp_path) as store:
        lives = [life for life in store.lives().values() if isinstance(life, Accepted)]
        assert sorted(order_of(life).take for life in lives) == [1, 2, 3]
        over = asyncio.run(cancel(fake, store, fast_clock(), lives))
        assert len(over) == 3
        assert not any(isinstance(one, StillInFlight) for one in over)
    assert max(fake.charged.values(), default=0) == 0


def test_a_take_that_is_not_wanted_any_more_is_fetched_beside_the_run(tmp_path: Path) -> None:
    fake = FakeFal(scripted(status=["ok", "kill"]), polls=1)
    with Store.open(tmp_path) as store, pytest.raises(Killed):
        go(plan_of(job(2)), store, fake)
    fake.script, fake.dead = scripted(), False
    with Store.open(tmp_path) as store:
        outcome = go(plan_of(job(1)), store, fake)[job(1).digest]
        assert isinstance(outcome, Rendered)
        assert to_pay(job(2), store) == 0
        assert all(isinstance(life, Stored) for life in store.lives().values())
    assert fake.calls["submit"] == 2


def test_two_runs_at_once_send_each_take_once(tmp_path: Path) -> None:
    fake = FakeFal(polls=3)

    async def both() -> list[Mapping[JobDigest, Outcome]]:
        from render_fakes import PICTURES  # noqa: PLC0415 -- beside its only use

        from storyboard.render import render  # noqa: PLC0415

        clock = fast_clock()
        fake.now = clock.now
        with Store.open(tmp_path) as one, Store.open(tmp_path) as two:
            runs = [
                render(
                    plan_of(job(takes)),
                    backend=fake,
                    store=store,
                    listen=lambda _: None,
                    pictures=PICTURES,
                    clock=clock,
                )
                for store, takes in ((one, 2), (two, 4))
            ]
            return await asyncio.gather(*runs)

    for outcomes in asyncio.run(both()):
        assert all(isinstance(one, Rendered) for one in outcomes.values())
    assert fake.calls["submit"] == 4


_WORDS = st.sampled_from(
    ["ok", "ok", "ok", "lost-after", "lost-before", "not-sent", "fair", "policy", "kill-after"]
)


@settings(max_examples=60, deadline=None)
@given(
    runs=st.lists(
        st.tuples(st.integers(1, 4), st.lists(_WORDS, max_size=5), st.integers(0, 12)),
        min_size=1,
        max_size=6,
    ),
    formerly=st.integers(0, 2),
)
def test_whatever_happens_no_take_is_paid_twice_and_none_is_lost(
    runs: list[tuple[int, list[str], int]], formerly: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Histories of runs that die, lose answers and want other numbers of takes; then a calm one.

    The first takes may be of an earlier version. What the plan says is then what is sent.
    """
    folder = tmp_path_factory.mktemp("takes")
    fake = FakeFal(wait=5)
    name = job(1, former=8)
    if formerly:
        old = (name.digest, *name.former)[:formerly]
        with Store.open(folder) as store:
            go(plan_of(*(replace(clip_job("a"), digest=one) for one in old)), store, fake)
    for takes, words, dies in runs:
        before = fake.calls["submit"]
        script = scripted(submit=["ok"] * before + words)
        looks = fake.calls["status"]

        def play(call: str, n: int, script=script, looks=looks, dies=dies) -> str:  # noqa: ANN001
            return "kill" if dies and call == "status" and n == looks + dies else script(call, n)

        fake.script, fake.dead = play, False
        with Store.open(folder) as store, suppress(Killed):
            go(plan_of(job(takes, former=8)), store, fake)
        paid(folder, fake)
    fake.script, fake.dead = scripted(), False
    wanted = max(takes for takes, _, _ in runs)
    whole = job(wanted, former=8)
    with Store.open(folder) as store:
        go(plan_of(whole), store, fake, consent=GivenConsent(unknown=True))
        expected, before = to_pay(whole, store, FailedJobs.RETRY), fake.calls["submit"]
        both = GivenConsent(unknown=True, failed=True)
        go(plan_of(whole), store, fake, consent=both)
        assert fake.calls["submit"] - before == expected
        attempts = store.journal.attempts()
        takes_ = wanted_takes(whole, attempts, store.is_there)
        lives = store.lives()
        assert all(isinstance(lives[take.key], Stored) for take in takes_)
    paid(folder, fake)
    seen = view(folder)
    assert whole.digest in seen.rendered or formerly
    states = {one.state for takes in seen.takes.values() for one in takes.values()}
    assert JobState.IN_FLIGHT not in states


def paid(folder: Path, fake: FakeFal) -> None:
    """See that every request that was accepted is one attempt's, and no attempt has two."""
    with Store.open(folder) as store:
        lives: list[Life] = [one for some in store.journal.attempts().values() for one in some]
    held = [request for life in lives if (request := request_of(life)) is not None]
    assert len(held) == len(set(held))
    assert len(fake.requests) <= len(lives)


def test_the_limit_of_a_run_counts_every_take(store: Store) -> None:
    fake = FakeFal()
    limits = Limits(max_cost=Usd(clip_job("a").cost * 2))
    heard = told(plan_of(job(3)), store, fake, limits=limits)
    assert sum(isinstance(one, Rendered) for one in heard.values()) == 2
    assert fake.calls["submit"] == 2
