"""The bounds of a run, amount by amount: what counts against which, and what is let go again."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from render_fakes import (
    PICTURES,
    FakeFal,
    clip_job,
    fast_clock,
    local_file,
    order,
    plan_of,
    take_1,
    ticket_of,
)

from storyboard.catalogue.endpoint import EndpointId
from storyboard.jobs.job import ClipJob, JobDigest
from storyboard.model.asset import ClipFacts, FileDigest
from storyboard.model.clip import ClipDigest
from storyboard.model.cut import Cut
from storyboard.model.money import Usd
from storyboard.model.storyboard import AspectRatio, Format, Storyboard
from storyboard.plan.caps import Cap
from storyboard.plan.planned import Film, Plan
from storyboard.provider import Charge, Fault, Media, RequestId, answer
from storyboard.provider.answer import Seen
from storyboard.render import Outcome, Rendered, Skipped, render
from storyboard.render.budget import Budget, budget_of, is_open
from storyboard.render.match import SLACK, agrees, match
from storyboard.store import Store
from storyboard.store import life as states
from storyboard.store.life import AttemptId, Life, charge_of

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
A, B, C = JobDigest("a"), JobDigest("b"), JobDigest("c")
FREE = Fault("SB808", "failed", "again", Charge.NONE)
PAID = Fault("SB812", "wrong", "look", Charge.PAID)


def usd(text: str) -> Usd:
    return Usd(Decimal(text))


def lives(
    job: JobDigest = A, attempt: str = "old", cost: str = "2", films: tuple[str, ...] = ()
) -> Mapping[str, Life]:
    """One life in every state."""
    intended = states.Intended(order(job, attempt, cost, films), NOW)
    unknown = states.Unknown(intended, "no answer", NOW)
    accepted = states.Accepted(intended, ticket_of("r1"), NOW)
    finished = states.Finished(accepted, Media("https://media/x"), None, NOW)
    facts = ClipFacts("mp4", 1280, 720, Fraction(24), Fraction(5), "h264", None)
    clip = states.KeptClip(ClipDigest("c" * 64), ".mp4", 10, facts)
    stored = states.Stored(finished, clip, NOW)
    return {
        "intended": intended,
        "unknown": unknown,
        "accepted": accepted,
        "finished": finished,
        "stored": stored,
        "mislaid": states.Mislaid(stored, NOW),
        "refused": states.Refused(intended, FREE, NOW),
        "failed": states.Failed(accepted, PAID, None, NOW),
        "never sent": states.Abandoned(intended, "never sent", Charge.NONE, NOW),
        "given up": states.Abandoned(unknown, "consent", Charge.POSSIBLE, NOW),
    }


def left(budget: Budget, job: JobDigest, most: int = 20) -> int:
    """Count how many dollars more a job may still cost, without leaving a trace."""
    for dollars in range(most + 1):
        if budget.commit(order(job, "probe", str(dollars))) is not None:
            return dollars - 1
        budget.withdraw(AttemptId("probe"))
    return most


def test_a_bound_may_be_reached_and_not_passed_and_the_refusal_says_all_amounts() -> None:
    budget = Budget([Cap("the limit of this run", usd("5"), None)])
    assert budget.commit(order(A, "1", "1.5")) is None
    assert budget.commit(order(B, "2", "3.51")) == (
        "3.51 USD more would pass the limit of this run of 5.00 USD; "
        "1.50 USD of it is spent, in flight or unknown"
    )
    assert budget.commit(order(B, "3", "3.5")) is None
    assert left(budget, C) == 0


def test_every_bound_of_a_job_holds_and_no_other_jobs_bound() -> None:
    first = Cap("first", usd("4"), frozenset({A, B}))
    second = Cap("second", usd("2"), frozenset({B, C}))
    budget = Budget([first, second])
    assert [left(budget, one) for one in (A, B, C)] == [4, 2, 2]
    assert budget.commit(order(B, "1", "1")) is None
    assert [left(budget, one) for one in (A, B, C)] == [3, 1, 1]
    assert budget.commit(order(A, "2", "3")) is None
    assert [left(budget, one) for one in (A, B, C)] == [0, 0, 1]
    assert left(budget, JobDigest("elsewhere")) == 20


def test_jobs_together_may_reach_a_bound_and_not_pass_it_and_asking_counts_nothing() -> None:
    first, second, free = (
        clip_job(name, cost=cost) for name, cost in zip("abc", "230", strict=True)
    )
    film = Cap("the film", usd("5.5"), frozenset({first.digest, second.digest}))
    budget = Budget([film, Cap("the run", usd("6"), None)])
    assert budget.against([]) is None
    assert budget.against([first, second, free]) is None
    assert budget.commit(order(second.digest, "1", "0.501")) is None
    for _ in range(2):
        assert budget.against([first, second]) == (
            "this costs 5.00 USD, more than the film of 5.50 USD; "
            "0.501 USD of it is spent, in flight or unknown"
        )
    assert budget.against([first]) is None
    unused = Budget([Cap("the run", usd("4.9"), None)])
    assert unused.against([first, second]) == "this costs 5.00 USD, more than the run of 4.90 USD"
    dear = clip_job("d", cost="5.5")
    assert (budget.against([dear]) or "").startswith("this costs 5.50 USD, more than the run of 6")
    assert budget.against([clip_job("e", cost="5.499")]) is None


def test_what_is_withdrawn_may_be_spent_again_once() -> None:
    budget = Budget([Cap("run", usd("5"), None), Cap("film", usd("3"), frozenset({A}))])
    assert budget.commit(order(A, "1", "3")) is None
    assert (left(budget, A), left(budget, B)) == (0, 2)
    budget.withdraw(AttemptId("1"))
    budget.withdraw(AttemptId("1"))
    budget.withdraw(AttemptId("never counted"))
    assert (left(budget, A), left(budget, B)) == (3, 5)


@pytest.mark.parametrize(
    ("state", "of_run", "of_film"),
    [
        ("intended", 2, 2),
        ("unknown", 2, 2),
        ("accepted", 2, 2),
        ("finished", 2, 2),
        ("stored", 0, 2),
        ("mislaid", 0, 2),
        ("refused", 0, 0),
        ("failed", 0, 2),
        ("never sent", 0, 0),
        ("given up", 0, 2),
    ],
)
def test_an_earlier_attempt_counts_for_its_film_and_for_the_run_while_open(
    state: str, of_run: int, of_film: int
) -> None:
    budget = Budget([Cap("run", usd("10"), None), Cap("film", usd("5"), frozenset({A}))])
    budget.earlier(lives()[state])
    assert left(budget, B) == 10 - of_run
    assert left(budget, A) == 5 - of_film
    assert is_open(lives()[state]) == bool(of_run)


def test_an_earlier_attempt_at_a_job_of_no_film_counts_for_the_run() -> None:
    budget = Budget([Cap("run", usd("10"), None), Cap("film", usd("5"), frozenset({B}))])
    budget.earlier(lives()["unknown"])
    assert left(budget, C) == 8
    assert left(budget, B) == 5


def test_an_earlier_attempt_is_let_go_when_it_turns_out_free() -> None:
    budget = Budget([Cap("run", usd("10"), None), Cap("film", usd("5"), frozenset({A}))])
    budget.earlier(lives()["unknown"])
    budget.settle(lives()["failed"])  # it was paid: it stays
    assert (left(budget, A), left(budget, B)) == (3, 8)
    budget.settle(lives(attempt="other")["refused"])  # not this attempt
    assert (left(budget, A), left(budget, B)) == (3, 8)
    budget.settle(lives()["refused"])
    assert (left(budget, A), left(budget, B)) == (5, 10)


def film(
    jobs: tuple[JobDigest, ...],
    most: str | None,
    name: str = "ad",
    variation: str | None = None,
    each: str | None = None,
) -> Film:
    shape = Format(AspectRatio(16, 9), None, None)
    made = Storyboard(
        name=name,
        title=name,
        scenes=(),
        elements={},
        voices={},
        format=shape,
        cut=Cut((), (), None, None, None),
        outputs=(),
        budget=usd(most) if most else None,
        file="storyboard.yaml",
        budget_each=usd(each) if each else None,
    )
    return Film(variation, made, (), jobs, Fraction(5))


def plan(jobs: tuple[ClipJob, ...], *films: Film) -> Plan:
    return replace(plan_of(*jobs), films=films)


ONE, TWO, THREE = clip_job("one"), clip_job("two"), clip_job("three")


def refusal(budget: Budget, job: ClipJob, cost: str) -> str | None:
    return budget.commit(order(job.digest, "probe", cost))


def test_each_storyboard_has_its_own_bound_and_the_run_has_one_for_all() -> None:
    made = plan(
        (ONE, TWO, THREE),
        film((ONE.digest,), "3"),
        film((THREE.digest,), None, "free"),
        film((TWO.digest,), "4", "other"),
    )
    budget = budget_of(made, usd("6"), {})
    assert (refusal(budget, ONE, "3.01") or "").startswith(
        "3.01 USD more would pass the budget of ad of 3.00 USD;"
    )
    assert (refusal(budget, TWO, "4.01") or "").startswith(
        "4.01 USD more would pass the budget of other of 4.00 USD;"
    )
    assert (refusal(budget, THREE, "6.01") or "").startswith(
        "6.01 USD more would pass the limit of this run of 6.00 USD;"
    )
    assert refusal(budget, THREE, "6") is None


def test_what_the_films_have_in_flight_counts_against_the_run_and_what_is_over_does_not() -> None:
    attempts = {
        ONE.digest: [lives(ONE.digest, "1", "2")["stored"], lives(ONE.digest, "2", "1")["accepted"]]
    }
    made = plan((ONE, TWO), film((ONE.digest,), "9"))
    assert left(budget_of(made, usd("5"), attempts), TWO.digest) == 4
    assert left(budget_of(made, None, attempts), ONE.digest) == 6


def test_what_others_counted_since_may_reach_a_bound_and_not_pass_it() -> None:
    budget = Budget([Cap("the film", usd("4"), frozenset({A, B}))])
    assert budget.commit(order(A, "mine", "2")) is None
    budget.elsewhere(lives(B, "theirs", "2")["accepted"])
    assert budget.passed(AttemptId("mine")) is None
    budget.elsewhere(lives(B, "more", "0.5")["intended"])
    assert budget.passed(AttemptId("mine")) == (
        "2.00 USD more would pass the film of 4.00 USD; "
        "2.50 USD of it is spent, in flight or unknown"
    )


def test_without_a_limit_only_the_storyboards_bounds_hold() -> None:
    budget = budget_of(plan((ONE, TWO), film((ONE.digest,), "3")), None, {})
    assert refusal(budget, TWO, "1000") is None
    assert refusal(budget, ONE, "4") is not None


def test_all_films_of_a_storyboard_share_its_bound_and_the_least_named_holds() -> None:
    wide, tall = film((ONE.digest,), "5"), film((TWO.digest,), "5")
    other = film((THREE.digest,), "4", variation="de")
    budget = budget_of(plan((ONE, TWO, THREE), wide, tall, other), None, {})
    assert budget.commit(order(ONE.digest, "1", "3")) is None
    assert left(budget, TWO.digest) == 1
    assert left(budget, THREE.digest) == 1


def test_films_that_are_not_chosen_now_share_the_bound_and_not_the_limit_of_this_run() -> None:
    among = {"ad": frozenset({ONE.digest, TWO.digest}), "other": frozenset({THREE.digest})}
    made = replace(plan((ONE,), film((ONE.digest,), "5", each="4")), among=among)
    attempts = {
        TWO.digest: [lives(TWO.digest, "1", "2")["stored"], lives(TWO.digest, "2", "1")["unknown"]],
        THREE.digest: [lives(THREE.digest, "3", "9")["stored"]],
    }
    budget = budget_of(made, usd("10"), attempts)
    assert left(budget, ONE.digest) == 2
    assert left(budget, JobDigest("elsewhere")) == 10
    budget.elsewhere(
        lives(TWO.digest, "2", "1")["stored"]
    )  # counted once, however often it is seen
    assert left(budget, ONE.digest) == 2
    budget.elsewhere(lives(TWO.digest, "2", "1")["refused"])
    assert left(budget, ONE.digest) == 3
    assert left(budget_of(replace(made, among={}), None, attempts), ONE.digest) == 4


def test_two_runs_at_once_keep_to_the_budget_that_they_share(tmp_path: Path) -> None:
    """Each had counted when it began, and so neither knew of the other's request."""
    picture = local_file(tmp_path, "a.png", b"a picture")
    early, late = clip_job("early"), clip_job("late", body={"image_url": picture})
    among = {"ad": frozenset({early.digest, late.digest})}

    def plan_for(job: ClipJob) -> Plan:
        made = plan((job,), film((job.digest,), "2.99", variation=job.id))
        return replace(made, among=among)

    class Waiting(FakeFal):
        counted, sent = asyncio.Event(), asyncio.Event()

        async def upload(self, file: Path, digest: FileDigest) -> answer.Upload:
            """Take as long as the other run needs to send its request."""
            self.counted.set()
            await self.sent.wait()
            return await super().upload(file, digest)

        async def submit(self, endpoint: EndpointId, body: str) -> answer.Submitted:
            """Say that it was sent."""
            got = await super().submit(endpoint, body)
            self.sent.set()
            return got

    fake, clock = Waiting(), fast_clock()
    fake.now = clock.now

    async def both(first: Store, second: Store) -> list[Mapping[JobDigest, Outcome]]:
        async def one(store: Store, job: ClipJob) -> Mapping[JobDigest, Outcome]:
            return await render(
                plan_for(job),
                backend=fake,
                store=store,
                listen=lambda _event: None,
                pictures=PICTURES,
                clock=clock,
            )

        other = asyncio.create_task(one(second, late))
        await fake.counted.wait()
        return [await one(first, early), await other]

    with Store.open(tmp_path) as first, Store.open(tmp_path) as second:
        sent, held = asyncio.run(both(first, second))
        life = first.latest(take_1(late.digest))
    assert isinstance(sent[early.digest], Rendered)
    outcome = held[late.digest]
    assert isinstance(outcome, Skipped)
    assert outcome.reason.startswith("1.50 USD more would pass the budget of ad of 2.99 USD; 1.50")
    assert life is not None
    assert charge_of(life) is Charge.NONE
    assert fake.calls["submit"] == 1


