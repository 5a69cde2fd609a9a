"""A clip shows the shots it was asked for: their names, where a rehearsal told them, and words."""

import json
from pathlib import Path

import av
import httpx
import numpy as np
import pytest
from calls import made
from numpy.typing import NDArray

from storyboard.emulator.clip import Wanted, draw_plain
from storyboard.emulator.fault import Scenario
from storyboard.emulator.label import LEAST_SIDE, label
from storyboard.emulator.serve import serving
from storyboard.emulator.shown import NAMES, Shown, names_in, shown

T2V = "fal-ai/kling-video/v3/standard/text-to-video"
POUR = Shown(0, "opening/pour", "Macro on a cup.")
STREET = Shown(1, "opening/street", "A street at night.")


def frames(data: bytes, place: Path) -> list[NDArray[np.uint8]]:
    place.write_bytes(data)
    with av.open(str(place)) as clip:
        return [one.to_ndarray(format="rgb24") for one in clip.decode(video=0)]


def apart(picture: NDArray[np.uint8], box: NDArray[np.uint8]) -> float:
    """Return how far a picture's box is from another, on average, of 255."""
    edge = (picture.shape[1] - box.shape[1]) // 2
    there = picture[edge : edge + box.shape[0], edge : edge + box.shape[1]]
    return float(np.abs(there.astype(int) - box.astype(int)).mean())


@pytest.mark.parametrize("ratio", ["16:9", "9:16", "1:1"])
def test_each_shot_of_a_clip_has_its_name_and_words_from_its_second_on(
    tmp_path: Path, ratio: str
) -> None:
    data = draw_plain(Wanted(2, False, ratio, 270, "a", (POUR, STREET)))  # noqa: FBT003 -- no sound
    pictures = frames(data, tmp_path / "a.mp4")
    height, width, _ = pictures[0].shape
    first, second = label(POUR, width, height), label(STREET, width, height)
    for place, one, other in ((2, first, second), (22, first, second), (26, second, first)):
        assert apart(pictures[place], one) * 2 < apart(pictures[place], other)


def test_a_clip_too_small_to_read_has_no_words() -> None:
    small = Wanted(1, False, "16:9", LEAST_SIDE - 2, "a", (POUR,))  # noqa: FBT003 -- no sound
    assert draw_plain(small) == draw_plain(Wanted(1, False, "16:9", LEAST_SIDE - 2, "a"))  # noqa: FBT003


def test_shots_of_a_body_follow_each_other() -> None:
    body = {
        "multi_prompt": [
            {"prompt": "A cup.", "duration": "3"},
            {"prompt": "A street."},
            {"prompt": "A door.", "duration": 4},
        ]
    }
    assert shown(body, {"A street.": "opening/street"}) == (
        Shown(0, "", "A cup."),
        Shown(3, "opening/street", "A street."),
        Shown(8, "", "A door."),
    )
    assert shown({"prompt": "A cup."}, {}) == (Shown(0, "", "A cup."),)
    assert shown({"image_url": "a"}, {}) == (Shown(0, "", ""),)


def test_a_stand_in_draws_by_the_names_in_its_folder(tmp_path: Path, fal: httpx.Client) -> None:
    asked: list[tuple[Shown, ...]] = []

    def draw(wanted: Wanted) -> bytes:
        asked.append(wanted.shown)
        return draw_plain(wanted)

    standing = made(tmp_path, Scenario())
    standing.desk._draw = draw  # noqa: SLF001 -- what draws
    assert names_in(standing.desk.settings.folder) == {}
    names = json.dumps({"A cup.": "opening/pour"})
    (standing.desk.settings.folder / NAMES).write_text(names, encoding="utf-8")
    with serving(standing):
        given = fal.post(f"{standing.urls.queue_url}/{T2V}", json={"prompt": "A cup."}).json()
        while fal.get(given["status_url"]).status_code != 200:
            pass
    assert asked == [(Shown(0, "opening/pour", "A cup."),)]
