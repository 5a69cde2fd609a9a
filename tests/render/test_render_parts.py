"""The engine's parts that need no provider: places, pace, matching, order, money, drawing."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_fakes import (
    ENDPOINT,
    PICTURES,
    FakeFal,
    clip_job,
    fast_clock,
    go,
    order,
    plan_of,
    scripted,
    take_1,
    ticket_of,
    voice_job,
)

from storyboard.jobs.job import ClipJob, FrameRef, JobDigest, JobId, VoiceRef
from storyboard.jobs.order import longest_paths, upstream
from storyboard.model.asset import ClipFacts, Unusable
from storyboard.model.money import Usd
from storyboard.plan import Cap
from storyboard.provider import RequestId
from storyboard.provider.answer import Seen
from storyboard.render import (
    Clock,
    Limits,
    Rendered,
    Skipped,
    render,
)
from storyboard.render.budget import Budget
from storyboard.render.fetch import is_right
from storyboard.render.kept_clips import kept
from storyboard.render.ledger import Ledger
from storyboard.render.match import SLACK, agrees, match
from storyboard.render.pace import Pace, backoff
from storyboard.render.reconciling import Found, NotFound, NotLooked, reconcile
from storyboard.render.slots import Slots
from storyboard.store import Store, view
from storyboard.store.life import AttemptId, Intended, Order
from storyboard.store.life import Unknown as UnknownLife


@pytest.fixture
def store(tmp_path: Path):  # noqa: ANN201 - a generator of a store
    with Store.open(tmp_path) as store:
        yield store


# --- places


def places(act: Callable[[Slots], "asyncio.Future[None] | object"], told: int | None) -> None:
    async def run() -> None:
        await act(Slots(told))  # type: ignore[misc]

    asyncio.run(run())


def test_the_longest_way_gets_the_next_place() -> None:
    served: list[str] = []

    async def act(slots: Slots) -> None:
        await slots.acquire("first", 1)

        async def wait(name: str, priority: float) -> None:
            await slots.acquire(name, priority)
            served.append(name)

        tasks = [asyncio.create_task(wait(name, p)) for name, p in (("b", 2), ("a", 9), ("c", 5))]
        await asyncio.sleep(0)
        assert served == []
        for name in ("first", "a", "c"):
            slots.release(name)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        await asyncio.gather(*tasks)

    places(act, told=1)
    assert served == ["a", "c", "b"]


def test_a_place_is_given_back_once() -> None:
    async def act(slots: Slots) -> None:
        await slots.acquire("a", 0)
        slots.release("a")
        slots.release("a")
        await slots.acquire("b", 0)
        waiting = asyncio.create_task(slots.acquire("c", 0))
        await asyncio.sleep(0)
        assert not waiting.done()
        waiting.cancel()

    places(act, told=1)


def test_more_are_sent_when_all_run_and_fewer_when_some_wait() -> None:
    async def act(slots: Slots) -> None:
        for name in range(4):
            await slots.acquire(name, 0)
        assert slots.limit == 4
        for name in range(4):
            slots.seen(name, running=True)
        assert slots.limit == 6  # all four run: the account allows more
        for name in range(4, 6):
            await slots.acquire(name, 0)
            slots.seen(name, running=True)
        assert slots.limit == 8
        for name in range(6):
            slots.seen(name, running=name < 2)
        assert slots.limit == 4  # two run, four wait: two at a time it is

    places(act, told=None)


def test_what_was_told_is_not_learnt_over() -> None:
    async def act(slots: Slots) -> None:
        for name in range(3):
            await slots.acquire(name, 0)
            slots.seen(name, running=True)
        assert slots.limit == 3

    places(act, told=3)


def test_what_is_there_already_takes_a_place() -> None:
    async def act(slots: Slots) -> None:
        slots.occupy("old")
        waiting = asyncio.create_task(slots.acquire("new", 0))
        await asyncio.sleep(0)
        assert not waiting.done()
        slots.release("old")
        await waiting

    places(act, told=1)


def test_what_is_there_takes_one_place_however_often_it_is_found() -> None:
    async def act(slots: Slots) -> None:
        slots.occupy("old")
        slots.occupy("old")
        slots.release("old")
        await asyncio.wait_for(slots.acquire("new", 0), 60)

    places(act, told=1)


# --- pace


def test_questions_come_thicker_as_the_answer_comes_near() -> None:
    pace = Pace(0.5)
    pace.moved(10, 100.0)  # a place in ten seconds
    assert pace.queued(4, 1) == 20.0
    assert pace.queued(1, 1) == 5.0
    assert pace.queued(0, 1) == 0.5
    assert pace.queued(1000, 1) == 30.0
    pace.took(60.0)
    assert pace.running(0.0, 1) == 30.0
    assert pace.running(40.0, 3) == 10.0
    assert pace.running(59.9, 3) == 0.5
    assert pace.running(61.0, 1) == 0.75


def test_without_knowledge_questions_back_off() -> None:
    pace = Pace(0.5)
    waits = [pace.queued(None, asked) for asked in range(20)]
    assert waits == sorted(waits)
    assert waits[0] == 0.5
    assert waits[-1] == 30.0
    assert pace.queued(40, 0) == 1.5
    pace.moved(0, 5.0)
    pace.moved(-3, 5.0)
    assert pace.queued(40, 0) == 1.5


def test_questions_of_all_jobs_share_one_measure() -> None:
    pace = Pace(0.5, per_second=10)
    assert [round(pace.turn(100.0), 3) for _ in range(3)] == [0.0, 0.1, 0.2]
    assert pace.turn(200.0) == 0.0


def test_waiting_after_failures_doubles_up_to_a_bound() -> None:
    assert [backoff(n) for n in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert backoff(10_000) == 30


# --- matching

NOW = fast_clock().now()


def seen(name: str, body: object, after: float = 0.0) -> Seen:
    at = NOW + timedelta(seconds=after)
    return Seen(RequestId(name), at, body, ticket_of(name).addresses)  # type: ignore[arg-type]


def test_the_nearest_request_with_the_fields_sent_is_found() -> None:
    listed = [
        seen("late", {"prompt": "x", "cfg_scale": 0.5}, 600),
        seen("other", {"prompt": "y"}),
        seen("hidden", None),
        seen("near", {"prompt": "x", "cfg_scale": 0.5}, 2),
        seen("old", {"prompt": "x"}, -SLACK.total_seconds() - 1),
    ]
    found = match('{"prompt":"x"}', [NOW], listed, set())
    assert found is not None
    assert found.request == "near"
    found = match('{"prompt":"x"}', [NOW], listed, {RequestId("near")})
    assert found is not None
    assert found.request == "late"
    assert match('{"prompt":"x"}', [NOW], listed, {RequestId("near"), RequestId("late")}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from([0.5, 1.0]) | st.text("ab"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("xyz"), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_a_body_agrees_with_itself(body: object) -> None:
    assert agrees(body, body)


@given(st.dictionaries(st.text("xyz"), JSON), st.dictionaries(st.text("pqr"), JSON))
def test_a_list_may_fill_in_what_was_not_sent(
    body: dict[str, object], more: dict[str, object]
) -> None:
    assert agrees(body, {**more, **body})


@pytest.mark.parametrize(
    ("sent", "listed"),
    [
        ({"a": 1}, {}),
        ({"a": 1}, {"a": 2}),
        ({"a": "5"}, {"a": 5}),
        ({"a": True}, {"a": 1}),
        ({"a": 1}, {"a": True}),
        ({"a": None}, {"a": 0}),
        ({"a": [1, 2]}, {"a": [1]}),
        ({"a": [1, 2]}, {"a": [2, 1]}),
        ({"a": "ab"}, {"a": ["a", "b"]}),
        ({"a": {}}, {"a": []}),
        ({"a": 0}, {"a": None}),
    ],
)
def test_what_is_not_the_same_does_not_agree(sent: object, listed: object) -> None:
    assert not agrees(sent, listed)


def test_numbers_agree_by_value() -> None:
    assert agrees({"a": 1, "b": [0.5]}, {"a": 1.0, "b": [0.5], "c": 3})


# --- order


def test_a_job_waits_for_frames_voices_and_what_it_names() -> None:
    frame, voice, named = JobDigest("f"), JobDigest("v"), JobDigest("n")
    body = {"start": FrameRef(frame, Decimal(1)), "voice_ids": (VoiceRef(voice),)}  # type: ignore[arg-type]
    assert upstream(clip_job("a", body=body, after=(named,))) == {frame, voice, named}
    assert upstream(voice_job("v")) == frozenset()


@given(st.integers(1, 400))
def test_a_chain_of_any_length_is_weighed_and_cut_off(length: int) -> None:
    jobs: list[ClipJob] = []
    for n in range(length):
        jobs.append(clip_job(str(n), after=(jobs[-1].digest,) if jobs else ()))
    paths = longest_paths(jobs, lambda _job: 65)
    weights = [paths[job.digest] for job in jobs]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] == 65


def test_a_chain_of_thousands_is_given_up_without_end_of_stack(store: Store) -> None:
    jobs: list[ClipJob] = []
    for n in range(3000):
        jobs.append(clip_job(str(n), after=(jobs[-1].digest,) if jobs else ()))
    fake = FakeFal(scripted(submit=["refused"]))
    outcomes = go(plan_of(*jobs), store, fake)
    skipped = [one for one in outcomes.values() if isinstance(one, Skipped)]
    assert len(skipped) == 2999
    assert {one.because for one in skipped} == {jobs[0].digest}


# --- money


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 5), st.booleans()), max_size=30),
    st.integers(0, 12),
)
def test_a_budget_is_never_passed(moves: list[tuple[str, int, bool]], most: int) -> None:
    film = frozenset({JobDigest("a"), JobDigest("b")})
    caps = [
        Cap("the film", Usd(Decimal(most)), film),
        Cap("the run", Usd(Decimal(most + 3)), None),
    ]
    budget = Budget(caps)
    inside: dict[str, tuple[str, int]] = {}
    for n, (job, cost, withdraw) in enumerate(moves):
        refusal = budget.commit(order(JobDigest(job), str(n), str(cost)))
        in_film = sum(c for j, c in inside.values() if j in "ab")
        in_all = sum(c for _, c in inside.values())
        fits = in_all + cost <= most + 3 and (job == "c" or in_film + cost <= most)
        assert (refusal is None) == fits
        if refusal is None:
            inside[str(n)] = (job, cost)
        if withdraw and inside:
            gone = next(iter(inside))
            del inside[gone]
            budget.withdraw(AttemptId(gone))
            budget.withdraw(AttemptId(gone))  # twice is once


@pytest.mark.parametrize(
    ("seconds", "right"),
    [("4.49", False), ("4.5", True), ("5", True), ("5.04", True), ("6", True), ("6.01", False)],
)
def test_about_the_length_that_was_asked_for(seconds: str, right: bool) -> None:  # noqa: FBT001
    from fractions import Fraction  # noqa: PLC0415

    facts = ClipFacts("mp4", 2, 2, Fraction(24), Fraction(seconds), "h264", None)
    assert is_right(facts, 5) is right
    assert not is_right(Unusable("unreadable", ""), 5)


# --- many writers, one disk


def test_writers_wait_for_one_commit_together(store: Store) -> None:
    commits = 0
    transaction = store.transaction

    def counted():  # noqa: ANN202 - a context manager
        nonlocal commits
        commits += 1
        return transaction()

    store.transaction = counted  # type: ignore[method-assign]

    async def run() -> None:
        ledger = Ledger(store)
        await asyncio.gather(*(ledger.claim(take_1(str(n))) for n in range(100)))
        await ledger.close()

    asyncio.run(run())
    assert 1 <= commits <= 5
    assert len(store.journal.owners()) == 100


def test_a_disk_that_refuses_is_told_to_every_writer(store: Store) -> None:
    def refuse():  # noqa: ANN202 - a context manager
        raise OSError(28, "full")

    store.transaction = refuse  # type: ignore[method-assign]

    async def run() -> list[object]:
        ledger = Ledger(store)
        ends = await asyncio.gather(
            *(ledger.claim(take_1(str(n))) for n in range(3)), return_exceptions=True
        )
        await ledger.close()
        return list(ends)

    assert [type(one) for one in asyncio.run(run())] == [OSError] * 3


# --- clocks


@pytest.mark.parametrize("days", [-3, 3])
def test_a_lost_request_is_found_though_this_clock_is_days_wrong(store: Store, days: int) -> None:
    job, clock = clip_job("a"), fast_clock()

    class Elsewhere(FakeFal):
        async def sent(self, endpoint, since):  # noqa: ANN001, ANN202
            """List by the provider's own clock, and tell it."""
            from dataclasses import replace  # noqa: PLC0415

            return replace(await FakeFal.sent(self, endpoint, since), now=self.now())

    fake = Elsewhere(scripted(submit=["lost-after"]), wait=10_000)

    async def run() -> object:
        fake.now = lambda: clock.now() + timedelta(days=days)
        outcomes = await render(
            plan_of(job),
            backend=fake,
            store=store,
            listen=lambda _event: None,
            pictures=PICTURES,
            clock=clock,
        )
        return outcomes[job.digest]

    assert isinstance(asyncio.run(run()), Rendered)
    assert fake.calls["submit"] == 1


