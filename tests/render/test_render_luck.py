"""One kind of bad luck a test: what is told, what is kept, and what the next run makes of it."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from render_fakes import (
    LOCKED,
    PICTURES,
    FakeFal,
    clip_job,
    fast_clock,
    go,
    local_file,
    plan_of,
    scripted,
)

from storyboard.render import Limits, Refused, Rendered, Skipped, Unknown, answer, render
from storyboard.store import Conflict, Store, StoreProblem
from storyboard.store.life import Accepted, Charge, Failed, Fault, Finished, Life
from storyboard.store.life import Unknown as UnknownLife
from storyboard.store.problem import disk

GONE = Fault("SB811", "fal does not know it", "look", Charge.POSSIBLE)


@pytest.fixture
def store(tmp_path: Path):  # noqa: ANN201 - a generator of a store
    with Store.open(tmp_path) as store:
        yield store


class Gone(FakeFal):
    """A provider that forgets what it accepted."""

    async def status(self, ticket):  # noqa: ANN001, ANN201
        """Know nothing."""
        del ticket
        return answer.Gone(GONE)


def test_a_request_that_is_gone_too_soon_is_not_believed_to_be(store: Store) -> None:
    job, fake = clip_job("a"), Gone(wait=1e9)
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Refused)
    assert outcome.code == "SB811"
    assert isinstance(store.latest(job.digest), Accepted)  # the next run asks again
    kind = FakeFal(requests=fake.requests)
    assert isinstance(go(plan_of(job), store, kind)[job.digest], Rendered)
    assert kind.calls["submit"] == 0


def test_a_request_that_is_gone_for_good_has_failed_and_may_have_cost(store: Store) -> None:
    job, fake = clip_job("a"), Gone(wait=0.0)
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Refused)
    assert isinstance(store.latest(job.digest), Failed)
    assert outcome.cost == job.cost
    again = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(again, Refused)
    assert "--retry-failed" in again.help
    assert fake.calls["submit"] == 1


def test_a_network_that_stays_away_ends_the_run_and_loses_nothing(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal(lambda call, _n: "trouble" if call == "status" else "ok")
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Skipped)
    assert "could not be reached" in outcome.reason
    assert "r1 is kept in the journal" in outcome.reason
    fake.script = scripted()
    assert isinstance(go(plan_of(job), store, fake)[job.digest], Rendered)
    assert fake.calls["submit"] == 1


def test_a_result_that_cannot_be_read_is_left_for_the_next_run(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal(lambda call, _n: "trouble" if call == "result" else "ok")
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Skipped)
    assert "its result could not be read" in outcome.reason
    assert isinstance(store.latest(job.digest), Accepted)


def test_a_network_that_is_not_there_sends_nothing_and_says_so(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal(lambda call, _n: "not-sent" if call == "submit" else "ok")
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Refused)
    assert outcome.code == "SB814"
    assert outcome.cost == 0
    fake.script = scripted()
    assert isinstance(go(plan_of(job), store, fake)[job.digest], Rendered)


@pytest.mark.parametrize("refusal", ["trouble", "locked"])
def test_a_file_that_cannot_be_uploaded_keeps_its_job_from_being_sent(
    tmp_path: Path, refusal: str
) -> None:
    class Storage(FakeFal):
        async def upload(self, file, digest):  # noqa: ANN001, ANN202
            """Take nothing."""
            del file, digest
            return answer.Trouble("503") if refusal == "trouble" else answer.Locked(LOCKED)

    picture = local_file(tmp_path, "a.png", b"x")
    jobs = [clip_job(name, body={"image": picture}) for name in "ab"]
    fake = Storage()
    with Store.open(tmp_path) as store:
        outcomes = go(plan_of(*jobs), store, fake)
    codes = {one.code for one in outcomes.values() if isinstance(one, Refused)}
    assert codes == {"SB817"} if refusal == "trouble" else codes == {"SB800"}
    assert fake.calls["submit"] == 0


def test_a_list_that_cannot_be_read_leaves_the_outcome_unknown_until_consent(store: Store) -> None:
    def script(call: str, n: int) -> str:
        if call == "list":
            return "trouble"
        return "lost-before" if (call, n) == ("submit", 1) else "ok"

    job, fake = clip_job("a"), FakeFal(script, wait=5)
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Unknown)
    assert "could not be read" in outcome.message
    assert outcome.code == "SB815"
    from storyboard.render import GivenConsent  # noqa: PLC0415

    again = go(plan_of(job), store, fake, consent=GivenConsent(unknown=True))[job.digest]
    assert isinstance(again, Rendered)


def test_a_locked_account_in_the_middle_keeps_what_is_in_flight(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal(scripted(status=["locked"]))
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Skipped)
    assert "fal refused the account" in outcome.reason
    fake.script = scripted()
    assert isinstance(go(plan_of(job), store, fake)[job.digest], Rendered)
    assert fake.calls["submit"] == 1


class FullDisk(Store):
    """A store whose disk is full for steps of one kind."""

    kind: type[Life] = Accepted

    def record(self, steps: Sequence[Life]) -> tuple[Conflict | None, ...]:
        """Refuse."""
        if any(isinstance(step, self.kind) for step in steps):
            raise disk(self.layout.journal, OSError(28, "No space left on device"))
        return super().record(steps)


@pytest.mark.parametrize("kind", [Accepted, Finished])
def test_a_disk_that_fills_up_ends_the_run_and_nothing_is_paid_twice(
    tmp_path: Path, kind: type[Life]
) -> None:
    job, fake = clip_job("a"), FakeFal()
    with FullDisk.open(tmp_path) as store:
        store.kind = kind
        with pytest.raises(StoreProblem, match="the disk is full") as caught:
            go(plan_of(job), store, fake)
        assert caught.value.code == "SB912"
    with Store.open(tmp_path) as store:
        assert isinstance(go(plan_of(job), store, fake)[job.digest], Rendered)
    assert fake.calls["submit"] == 1


def test_leaving_at_once_is_as_safe_as_a_crash(tmp_path: Path) -> None:
    jobs = [clip_job(name) for name in "abc"]
    fake = FakeFal(polls=1000)
    clock = fast_clock()
    fake.now = clock.now

    async def run(store: Store) -> None:
        seen = asyncio.Event()

        def listen(event: object) -> None:
            if getattr(event, "stage", "") == "queued":
                seen.set()

        work = asyncio.create_task(
            render(
                plan_of(*jobs),
                backend=fake,
                store=store,
                listen=listen,
                pictures=PICTURES,
                clock=clock,
            )
        )
        await seen.wait()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work

    with Store.open(tmp_path) as store:
        asyncio.run(run(store))
        sent = fake.calls["submit"]
        for one in fake.requests.values():
            one.polls = 1
        fake.polls = 1
        outcomes = go(plan_of(*jobs), store, fake)
    assert all(isinstance(one, Rendered) for one in outcomes.values())
    assert fake.calls["submit"] == max(sent, 3) == 3
    assert max(fake.charged.values()) == 1


def test_consent_is_asked_only_when_it_would_be_in_the_list(store: Store) -> None:
    """With a longest wait that is not over, an interrupt leaves it unknown and asks nobody."""
    asked: list[object] = []
    stop = asyncio.Event()

    class Asking:
        async def resubmit_unknown(self, doubt: object) -> bool:
            """Note the question."""
            asked.append(doubt)
            return True

        resubmit_failed = resubmit_unknown

    def script(call: str, n: int) -> str:
        if call == "list" and n == 4:
            stop.set()
        return "lost-before" if call == "submit" else "ok"

    job, fake = clip_job("a"), FakeFal(script, wait=1e9)
    outcome = go(plan_of(job), store, fake, stop=stop, consent=Asking())[job.digest]  # type: ignore[arg-type]
    assert isinstance(outcome, Unknown)
    assert asked == []
    limits = Limits(lost_after=0.0)
    stop.clear()
    sent = fake.calls["submit"]
    again = go(plan_of(job), store, fake, consent=Asking(), limits=limits)[job.digest]  # type: ignore[arg-type]
    assert len(asked) == 1  # one consent is for one more request, also where that is lost again
    assert fake.calls["submit"] == sent + 1
    assert isinstance(again, Unknown)


def test_a_clock_set_back_does_not_make_a_request_wait_for_ever(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal(scripted(submit=["lost-before"]), wait=50)
    go(plan_of(job), store, fake)
    assert isinstance(store.latest(job.digest), UnknownLife)
    back = fast_clock(timedelta(days=-400))
    outcome = go(plan_of(job), store, fake, clock=back)[job.digest]
    assert isinstance(outcome, Unknown)
