"""What the shots of a job ask for, looked up when one is sent."""

import pytest
from boards import board, catalogue, scene, shot

from storyboard.jobs import JobDigest, digest_of_shot, pack
from storyboard.model import AspectRatio, PromptShot, Storyboard
from storyboard.plan import ShotsAsked, StoreView, Wanted, plan
from storyboard.plan import shots_asked as module

FIRST = board(
    scene(shot("s/a", 3, model="kling-v3-turbo-pro"), shot("s/b", 3, model="kling-v3-turbo-pro"))
)
SECOND = board(
    scene(shot("s/x", 3, model="kling-v3-turbo-pro"), shot("s/b", 3, model="kling-v3-turbo-pro"))
)


def wanted(film: Storyboard, name: str) -> Wanted:
    jobs = pack(film, catalogue(), frozenset()).value
    assert jobs is not None
    return Wanted(name, film, ("wide",), jobs)


def test_digests_are_computed_for_the_job_that_is_asked_about_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    computed: list[str] = []

    def counted(one: PromptShot, storyboard: Storyboard, ratio: AspectRatio | None) -> str:
        computed.append(one.name)
        return digest_of_shot(one, storyboard, ratio)

    monkeypatch.setattr(module, "digest_of_shot", counted)
    made = plan([wanted(FIRST, "one"), wanted(SECOND, "two")], StoreView())
    asked = ShotsAsked(made.films)
    assert not computed
    (first, _) = made.jobs
    shots = [one for one in FIRST.shots if isinstance(one, PromptShot)]
    assert asked.of_job(first.job.digest) == tuple(digest_of_shot(one, FIRST) for one in shots)
    assert computed == ["s/a", "s/b"]


def test_a_job_of_no_film_is_not_known() -> None:
    assert ShotsAsked(()).of_job(JobDigest("0" * 64)) is None
