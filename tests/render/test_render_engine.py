import asyncio
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from render_fakes import (
    FakeFal,
    Killed,
    clip_job,
    digest_of,
    fast_clock,
    go,
    local_file,
    order,
    plan_of,
    scripted,
    take_1,
    voice_job,
)

from storyboard.catalogue import EndpointId, load
from storyboard.catalogue.earlier_editions import of_model
from storyboard.jobs.job import ClipJob, FrameRef, JobDigest, VoiceRef
from storyboard.model.money import Usd
from storyboard.plan import JobState, PlannedJob
from storyboard.provider import Charge, answer
from storyboard.render import GivenConsent, Limits, Refused, Rendered, Skipped, Unknown
from storyboard.store import Store, view
from storyboard.store.catalogues import kept_catalogues
from storyboard.store.clips import Settled
from storyboard.store.life import Abandoned, Accepted, Finished, Stored, order_of

CONSENT = GivenConsent(unknown=True, failed=True)


@pytest.fixture
def store(tmp_path: Path):  # noqa: ANN201 - a generator of a store
    with Store.open(tmp_path) as store:
        yield store


def test_a_job_is_rendered_kept_and_never_sent_again(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal()
    first = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(first, Rendered)
    assert first.clip is not None
    assert first.cost == Decimal("1.5")
    assert first.clip.path.read_bytes() == b"clip 5 of r1"
    again = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(again, Rendered)
    assert again.cost == 0
    assert again.clip == first.clip
    assert len(fake.requests) == 1


def test_the_intent_is_in_the_journal_before_the_request_is_sent(tmp_path: Path) -> None:
    job = clip_job("a")
    seen = []

    class Looking(FakeFal):
        async def submit(self, endpoint, body):  # noqa: ANN001, ANN202
            with Store.open(tmp_path) as other:
                life = other.latest(take_1(job.digest))
                assert life is not None
                seen.append((type(life).__name__, order_of(life).body == body))
            return await FakeFal.submit(self, endpoint, body)

    with Store.open(tmp_path) as store:
        go(plan_of(job), store, Looking())
    assert seen == [("Intended", True)]


def test_chains_start_from_the_frame_and_the_voice_of_the_job_before(tmp_path: Path) -> None:
    sample = local_file(tmp_path, "mara.wav", b"sound")
    voice = voice_job("mara", {"voice_url": sample})
    first = clip_job("a", body={"prompt": "a", "voice_ids": (VoiceRef(voice.digest),)})
    second = clip_job(
        "b",
        body={"prompt": "b", "start": FrameRef(first.digest, Fraction(7, 2))},
        after=(first.digest,),
    )
    fake = FakeFal()
    with Store.open(tmp_path) as store:
        outcomes = go(plan_of(second, first, voice), store, fake)
    assert all(isinstance(one, Rendered) for one in outcomes.values())
    bodies = [one.body for one in fake.requests.values()]
    frame = digest_of("frame of clip 5 of r27/2")
    assert bodies[0] == {"voice_url": f"https://files.test/{sample.file.digest[:12]}.wav"}
    assert bodies[1] == {"prompt": "a", "voice_ids": ["v-r1"]}
    assert bodies[2] == {"prompt": "b", "start": f"https://files.test/{frame[:12]}.png"}


def test_a_file_is_uploaded_once_for_all_jobs_and_runs(tmp_path: Path) -> None:
    picture = local_file(tmp_path, "start.png", b"picture")
    jobs = [clip_job(name, body={"prompt": name, "image": picture}) for name in "abcd"]
    fake = FakeFal(scripted(upload=["trouble"]))
    with Store.open(tmp_path) as store:
        go(plan_of(*jobs[:3]), store, fake)
        go(plan_of(*jobs), store, fake)
    assert fake.uploads == [picture.file.digest]


def test_a_file_that_changed_since_the_plan_is_not_sent(tmp_path: Path) -> None:
    picture = local_file(tmp_path, "start.png", b"picture")
    (tmp_path / "start.png").write_bytes(b"another")
    job, fake = clip_job("a", body={"image": picture}), FakeFal()
    with Store.open(tmp_path) as store:
        outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Refused)
    assert "has changed since the plan" in outcome.message
    assert not fake.requests


