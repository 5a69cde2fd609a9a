"""What shots lose of their look, counted in a request and weighed against money."""

from dataclasses import replace

import pytest
from boards import board, catalogue, element, pictured, scene, shot

from storyboard.catalogue.endpoint import FrameField, PicturesField, VideoEndpoint
from storyboard.jobs import ClipJob, JobDigest, pack
from storyboard.jobs.losses import NO_LOSSES, BestLook, Losses, best_look
from storyboard.jobs.offers import Offers
from storyboard.jobs.packing import Reading, tasks
from storyboard.jobs.request import Request
from storyboard.model.storyboard import Continuity, Pack, PromptShot, Scene

MODEL = "kling-v3-standard"
IMAGE, TEXT = sorted(catalogue().of_model(MODEL), key=lambda one: one.start is None)
MARA = element("mara", "a barista", frontal="f.png")
CUP = element("cup", "a cup", frontal="c.png")
NOTHING: frozenset[JobDigest] = frozenset()


def moment(name: str, prompt: str = "A street.", seconds: int = 5, **more: object) -> PromptShot:
    return shot(name, seconds, prompt, model=MODEL, **more)  # type: ignore[arg-type]


def kitchen(**more: object) -> Scene:
    """A scene of which one shot speaks, and raises the price of whatever request it is in."""
    return scene(
        moment("s/a", "@mara enters.", start="kitchen.png"),
        moment("s/b", "@mara pours.", 4, say=[("mara", "v", "good morning.")]),
        moment("s/c", "@mara smiles."),
        **more,  # type: ignore[arg-type]
    )


def packed(
    one: Scene, *models: VideoEndpoint, rendered: frozenset[JobDigest] = NOTHING
) -> tuple[list[ClipJob], list[tuple[str, str]]]:
    film = board(one, elements=[MARA, CUP], voices={"v": "1"})
    result = pack(film, catalogue(*models), rendered)
    jobs = [job for job in result.value or () if isinstance(job, ClipJob)]
    return jobs, [(str(it.code), it.message) for it in result.diagnostics]


def losses(one: Scene, start: int, stop: int, *models: VideoEndpoint) -> Losses:
    film = board(one, elements=[MARA, CUP])
    (task,) = tasks(Reading(film, catalogue(*models)), NOTHING, None)
    offers = Offers(task)
    request = offers.get(start, stop)
    assert isinstance(request, Request), request
    return offers.losses(start, stop, request)


def test_the_look_of_a_scene_comes_before_its_price() -> None:
    jobs, found = packed(kitchen())
    assert [(job.id, job.endpoint) for job in jobs] == [("s/a..c", IMAGE.id)]
    assert found == [
        (
            "SB454",
            (
                "keeping the look of scene `s` costs 0.28 USD; `pack: cheapest` saves that, with "
                "2 shots without their start frame, 2 likenesses put into words, "
                "2 shots from another endpoint"
            ),
        )
    ]


def test_the_price_of_a_scene_may_come_before_its_look() -> None:
    jobs, found = packed(kitchen(pack=Pack.CHEAPEST))
    assert [(job.id, job.endpoint) for job in jobs] == [
        ("s/a", IMAGE.id),
        ("s/b", TEXT.id),
        ("s/c", TEXT.id),
    ]
    assert jobs[1].why == "cheaper apart: 1.246 USD, together 1.386 USD"
    assert "SB454" not in dict(found)


@pytest.mark.parametrize("how", [Pack.SCENE, Pack.CHEAPEST])
def test_what_is_rendered_comes_before_the_look_and_the_price(how: Pack) -> None:
    for before in (Pack.SCENE, Pack.CHEAPEST):
        first, _ = packed(kitchen(pack=before))
        digests = [job.digest for job in first]
        again, found = packed(kitchen(pack=how), rendered=frozenset(digests))
        assert [job.digest for job in again] == digests
        assert "SB454" not in dict(found)


