"""One kind of bad luck a test: what is told, what is kept, and what the next run makes of it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

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
    take_1,
)

from storyboard.jobs.job import JobDigest
from storyboard.model.asset import FileDigest
from storyboard.plan import Plan
from storyboard.provider import Charge, Fault, Media, Ticket, answer
from storyboard.render import GivenConsent, Limits, Refused, Rendered, Skipped, Unknown, render
from storyboard.render import run as engine_run
from storyboard.store import Conflict, Store, StoreProblem
from storyboard.store.life import Accepted, Finished, Life, Mislaid
from storyboard.store.life import Unknown as UnknownLife
from storyboard.store.problem import disk

T = TypeVar("T")
WAITING = 50
"""Looks at a request before it begins."""
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
    assert isinstance(store.latest(take_1(job.digest)), Accepted)  # the next run asks again
    kind = FakeFal(requests=fake.requests)
    assert isinstance(go(plan_of(job), store, kind)[job.digest], Rendered)
    assert kind.calls["submit"] == 0


def test_a_request_that_is_gone_for_good_is_given_up_with_consent_only(store: Store) -> None:
    """Another account's key finds nothing: with the first one again, what was paid is there."""
    job, fake = clip_job("a"), Gone(wait=0.0)
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Refused)
    assert (outcome.cost, outcome.request) == (job.cost, "r1")
    again = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(again, Refused)
    assert (again.code, again.cost) == ("SB811", 0)
    assert isinstance(store.latest(take_1(job.digest)), Accepted)
    kind = FakeFal(requests=fake.requests)
    assert isinstance(go(plan_of(job), store, kind)[job.digest], Rendered)
    assert fake.calls["submit"] + kind.calls["submit"] == 1


def test_what_is_given_up_as_gone_is_sent_again_and_asked_about_once(store: Store) -> None:
    asked: list[object] = []

    class Asking(GivenConsent):
        async def resubmit_failed(self, doubt: object) -> bool:
            """Note the question."""
            asked.append(doubt)
            return True

    job, fake = clip_job("a"), Gone(wait=0.0)
    go(plan_of(job), store, fake)
    again = go(plan_of(job), store, fake, consent=Asking())[job.digest]
    assert len(asked) == 1
    assert isinstance(again, Refused)  # gone as well, and this run's own: nobody is asked again
    assert fake.calls["submit"] == 2
    assert isinstance(store.latest(take_1(job.digest)), Accepted)


def test_a_request_of_an_earlier_version_that_is_gone_is_asked_of_nobody(store: Store) -> None:
    class Forgetful(FakeFal):
        async def status(self, ticket: Ticket) -> answer.Status:
            """Know nothing of the first."""
            return answer.Gone(GONE) if ticket.request == "r1" else await super().status(ticket)

    old, new, fake = clip_job("old"), clip_job("new"), Forgetful(wait=0.0)
    go(plan_of(old), store, fake)
    outcome = go(plan_of(new), store, fake, consent=GivenConsent(failed=True))[new.digest]
    assert isinstance(outcome, Rendered)
    assert isinstance(store.latest(take_1(old.digest)), Accepted)


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
    assert isinstance(store.latest(take_1(job.digest)), Accepted)


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


async def ended(work: Awaitable[T]) -> T:
    """Wait for what would wait for ever, if it did."""
    async with asyncio.timeout(60):
        return await work


def test_a_locked_account_leaves_nobody_waiting_for_a_place(store: Store) -> None:
    """The request that found it locked held the only place, and the next one waited for ever."""
    jobs = [clip_job("a"), clip_job("b")]
    fake, clock = FakeFal(lambda call, _n: "locked" if call == "status" else "ok"), fast_clock()
    run = render(
        plan_of(*jobs),
        backend=fake,
        store=store,
        listen=lambda _event: None,
        pictures=PICTURES,
        clock=clock,
        limits=Limits(concurrency=1),
    )
    outcomes = asyncio.run(ended(run))
    assert [type(outcomes[job.digest]) for job in jobs] == [Skipped, Skipped]
    assert fake.calls["submit"] == 1