# --- looking alone


def look(store: Store, fake: FakeFal) -> list[object]:
    clock = fast_clock()
    return list(asyncio.run(reconcile(fake, store, clock)))


def test_reconciling_alone_takes_up_what_arrived_and_sends_nothing(store: Store) -> None:
    jobs = [clip_job(name) for name in "ab"]
    fake = FakeFal(scripted(submit=["lost-after", "lost-before"], list=["empty"] * 99), wait=20)
    limits = Limits(concurrency=1)
    go(plan_of(*jobs), store, fake, limits=limits)
    sent = fake.calls["submit"]
    fake.script = lambda call, _n: "trouble" if call == "list" else "ok"
    assert [type(one) for one in look(store, fake)] == [NotLooked, NotLooked]
    fake.script = scripted()
    found = {type(one) for one in look(store, fake)}
    assert found == {Found, NotFound}
    assert fake.calls["submit"] == sent
    assert len(view(store.project).in_flight) == 1
    assert [type(one) for one in look(store, fake)] == [NotFound]


def test_reconciling_leaves_alone_what_another_run_holds(tmp_path: Path, store: Store) -> None:
    job = clip_job("a")
    fake = FakeFal(scripted(submit=["lost-before"]), wait=20)
    go(plan_of(job), store, fake)
    with Store.open(tmp_path) as other:
        assert other.claim(take_1(job.digest)) is None
        (one,) = look(store, fake)
    assert isinstance(one, NotLooked)
    assert "another run" in one.reason


