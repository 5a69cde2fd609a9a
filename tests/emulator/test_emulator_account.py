"""The account's queue is a function of the clock, and never works on more than it may."""

from hypothesis import given
from hypothesis import strategies as st

from storyboard.emulator.account import Account
from storyboard.emulator.entry import Done, Entry, Failure, Queued, RequestId, Running

OUTCOME = Failure(500, "x", {}, retryable=False, charge=None)
TIMES = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), max_size=15)


def entry(name: int, sent_at: float, takes: float) -> Entry:
    return Entry(RequestId(str(name)), "e", {}, "d", sent_at, takes, OUTCOME)


@given(TIMES, st.integers(1, 4), st.lists(st.integers(0, 400), max_size=10))
def test_looking_at_the_queue_does_not_change_it(
    jobs: list[tuple[int, int]], concurrency: int, looks: list[int]
) -> None:
    entries = [entry(n, at, takes) for n, (at, takes) in enumerate(sorted(jobs))]
    watched, unwatched = Account(concurrency), Account(concurrency)
    events = sorted([(one.sent_at, 0, one) for one in entries], key=lambda e: e[0])
    pending = sorted(looks)
    for at, _, one in events:
        while pending and pending[0] < at:
            watched.settle(pending.pop(0))
        watched.accept(one)
        unwatched.accept(one)
    for look in [*pending, 1000]:
        watched.settle(look)
    unwatched.settle(1000)
    for one in entries:
        assert watched.phase(one.id) == unwatched.phase(one.id)


@given(TIMES, st.integers(1, 4))
def test_every_request_ends_once_in_order_and_never_too_many_at_a_time(
    jobs: list[tuple[int, int]], concurrency: int
) -> None:
    account = Account(concurrency)
    entries = [entry(n, at, takes) for n, (at, takes) in enumerate(sorted(jobs))]
    ended = [one for each in entries for one in account.accept(each)]
    ended += account.settle(10_000)
    assert sorted(one.id for one in ended) == sorted(one.id for one in entries)
    spans = [account.phase(one.id) for one in entries]
    for one, span in zip(entries, spans, strict=True):
        assert isinstance(span, Done)
        assert span.begun >= one.sent_at
        assert span.ended == span.begun + one.takes
    begun = [span.begun for span in spans if isinstance(span, Done)]
    assert begun == sorted(begun)
    for moment in begun:
        working = [s for s in spans if isinstance(s, Done) and s.begun <= moment < s.ended]
        assert len(working) <= concurrency


def test_a_cancelled_request_leaves_its_place_to_the_next() -> None:
    account = Account(1)
    for n in range(3):
        account.accept(entry(n, 0, 10))
    assert account.phase(RequestId("2")) == Queued(1)
    assert account.cancel(RequestId("1"), 5) == Queued(0)
    account.settle(10)
    assert account.phase(RequestId("2")) == Running(10)


def test_one_that_has_begun_is_not_cancelled() -> None:
    account = Account(1)
    account.accept(entry(0, 0, 10))
    assert account.cancel(RequestId("0"), 5) == Running(0)
    assert len(account.settle(10)) == 1