def test_what_another_run_fetched_gives_back_its_place(tmp_path: Path) -> None:
    """Jobs in flight that another run had in hand kept their places in this one for ever."""
    shared, own = [clip_job(str(n)) for n in range(4)], clip_job("own")
    fake, clock = FakeFal(polls=30), fast_clock()
    fake.now = clock.now

    async def both(first: Store, second: Store) -> Mapping[JobDigest, object]:
        sent = asyncio.Event()

        def listen(_event: object) -> None:
            if len(fake.requests) == len(shared):
                sent.set()

        def one(store: Store, plan: Plan) -> Awaitable[Mapping[JobDigest, object]]:
            return render(
                plan,
                backend=fake,
                store=store,
                listen=listen,
                pictures=PICTURES,
                clock=clock,
                limits=Limits(concurrency=4),
            )

        others = asyncio.create_task(ended(one(first, plan_of(*shared))))
        await sent.wait()
        outcomes = await ended(one(second, plan_of(*shared, own)))
        await others
        return outcomes

    with Store.open(tmp_path) as first, Store.open(tmp_path) as second:
        outcomes = asyncio.run(both(first, second))
    assert all(isinstance(one, Rendered) for one in outcomes.values())
    assert fake.calls["submit"] == 5


def test_a_clip_whose_host_has_moved_is_fetched_from_its_new_place(store: Store) -> None:
    class Moving(FakeFal):
        host = "https://old.test"

        async def result(self, ticket: Ticket, ended: answer.Completed) -> answer.Result:
            """Name the present host."""
            await super().result(ticket, ended)
            return answer.Ready(Media(f"{self.host}/{ticket.request}"), None)

        async def download(
            self, url: str, to: Path, told: Callable[[float | None], None]
        ) -> answer.Download:
            """Answer at the present host only."""
            if not url.startswith(self.host):
                return answer.Trouble("no connection")
            return await super().download(url, to, told)

    job, fake = clip_job("a"), Moving()
    fake.script = lambda call, _n: "trouble" if call == "download" else "ok"
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Refused)
    assert outcome.code == "SB813"
    fake.host, fake.script = "https://new.test", scripted()
    assert isinstance(go(plan_of(job), store, fake)[job.digest], Rendered)
    assert fake.calls["submit"] == 1


def test_a_clip_that_nobody_keeps_any_more_is_given_up_late_and_with_consent(store: Store) -> None:
    """Its job could never be rendered again: nothing to fetch, and nothing to consent to."""

    class Emptied(FakeFal):
        empty = True

        async def result(self, ticket: Ticket, ended: answer.Completed) -> answer.Result:
            """Know nothing of the first request any more."""
            gone = self.empty and ticket.request == "r1"
            return answer.Gone(GONE) if gone else await super().result(ticket, ended)

        async def download(
            self, url: str, to: Path, told: Callable[[float | None], None]
        ) -> answer.Download:
            """Have its clip no more."""
            if self.empty and url.endswith("/r1"):
                return answer.Expired("404")
            return await super().download(url, to, told)

    job, fake = clip_job("a"), Emptied()
    fake.empty = False
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Rendered)
    assert outcome.clip is not None
    outcome.clip.path.unlink()
    fake.empty, agreed = True, GivenConsent(failed=True)
    early = go(plan_of(job), store, fake, consent=agreed)[job.digest]
    assert isinstance(early, Refused)
    assert "run again" in early.help
    later = fast_clock(timedelta(days=8))
    held = go(plan_of(job), store, fake, clock=later)[job.digest]
    assert isinstance(held, Refused)
    assert "--retry-failed" in held.help
    assert isinstance(store.latest(take_1(job.digest)), Mislaid)
    assert fake.calls["submit"] == 1
    anew = go(plan_of(job), store, fake, clock=later, consent=agreed)[job.digest]
    assert isinstance(anew, Rendered)
    assert fake.calls["submit"] == 2