def test_only_proof_that_nothing_was_sent_leads_to_a_second_request(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal(scripted(submit=["not-sent", "busy", "not-sent"]))
    assert isinstance(go(plan_of(job), store, fake)[job.digest], Rendered)
    assert fake.calls["submit"] == 4
    assert sum(fake.charged.values()) == 1


def test_a_lost_answer_is_found_in_the_list_and_not_sent_again(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal(scripted(submit=["lost-after"], list=["trouble", "empty"]))
    outcome = go(plan_of(job), store, fake, consent=CONSENT)[job.digest]
    assert isinstance(outcome, Rendered)
    assert fake.calls["submit"] == 1


def test_what_is_never_found_stays_unknown_and_is_sent_again_with_consent(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal(scripted(submit=["lost-before"]), wait=30)
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Unknown)
    assert fake.calls["submit"] == 1
    again = go(plan_of(job), store, fake, consent=CONSENT)[job.digest]
    assert isinstance(again, Rendered)
    assert fake.calls["submit"] == 2
    lives = store.journal.attempts()[job.digest]
    assert [type(life) for life in lives] == [Abandoned, Stored]
    assert lives[0].charge is Charge.POSSIBLE  # type: ignore[union-attr]


def test_two_equal_lost_requests_are_given_one_each(store: Store) -> None:
    body = {"prompt": "same"}
    jobs = [clip_job(name, body=body) for name in "ab"]
    fake = FakeFal(scripted(submit=["lost-after", "lost-after"]))
    outcomes = go(plan_of(*jobs), store, fake)
    requests = {one.request for one in outcomes.values() if isinstance(one, Rendered)}
    assert requests == {"r1", "r2"}
    assert fake.calls["submit"] == 2


def test_of_two_equal_lost_requests_one_that_arrived_is_taken_once(store: Store) -> None:
    body = {"prompt": "same"}
    jobs = [clip_job(name, body=body) for name in "ab"]
    fake = FakeFal(scripted(submit=["lost-after", "lost-before"]), wait=30)
    outcomes = go(plan_of(*jobs), store, fake)
    kinds = Counter(type(one).__name__ for one in outcomes.values())
    assert kinds == {"Rendered": 1, "Unknown": 1}


def test_what_was_killed_between_request_and_answer_is_taken_up(tmp_path: Path) -> None:
    job, fake = clip_job("a"), FakeFal(scripted(submit=["kill-after"]))
    with Store.open(tmp_path) as store, pytest.raises(Killed):
        go(plan_of(job), store, fake)
    fake.dead = False
    with Store.open(tmp_path) as store:
        outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Rendered)
    assert fake.calls["submit"] == 1


def test_a_download_that_fails_is_fetched_again_by_the_next_run(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal(scripted(download=["trouble", "torn", "expired"] * 8))
    first = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(first, Refused)
    assert "not paid again" in first.help
    fake.script = scripted()
    assert isinstance(go(plan_of(job), store, fake)[job.digest], Rendered)
    assert fake.calls["submit"] == 1


def test_a_clip_of_the_wrong_length_is_kept_and_never_paid_again(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal(scripted(submit=["short"]))
    outcome = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(outcome, Refused)
    assert "a clip of 5 s was asked for, and a clip of 9s came" in outcome.message
    assert (outcome.request, outcome.cost) == ("r1", job.cost)
    again = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(again, Refused)
    assert again.cost == 0
    assert "--retry-failed" in again.help
    assert fake.calls["submit"] == 1
    life = store.latest(take_1(job.digest))
    assert isinstance(life, Finished)
    wrong = store.wrong_path(life.before.before.order.attempt)
    assert str(wrong) in again.help
    assert wrong.read_bytes() == b"clip 9 of r1"


def test_a_clip_whose_file_is_gone_is_fetched_again(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal()
    first = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(first, Rendered)
    assert first.clip is not None
    first.clip.path.unlink()
    again = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(again, Rendered)
    assert first.clip.path.exists()
    assert fake.calls["submit"] == 1


def test_a_failure_that_costs_nothing_is_tried_again_and_ends(store: Store) -> None:
    good, bad = clip_job("good"), clip_job("bad")
    fake = FakeFal(scripted(submit=["fair", "fair"]))
    assert isinstance(go(plan_of(good), store, fake)[good.digest], Rendered)
    fake.script = lambda call, _n: "fair" if call == "submit" else "ok"
    before = fake.calls["submit"]
    outcome = go(plan_of(bad), store, fake)[bad.digest]
    assert isinstance(outcome, Refused)
    assert fake.calls["submit"] == before + Limits().tries


def test_a_failure_that_may_have_cost_is_sent_again_only_with_consent(store: Store) -> None:
    job, fake = clip_job("a"), FakeFal(scripted(submit=["policy", "policy"]))
    first = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(first, Refused)
    assert first.code == "SB804"
    assert first.request == "r1"
    second = go(plan_of(job), store, fake)[job.digest]
    assert isinstance(second, Refused)
    assert "it failed before" in second.message
    assert fake.calls["submit"] == 1
    third = go(plan_of(job), store, fake, consent=CONSENT)[job.digest]
    assert isinstance(third, Refused)
    assert fake.calls["submit"] == 2


def test_one_refused_job_fails_only_itself_and_what_builds_on_it(store: Store) -> None:
    first = clip_job("first")
    second = clip_job("second", after=(first.digest,))
    third = clip_job("third", after=(second.digest,))
    other = clip_job("other")
    fake = FakeFal(scripted(submit=["refused"]))
    outcomes = go(plan_of(first, second, third, other), store, fake, limits=Limits(concurrency=1))
    assert isinstance(outcomes[first.digest], Refused)
    assert isinstance(outcomes[other.digest], Rendered)
    for job in (second, third):
        skipped = outcomes[job.digest]
        assert isinstance(skipped, Skipped)
        assert skipped.because == first.digest


def test_a_locked_account_stops_the_run_and_retries_nothing(store: Store) -> None:
    jobs = [clip_job(name) for name in "abcdef"]
    fake = FakeFal(scripted(submit=["ok", "locked"]))
    outcomes = go(plan_of(*jobs), store, fake, limits=Limits(concurrency=1))
    kinds = Counter(type(one).__name__ for one in outcomes.values())
    assert kinds == {"Rendered": 1, "Refused": 1, "Skipped": 4}
    assert fake.calls["submit"] == 2
    fake.script = scripted()
    again = go(plan_of(*jobs), store, fake)
    assert all(isinstance(one, Rendered) for one in again.values())


def test_the_bound_of_a_run_counts_what_is_unknown(store: Store) -> None:
    jobs = [clip_job(name, cost="4") for name in "abc"]
    fake = FakeFal(scripted(submit=["lost-before"]), wait=20)
    limits = Limits(concurrency=1, max_cost=Usd(Decimal(9)))
    outcomes = go(plan_of(*jobs), store, fake, limits=limits)
    kinds = Counter(type(one).__name__ for one in outcomes.values())
    assert kinds == {"Unknown": 1, "Rendered": 1, "Skipped": 1}
    (skipped,) = [one for one in outcomes.values() if isinstance(one, Skipped)]
    assert skipped.reason == (
        "4.00 USD more would pass the limit of this run of 9.00 USD; "
        "8.00 USD of it is spent, in flight or unknown"
    )


def test_the_bound_is_free_again_where_a_failure_cost_nothing(store: Store) -> None:
    jobs = [clip_job(name, cost="4") for name in "ab"]
    fake = FakeFal(scripted(submit=["fair"]))
    limits = Limits(concurrency=1, max_cost=Usd(Decimal(8)))
    outcomes = go(plan_of(*jobs), store, fake, limits=limits)
    assert all(isinstance(one, Rendered) for one in outcomes.values())


def test_the_longest_way_to_the_end_is_sent_first(store: Store) -> None:
    short = clip_job("short")
    head = clip_job("head")
    middle = clip_job("middle", after=(head.digest,))
    tail = clip_job("tail", after=(middle.digest,))
    fake = FakeFal()
    go(plan_of(short, tail, middle, head), store, fake, limits=Limits(concurrency=1))
    assert next(iter(fake.requests.values())).body["prompt"] == "head"


def test_no_more_are_in_flight_than_asked_for(store: Store) -> None:
    fake = FakeFal(polls=3)
    go(plan_of(*(clip_job(str(n)) for n in range(20))), store, fake, limits=Limits(concurrency=3))
    assert fake.most_in_flight == 3


def test_what_is_in_flight_is_asked_about_before_anything_is_sent(tmp_path: Path) -> None:
    old, new = clip_job("old"), clip_job("new")
    fake = FakeFal(scripted(status=["kill"]))
    with Store.open(tmp_path) as store, pytest.raises(Killed):
        go(plan_of(old), store, fake)
    fake.script, fake.dead = scripted(), False
    fake.log.clear()
    with Store.open(tmp_path) as store:
        go(plan_of(new, old), store, fake)
    first = next(word for word in fake.log if word.startswith(("submit", "status")))
    assert first == "status:ok"


def test_an_interrupt_sends_nothing_more_and_fetches_what_is_finished(store: Store) -> None:
    jobs = [clip_job(name) for name in "abcd"]
    stop = asyncio.Event()

    def script(call: str, n: int) -> str:
        if call == "submit" and n == 2:
            stop.set()
        return "ok"

    fake = FakeFal(script)
    outcomes = go(plan_of(*jobs), store, fake, limits=Limits(concurrency=1), stop=stop)
    kinds = Counter(type(one).__name__ for one in outcomes.values())
    assert kinds == {"Rendered": 2, "Skipped": 2}
    assert fake.calls["submit"] == 2
    again = go(plan_of(*jobs), store, fake)
    assert all(isinstance(one, Rendered) for one in again.values())
    assert fake.calls["submit"] == 4


def test_an_interrupt_leaves_what_still_runs_and_says_how_to_take_it_up(store: Store) -> None:
    job, stop = clip_job("a"), asyncio.Event()

    def script(call: str, _n: int) -> str:
        if call == "status":
            stop.set()
        return "ok"

    fake = FakeFal(script, polls=50)
    skipped = go(plan_of(job), store, fake, stop=stop)[job.digest]
    assert isinstance(skipped, Skipped)
    assert "request r1 is kept in the journal: the next run takes it up" in skipped.reason
    assert isinstance(go(plan_of(job), store, fake)[job.digest], Rendered)
    assert fake.calls["submit"] == 1


def test_two_runs_at_once_send_each_job_once(tmp_path: Path) -> None:
    jobs: list[ClipJob] = [clip_job(str(n)) for n in range(6)]
    jobs.append(clip_job("tail", after=(jobs[0].digest,)))
    fake = FakeFal(polls=2)

    async def both() -> list[dict[JobDigest, object]]:
        from render_fakes import PICTURES  # noqa: PLC0415

        from storyboard.render import render  # noqa: PLC0415

        clock = fast_clock()
        fake.now = clock.now

        async def one(store: Store, plan: object) -> dict[JobDigest, object]:
            return dict(
                await render(
                    plan,  # type: ignore[arg-type]
                    backend=fake,
                    store=store,
                    listen=lambda _event: None,
                    pictures=PICTURES,
                    clock=clock,
                )
            )

        with Store.open(tmp_path) as left, Store.open(tmp_path) as right:
            return await asyncio.gather(
                one(left, plan_of(*jobs)), one(right, plan_of(*reversed(jobs)))
            )

    for outcomes in asyncio.run(both()):
        assert all(isinstance(one, Rendered) for one in outcomes.values())
    assert max(fake.charged.values()) == 1
    assert fake.calls["submit"] == 7


def test_a_film_budget_counts_only_what_its_own_jobs_cost() -> None:
    from storyboard.plan import Cap  # noqa: PLC0415
    from storyboard.render.budget import Budget  # noqa: PLC0415
    from storyboard.store.life import AttemptId  # noqa: PLC0415

    one, two = JobDigest("1"), JobDigest("2")
    budget = Budget([Cap("the budget of a", Usd(Decimal(5)), frozenset({one}))])
    assert budget.commit(order(one, "x", "4")) is None
    assert budget.commit(order(two, "y", "40")) is None
    refusal = budget.commit(order(one, "z", "2"))
    assert refusal is not None
    assert "the budget of a of 5.00 USD" in refusal
    budget.withdraw(AttemptId("x"))
    assert budget.commit(order(one, "z", "2")) is None


def test_a_request_of_an_earlier_version_is_fetched_beside_the_run(tmp_path: Path) -> None:
    old, new = clip_job("old"), clip_job("new")
    fake = FakeFal(scripted(status=["kill"]))
    with Store.open(tmp_path) as store, pytest.raises(Killed):
        go(plan_of(old), store, fake)
    fake.script, fake.dead = scripted(), False
    told: list[object] = []
    with Store.open(tmp_path) as store:
        outcomes = go(plan_of(new), store, fake, listen=told.append)
        life = store.latest(take_1(old.digest))
        assert isinstance(life, Stored)
        assert set(outcomes) == {new.digest}
        again = go(plan_of(old), store, fake)[old.digest]
    assert isinstance(again, Rendered)  # the edit was taken back: it is there
    assert fake.calls["submit"] == 2


def test_a_request_of_an_earlier_version_is_not_waited_for(tmp_path: Path) -> None:
    old, new = clip_job("old"), clip_job("new")
    fake = FakeFal(scripted(status=["kill"]), polls=10_000)
    with Store.open(tmp_path) as store, pytest.raises(Killed):
        go(plan_of(old), store, fake)
    fake.script, fake.dead, fake.polls = scripted(), False, 1
    with Store.open(tmp_path) as store:
        assert isinstance(go(plan_of(new), store, fake)[new.digest], Rendered)
        assert isinstance(store.latest(take_1(old.digest)), Accepted)


class DyingStore(Store):
    """A store whose process dies between the download and the record."""

    def keep(self, settled: Settled) -> Path:
        """Put the clip in its place, and die."""
        super().keep(settled)
        raise Killed


def test_a_whole_download_of_a_run_that_died_is_not_fetched_again(tmp_path: Path) -> None:
    job, fake = clip_job("a"), FakeFal()
    with DyingStore.open(tmp_path) as store, pytest.raises(Killed):
        go(plan_of(job), store, fake)
    with Store.open(tmp_path) as store:
        assert isinstance(go(plan_of(job), store, fake)[job.digest], Rendered)
        assert not list(store.layout.aside.iterdir())
    assert fake.calls["download"] == 1


def test_a_job_that_failed_is_free_for_other_runs_at_once(tmp_path: Path) -> None:
    bad, good = clip_job("bad"), clip_job("good")
    fake = FakeFal(scripted(submit=["refused"]))
    holders: list[object] = []
    with Store.open(tmp_path) as store, Store.open(tmp_path) as other:

        def listen(event: object) -> None:
            if isinstance(event, Refused):
                holders.append(other.claim(take_1(bad.digest)))

        go(plan_of(bad, good), store, fake, limits=Limits(concurrency=1), listen=listen)
    assert holders == [None]


def test_the_queues_pace_is_learnt_from_places(store: Store) -> None:
    paces: list[float | None] = []

    class Queue(FakeFal):
        async def status(self, ticket):  # noqa: ANN001, ANN202
            """Wait in a queue that moves three places a question."""
            sent = self.requests[ticket.request]
            sent.polls -= 3
            return answer.InQueue(sent.polls) if sent.polls > 0 else answer.Completed()

    from storyboard.render import pace  # noqa: PLC0415

    moved = pace.Pace.moved

    def noted(self: pace.Pace, places: int, seconds: float) -> None:
        moved(self, places, seconds)
        paces.append(places)

    pace.Pace.moved = noted  # type: ignore[method-assign]
    try:
        go(plan_of(clip_job("a")), store, Queue(polls=12))
    finally:
        pace.Pace.moved = moved  # type: ignore[method-assign]
    assert paces == [3, 3]


def test_what_requests_are_made_by_is_kept_before_the_first_is_sent(tmp_path: Path) -> None:
    turbo = EndpointId("fal-ai/kling-video/v3/turbo/pro/text-to-video")
    made_by = of_model(load(), "kling-v3-turbo-pro")
    job = replace(clip_job("a"), endpoint=turbo)
    seen = []

    class Looking(FakeFal):
        async def submit(self, endpoint, body):  # noqa: ANN001, ANN202
            seen.append(kept_catalogues(store.layout))
            return await FakeFal.submit(self, endpoint, body)

    with Store.open(tmp_path) as store:
        go(replace(plan_of(job), catalogue=load()), store, Looking())
        go(replace(plan_of(job), catalogue=load()), store, Looking())
    assert seen == [(made_by,)]
    held = view(tmp_path)
    assert held.endpoints == {turbo}
    assert held.catalogues == (made_by,)
    assert held.paid == {job.digest}


def test_a_run_that_sends_nothing_keeps_no_catalogue(tmp_path: Path) -> None:
    job = replace(clip_job("a"), endpoint=load().videos[0].id)
    done = PlannedJob(job, JobState.RENDERED, "rendered")
    plan = replace(plan_of(), jobs=(done,), catalogue=load())
    with Store.open(tmp_path) as store:
        go(plan, store, FakeFal())
        assert kept_catalogues(store.layout) == ()
