"""A body reads back as what was asked, whatever its endpoint calls its fields."""

import pytest
from boards import board, catalogue, element, scene, shot

from storyboard.jobs import ClipJob, pack, shown
from storyboard.model.storyboard import Storyboard
from storyboard.plan.asked_body import read_body

HERO = element("hero", "a tall woman", frontal="hero.png")
SAY = [("narrator", "narrator", "Hello there.")]
FILMS = [
    board(scene(shot("s/a", 5, "Rain.", model="kling-v3-turbo-pro"))),
    board(scene(shot("s/a", 5, "Rain.", model="kling-v2.5-turbo-pro", start="a.png", end="b.png"))),
    board(
        scene(
            shot("s/a", 5, "@hero runs.", start="a.png", say=SAY, cfg_scale="0.3"),
            shot("s/b", 4, "@hero rests.", cfg_scale="0.3", say=SAY),
        ),
        elements=[HERO],
        voices={"narrator": "v1"},
    ),
]


@pytest.mark.parametrize("film", FILMS)
def test_every_part_of_a_body_is_found(film: Storyboard) -> None:
    jobs = pack(film, catalogue(), frozenset()).value
    assert jobs
    for job in jobs:
        assert isinstance(job, ClipJob)
        endpoint = catalogue().get(job.endpoint)
        assert endpoint is not None
        body = shown(job.body)
        asked = read_body(body, endpoint)
        assert asked.prompts == tuple(one.prompt for one in job.shots)
        assert asked.seconds == tuple(one.asked for one in job.shots)
        constants = {**endpoint.constants, **(endpoint.shots.constants if endpoint.shots else {})}
        assert asked.rest.items() <= constants.items()
        first = film.scenes[0].shots[0]
        assert (asked.start is None) == (getattr(first, "start", None) is None)
        assert (asked.end is None) == (getattr(first, "end", None) is None)


def test_settings_elements_and_voices_are_known_by_what_a_storyboard_calls_them() -> None:
    jobs = pack(FILMS[2], catalogue(), frozenset()).value
    assert jobs
    job = jobs[-1]
    endpoint = catalogue().get(job.endpoint)
    assert endpoint is not None
    asked = read_body(shown(job.body), endpoint)
    assert asked.settings == {"cfg_scale": "0.3"}
    assert [sorted(one) for one in asked.elements] == [
        ["frontal_image_url", "reference_image_urls"]
    ]
    assert asked.voices == ("v1",)
    assert asked.audio is True


def test_a_body_of_another_form_asks_for_less() -> None:
    endpoint = catalogue().get("fal-ai/kling-video/v3/pro/image-to-video")
    assert endpoint is not None
    odd = {"prompt": 3, "duration": "long", "elements": "none", "multi_prompt": [7], "more": 1}
    asked = read_body(odd, endpoint)
    assert (asked.prompts, asked.seconds, asked.elements) == (("3",), (None,), ())
    assert asked.rest == {"more": 1}