def test_each_variation_has_a_bound_of_its_own_where_it_is_named() -> None:
    wide = film((ONE.digest,), "9", variation="de", each="4")
    tall = film((TWO.digest,), "9", variation="de", each="4")
    other = film((THREE.digest,), "9", variation="en", each="4")
    budget = budget_of(plan((ONE, TWO, THREE), wide, tall, other), None, {})
    assert budget.commit(order(ONE.digest, "1", "3")) is None
    assert left(budget, TWO.digest) == 1
    assert left(budget, THREE.digest) == 4
    assert (refusal(budget, TWO, "2") or "").startswith(
        "2.00 USD more would pass the budget of ad for each film (de) of 4.00 USD;"
    )


def test_all_earlier_attempts_at_a_films_jobs_count_and_others_do_not() -> None:
    first = lives(ONE.digest, "1", "1")["given up"]
    second = lives(ONE.digest, "2", "2")["stored"]
    elsewhere = lives(JobDigest("gone"), "3", "4")["unknown"]
    attempts = {ONE.digest: [first, second], JobDigest("gone"): [elsewhere]}
    budget = budget_of(plan((ONE, TWO), film((ONE.digest,), "9")), usd("10"), attempts)
    assert left(budget, ONE.digest) == 6
    assert left(budget, TWO.digest) == 10


