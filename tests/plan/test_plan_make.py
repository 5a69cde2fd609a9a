"""Films to a plan: each distinct job once, its state, its reason, the money."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from boards import board, catalogue, crossfade, scene, shot, still
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.jobs import ClipJob, Job, JobDigest, pack, shown
from storyboard.model.storyboard import AspectRatio, Storyboard
from storyboard.plan import (
    JobState,
    Plan,
    Requested,
    StoreView,
    Wanted,
    film_seconds,
    overlapped,
    plan,
    sharing,
)

TURBO = "kling-v3-turbo-pro"
SAY = [("narrator", "narrator", "hello")]


def wanted(
    film: Storyboard,
    variation: str | None = None,
    ratio: AspectRatio | None = None,
    rendered: frozenset[JobDigest] = frozenset(),
) -> Wanted:
    jobs = pack(film, catalogue(), rendered, ratio).value
    assert jobs is not None
    return Wanted(variation, film, ("wide",), jobs)


def one_film() -> Storyboard:
    return board(
        scene(shot("s/a", 10, start="a.png", say=SAY), shot("s/b", 10)),
        voices={"narrator": "narrator.wav"},
    )


def made(view: StoreView | None = None, films: Sequence[Wanted] = ()) -> Plan:
    return plan(films or [wanted(one_film())], view or StoreView())


def requested(job: Job) -> Requested:
    shots = tuple(str(one.name) for one in job.shots) if isinstance(job, ClipJob) else ()
    return Requested(job.endpoint, shown(job.body), shots)


def states(it: Plan) -> list[tuple[str, str, str]]:
    return [(str(one.job.id), one.state.value, one.reason) for one in it.jobs]


def digest_of(it: Plan, name: str) -> JobDigest:
    return next(one.job.digest for one in it.jobs if one.job.id == name)


def test_voices_stand_before_clips_and_clips_before_what_goes_on_from_them() -> None:
    assert states(made()) == [
        ("voice/narrator", "to-render", "new"),
        ("s/a", "to-render", "new"),
        ("s/b", "to-render", "new"),
    ]


def test_the_money_is_exact() -> None:
    it = made()
    assert it.total == Decimal("0.007") + 10 * Decimal("0.392") + 10 * Decimal("0.336")
    assert it.to_pay == it.total


def test_each_state_has_its_reason() -> None:
    names = ["voice/narrator", "s/a", "s/b"]
    voice, first, second = (digest_of(made(), name) for name in names)
    view = StoreView(
        rendered=frozenset({voice}),
        in_flight=frozenset({first}),
        unknown=frozenset({second}),
        days={voice: date(2026, 11, 2)},
    )
    it = made(view)
    assert states(it) == [
        ("voice/narrator", "rendered", "rendered on 2026-11-02"),
        ("s/a", "in-flight", "in flight: sent, not fetched yet"),
        ("s/b", "unknown", "outcome unknown: it may have been paid for"),
    ]
    assert it.to_pay == 0
    assert it.total > 0


def test_a_job_that_failed_says_so_and_is_rendered_again() -> None:
    view = StoreView(failed={digest_of(made(), "s/a"): "refused: the picture is too small"})
    assert states(made(view))[1] == (
        "s/a",
        "to-render",
        "failed before: refused: the picture is too small",
    )


def test_a_changed_prompt_is_told_from_a_new_job() -> None:
    before = wanted(board(scene(shot("s/a", 5, "A boat.", model=TURBO))))
    after = wanted(board(scene(shot("s/a", 5, "A ship.", model=TURBO))))
    (old,) = before.jobs
    view = StoreView(earlier={"s/a": old.digest})
    assert states(plan([after], view))[0][2] == "what it asks for changed"
    told = StoreView(
        earlier={"s/a": old.digest},
        requested={old.digest: requested(old)},
        days={old.digest: date(2026, 11, 2)},
    )
    (found,) = plan([after], told, (), catalogue()).jobs
    assert found.reason == "since 2026-11-02: the prompt of `a` changed"


def test_a_job_behind_a_changed_one_says_so() -> None:
    def film(text: str) -> Wanted:
        return wanted(board(scene(shot("s/a", 10, text, start="a.png"), shot("s/b", 10))))

    before, after = film("One."), film("Two.")
    view = StoreView(
        earlier={job.id: job.digest for job in before.jobs},
        requested={job.digest: requested(job) for job in before.jobs},
    )
    assert [row[2] for row in states(plan([after], view, (), catalogue()))] == [
        "the prompt of `a` changed",
        "the job before it changed",
    ]


def test_equal_jobs_of_variations_stand_once() -> None:
    def film(text: str) -> Storyboard:
        return board(
            scene(shot("s/a", 5, "Same.", model=TURBO), id_="s"),
            scene(shot("t/a", 5, text, model=TURBO), id_="t"),
        )

    films = [wanted(film(text), text) for text in ("red", "blue", "red")]
    it = plan(films, StoreView())
    assert [one.job.id for one in it.jobs] == ["s/a", "t/a [red]", "t/a [blue]"]
    assert [one.job.id for one in plan(films[1:2], StoreView(), films).jobs] == [
        "s/a",
        "t/a [blue]",
    ]
    assert [one.job.id for one in plan(films[1:2], StoreView()).jobs] == ["s/a", "t/a"]
    assert [len(one.jobs) for one in it.films] == [2, 2, 2]
    assert it.films[0].jobs == it.films[2].jobs
    saved = sharing(films, it)
    assert (saved.films, saved.jobs, saved.distinct) == (3, 6, 3)
    assert (saved.without, saved.with_) == (Decimal("4.20"), Decimal("2.10"))


def test_each_film_keeps_its_own_view_of_a_shared_clip() -> None:
    one = wanted(board(scene(shot("s/a", 5, "Same.", model=TURBO))), "one")
    two = wanted(board(scene(shot("s/z", "4.5", "Same.", model=TURBO))), "two")
    it = plan([one, two], StoreView())
    (job,) = it.jobs
    assert isinstance(job.job, ClipJob)
    assert [shot_.name for film in it.films for clip in film.clips for shot_ in clip.shots] == [
        "s/a",
        "s/z",
    ]
    assert [it.films[1].clips[0].shots[0].used, it.films[1].clips[0].digest] == [
        Fraction("4.5"),
        job.job.digest,
    ]


def test_two_scenes_that_ask_for_the_same_are_rendered_once() -> None:
    film = board(
        scene(shot("s/a", 5, "Same.", model=TURBO), id_="s"),
        scene(shot("t/a", 5, "Same.", model=TURBO), id_="t"),
    )
    it = made(films=[wanted(film)])
    assert [one.job.id for one in it.jobs] == ["s/a"]
    assert it.total == Decimal("0.70")
    assert [clip.shots[0].name for clip in it.films[0].clips] == ["s/a", "t/a"]


def test_ids_stay_unique_where_names_collide() -> None:
    films = [
        wanted(board(scene(shot("s/a", 5, text, model=TURBO))), variation)
        for text, variation in (("1", None), ("2", None), ("3", "x"), ("4", "x"), ("5", "x"))
    ]
    ids = [one.job.id for one in plan(films, StoreView()).jobs]
    assert ids == ["s/a", "s/a (2)", "s/a [x]", "s/a [x] (2)", "s/a [x] (3)"]


def test_an_output_rendered_again_is_a_film_of_its_own() -> None:
    film = board(scene(shot("s/a", 5, model=TURBO)))
    it = plan([wanted(film), wanted(film, ratio=AspectRatio(9, 16))], StoreView())
    assert [one.job.id for one in it.jobs] == ["s/a", "s/a@9:16"]


def test_a_voice_that_nothing_will_be_made_with_is_not_paid_for() -> None:
    full = made()
    clips = frozenset({digest_of(full, "s/a"), digest_of(full, "s/b")})
    it = made(StoreView(rendered=clips))
    assert [one.job.id for one in it.jobs] == ["s/a", "s/b"]
    assert it.to_pay == 0
    assert set(it.films[0].jobs) == clips


def test_a_voice_that_is_kept_stays_in_the_plan() -> None:
    every = frozenset(one.job.digest for one in made().jobs)
    assert [one.state for one in made(StoreView(rendered=every)).jobs] == [JobState.RENDERED] * 3


def test_transitions_shorten_the_film() -> None:
    film = board(
        scene(shot("s/a", 5, model=TURBO, look=crossfade("1")), still("s/b", 3, crossfade("0.5")))
    )
    assert film_seconds(film) == Fraction("7.5")
    assert overlapped(film) == Fraction("0.5")


@settings(max_examples=60)
@given(
    texts=st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4), min_size=1, max_size=4)
)
def test_sharing_merges_equal_jobs_and_no_others(texts: list[list[str]]) -> None:
    films = [
        wanted(
            board(
                *(
                    scene(shot(f"{place}/x", 5, text, model=TURBO), id_=str(place))
                    for place, text in enumerate(row)
                )
            ),
            str(number),
        )
        for number, row in enumerate(texts)
    ]
    it = plan(films, StoreView())
    bodies = {job.digest: shown(job.body) for film in films for job in film.jobs}
    assert {one.job.digest: shown(one.job.body) for one in it.jobs} == bodies
    assert len({one.job.id for one in it.jobs}) == len(it.jobs)
    assert len(it.jobs) == len({text for row in texts for text in row})
    assert it.total == sum(one.job.cost for one in it.jobs)


@pytest.mark.parametrize("films", [[], [Wanted(None, board(), ("wide",), ())]])
def test_a_plan_of_nothing_costs_nothing(films: list[Wanted]) -> None:
    it = plan(films, StoreView())
    assert (it.jobs, it.total, it.to_pay) == ((), 0, 0)