def test_a_run_does_not_spin_while_an_earlier_request_gives_no_answer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = [clip_job("a"), clip_job("b")]
    stop = asyncio.Event()
    fake = FakeFal(lambda call, n: (stop.set() if call == "status" and n > 1 else None) or "ok")
    fake.polls = WAITING
    go(plan_of(*jobs), store, fake, stop=stop)
    assert all(isinstance(life, Accepted) for life in store.lives().values())
    looks = 0

    class Waited:
        """asyncio, counting its waits."""

        FIRST_COMPLETED, Event = asyncio.FIRST_COMPLETED, asyncio.Event
        create_task, gather = asyncio.create_task, asyncio.gather

        @staticmethod
        async def wait(*things: Any, **named: Any) -> object:  # noqa: ANN401 - asyncio's own
            """Count, and wait."""
            nonlocal looks
            looks += 1
            return await asyncio.wait(*things, **named)

    class Slow(FakeFal):
        async def status(self, ticket: Ticket) -> answer.Status:
            """Take a thousand turns of the loop over one of them."""
            if ticket.request == "r1" and not self.calls["slow"]:
                self.calls["slow"] += 1
                for _ in range(1000):
                    await asyncio.sleep(0)
            return await super().status(ticket)

    monkeypatch.setattr(engine_run, "asyncio", Waited)
    slow = Slow(requests=fake.requests)
    for sent in slow.requests.values():
        sent.polls = 1
    outcomes = go(plan_of(*jobs), store, slow)
    assert all(isinstance(one, Rendered) for one in outcomes.values())
    assert looks < 50


def test_a_file_that_changes_while_it_is_uploaded_is_not_used(tmp_path: Path) -> None:
    class Writing(FakeFal):
        async def upload(self, file: Path, digest: FileDigest) -> answer.Upload:
            """Be slow enough for somebody to save the picture."""
            got = await super().upload(file, digest)
            await asyncio.to_thread(file.write_bytes, b"another picture")
            return got

    fake = Writing()
    with Store.open(tmp_path) as store:
        picture = local_file(tmp_path, "a.png", b"a picture")
        job = clip_job("a", body={"image_url": picture})
        outcome = go(plan_of(job), store, fake)[job.digest]
        assert isinstance(outcome, Refused)
        assert "has changed since the plan was made" in outcome.message
        assert store.upload(fake.facts.name, picture.file.digest, fake.facts.uploads_last) is None
    assert fake.calls["submit"] == 0


def test_a_file_that_goes_while_it_is_uploaded_fails_its_own_job_only(tmp_path: Path) -> None:
    class Losing(FakeFal):
        async def upload(self, file: Path, digest: FileDigest) -> answer.Upload:
            """Find nothing."""
            del digest
            await asyncio.to_thread(file.unlink)
            return answer.Uploaded(await asyncio.to_thread(file.read_text))

    fake = Losing()
    with Store.open(tmp_path) as store:
        job = clip_job("a", body={"image_url": local_file(tmp_path, "a.png", b"a picture")})
        other = clip_job("b")
        outcomes = go(plan_of(job, other), store, fake)
    outcome = outcomes[job.digest]
    assert isinstance(outcome, Refused)
    assert "a.png could not be read" in outcome.message
    assert isinstance(outcomes[other.digest], Rendered)


def test_a_store_that_is_removed_while_a_run_is_at_work_ends_it(tmp_path: Path) -> None:
    """What is sent after that would be known to nobody, and paid again by the next run."""

    def script(call: str, _n: int) -> str:
        if call == "status" and (tmp_path / ".storyboard").exists():
            (tmp_path / ".storyboard").rename(tmp_path / "bin")
        return "ok"

    jobs, fake = [clip_job(name) for name in "abc"], FakeFal(script)
    with Store.open(tmp_path) as store:
        with pytest.raises(StoreProblem, match="moved, removed or replaced") as caught:
            go(plan_of(*jobs), store, fake, limits=Limits(concurrency=1))
        assert caught.value.code == "SB913"
    assert fake.calls["submit"] == 1
    (tmp_path / "bin").rename(tmp_path / ".storyboard")
    fake.script = scripted()
    with Store.open(tmp_path) as store:
        outcomes = go(plan_of(*jobs), store, fake, limits=Limits(concurrency=1))
    assert all(isinstance(one, Rendered) for one in outcomes.values())
    assert max(fake.charged.values()) == 1


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
    assert isinstance(store.latest(take_1(job.digest)), UnknownLife)
    back = fast_clock(timedelta(days=-400))
    outcome = go(plan_of(job), store, fake, clock=back)[job.digest]
    assert isinstance(outcome, Unknown)