def test_whatever_was_asked_for_a_storyboard_counts_against_its_bound() -> None:
    """Other words, other takes, another way: it was paid for the same film."""
    board = plan((ONE, TWO), film((ONE.digest,), "9")).films[0].storyboard.name
    gone, other, twin = (JobDigest(name) for name in ("gone", "other", "twin"))
    attempts: dict[JobDigest, list[Life]] = {
        gone: [lives(gone, "1", "1", (f"{board}/red",))["stored"]],
        other: [lives(other, "2", "2", ("elsewhere", board))["unknown"]],
        twin: [lives(twin, "3", "4", (f"{board}-2",))["stored"]],
    }
    budget = budget_of(plan((ONE, TWO), film((ONE.digest,), "9")), None, attempts)
    assert left(budget, ONE.digest) == 6


def test_takes_that_earlier_versions_knew_by_digests_of_their_own_count() -> None:
    second = JobDigest("take 2")
    job = replace(ONE, former=(second,))
    attempts: dict[JobDigest, list[Life]] = {second: [lives(second, "1", "4")["unknown"]]}
    budget = budget_of(plan((job,), film((job.digest,), "9")), usd("10"), attempts)
    assert left(budget, job.digest) == 5
    assert left(budget, TWO.digest) == 6  # it is in flight: the run's own limit counts it too


