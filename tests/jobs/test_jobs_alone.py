"""One shot as a job of its own: within what its endpoint renders, and what it begins with."""

from fractions import Fraction

import pytest
from boards import board, catalogue, scene, shot

from storyboard.jobs import ClipJob, FrameRef, JobDigest, begins_with_frame, pack, pack_alone
from storyboard.jobs.job import VoiceJob
from storyboard.model import AspectRatio, ClipDigest, Continuity, PromptShot, Storyboard

TURBO = "kling-v3-turbo-pro"
FRAMED = "kling-v3-pro"
"""It renders only from a start frame."""
FRAME = FrameRef(JobDigest("a" * 64), Fraction(3), 1, ClipDigest("c" * 64))


def second(film: Storyboard) -> PromptShot:
    found = film.shots[1]
    assert isinstance(found, PromptShot)
    return found


def alone(film: Storyboard, frame: FrameRef | None = None) -> ClipJob:
    made = pack_alone(second(film), film, catalogue(), frozenset(), None, frame)
    assert made.value is not None, made.diagnostics
    (job,) = (one for one in made.value if isinstance(one, ClipJob))
    return job


def two(model: str, duration: str = "3", **more: object) -> Storyboard:
    first = shot("s/a", 3, model=model, start="a.png")
    return board(scene(first, shot("s/b", duration, model=model, **more)))


def test_a_short_shot_is_asked_as_long_as_can_be_and_trimmed() -> None:
    job = alone(two(TURBO, "2"))
    ((part,),) = (job.shots,)
    assert (job.id, job.seconds, part.asked, part.used, part.start) == ("s/b", 3, 3, 2, 0)


def test_it_is_the_job_that_packing_makes_of_a_shot_alone() -> None:
    film = board(scene(shot("s/a", 3, model=TURBO)), scene(shot("t/b", 3, model=TURBO)))
    jobs = pack(film, catalogue(), frozenset()).value
    assert jobs is not None
    job = alone(film)
    assert (job.digest, job.body, job.cost) == (jobs[1].digest, jobs[1].body, jobs[1].cost)


def test_a_shot_begins_with_its_own_picture_before_any_frame() -> None:
    film = two(FRAMED, start="b.png")
    assert not begins_with_frame(second(film), film, catalogue())
    assert alone(film).begins == second(film).start


@pytest.mark.parametrize(
    ("model", "continuity", "expected"),
    [
        (FRAMED, Continuity.AUTO, True),
        (TURBO, Continuity.AUTO, False),
        (TURBO, Continuity.CHAIN, True),
        (FRAMED, Continuity.NONE, False),
    ],
)
def test_a_frame_is_needed_if_the_endpoint_or_the_scene_says_so(
    model: str,
    continuity: Continuity,
    expected: bool,  # noqa: FBT001 -- a case
) -> None:
    film = board(
        scene(shot("s/a", 3, model=model), shot("s/b", 3, model=model), continuity=continuity)
    )
    assert begins_with_frame(second(film), film, catalogue()) is expected
    first = film.shots[0]
    assert isinstance(first, PromptShot)
    assert not begins_with_frame(first, film, catalogue())  # nothing is before it


def test_it_goes_on_from_the_frame_that_it_is_given() -> None:
    film = two(FRAMED)
    job = alone(film, FRAME)
    assert job.begins == FRAME
    assert not job.after  # the clip is there: nothing is waited for
    other = FrameRef(FRAME.job, Fraction(2), 1, FRAME.clip)
    assert alone(film, other).digest != job.digest


def test_without_a_frame_it_is_refused_if_it_needs_one() -> None:
    film = two(FRAMED)
    made = pack_alone(second(film), film, catalogue(), frozenset())
    assert made.value is None
    assert [one.code for one in made.diagnostics] == ["SB430"]
    assert "s/b" in made.diagnostics[0].message


def test_its_voices_are_created_before_it() -> None:
    film = board(
        scene(
            shot("s/a", 5, model=FRAMED, start="a.png"),
            shot("s/b", 5, model=FRAMED, start="b.png", say=[("narrator", "narrator", "hello")]),
        ),
        voices={"narrator": "narrator.wav"},
    )
    made = pack_alone(second(film), film, catalogue(), frozenset())
    assert made.value is not None
    voice, job = made.value
    assert isinstance(voice, VoiceJob)
    assert isinstance(job, ClipJob)
    assert job.after == (voice.digest,)


def test_an_output_that_is_rendered_again_has_its_ratio() -> None:
    film = two(TURBO)
    tall = AspectRatio(9, 16)
    made = pack_alone(second(film), film, catalogue(), frozenset(), tall)
    assert made.value is not None
    (job,) = made.value
    assert job.id == "s/b@9:16"
    assert job.digest != alone(film).digest
