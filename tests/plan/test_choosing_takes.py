"""Takes of a job: which are wanted, what they cost, and that they change nothing else."""

from collections.abc import Mapping
from decimal import Decimal

import pytest
from boards import board, catalogue, scene, shot
from hypothesis import given
from hypothesis import strategies as st

from storyboard.jobs import ClipJob, pack
from storyboard.jobs.digest import digest
from storyboard.model.storyboard import Storyboard
from storyboard.plan import (
    JobState,
    KnownTake,
    Plan,
    StoreView,
    Wanted,
    estimate,
    gathered,
    plan,
    rows,
    to_json,
    which_takes,
)

TURBO = "kling-v3-turbo-pro"
KEPT = {1: KnownTake(1, JobState.RENDERED)}


def four(takes: int = 1) -> Storyboard:
    """Make four shots of 3 s; of the second, so many takes are wanted."""
    wanted = (1, takes, 1, 1)
    shots = (shot(f"s/{n}", 3, model=TURBO, takes=one) for n, one in enumerate(wanted))
    return board(scene(*shots))


def planned(film: Storyboard, view: StoreView | None = None) -> Plan:
    view = view or StoreView()
    jobs = pack(film, catalogue(), view.paid).value
    assert jobs is not None
    return plan([Wanted(None, film, ("wide",), jobs)], view, (), catalogue())


def kept_view(*makers: Plan) -> StoreView:
    takes = {one.job.digest: KEPT for made in makers for one in made.jobs}
    return StoreView(rendered=frozenset(takes), takes=takes)


def test_a_further_take_of_a_shot_is_its_pack_again_and_the_first_is_kept() -> None:
    first = planned(four())
    (pack_of_four,) = first.jobs
    assert (first.total, first.to_pay) == (Decimal("1.68"), Decimal("1.68"))
    view = kept_view(first)
    assert planned(four(), view).to_pay == 0
    again = planned(four(2), view)
    (same,) = again.jobs
    assert same.job.digest == pack_of_four.job.digest
    assert [(one.number, one.state) for one in same.takes] == [
        (1, JobState.RENDERED),
        (2, JobState.TO_RENDER),
    ]
    assert (again.total, again.to_pay) == (Decimal("3.36"), Decimal("1.68"))


def test_a_further_take_costs_what_the_pack_costs_before_anything_is_rendered() -> None:
    it = planned(four(3))
    assert [one.job.id for one in it.jobs] == ["s/0..3"]
    assert it.to_pay == it.total == Decimal("5.04")
    assert to_json(it)["to_pay"] == {"usd": "5.04", "seconds": 36}
    assert [(row.job, row.price) for row in rows(it)] == [
        ("s/0..3", "1.68"),
        ("s/0..3, take 2", "1.68"),
        ("s/0..3, take 3", "1.68"),
    ]


def test_films_that_share_a_job_get_as_many_takes_as_the_one_that_wants_most() -> None:
    once, twice = four(1), four(2)
    films = [
        Wanted(name, it, ("wide",), pack(it, catalogue(), frozenset()).value or ())
        for name, it in (("one", once), ("two", twice))
    ]
    it = plan(films, StoreView(), films, catalogue())
    (one,) = it.jobs
    assert (len(one.takes), it.to_pay) == (2, Decimal("3.36"))
    assert plan(films[:1], StoreView(), films, catalogue()).to_pay == Decimal("1.68")


def test_takes_of_earlier_versions_count_as_takes_of_the_job() -> None:
    film = board(scene(shot("s/a", 5, model=TURBO, takes=3)))
    job = planned(film).jobs[0].job
    second = digest(job.endpoint, job.body, 2)
    takes = {job.digest: KEPT, second: KEPT}
    it = planned(film, StoreView(rendered=frozenset(takes), takes=takes))
    assert [(one.number, one.state) for one in it.jobs[0].takes] == [
        (1, JobState.RENDERED),
        (2, JobState.RENDERED),
        (3, JobState.TO_RENDER),
    ]
    assert it.to_pay == Decimal("0.70")