# --- a lost request and the account's list


def listed(name: str, seconds: float, body: object = None) -> Seen:
    at = NOW + timedelta(seconds=seconds)
    return Seen(RequestId(name), at, body or {"prompt": "x"}, ticket_of(name).addresses)  # type: ignore[arg-type]


@pytest.mark.parametrize("way", [-1, 1])
def test_a_request_may_be_off_by_the_slack_and_no_more(way: int) -> None:
    slack = SLACK.total_seconds()
    assert timedelta(hours=1) == SLACK
    assert match('{"prompt":"x"}', [NOW], [listed("at", way * slack)], set()) is not None
    assert match('{"prompt":"x"}', [NOW], [listed("past", way * (slack + 1))], set()) is None


def test_of_requests_sent_at_one_time_the_first_by_name_is_taken() -> None:
    ways = [listed("b", 5), listed("a", -5), listed("c", 9)]
    found = match('{"prompt":"x"}', [NOW], ways, set())
    assert found is not None
    assert found.request == "a"
    early = match('{"prompt":"x"}', [NOW], [listed("late", 9), listed("early", -8)], set())
    assert early is not None
    assert early.request == "early"


def test_nothing_listed_is_nothing_found() -> None:
    assert match('{"prompt":"x"}', [NOW], [], set()) is None


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("a", "b"),
        ("ab", ["a", "b"]),
        (["a", "b"], "ab"),
        (["a"], ("a", "b")),
        (False, None),
        (None, False),
        (None, ""),
        (0, False),
        (False, 0),
        (True, False),
        ("1", 1),
        (1.5, 1),
        ({}, None),
        ([], {}),
        ([{"a": 1}], [{"a": 2}]),
        (object(), object()),
    ],
)
def test_values_of_another_kind_or_size_do_not_agree(sent: object, seen: object) -> None:
    assert agrees(sent, seen) is False


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        (True, True),
        (False, False),
        (None, None),
        ("a", "a"),
        ([1, "a", None, True], (1.0, "a", None, True)),
        ({"a": {"b": [1]}}, {"a": {"b": [1], "c": 2}, "d": 3}),
        ([], []),
        ({}, {"a": 1}),
    ],
)
def test_equal_values_agree_and_a_list_may_say_more(sent: object, seen: object) -> None:
    assert agrees(sent, seen) is True
