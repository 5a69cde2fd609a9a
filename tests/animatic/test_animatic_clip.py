import hashlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from storyboard.backends.animatic import (
    AnimaticClip,
    Card,
    Picture,
    Portrait,
    Request,
    Spoken,
    clip_bytes,
    draw_clip,
    from_request,
    recipe,
)
from storyboard.backends.animatic.ahead import ahead
from storyboard.backends.animatic.camera import Camera, Motion, view
from storyboard.backends.animatic.scene import scene_picture
from storyboard.backends.animatic.sound import RATE, samples
from storyboard.media import libav
from storyboard.model.asset import FileDigest
from storyboard.model.storyboard import Focus, Size

TINY = Size(192, 108)
SMALL = Size(480, 270)
READABLE = [Size(960, 540), Size(540, 960), Size(540, 540)]


def card(name: str, start: int, seconds: int, prompt: str = "a cup", **more: object) -> Card:
    length = Fraction(seconds)
    plain = Card(
        name,
        0,
        Fraction(start),
        length,
        prompt,
        Camera(Motion.DRIFT),
    )
    return replace(plain, **more)


def clip(*cards: Card, size: Size = TINY, fps: Fraction = Fraction(24)) -> AnimaticClip:
    shown = cards or (card("a/one", 0, 2), card("a/two", 2, 1, "another", scene=1))
    length = sum((one.seconds for one in shown), Fraction(0))
    return AnimaticClip(size, fps, length, shown)


def picture(path: Path, colour: str) -> Picture:
    Image.new("RGB", (640, 360), colour).save(path)
    return Picture(FileDigest(hashlib.sha256(path.read_bytes()).hexdigest()), path)