def test_a_look_that_costs_nothing_is_no_news() -> None:
    quiet = replace(kitchen(), shots=tuple(replace(it, say=()) for it in kitchen().shots))  # type: ignore[type-var]
    assert packed(quiet) == packed(replace(quiet, pack=Pack.CHEAPEST))
    _, found = packed(quiet)
    assert found == []


def test_of_ways_of_one_price_the_cheapest_mode_takes_the_one_that_loses_least() -> None:
    shots = [
        moment(f"s/{n}", "@mara waits.", 5, start="a.png" if n == 0 else None) for n in range(4)
    ]
    for how in (Pack.SCENE, Pack.CHEAPEST):
        jobs, _ = packed(scene(*shots, pack=how))
        assert [job.id for job in jobs] == ["s/0..2", "s/3"]


def test_a_job_that_begins_where_the_look_would_be_lost_says_so() -> None:
    chain = scene(
        moment("s/a", "A door."), moment("s/b", "@mara and @cup."), continuity=Continuity.CHAIN
    )
    jobs, found = packed(chain)
    assert [(job.id, job.endpoint) for job in jobs] == [("s/a", TEXT.id), ("s/b", IMAGE.id)]
    assert jobs[1].why == "keeps the look; together: 2 likenesses put into words"
    assert found == []


def test_each_kind_of_loss_is_counted_by_shot_or_likeness() -> None:
    one = scene(
        moment("s/a", start="a.png"),
        moment("s/b", "@mara lifts @cup, and @mara drinks."),
        moment("s/c", "@cup is empty."),
    )
    assert losses(one, 0, 3) == NO_LOSSES
    assert losses(one, 1, 2) == Losses(start=1, likeness=2, endpoint=1)
    assert losses(one, 1, 3) == Losses(start=2, likeness=3, endpoint=2)
    free = scene(*one.shots[1:])
    assert losses(free, 0, 2) == Losses(start=0, likeness=3, endpoint=0)
    chain = replace(one, continuity=Continuity.CHAIN)
    assert losses(chain, 1, 3) == NO_LOSSES


def test_what_no_endpoint_of_the_model_keeps_is_not_lost_by_packing() -> None:
    assert best_look([TEXT], TEXT.id) is None
    assert best_look([IMAGE], IMAGE.id) is None
    assert best_look([IMAGE, TEXT], IMAGE.id) == BestLook(
        IMAGE.id, start=True, likeness=(IMAGE, TEXT)
    )
    plain = replace(IMAGE, elements=None)
    assert best_look([plain, TEXT], None) == BestLook(None, start=True, likeness=())
    optional = replace(IMAGE, start=FrameField("start_image_url", required=False))
    assert best_look([optional], IMAGE.id) == BestLook(IMAGE.id, start=True, likeness=())
    one = scene(moment("s/a", start="a.png"), moment("s/b", "@mara waits."))
    assert losses(one, 1, 2, optional) == Losses(start=1, likeness=0, endpoint=0)
    assert losses(one, 1, 2, plain, TEXT) == Losses(start=1, likeness=0, endpoint=1)


def test_a_single_picture_is_a_likeness_where_an_endpoint_takes_pictures() -> None:
    framed = replace(IMAGE, pictures=PicturesField("image_urls"))
    place = pictured("cup", "a cup", "c.png")
    one = scene(moment("s/a", start="a.png"), moment("s/b", "@cup and @mara."))

    def lost(*models: VideoEndpoint) -> Losses:
        film = board(one, elements=[MARA, place])
        (task,) = tasks(Reading(film, catalogue(*models)), NOTHING, None)
        request = Offers(task).get(1, 2)
        assert isinstance(request, Request)
        return Offers(task).losses(1, 2, request)

    assert lost(framed, TEXT).likeness == 2
    assert lost(IMAGE, TEXT).likeness == 1


def test_losses_are_told_in_words() -> None:
    assert str(Losses(1, 1, 1)) == (
        "1 shot without its start frame, 1 likeness put into words, 1 shot from another endpoint"
    )
    assert str(Losses(0, 2, 0)) == "2 likenesses put into words"
    assert Losses(3, 1, 0).beyond(Losses(1, 2, 0)) == Losses(2, 0, 0)
