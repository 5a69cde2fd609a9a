"""What films share and what they only seem to share, and scenes that no way leads through."""

from collections.abc import Sequence
from dataclasses import replace

from boards import board, catalogue, scene, shot

from storyboard.catalogue.endpoint import DurationForm, FrameField, ShotsField
from storyboard.jobs import ClipJob, JobDigest, pack, pack_together
from storyboard.model.storyboard import AspectRatio, Continuity, Pack, Storyboard

TURBO = "kling-v3-turbo-pro"
PRO = next(one for one in catalogue().videos if one.model == "kling-v3-pro")
NOTHING: frozenset[JobDigest] = frozenset()

Words = tuple[str, int] | tuple[str, int, str]
"""A shot: its words, its length, and its start frame if it has one."""


def film(*shots: Words) -> Storyboard:
    made = [
        shot(f"s/{n}", length, text, model=TURBO, start=start[0] if start else None)
        for n, (text, length, *start) in enumerate(shots)
    ]
    return board(scene(*made, continuity=Continuity.CHAIN, pack=Pack.CHEAPEST))


def ids(films: Sequence[Storyboard], ratio: AspectRatio | None = None) -> list[list[str]]:
    return [
        [job.id for job in one.value or ()]
        for one in pack_together(films, catalogue(), NOTHING, ratio)
    ]


# `X.` could be had in common, but the second film is cheaper with it inside a longer job.
SEEMING = [film(("X.", 3), ("Y.", 3)), film(("X.", 3), ("Z.", 1))]
GAINING = [film(("Open.", 3), (f"Product {n}.", 3)) for n in range(2)]


def test_nothing_is_cut_out_for_others_that_do_not_take_it() -> None:
    assert ids(SEEMING) == [["s/0..1"], ["s/0..1"]]


def test_the_look_of_each_film_comes_before_what_sharing_saves() -> None:
    """Cut apart, a shot would go on from the one before it by another endpoint."""
    films = [replace(one, scenes=(replace(one.scenes[0], pack=Pack.SCENE),)) for one in GAINING]
    assert ids(films) == [["s/0..1"]] * 2
    (note,) = pack_together(films, catalogue(), NOTHING)[0].diagnostics
    assert (note.code, note.severity.value) == ("SB454", "note")


def test_neighbours_that_are_shared_alike_stay_in_one_job() -> None:
    films = [film(("Open.", 3), ("Wide.", 3), (f"Product {n}.", 3)) for n in range(2)]
    assert ids(films) == [["s/0..1", "s/2"]] * 2


def test_what_one_group_gains_does_not_cut_another() -> None:
    apart, whole = ["s/0", "s/1"], ["s/0..1"]
    assert ids(GAINING) == [apart, apart]
    assert ids([*GAINING, *SEEMING]) == [apart, apart, whole, whole]
    assert ids([SEEMING[0], GAINING[0], SEEMING[1], GAINING[1]]) == [whole, apart, whole, apart]


def test_a_chain_is_shared_back_to_its_own_start_frame() -> None:
    films = [
        film((f"Before {n}.", 5), ("Same.", 10, "b.png"), ("Then.", 10), (f"After {n}.", 3))
        for n in range(2)
    ]
    assert ids(films) == [["s/0", "s/1", "s/2", "s/3"]] * 2


def test_a_chain_behind_a_shot_of_its_own_is_not_cut_in_vain() -> None:
    films = [
        film(
            (f"Own {n}.", 10),
            ("Same.", 10),
            (f"Own too {n}.", 3),
            ("Shared.", 3, "c.png"),
            (f"Last {n}.", 3),
        )
        for n in range(2)
    ]
    assert ids(films) == [["s/0", "s/1..2", "s/3", "s/4"]] * 2


def test_what_is_paid_for_already_counts_before_what_it_cost() -> None:
    """Cut apart, the films would have cost less in all; whole, they are there already."""
    assert ids(GAINING) == [["s/0", "s/1"]] * 2
    whole = [pack(one, catalogue(), NOTHING).value or () for one in GAINING]
    paid = frozenset(job.digest for jobs in whole for job in jobs)
    again = pack_together(GAINING, catalogue(), paid)
    assert [[job.id for job in one.value or ()] for one in again] == [["s/0..1"]] * 2


def test_a_ratio_and_voices_reach_films_that_are_packed_together() -> None:
    assert ids(GAINING, AspectRatio(9, 16)) == [["s/0@9:16", "s/1@9:16"]] * 2
    spoken = [
        board(
            scene(shot("s/a", 5, f"{n}.", start="a.png", say=[("x", "x", "hello")])),
            voices={"x": "x.wav"},
        )
        for n in range(2)
    ]
    assert ids(spoken) == [["voice/x", "s/a"]] * 2


# Three shots make a job, no more and no fewer, so that every shot of four stands in some job.
THREES = replace(
    PRO,
    model="m",
    durations=(10, 11, 12),
    duration_form=DurationForm.SUM,
    shots=ShotsField("shots", 3, 1, 4, 512, {}),
    start=FrameField("start", required=False),
)


def threes(count: int) -> tuple[list[str], list[tuple[str, int]]]:
    """Pack so many shots, one a line; return the jobs, and the errors with their lines."""
    shots = [shot(f"s/{n}", 3, model="m") for n in range(count)]
    shots = [replace(one, span=replace(one.span, line=10 + n)) for n, one in enumerate(shots)]
    result = pack(board(scene(*shots)), catalogue(THREES), NOTHING)
    jobs = [job.id for job in result.value or () if isinstance(job, ClipJob)]
    return jobs, [(one.code, one.span.line) for one in result.diagnostics if one.span]


def test_a_scene_that_falls_into_no_jobs_is_told_where_it_stops() -> None:
    assert threes(3) == (["s/0..2"], [])
    assert threes(6) == (["s/0..2", "s/3..5"], [])
    assert threes(4) == ([], [("SB434", 13)])
    assert threes(5) == ([], [("SB434", 13)])  # the same again is not said twice
