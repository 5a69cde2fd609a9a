"""What cannot be rendered: every reason, all of them at once, and nothing raised."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from boards import board, catalogue, element, scene, shot, still
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.catalogue.endpoint import (
    PerSecond,
    ShotsField,
    VideoEndpoint,
    VoicePassing,
    VoicesField,
)
from storyboard.diagnostics import Diagnostic
from storyboard.jobs import pack
from storyboard.model.storyboard import AspectRatio, Continuity, Element, PromptShot, Scene

PRO = "kling-v3-pro"
TURBO = "kling-v3-turbo-pro"
TURBO_TEXT = "fal-ai/kling-video/v3/turbo/pro/text-to-video"
ELEMENTS = [element(name, name, frontal="f.png") for name in "abcd"]
VIDEOS = [element(name, name, video="v.mp4") for name in "xy"]
VOICES = {"one": "1", "two": "2", "three": "3"}


def found(
    one: Scene,
    *,
    elements: Sequence[Element] = (*ELEMENTS, *VIDEOS),
    voices: Mapping[str, str] = VOICES,
    ratio: AspectRatio | None = None,
    models: Sequence[VideoEndpoint] = (),
) -> tuple[Diagnostic, ...]:
    film = board(one, elements=elements, voices=voices)
    result = pack(film, catalogue(*models), frozenset(), ratio)
    errors = [it for it in result.diagnostics if it.severity == "error"]
    assert (result.value is None) is bool(errors)
    assert all(it.span is not None and it.help for it in result.diagnostics)
    return result.diagnostics


def say(*names: str) -> list[tuple[str, str | None, str]]:
    return [(name, name, "hello") for name in names]


@pytest.mark.parametrize(
    ("one", "code", "message"),
    [
        (
            shot("s/a", 5),
            "SB430",
            "`kling-v3-pro` renders only from a start frame, and shot `s/a` has none",
        ),
        (
            shot("s/a", 5, endpoint=TURBO_TEXT, model=TURBO, start="a.png"),
            "SB431",
            f"`{TURBO_TEXT}` takes no start frame, and shot `s/a` has one",
        ),
        (
            shot("s/a", 5, model=TURBO, start="a.png", end="b.png"),
            "SB432",
            "`kling-v3-turbo-pro` takes no end frame here, and shot `s/a` has one",
        ),
        (
            shot("s/a", "15.25", model=TURBO),
            "SB433",
            "shot `s/a` is 15.25s long; `kling-v3-turbo-pro` renders at most 15 s at a time",
        ),
        (
            shot("s/a", 5, model=TURBO, say=say("one")),
            "SB435",
            f"`{TURBO_TEXT}` does not render with sound, which shot `s/a` asks for",
        ),
        (
            shot("s/a", 5, start="a.png", say=say("one", "two", "three")),
            "SB436",
            "shot `s/a` needs 3 voices; `kling-v3-pro` takes 2 a request",
        ),
        (
            shot("s/a", 5, "@a @b @c @d", start="a.png"),
            "SB438",
            "shot `s/a` needs 4 elements; `kling-v3-pro` takes 3 a request",
        ),
        (
            shot("s/a", 5, "@x @y", start="a.png"),
            "SB439",
            "shot `s/a` needs 2 elements shown by a video; `kling-v3-pro` takes 1 a request",
        ),
        (
            shot("s/a", 5, "x" * 2501, model=TURBO),
            "SB440",
            "the `prompt` sent for shot `s/a` has 2501 characters; `kling-v3-turbo-pro` takes 2500",
        ),
        (
            shot("s/a", 5, start="a.png", negative_prompt="x" * 2502),
            "SB440",
            (
                "the `negative_prompt` sent for shot `s/a` has 2502 characters; "
                "`kling-v3-pro` takes 2500"
            ),
        ),
        (
            shot("s/a", 5, model=TURBO, aspect_ratio=AspectRatio(4, 5)),
            "SB441",
            "`kling-v3-turbo-pro` renders no 4:5 picture without a start frame",
        ),
        (
            shot("s/a", 5, model="kling-v2.6-pro", start="a.png", cfg_scale=Decimal("0.7")),
            "SB442",
            (
                "`fal-ai/kling-video/v2.6/pro/image-to-video`, which renders shot `s/a`, "
                "takes no `cfg_scale`: its request begins with a start frame"
            ),
        ),
    ],
)
def test_a_shot_that_no_job_can_hold(one: PromptShot, code: str, message: str) -> None:
    (it,) = found(scene(one))
    assert (it.code, it.message) == (code, message)


def test_the_models_that_need_no_start_frame_are_named() -> None:
    (it,) = found(scene(shot("s/a", 5)))
    assert it.help is not None
    assert "`kling-v3-turbo-pro`" in it.help
    assert "`kling-v3-pro`" not in it.help


def test_continuity_none_leaves_a_later_job_without_its_start_frame() -> None:
    one = scene(shot("s/a", 10, start="a.png"), shot("s/b", 10), continuity=Continuity.NONE)
    (it,) = found(one)
    assert (it.code, "`s/b`" in it.message) == ("SB430", True)


def test_a_shot_without_a_start_frame_may_ride_in_the_job_before() -> None:
    one = scene(shot("s/a", 5, start="a.png"), shot("s/b", 5), continuity=Continuity.NONE)
    assert found(one) == ()


def test_a_chain_into_a_model_without_start_frames() -> None:
    one = scene(
        shot("s/a", 10, model=TURBO),
        shot("s/b", 10, model=TURBO, endpoint=TURBO_TEXT),
        continuity=Continuity.CHAIN,
    )
    (it,) = found(one)
    assert it.code == "SB431"
    assert "continuity: chain" in it.message


def test_all_problems_are_found_at_once() -> None:
    one = scene(
        shot("s/a", 20, model=TURBO),
        shot("s/b", 5, model=TURBO),
        shot("s/c", 5, "x" * 3000, model=TURBO),
        still("s/d"),
        shot("s/e", 5, style="noir", start="a.png", say=say("one", "two", "three")),
        shot("s/f", 5, style="other"),
    )
    assert [it.code for it in found(one)][:3] == ["SB433", "SB440", "SB436"]


def test_a_voice_on_elements_needs_an_element() -> None:
    base = next(one for one in catalogue().videos if one.model == PRO)
    model = replace(base, voices=VoicesField("voice_id", VoicePassing.ELEMENT, 2))
    (it,) = found(scene(shot("s/a", 5, start="a.png", say=say("one"))), models=[model])
    assert it.code == "SB437"


def test_shots_too_short_for_their_model() -> None:
    base = next(one for one in catalogue().videos if one.model == PRO)
    model = replace(
        base, durations=(10,), prompt=base.prompt, shots=ShotsField("m", 6, 1, 4, 512, {})
    )
    one = scene(shot("s/a", 1, start="a.png"), shot("s/b", 1), shot("s/c", 1))
    assert [it.code for it in found(one, models=[model])] == []


def test_a_price_that_is_missing_is_said() -> None:
    base = next(one for one in catalogue().videos if one.model == PRO)
    (it,) = found(scene(shot("s/a", 5, start="a.png")), models=[replace(base, price=PerSecond({}))])
    assert it.code == "SB435"


# ── notes ────────────────────────────────────────────────────────────────────────────────────────


def test_a_likeness_that_is_not_held_is_said_once() -> None:
    one = scene(*(shot(f"s/{n}", 9, f"@a and @x, {n}", model=TURBO) for n in range(3)))
    assert [(it.code, it.severity.value) for it in found(one)] == [
        ("SB443", "warning"),
        ("SB443", "warning"),
    ]


def test_going_on_without_being_asked_is_said() -> None:
    shots = (shot("s/a", 10, start="a.png"), shot("s/b", 10))
    assert [it.code for it in found(scene(*shots))] == ["SB444"]
    assert found(scene(*shots, continuity=Continuity.CHAIN)) == ()


def test_a_clip_that_is_shown_twice_is_said() -> None:
    film = board(
        scene(shot("s/a", 5, "A street.", model=TURBO), id_="s"),
        scene(shot("t/a", 5, "A street.", model=TURBO), id_="t"),
    )
    result = pack(film, catalogue(), frozenset())
    (it,) = result.diagnostics
    assert it.code == "SB449"
    assert it.related
    assert result.value is not None
    assert len({job.digest for job in result.value}) == 1


def test_a_voice_that_is_not_held_is_said() -> None:
    one = scene(shot("s/a", 5, model="kling-o3-standard", start="a.png", say=say("one")))
    assert [it.code for it in found(one)] == ["SB445"]


@pytest.mark.parametrize(
    ("text", "noted"),
    [("FIRST CUP IS FREE", True), ("NASA", False), ("first cup", False), ("12 34", False)],
)
def test_a_line_in_upper_case_is_noted(text: str, noted: bool) -> None:  # noqa: FBT001 -- a row
    one = scene(shot("s/a", 5, start="a.png", say=[("one", "one", text)]))
    assert [it.code for it in found(one)] == (["SB447"] if noted else [])


# ── nothing is raised ────────────────────────────────────────────────────────────────────────────


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_shots_say_there_is_an_answer(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 5))
    models = [*catalogue().models, "unknown"]
    shots = [
        shot(
            f"s/{place}",
            str(data.draw(st.integers(1, 80)) / 4),
            data.draw(st.sampled_from(["A.", "@a @b @c @d", "@x @y", "@nobody", "y" * 600])),
            model=data.draw(st.sampled_from(models)),
            endpoint=data.draw(st.sampled_from([None, None, None, TURBO_TEXT, "no/such"])),
            start=data.draw(st.sampled_from([None, "a.png"])),
            end=data.draw(st.sampled_from([None, None, "b.png"])),
            audio=data.draw(st.sampled_from([None, True, False])),
            negative_prompt=data.draw(st.sampled_from([None, None, "blur"])),
            say=say(*data.draw(st.lists(st.sampled_from(sorted(VOICES)), max_size=3))),
            takes=data.draw(st.integers(1, 2)),
            aspect_ratio=data.draw(st.sampled_from([AspectRatio(16, 9), AspectRatio(2, 1)])),
        )
        for place in range(count)
    ]
    continuity = data.draw(st.sampled_from(list(Continuity)))
    assert isinstance(found(scene(*shots, continuity=continuity)), tuple)