def test_reconciling_reads_the_list_from_the_first_request_on(store: Store) -> None:
    """What crashed at ten is found out the next day; it stands in the list at ten."""
    day = datetime(2026, 11, 20, 10, tzinfo=UTC)
    early, late = (
        Intended(order_of_a(name), day + timedelta(hours=hours))
        for name, hours in (("early", 0), ("late", 9))
    )
    told = {early: timedelta(hours=20), late: timedelta(hours=9)}
    for intent, after in told.items():
        assert store.record([intent]) == (None,)
        assert store.record([UnknownLife(intent, "no answer", day + after)]) == (None,)
    fake = FakeFal()
    fake.now = lambda: day
    asyncio.run(fake.submit(ENDPOINT, early.order.body))
    clock = Clock(now=lambda: day + timedelta(hours=21))
    found = asyncio.run(reconcile(fake, store, clock))
    assert [(type(one), one.order.id) for one in found] == [(Found, "early"), (NotFound, "late")]


def order_of_a(name: str) -> Order:
    return Order(
        attempt=AttemptId(name.encode().hex()),
        job=JobDigest(name.encode().hex().ljust(64, "0")),
        id=JobId(name),
        endpoint=ENDPOINT,
        body=json.dumps({"prompt": name}),
        asked="{}",
        cost=Usd(Decimal(1)),
        seconds=5,
        shots=(),
        films=(),
        provider="fake",
    )


# --- without money


def test_kept_results_need_no_backend(store: Store) -> None:
    there, missing = clip_job("there"), clip_job("missing")
    go(plan_of(there), store, FakeFal())
    outcomes, _ = kept(plan_of(there, missing), store)
    found = outcomes[there.digest]
    assert isinstance(found, Rendered)
    assert found.cost == 0
    assert isinstance(outcomes[missing.digest], Skipped)