def frames_of(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as file:
        return [frame.to_ndarray(format="rgb24") for frame in file.decode(video=0)]


def drawn(path: Path, shown: AnimaticClip) -> list[np.ndarray]:
    draw_clip(shown, path)
    return frames_of(path)


@pytest.mark.parametrize("fps", [Fraction(24), Fraction(25), Fraction(30), Fraction(24000, 1001)])
def test_a_clip_is_exactly_as_long_as_asked(tmp_path: Path, fps: Fraction) -> None:
    path = tmp_path / "a.mp4"
    shown = clip(fps=fps)
    assert len(drawn(path, shown)) == shown.frames == round(3 * fps)
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        assert libav.average_rate(stream) == fps
        assert (stream.width, stream.height) == (192, 108)
        heard = sum(frame.samples for frame in file.decode(audio=0))
        assert abs(heard - shown.frames / fps * RATE) <= 1024


def test_cards_change_at_their_frame_and_begin_with_a_key_frame(tmp_path: Path) -> None:
    shown = clip(
        card("a/one", 0, 2, picture=picture(tmp_path / "red.png", "red")),
        card("a/two", 2, 1, picture=picture(tmp_path / "blue.png", "blue")),
    )
    frames = drawn(tmp_path / "a.mp4", shown)
    reds = [frame[54, 96, 0] > frame[54, 96, 2] for frame in frames]
    assert reds == [True] * 48 + [False] * 24
    with av.open(str(tmp_path / "a.mp4")) as file:
        stream = file.streams.video[0]
        stamps = [one.pts for one in file.demux(stream) if one.is_keyframe]
        keys = [stamp * libav.tick(stream) * 24 for stamp in stamps]
    assert keys == [0, 48]


def test_equal_clips_give_equal_bytes_and_a_mark_makes_them_differ() -> None:
    assert clip_bytes(clip()) == clip_bytes(clip())
    assert clip_bytes(replace(clip(), mark="x")) != clip_bytes(clip())


def test_many_at_once_give_the_same_bytes() -> None:
    alone, together = clip_bytes(clip()), []
    threads = [
        threading.Thread(target=lambda: together.append(clip_bytes(clip()))) for _ in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert together == [alone] * 4


def test_the_recipe_knows_the_content_and_not_the_place(tmp_path: Path) -> None:
    here = picture(tmp_path / "a.png", "red")
    there = Picture(here.digest, tmp_path / "elsewhere.png")
    other = picture(tmp_path / "b.png", "blue")
    recipes = {
        name: recipe(clip(card("a/b", 0, 2, picture=one)))
        for name, one in {"here": here, "there": there, "other": other}.items()
    }
    assert recipes["here"] == recipes["there"] != recipes["other"]
    assert len({recipe(clip(card("a/b", 0, 2, text))) for text in ("one", "two")}) == 2
    assert len(recipes["here"]) == 64


def test_the_picture_moves_and_a_static_one_does_not(tmp_path: Path) -> None:
    rows, columns = np.mgrid[0:360, 0:640]
    Image.fromarray(((rows // 40 + columns // 40) % 2 * 200).astype(np.uint8)).save(
        tmp_path / "a.png"
    )
    still = Picture(FileDigest("c" * 64), tmp_path / "a.png")
    for motion, moves in ((Motion.PAN_LEFT, True), (Motion.STATIC, False)):
        shown = clip(card("a/b", 0, 1, picture=still, camera=Camera(motion)))
        frames = drawn(tmp_path / "a.mp4", shown)
        changed = np.abs(frames[0].astype(int) - frames[-1]).mean()
        assert bool(changed > 20) is moves


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


def test_a_picture_that_cannot_be_opened_becomes_a_card(tmp_path: Path) -> None:
    lost = Picture(FileDigest("d" * 64), tmp_path / "lost.png")
    shown = clip(card("a/b", 0, 1, picture=lost, portraits=(Portrait("mara", lost),)), size=SMALL)
    assert len(drawn(tmp_path / "a.mp4", shown)) == 24


def test_a_request_becomes_a_clip_like_a_providers() -> None:
    asked = Request((("one, pan left", 2), ("two", 1)), 3, TINY, extra_frames=1)
    shown = from_request(asked)
    assert [one.start for one in shown.cards] == [0, 2]
    assert shown.cards[0].camera.motion is Motion.PAN_LEFT
    data = clip_bytes(shown)
    assert data.index(b"mdat") < data.index(b"moov")
    assert shown.frames == 73
    silent = clip_bytes(replace(shown, sound=False))
    assert b"soun" in data
    assert b"soun" not in silent


def test_drawing_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[float] = []
    draw_clip(clip(), tmp_path / "a.mp4", told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 3


class LostError(Exception):
    """A failure of the one who makes things."""


def breaking() -> Iterator[int]:
    yield 1
    raise LostError


def test_what_is_made_ahead_keeps_its_order_and_its_failures() -> None:
    assert list(ahead(range(50))) == list(range(50))
    with pytest.raises(LostError):
        list(ahead(breaking()))


def test_a_reader_who_stops_early_ends_the_thread() -> None:
    others = set(threading.enumerate())
    things = ahead(iter(range(10**9)))
    assert next(iter(things)) == 0
    assert set(threading.enumerate()) - others
    things.close()  # type: ignore[attr-defined]
    assert not set(threading.enumerate()) - others


def test_the_focus_of_a_shot_stays_in_view(tmp_path: Path) -> None:
    split = Image.new("RGB", (900, 300), "blue")
    split.paste("red", (0, 0, 200, 300))
    split.save(tmp_path / "a.png")
    still = Picture(FileDigest("e" * 64), tmp_path / "a.png")
    base = card("a/b", 0, 1, picture=still, camera=Camera(Motion.STATIC))
    left = Focus(Decimal("0.05"), Decimal("0.5"))
    for focus, red in ((None, False), (left, True)):
        shown = clip(replace(base, focus=focus), size=Size(108, 192))
        frame = drawn(tmp_path / "a.mp4", shown)[0]
        assert bool(frame[96, 54, 0] > frame[96, 54, 2]) is red
