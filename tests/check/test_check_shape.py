"""The film's own shape, where it is left to what its seconds have."""

import pytest
from checking import checked

from storyboard.model.storyboard import AspectRatio, Continuity, Focus, Pack, PromptShot

TOP = """
#: wide.mp4: clip 1916x1080 24fps 8s
#: tall.png: picture 828x1108
#: tall.mp4: clip 1088x1904 24fps 8s
#: odd.mp4: clip 1000x700 24fps 8s
storyboard: 1
model: kling-v3-pro
format: {aspect_ratio: auto}
scenes:
  - id: one
    start: tall.png
    shots:
"""


@pytest.mark.parametrize(
    ("shots", "ratio"),
    [
        (["prompt: A, duration: 3s"], (3, 4)),
        (["footage: wide.mp4, from: 1s, to: 3s"], (16, 9)),
        (["footage: odd.mp4"], (10, 7)),
        (["footage: tall.mp4, to: 5s", "footage: wide.mp4, to: 3s"], (9, 16)),
        (["still: tall.png, duration: 60s", "footage: wide.mp4, to: 3s"], (16, 9)),
        (["still: tall.png, duration: 60s"], (16, 9)),
        (["footage: gone.mp4"], (16, 9)),
        (["footage: tall.mp4, to: 2s", "footage: wide.mp4, to: 2s"], (9, 16)),
    ],
)
def test_most_seconds_decide(shots: list[str], ratio: tuple[int, int]) -> None:
    lines = "".join(f"      - {{id: s{place}, {shot}}}\n" for place, shot in enumerate(shots))
    found = checked("#: gone.mp4: missing\n" + TOP + lines).value
    assert found is not None
    assert found.format.aspect_ratio == AspectRatio(*ratio)


def shot(keys: str, scene: str = "", top: str = "") -> PromptShot:
    found = checked(
        f"storyboard: 1\nmodel: kling-v3-pro\n{top}\nscenes:\n  - id: one\n    start: a.png\n"
        f"    {scene}\n    shots:\n      - {{id: a, duration: 3s, prompt: A, {keys}}}\n"
    ).value
    assert found is not None
    (only,) = found.shots
    assert isinstance(only, PromptShot)
    return only


def test_a_focus_is_a_point_or_a_box() -> None:
    half = shot("focus: [50%, 0.25]").focus
    assert half is not None
    assert (float(half.x), float(half.y), half.width) == (0.5, 0.25, 0)
    box = shot("focus: {x: 0, y: 0, width: 1, height: 0.5}").focus
    assert isinstance(box, Focus)
    assert (float(box.width), float(box.height)) == (1, 0.5)
    assert shot("focus: [1]").focus is None


def test_the_nearest_setting_counts() -> None:
    top = "style: wide\naudio: false\ncfg_scale: 0.1"
    assert shot("takes: 2", top=top).settings.style == "wide"
    near = shot("cfg_scale: 0.7, audio: true", "style: near", top)
    assert near.settings.style == "near"
    assert float(near.settings.field("cfg_scale") or 0) == 0.7
    assert near.settings.audio is True


def test_an_endpoint_names_its_model_and_a_nearer_model_takes_its_place() -> None:
    top = "endpoint: fal-ai/kling-video/v2.5-turbo/pro/image-to-video"
    text = f"storyboard: 1\n{top}\nscenes:\n  - id: one\n    start: a.png\n    shots:\n"
    found = checked(
        text
        + "      - {id: a, duration: 5s, prompt: A}\n"
        + "      - {id: b, duration: 5s, prompt: B, model: kling-v3-pro}\n"
    )
    assert found.diagnostics == ()
    assert found.value is not None
    settings = [one.settings for one in found.value.shots if isinstance(one, PromptShot)]
    assert [one.model for one in settings] == ["kling-v2.5-turbo-pro", "kling-v3-pro"]
    assert [one.endpoint is None for one in settings] == [False, True]


def test_scenes_have_their_packing_and_continuity() -> None:
    found = checked(
        "storyboard: 1\nmodel: kling-v3-pro\npack: cheapest\nscenes:\n"
        "  - {id: a, start: a.png, shots: [{id: a, duration: 3s, prompt: A}]}\n"
        "  - {id: b, start: a.png, pack: shot, continuity: none,"
        " shots: [{id: a, duration: 3s, prompt: A}]}\n"
    ).value
    assert found is not None
    first, second = found.scenes
    assert (first.pack, first.continuity) == (Pack.CHEAPEST, Continuity.AUTO)
    assert (second.pack, second.continuity) == (Pack.SHOT, Continuity.NONE)