def test_a_number_that_is_taken_twice_goes_to_the_jobs_own_take() -> None:
    film = board(scene(shot("s/a", 5, model=TURBO, takes=2)))
    blank = planned(film).jobs[0].job
    made = pack(film, catalogue(), frozenset({blank.digest})).value
    assert made is not None
    (job,) = made
    found = {job.digest: {1: "a", 2: "b"}, job.former[0]: {1: "c"}, job.former[1]: {1: "d"}}
    assert gathered(job, found) == {1: "a", 2: "b", 3: "c", 4: "d"}


R, F, U, L, X, N = (
    JobState.RENDERED,
    JobState.IN_FLIGHT,
    JobState.UNKNOWN,
    JobState.LEFT,
    JobState.FAILED,
    JobState.TO_RENDER,
)


@pytest.mark.parametrize(
    ("states", "wanted", "which"),
    [
        ({}, 1, (1,)),
        ({}, 3, (1, 2, 3)),
        ({1: R}, 2, (1, 2)),
        ({1: N, 2: R}, 1, (2,)),
        ({1: N, 2: R}, 2, (2, 1)),
        ({1: F, 2: R}, 1, (2,)),
        ({1: F, 2: R}, 2, (2, 1)),
        ({1: X, 2: N}, 1, (1,)),
        ({1: X, 2: R}, 1, (2,)),
        ({1: X, 2: U, 3: L}, 3, (2, 3, 1)),
        ({1: R, 4: R}, 3, (1, 4, 2)),
        ({1: R, 2: R, 3: R}, 2, (1, 2)),
    ],
)
def test_what_is_there_counts_before_what_is_to_come(
    states: Mapping[int, JobState], wanted: int, which: tuple[int, ...]
) -> None:
    assert which_takes(states, wanted) == which


@given(st.dictionaries(st.integers(1, 9), st.sampled_from([R, F, U, L, X, N])), st.integers(1, 12))
def test_as_many_takes_are_chosen_as_are_wanted_and_no_kept_one_is_rendered_again(
    states: Mapping[int, JobState], wanted: int
) -> None:
    which = which_takes(states, wanted)
    assert len(which) == len(set(which)) == wanted
    new = [number for number in which if states.get(number, N) is N]
    left_out = [n for n, state in states.items() if n not in which and state is not N]
    assert not (new and left_out)
    if R in states.values():
        assert states[which[0]] is R


def test_a_voice_is_needed_as_long_as_a_take_is_missing() -> None:
    say = [("narrator", "narrator", "hello")]
    line = shot("s/a", 5, start="a.png", say=say, takes=2)
    film = board(scene(line), voices={"narrator": "narrator.wav"})
    _, clip = planned(film).jobs
    assert isinstance(clip.job, ClipJob)
    half = StoreView(rendered=frozenset({clip.job.digest}), takes={clip.job.digest: KEPT})
    assert [one.job.id for one in planned(film, half).jobs] == ["voice/narrator", "s/a"]
    both = {clip.job.digest: {**KEPT, 2: KnownTake(2, JobState.RENDERED)}}
    whole = StoreView(rendered=half.rendered, takes=both)
    assert [one.job.id for one in planned(film, whole).jobs] == ["s/a"]


def test_a_take_that_failed_is_held_and_costs_only_with_a_retry() -> None:
    first = planned(four())
    (job,) = (one.job.digest for one in first.jobs)
    takes = {job: {**KEPT, 2: KnownTake(2, JobState.FAILED, "refused")}}
    it = planned(four(2), StoreView(rendered=frozenset({job}), takes=takes))
    assert (it.to_pay, it.to_retry) == (0, Decimal("1.68"))
    assert it.jobs[0].further[0].reason == "refused"


def test_takes_are_rendered_at_the_same_time_as_far_as_there_is_room() -> None:
    it = planned(four(4))
    assert [estimate(it, count, catalogue()) for count in (1, 2, 4, 9)] == [480, 240, 120, 120]
