from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from cards import card, clip

from storyboard.backends.animatic import Card, Spoken
from storyboard.backends.animatic.camera import Camera, Motion, view
from storyboard.backends.animatic.scene import scene_picture
from storyboard.backends.animatic.sound import RATE, samples
from storyboard.model.storyboard import Size

READABLE = [Size(960, 540), Size(540, 960), Size(540, 540)]


def test_a_click_at_each_cut_and_a_tone_under_speech() -> None:
    said = (Spoken("mara", "hello", Fraction(1), Fraction(2)),)
    shown = clip(card("a/one", 0, 3), card("a/two", 3, 3, lines=said))
    sound = np.abs(samples(shown))
    loud = [sound[int(at * RATE) : int((at + 0.05) * RATE)].max() for at in (0, 1, 3, 3.5, 5.5)]
    assert [level > 0.01 for level in loud] == [True, False, True, False, False]
    assert sound[int(4.2 * RATE) : int(4.9 * RATE)].max() > 0.02
    assert sound.max() < 0.2
    assert len(sound) == 6 * RATE


def test_each_speaker_has_a_pitch() -> None:
    def pitch(name: str) -> int:
        said = (Spoken(name, "hello", Fraction(1), Fraction(3)),)
        part = samples(clip(card("a/one", 0, 4, lines=said)))[int(1.5 * RATE) : int(2.5 * RATE)]
        return int(np.abs(np.fft.rfft(part)).argmax())

    assert pitch("mara") == pitch("mara") != pitch("ken")


PROMPTS = {
    "short": "A cup.",
    "long": "A slow dolly through a narrow market street at dawn, steam rises from pots. " * 12,
    "longest": "A door opens, light falls on the floor. " * 62,
    "lines": "Shot on film.\nA door opens.\n\nLight falls:\n- dust\n- a shoe\n- a letter",
    "one word": "x" * 300,
    "Chinese": "清晨的市场街道、小贩们支起遮阳篷、铜锅里冒出热气、一个穿黄色雨衣的孩子跑过。" * 3,
    "Arabic": "تنزلق الكاميرا ببطء عبر سوق ضيق عند الفجر، يفتح الباعة مظلاتهم ويتصاعد البخار.",
}
MOVES = [*map(Camera, Motion), Camera(Motion.TRACK_LEFT, 1.5), Camera(Motion.CRANE_UP, 1.5)]


def ink(one: Card, size: Size) -> tuple[float, float, float, float]:
    """Where the words of a card stand in its picture, in parts of it."""
    drawn_card = np.asarray(scene_picture(one, size)).astype(int)
    ground = np.asarray(scene_picture(replace(one, prompt=" "), size)).astype(int)
    letters = np.abs(drawn_card - ground).max(axis=2) > 60
    rows, columns = np.flatnonzero(letters.any(axis=1)), np.flatnonzero(letters.any(axis=0))
    height, width = letters.shape
    return columns[0] / width, rows[0] / height, columns[-1] / width, rows[-1] / height


@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
@pytest.mark.parametrize("size", READABLE, ids=str)
def test_a_prompt_stands_whole_in_a_card_and_leaves_room_for_titles_and_captions(
    size: Size, prompt: str
) -> None:
    left, top, right, bottom = ink(card("a/b", 0, 2, prompt), size)
    assert left > 0.1
    assert top > 0.1
    assert right < 0.9
    assert bottom < 0.7


@pytest.mark.parametrize("camera", MOVES, ids=str)
@pytest.mark.parametrize("size", [Size(568, 320), Size(320, 568)], ids=str)
def test_no_move_of_the_camera_loses_a_word(size: Size, camera: Camera) -> None:
    left, top, right, bottom = ink(card("a/b", 0, 2, PROMPTS["long"], camera=camera), size)
    for n in range(101):
        seen = view(camera, n / 100).box(1, 1)
        assert seen[0] < left < right < seen[2]
        assert seen[1] < top < bottom < seen[3]
