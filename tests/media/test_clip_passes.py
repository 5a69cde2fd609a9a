"""Several stretches of a clip are decoded in one pass, and come out as by themselves."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from av.container import InputContainer
from av.video.frame import VideoFrame

sys.path.insert(0, str(Path(__file__).parent / "h264"))

from streams import WAYS, coded, planes_of

from storyboard.media import decoding
from storyboard.media.clip_passes import ClipPasses
from storyboard.media.coded import PacketIndex
from storyboard.media.decoding import UNCROPPED, ClipPass, Decoder, decode
from storyboard.media.open import open_known
from storyboard.media.packets import index
from storyboard.model.storyboard import Size


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Return the files that have been opened to be decoded."""
    found: list[Path] = []

    def spied(path: Path) -> InputContainer:
        found.append(path)
        return open_known(path)

    monkeypatch.setattr(decoding, "open_known", spied)
    return found


def pixels(frames: Iterator[VideoFrame]) -> list[bytes]:
    return [*map(planes_of, frames)]


def by_itself(clip: PacketIndex, first: int, end: int) -> list[bytes]:
    """Decode all, without leaving anything out."""
    return pixels(decode(clip, 0, clip.frames))[first:end]


@pytest.mark.parametrize("way", WAYS)
def test_frames_left_out_change_nothing(tmp_path: Path, way: str) -> None:
    clip = index(coded(tmp_path / "clip.mp4", WAYS[way]))
    whole = by_itself(clip, 0, 60)
    for start, places in ((0, (0, 20, 21, 22, 41, 59)), (7, (7, 30, 58)), (33, (37,))):
        going = ClipPass(clip, start, Decoder())
        assert [planes_of(going.frame(one)) for one in places] == [whole[one] for one in places]


def test_what_libav_does_not_give_is_decoded_with_all_that_is_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = index(coded(tmp_path / "clip.mp4", WAYS["medium"]))
    whole = by_itself(clip, 40, 41)
    unlike = decoding._Need.skipped  # noqa: SLF001 - libav is to leave out more than it may

    def skipped(need: "decoding._Need", place: int | None) -> str:
        return "ALL" if need.spares else unlike(need, place)

    monkeypatch.setattr(decoding._Need, "skipped", skipped)  # noqa: SLF001
    assert pixels(decode(clip, 40, 41)) == whole


@pytest.mark.parametrize("size", [Size(192, 112), Size(190, 106)])
def test_a_clip_is_gone_through_once(tmp_path: Path, size: Size, opened: list[Path]) -> None:
    clip = index(coded(tmp_path / "clip.mp4", WAYS["medium"], 60, size))
    rim = pixels(map(ClipPass(clip, 0, UNCROPPED).frame, range(60)))
    whole = by_itself(clip, 0, 60)
    opened.clear()
    passes = ClipPasses({clip.path})
    assert pixels(passes.frames(clip, 0, 12)) == whole[:12]
    passes.turn()
    assert pixels(passes.coded_frames(clip, 0, 12, 17)) == rim[12:17]
    passes.turn()
    assert pixels(passes.frames(clip, 50, 60)) == whole[50:]
    assert opened == [clip.path]


def test_two_that_go_through_one_clip_at_once_do_not_disturb_each_other(
    tmp_path: Path, opened: list[Path]
) -> None:
    clip = index(coded(tmp_path / "clip.mp4", WAYS["medium"]))
    whole = by_itself(clip, 0, 60)
    opened.clear()
    passes = ClipPasses()
    pairs = zip(passes.frames(clip, 10, 20), passes.frames(clip, 40, 50), strict=True)
    seen = [(planes_of(one), planes_of(other)) for one, other in pairs]
    assert seen == [*zip(whole[10:20], whole[40:50], strict=True)]
    assert len(opened) == 2
    assert pixels(passes.frames(clip, 50, 52)) == whole[50:52]
    assert pixels(passes.frames(clip, 20, 22)) == whole[20:22]
    assert len(opened) == 2


def test_a_pass_is_not_gone_back_in_nor_kept_for_long(tmp_path: Path, opened: list[Path]) -> None:
    clips = [index(coded(tmp_path / f"{n}.mp4", WAYS["medium"])) for n in range(2)]
    whole = by_itself(clips[0], 0, 60)
    opened.clear()
    passes = ClipPasses()
    assert pixels(passes.frames(clips[0], 20, 22)) == whole[20:22]
    assert pixels(passes.frames(clips[0], 21, 23)) == whole[21:23]
    assert len(opened) == 2
    passes.turn()
    assert len(pixels(passes.frames(clips[1], 0, 2))) == 2
    passes.turn()
    assert pixels(passes.frames(clips[0], 23, 24)) == whole[23:24]
    assert len(opened) == 4
