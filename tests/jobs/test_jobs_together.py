"""Packing variations together: what they share is rendered once, and never more is paid."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from boards import board, catalogue, crossfade, scene, shot
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.jobs import ClipJob, Job, JobDigest, pack, pack_together
from storyboard.model.storyboard import Continuity, Pack, Storyboard

TURBO = "kling-v3-turbo-pro"
NONE: frozenset[JobDigest] = frozenset()


def money(films: Sequence[Sequence[Job]], rendered: frozenset[JobDigest] = NONE) -> Decimal:
    costs = {job.digest: job.cost for film in films for job in film if job.digest not in rendered}
    return sum(costs.values(), Decimal(0))


def together(
    films: Sequence[Storyboard], rendered: frozenset[JobDigest] = NONE
) -> list[tuple[Job, ...]]:
    results = pack_together(films, catalogue(), rendered)
    assert all(one.value is not None for one in results)
    return [one.value or () for one in results]


def alone(
    films: Sequence[Storyboard], rendered: frozenset[JobDigest] = NONE
) -> list[tuple[Job, ...]]:
    return [pack(one, catalogue(), rendered).value or () for one in films]


def ad(*texts: str, model: str = TURBO, **more: object) -> Storyboard:
    start = "a.png" if model == "kling-v3-pro" else None
    shots = [
        shot(f"s/{place}", 3, text, model=model, start=start if place == 0 else None)
        for place, text in enumerate(texts)
    ]
    return board(scene(*shots, **more))  # type: ignore[arg-type]


def test_the_shot_of_its_own_stands_apart_from_what_all_share() -> None:
    films = [ad("Open.", f"Product {n}.", "Close.") for n in range(10)]
    jobs = together(films)
    assert [job.id for job in jobs[3]] == ["s/0", "s/1", "s/2"]
    assert len({job.digest for film in jobs for job in film}) == 12
    assert money(jobs) == Decimal("0.42") * 12
    assert money(alone(films)) == Decimal("0.42") * 30
    assert isinstance(jobs[3][1], ClipJob)
    assert jobs[3][1].why == "cut here, one side is rendered once for 10 versions of the scene"


def test_shots_that_are_shared_alike_stay_together() -> None:
    films = [ad("Open.", "Wide.", f"Product {n}.") for n in range(4)]
    assert [job.id for job in together(films)[0]] == ["s/0..1", "s/2"]


def test_one_storyboard_is_packed_as_ever() -> None:
    film = ad(*"abcdefgh")
    assert together([film]) == alone([film])


def test_films_that_share_nothing_are_packed_as_ever() -> None:
    films = [ad("One.", "Two."), ad("Three.", "Four.")]
    assert together(films) == alone(films)


def test_films_that_differ_in_the_cut_only_have_the_same_jobs() -> None:
    plain = board(scene(shot("s/a", 5, model=TURBO), shot("s/b", 5, model=TURBO)))
    faded = board(
        scene(shot("s/a", 5, model=TURBO), shot("s/b", 5, model=TURBO, look=crossfade("1")))
    )
    first, second = together([plain, faded])
    assert first == second
    assert len(first) == 1


def test_what_is_rendered_already_is_kept_though_it_is_not_shared() -> None:
    films = [ad("Open.", f"Product {n}.", "Close.") for n in range(3)]
    rendered = frozenset(job.digest for job in alone(films[:1])[0])
    jobs = together(films, rendered)
    assert [job.id for job in jobs[0]] == ["s/0..2"]
    assert [job.id for job in jobs[1]] == ["s/0", "s/1", "s/2"]


def test_behind_a_shot_of_its_own_a_chain_is_not_shared() -> None:
    films = [
        ad("Open.", f"Product {n}.", "Close.", model="kling-v3-pro", continuity=Continuity.CHAIN)
        for n in range(4)
    ]
    assert [job.id for job in together(films)[0]] == ["s/0", "s/1..2"]


def test_an_error_is_told_for_each_film_that_has_it() -> None:
    films = [ad("Open."), board(scene(shot("s/a", 99, model=TURBO)))]
    good, bad = pack_together(films, catalogue(), NONE)
    assert good.ok
    assert [one.code for one in bad.diagnostics] == ["SB433"]


words = st.sampled_from(["Open.", "Close.", "One.", "Two.", "Three."])


@st.composite
def campaigns(draw: st.DrawFn) -> list[Storyboard]:
    model = draw(st.sampled_from([TURBO, "kling-v3-pro"]))
    count = draw(st.integers(1, 4))
    films = []
    for _ in range(draw(st.integers(1, 4))):
        lengths = draw(st.lists(st.integers(2, 9), min_size=count, max_size=count))
        texts = draw(st.lists(words, min_size=count, max_size=count))
        shots = [
            shot(f"s/{n}", length, text, model=model, start="a.png" if n == 0 else None)
            for n, (length, text) in enumerate(zip(lengths, texts, strict=True))
        ]
        films.append(board(scene(*shots, pack=draw(st.sampled_from([Pack.SCENE, Pack.CHEAPEST])))))
    return films


@settings(max_examples=120, deadline=None)
@given(campaigns(), st.data())
def test_together_never_costs_more_than_alone(films: list[Storyboard], data: st.DataObject) -> None:
    blank = alone(films)
    every = sorted({job.digest for film in blank for job in film})
    rendered = frozenset(data.draw(st.lists(st.sampled_from(every), max_size=3)))
    assert money(together(films, rendered), rendered) <= money(alone(films, rendered), rendered)


@settings(max_examples=120, deadline=None)
@given(campaigns())
def test_every_shot_is_rendered_and_stands_once(films: list[Storyboard]) -> None:
    for film, jobs in zip(films, together(films), strict=True):
        names = [one.name for job in jobs if isinstance(job, ClipJob) for one in job.shots]
        assert names == [one.name for one in film.shots]


@settings(max_examples=60, deadline=None)
@given(
    lengths=st.lists(st.integers(1, 8), min_size=1, max_size=5),
    data=st.data(),
)
def test_for_films_of_one_shape_it_is_the_best_of_all_ways(
    lengths: list[int], data: st.DataObject
) -> None:
    count = len(lengths)
    own = data.draw(st.sets(st.integers(0, count - 1)))
    many = 3
    films = [
        board(
            scene(
                *(
                    shot(
                        f"s/{n}",
                        length,
                        f"{n} of {film}" if n in own else f"{n}",
                        model=TURBO,
                    )
                    for n, length in enumerate(lengths)
                )
            )
        )
        for film in range(many)
    ]

    def price(ends: tuple[int, ...]) -> Decimal | None:
        whole = Decimal(0)
        for start, end in zip((0, *ends[:-1]), ends, strict=True):
            seconds = max(3, sum(lengths[start:end]))
            if seconds > 15:
                return None
            times = many if own & set(range(start, end)) else 1
            whole += Decimal("0.14") * seconds * times
        return whole

    ways = ((*cut, count) for size in range(count) for cut in combinations(range(1, count), size))
    best = min(found for way in ways if (found := price(way)) is not None)
    assert money(together(films)) == best
