"""A finished film: the same bytes each time, nothing encoded twice, checked before it is there."""

import errno
import hashlib
import multiprocessing
import re
import struct
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from itertools import count, pairwise
from pathlib import Path
from subprocess import run
from typing import Any

import av
import numpy as np
import pytest
from av.container import InputContainer
from clips import ClipRecipe, luma, make_clip, numbers
from films import QUICK, Take, make, silence, timeline, title
from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image

from storyboard.cut import making
from storyboard.cut.cut_film import cut
from storyboard.cut.cut_plan import Copied, Encoded, Entered
from storyboard.cut.cut_report import CutError, CutProgress, report_to_json
from storyboard.cut.explanation import explain, plan_to_json
from storyboard.cut.options import Check, CutOptions, Quality
from storyboard.cut.recipe import FileDigests
from storyboard.cut.sound import SoundReport, mix
from storyboard.cut.timeline import ClipSource, SlateSource, StillSource, Timeline
from storyboard.cut.verify import verify
from storyboard.cut.workshop import DerivedFolder, Workshop
from storyboard.media import decoding
from storyboard.media.encoding import Encoding, encode
from storyboard.media.h264 import entered_headers
from storyboard.media.h264.bits import Refused
from storyboard.media.open import open_known
from storyboard.media.packets import index
from storyboard.media.yuv import Frame
from storyboard.model.cut import TransitionKind
from storyboard.model.storyboard import Move, Size

CROSSFADE = TransitionKind.CROSSFADE


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("clips")
    recipes = [ClipRecipe(frames=48, first=100 * n, seed=n, gop=(250, 16)[n % 2]) for n in range(3)]
    return [make_clip(folder / f"{n}.mp4", one) for n, one in enumerate(recipes)]


def mixed(clips: list[Path], titles_at: int = 60) -> Timeline:
    first, *rest = clips
    takes = [Take(first, 48), *(Take(clip, 48, 0, CROSSFADE, 8) for clip in rest)]
    return timeline(takes, titles=(title(titles_at, 12),))


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path, clips: list[Path]) -> None:
    one = make(mixed(clips), tmp_path / "a" / "run")
    two = make(mixed(clips), tmp_path / "b" / "run", replace(QUICK, workers=1))
    assert one.reused == two.reused == 0
    assert one.path.read_bytes() == two.path.read_bytes()


def test_nothing_is_encoded_twice(tmp_path: Path, clips: list[Path]) -> None:
    first = make(mixed(clips), tmp_path / "a")
    again = make(mixed(clips), tmp_path / "b")
    assert (first.reused, again.reused) == (0, again.plan.encoded)
    assert first.path.read_bytes() == again.path.read_bytes()


def test_like_stretches_that_the_encoder_made_unlike_stand_in_one_film(
    tmp_path: Path, clips: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """x264 reads memory that it never wrote: its bytes for the same frames may differ."""
    worse, both = count(), threading.Barrier(2)

    def encode_unlike(frames: Iterable[Frame], how: Encoding, out: Path) -> int:
        made = encode(frames, replace(how, crf=how.crf + 12 * next(worse)), out)
        both.wait(600)
        return made

    monkeypatch.setattr(making, "encode", encode_unlike)
    takes = [Take(clips[0], 48), Take(clips[1], 16), Take(clips[0], 48)]
    report = make(timeline(takes, titles=(title(0, 48), title(64, 48))), tmp_path / "run")
    assert [type(one) for one in report.plan.stretches] == [Encoded, Copied, Encoded]
    shown = numbers(report.path)
    assert shown == [*range(48), *range(100, 116), *range(48)]


def test_of_two_that_made_the_same_file_the_first_one_stays(tmp_path: Path) -> None:
    folder, recipe, kept = DerivedFolder(tmp_path / "derived"), "ab" * 32, []
    for words in ("first", "second"):
        (tmp_path / words).write_text(words)
        kept.append(folder.keep(recipe, tmp_path / words))
    assert kept[0] == kept[1] == folder.find(recipe)
    assert kept[0].read_text() == "first"
    assert [*kept[0].parent.iterdir()] == [kept[0]]
    folder.drop(recipe)
    assert folder.find(recipe) is None


def test_what_was_read_of_a_kept_file_stays_true_whoever_else_makes_it(tmp_path: Path) -> None:
    folder, threads = DerivedFolder(tmp_path / "derived"), 6
    ready = threading.Barrier(threads)

    def keep(recipe: str, who: int) -> tuple[Path, str]:
        made = tmp_path / f"{who}-{recipe}"
        made.write_text(str(who))
        ready.wait(60)
        kept = folder.keep(recipe, made)
        return kept, kept.read_text()

    with ThreadPoolExecutor(threads) as pool:
        for n in range(100):
            recipe = f"{n:02}" * 32
            for kept, words in pool.map(keep, [recipe] * threads, range(threads)):
                assert kept.read_text() == words


def test_a_disk_without_hard_links_keeps_derived_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted", str(path), str(target))

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    test_of_two_that_made_the_same_file_the_first_one_stays(tmp_path)


def test_a_title_moved_leaves_the_other_stretches_as_they_were(
    tmp_path: Path, clips: list[Path]
) -> None:
    make(mixed(clips, 60), tmp_path / "a")
    moved = make(mixed(clips, 100), tmp_path / "b")
    assert 0 < moved.reused < moved.plan.encoded


def test_a_title_touches_only_its_groups(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=96, gop=12))
    report = make(timeline([Take(clip, 96)], titles=(title(26, 8),)), tmp_path / "run")
    # The group it touches, whole: two frames of it were not worth a copy.
    assert report.plan.encoded == 12
    assert numbers(report.path) == list(range(96))


def test_the_index_comes_before_the_film(tmp_path: Path, clips: list[Path]) -> None:
    data = make(timeline([Take(clips[0], 48)]), tmp_path / "run").path.read_bytes()
    kinds, at = [], 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
        kinds.append(kind)
        at += size
    assert kinds == [b"ftyp", b"moov", b"mdat"]
    assert at == len(data)


def test_a_click_a_second_stays_at_its_second(tmp_path: Path) -> None:
    clips = [
        make_clip(tmp_path / f"{n}.mp4", ClipRecipe(frames=60, fps=Fraction(30), seed=n))
        for n in range(12)
    ]
    film = timeline([Take(clip, 60) for clip in clips], Fraction(30))
    shop = Workshop(tmp_path, DerivedFolder(tmp_path / "derived"), tmp_path, mix)
    report = cut(film, tmp_path / "film.mp4", shop, QUICK, lambda _: None)
    with av.open(str(report.path)) as made:
        heard = np.concatenate([one.to_ndarray()[0] for one in made.decode(audio=0)])
    # A click at the very start of a clip is faded in, so the ones in the middle are looked for.
    for second in range(1, 24, 2):
        near = np.abs(heard[second * 48000 - 2400 : second * 48000 + 2400])
        loud = np.flatnonzero(near > near.max() / 3)
        assert near.max() > 0.1
        assert abs(int(loud[0]) - 2400) < 240, f"the click of second {second} is off"
    assert report.findings is not None
    assert report.findings.drift == 0


def test_progress_ends_with_everything_encoded(tmp_path: Path, clips: list[Path]) -> None:
    seen: list[CutProgress] = []
    shop = Workshop(tmp_path, DerivedFolder(tmp_path / "derived"), tmp_path, silence)
    report = cut(mixed(clips), tmp_path / "film.mp4", shop, QUICK, seen.append)
    encoding = [one for one in seen if one.stage == "encoding"]
    assert encoding[-1].done == encoding[-1].whole == report.plan.encoded
    assert [one.stage for one in seen][-2:] == ["writing", "checking"]


def test_a_clip_that_cannot_be_read_is_an_error_and_the_old_film_stays(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=12))
    film = timeline([Take(clip, 12)])
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "film.mp4").write_bytes(b"the old one")
    clip.write_bytes(clip.read_bytes()[:900])
    with pytest.raises(CutError, match="cannot be read"):
        make(film, tmp_path / "run")
    assert (tmp_path / "run" / "film.mp4").read_bytes() == b"the old one"


@pytest.mark.parametrize(
    ("data", "said", "advice"),
    [
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n",
            "is a Git LFS pointer",
            "run `git lfs pull`",
        ),
        (b"", "cannot be read: the file is empty", "move it away"),
    ],
)
def test_the_clip_that_cannot_be_read_is_named_with_what_to_do(
    tmp_path: Path, data: bytes, said: str, advice: str
) -> None:
    good, bad = (make_clip(tmp_path / f"{one}.mp4", ClipRecipe(frames=12)) for one in "ab")
    film = timeline([Take(good, 12), Take(bad, 12)])
    bad.write_bytes(data)
    with pytest.raises(CutError, match=said) as raised:
        make(film, tmp_path)
    assert str(bad) in str(raised.value)
    assert raised.value.help.startswith(advice)


def test_a_sound_that_fails_leaves_nothing_behind(tmp_path: Path, clips: list[Path]) -> None:
    def broken(*_: object) -> SoundReport:
        raise OSError("no space left")

    shop = Workshop(tmp_path, DerivedFolder(tmp_path / "derived"), tmp_path, broken)
    with pytest.raises(CutError, match="no space left"):
        cut(timeline([Take(clips[0], 48)]), tmp_path / "film.mp4", shop, QUICK, lambda _: None)
    assert not (tmp_path / "film.mp4").exists()


def cut_with_room_for(film: Path, most: int) -> None:
    """Cut a film in this process, whose files may be no longer than `most` bytes."""
    import resource  # noqa: PLC0415 - not on Windows

    clip = film.parent.parent / "a.mp4"
    shop = Workshop(film.parent, DerivedFolder(film.parent / "derived"), film.parent, silence)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    with pytest.raises(CutError, match=r"film\.mp4|sound"):
        cut(timeline([Take(clip, 12)], size=Size(320, 240)), film, shop, QUICK, lambda _: None)


@pytest.mark.skipif(sys.platform == "win32", reason="files cannot be limited there")
@pytest.mark.parametrize("most", [1_000, 120_000])
def test_a_disk_that_takes_no_more_is_left_as_it_was(tmp_path: Path, most: int) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=12, width=320, height=240, grain=60))
    assert clip.stat().st_size > 120_000, "the sound is to fit in what the film does not"
    film = tmp_path / "build" / "film.mp4"
    film.parent.mkdir()
    film.write_bytes(b"the old one")
    spawn = multiprocessing.get_context("spawn")
    child = spawn.Process(target=cut_with_room_for, args=(film, most))
    child.start()
    child.join()
    assert child.exitcode == 0
    assert film.read_bytes() == b"the old one"
    assert [one for one in film.parent.rglob("*") if one.suffix == ".part"] == []


def test_a_film_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CutError, match="no frames"):
        make(timeline([]), tmp_path / "run")


def test_a_damaged_film_is_found(tmp_path: Path, clips: list[Path]) -> None:
    film = timeline([Take(clips[0], 48)])
    path = make(film, tmp_path / "run").path
    data = bytearray(path.read_bytes())
    found = index(path)
    for packet in found.packets[10:14]:
        data[packet.position + 8 : packet.position + packet.size] = bytes(packet.size - 8)
    path.write_bytes(data)
    assert verify(path, film, 1).faults
    assert verify(path, replace(film, frames=50), 1).faults


def test_what_nobody_asked_for_is_named(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=12))
    black = Image.new("RGB", (192, 108))
    black.save(tmp_path / "black.png")
    slate = Take(SlateSource("s/1", "missing"), 36)
    dark = Take(StillSource(tmp_path / "black.png", Move.NONE), 36)
    takes = [Take(clip, 12), Take(clip, 12), Take(clip, 12), slate, dark]
    report = make(timeline(takes), tmp_path / "run")
    assert report.findings is not None
    # Slate and picture may stand still and be silent; the clips have sound, and are given none.
    assert report.findings.oddities == ("black from 3s to 4.5s", "silent from 0s to 1.49s")


def test_unchecked_is_said(tmp_path: Path, clips: list[Path]) -> None:
    report = make(
        timeline([Take(clips[0], 48)]), tmp_path / "run", replace(QUICK, check=Check.NONE)
    )
    assert report.findings is None
    assert report_to_json(report)["check"] is None


def test_a_damaged_derived_file_is_made_again(tmp_path: Path, clips: list[Path]) -> None:
    first = make(mixed(clips), tmp_path / "a")
    for kept in (tmp_path / "derived").rglob("*.mp4"):
        kept.write_bytes(kept.read_bytes()[:100])
    again = make(mixed(clips), tmp_path / "b")
    assert again.reused == 0
    assert again.path.read_bytes() == first.path.read_bytes()


GOLDEN = """\
192x108 at 24 frames a second, 5.33s
0s - 1.67s     40 f  copy    scene/0
1.67s - 2s     8 f   encode  scene/0 .. scene/1  crossfade
2s - 2.33s     8 f   enter   scene/1             1 encoded, 7 copied
2.33s - 2.5s   4 f   copy    scene/1
2.5s - 3s      12 f  encode  scene/1             something lies over it
3s - 3.33s     8 f   copy    scene/1
3.33s - 3.67s  8 f   encode  scene/1 .. scene/2  crossfade
3.67s - 5.33s  40 f  enter   scene/2             2 encoded, 38 copied
copied 97 of 128 frames (75 %), encoded 31 (libx264, ultrafast, crf 14); the sound is encoded once
"""


def test_the_plan_is_told_stretch_by_stretch(tmp_path: Path, clips: list[Path]) -> None:
    # Without B-frames, so that no encoder's choices are in the picture.
    plain = [
        make_clip(
            tmp_path / path.name, ClipRecipe(frames=48, seed=n, gop=(250, 16)[n % 2], bframes=0)
        )
        for n, path in enumerate(clips)
    ]
    report = make(mixed(plain), tmp_path / "run")
    assert explain(report.plan) == GOLDEN
    told = plan_to_json(report.plan)
    assert (told["frames"], told["copied"]) == (128, report.plan.copied)
    stretches = told["stretches"]
    assert isinstance(stretches, list)
    assert stretches[-1] == {
        "start": 88,
        "frames": 40,
        "shots": ["scene/2"],
        "do": "enter",
        "clip": plain[2].name,
        "encoded": 2,
    }


def seen(path: Path) -> list[np.ndarray[Any, np.dtype[np.uint8]]]:
    with av.open(str(path)) as film:
        return [luma(frame) for frame in film.decode(video=0)]


def likeness(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    error = float(((one.astype(float) - other) ** 2).mean())
    return 99.0 if error == 0 else float(10 * np.log10(255**2 / error))


@pytest.mark.parametrize("bframes", [0, 3])
def test_what_is_entered_is_copied_but_for_a_few_frames(tmp_path: Path, bframes: int) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=96, bframes=bframes, seed=4))
    film = timeline([Take(clip, 89, start=7), Take(clip, 40, start=56)], titles=(title(30, 8),))
    report = make(film, tmp_path / "run")
    kinds = [type(one) for one in report.plan.stretches if one.frames > 3]
    assert kinds == [Entered, Encoded, Entered, Entered]
    assert report.plan.encoded <= 8 + 4 * 6
    places = [*range(7, 96), *range(56, 96)]
    shown, source = seen(report.path), seen(clip)
    assert numbers(report.path) == places
    entered = [one for one in report.plan.stretches if isinstance(one, Entered)]
    near = [
        likeness(shown[n], source[places[n]]) for one in entered for n in range(one.start, one.stop)
    ]
    assert min(near) >= 43


def test_the_few_frames_before_a_transition_are_made_with_it(tmp_path: Path) -> None:
    """Made by themselves, their clip would be decoded to its end once for them, once for it."""
    clip, other = (
        make_clip(tmp_path / f"{n}.mp4", ClipRecipe(frames=60, seed=n, first=100 * n))
        for n in range(2)
    )
    for length in range(50, 60):
        takes = [Take(clip, length, 0), Take(other, 48, 0, CROSSFADE, 8)]
        film = timeline(takes)
        report = make(film, tmp_path / str(length))
        assert [type(one) for one in report.plan.stretches] == [Copied, Encoded, Entered]
        first, second, _ = report.plan.stretches
        assert 0 <= length - 8 - first.frames < 6
        assert second.stop == length
        shown = numbers(report.path)
        assert shown[: length - 8] == list(range(length - 8))
        assert shown[length:] == list(range(108, 148))


def test_a_draft_and_other_rates_of_quality_enter_alike(tmp_path: Path, clips: list[Path]) -> None:
    film = timeline([Take(clips[0], 40, start=8)])
    report = make(film, tmp_path / "run", CutOptions(quality=Quality.DRAFT, workers=1))
    assert [type(one) for one in report.plan.stretches] == [Entered]
    assert report.plan.encoded < 8


def test_what_cannot_be_entered_in_the_end_is_encoded(
    tmp_path: Path, clips: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refused("frames made again are larger than its level allows")

    monkeypatch.setattr(making, "enter", refuse)
    film = timeline([Take(clips[0], 40, start=8)])
    report = make(film, tmp_path / "run")
    assert [type(one) for one in report.plan.stretches] == [Entered]
    assert numbers(report.path) == list(range(8, 48))
    assert report.findings is not None
    assert report.findings.faults == ()


def test_an_entry_is_kept_and_found_again_wherever_it_stands(
    tmp_path: Path, clips: list[Path]
) -> None:
    first = make(timeline([Take(clips[0], 40, start=8)]), tmp_path / "a")
    moved = make(timeline([Take(clips[1], 20), Take(clips[0], 40, start=8)]), tmp_path / "b")
    other = make(timeline([Take(clips[0], 41, start=7)]), tmp_path / "c")
    assert (first.reused, moved.reused, other.reused) == (0, moved.plan.encoded, 0)
    assert numbers(moved.path) == [*range(100, 120), *range(8, 48)]


def test_a_clip_that_cannot_be_entered_says_why(tmp_path: Path) -> None:
    options = (("nal-hrd", "vbr"), ("maxrate", "400k"), ("bufsize", "400k"))
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(options=options))
    report = make(timeline([Take(clip, 40, start=8)]), tmp_path / "run")
    (one,) = report.plan.stretches
    assert isinstance(one, Encoded)
    assert one.why == ("the clip is entered inside a group: its buffers are timed",)


@pytest.mark.parametrize(
    ("kind", "level"), [(TransitionKind.FADE_BLACK, 0), (TransitionKind.FADE_WHITE, 255)]
)
def test_a_film_comes_out_of_a_plain_colour(
    tmp_path: Path, kind: TransitionKind, level: int
) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=48, gop=16, bframes=0))
    report = make(timeline([Take(clip, 48, 0, kind, 12)]), tmp_path / "run")
    with av.open(str(report.path)) as film:
        shown = [luma(frame).astype(int) for frame in film.decode(video=0)]
    with av.open(str(clip)) as source:
        wanted = [luma(frame).astype(int) for frame in source.decode(video=0)]
    assert len(shown) == 48
    off = [abs(frame - level).mean() for frame in shown[:12]]
    assert off[0] < 8
    assert off == sorted(off)
    assert abs(shown[11] - wanted[11]).mean() < 12
    assert numbers(report.path)[12:] == list(range(12, 48))
    assert report.plan.stretches[-1] == Copied(16, 32, clip, 16, 48, shots=("scene/0",))
    assert report.findings is not None
    assert report.findings.faults == ()


def idr_ids(film: Path) -> list[int | None]:
    """Let ffmpeg read the `idr_pic_id` of each picture, in coding order; None of others."""
    words = ["-i", str(film), "-map", "0:v", "-c", "copy", "-bsf:v", "trace_headers"]
    told = run(  # noqa: S603 - the words are all here
        [get_ffmpeg_exe(), "-hide_banner", *words, "-f", "null", "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stderr
    found = [re.findall(r"\bidr_pic_id\b.* = (\d+)", one) for one in told.split("Packet: ")[1:]]
    return [int(one[0]) if one else None for one in found]


@pytest.mark.parametrize("preset", ["ultrafast", "veryfast"])
@pytest.mark.parametrize("second", ["copied", "encoded", "one frame"])
@pytest.mark.parametrize("first", ["copied", "encoded"])
def test_a_stretch_of_one_frame_has_another_id_than_the_next(
    tmp_path: Path, clips: list[Path], first: str, second: str, preset: str
) -> None:
    """Rec. ITU-T H.264, 7.4.3; every encoder counts from 0."""
    short = make_clip(tmp_path / "short.mp4", ClipRecipe(frames=1, sound=False, seed=9))
    one = Take(short if first == "copied" else clips[0], 1, 0 if first == "copied" else 5)
    other = Take(clips[1], 1 if second == "one frame" else 40, 7 if second == "encoded" else 0)
    film = timeline([Take(clips[0], 48), one, other, Take(clips[0], 48), one, one])
    made = make(film, tmp_path / "film", replace(QUICK, preset=preset))
    ids = idr_ids(made.path)
    assert len(ids) == film.frames
    assert all(a is None or a != b for a, b in pairwise(ids)), ids
    assert made.findings is not None
    assert made.findings.faults == ()


@pytest.mark.parametrize("number", [0, 1, entered_headers.IDR_NUMBER])
@pytest.mark.parametrize("bframes", [0, 3])
def test_an_entered_stretch_has_another_id_than_the_frame_before_and_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bframes: int, number: int
) -> None:
    """Whatever an entry's own id is: the encoders of single frames begin at 0."""
    monkeypatch.setattr(entered_headers, "IDR_NUMBER", number)
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=60, bframes=bframes, seed=4))
    short = make_clip(tmp_path / "short.mp4", ClipRecipe(frames=1, bframes=bframes, seed=9))
    entered, copied, encoded = Take(clip, 40, 8), Take(short, 1), Take(clip, 1, 5)
    takes = [entered, copied, entered, encoded, entered, entered, copied, encoded, entered]
    made = make(timeline(takes), tmp_path / "film")
    kinds = [type(one) for one in made.plan.stretches]
    assert kinds.count(Entered) == takes.count(entered)
    assert Copied in kinds
    assert Encoded in kinds
    ids = idr_ids(made.path)
    assert len(ids) == 5 * 40 + 4
    assert all(a is None or a != b for a, b in pairwise(ids)), ids
    assert made.findings is not None
    assert made.findings.faults == ()
    shown = numbers(made.path)
    assert shown[:40] == shown[41:81] == shown[-40:] == list(range(8, 48))


def test_clips_with_several_sounds_and_joined_recordings_stand_beside_entered_ones(
    tmp_path: Path,
) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(frames=60))
    two = tmp_path / "two.mp4"
    words = ["-i", str(clip), "-f", "lavfi", "-i", "sine=duration=2.5", "-map", "0", "-map", "1"]
    run(  # noqa: S603 - the words are all here
        [get_ffmpeg_exe(), "-v", "error", *words, "-c:v", "copy", str(two)], check=True
    )
    parts = [
        make_clip(tmp_path / f"{n}.ts", ClipRecipe(frames=24, gop=12, first=100 * n))
        for n in (1, 2)
    ]
    joined = tmp_path / "joined.ts"
    joined.write_bytes(b"".join(one.read_bytes() for one in parts))
    film = timeline([Take(two, 40, 8), Take(joined, 36, 6), Take(two, 40, 8)])
    last = film.pieces[-1]
    assert isinstance(last.source, ClipSource)
    chosen = replace(last, source=replace(last.source, track=2))
    shop = Workshop(tmp_path, DerivedFolder(tmp_path / "derived"), tmp_path, mix)
    out = tmp_path / "film.mp4"
    sounding = replace(film, pieces=(*film.pieces[:-1], chosen))
    report = cut(sounding, out, shop, QUICK, lambda _: None)
    assert [type(one) for one in report.plan.stretches].count(Entered) == 2
    places = [*range(8, 48), *range(106, 124), *range(200, 218), *range(8, 48)]
    assert numbers(out) == places
    assert report.findings is not None
    assert report.findings.faults == ()
    with av.open(str(out)) as container:
        heard = np.concatenate([one.to_ndarray()[0] for one in container.decode(audio=0)])
    second = 48_000
    assert heard[int(-1.5 * second) : -second // 10].std() > 0.05, "a tone, all the time"
    assert heard[second // 4 : second * 6 // 10].std() < 0.01, "clicks at whole seconds only"


def test_each_clip_is_gone_through_once_for_all_that_is_made_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end of a transition, an entry, and the beginning of the next one: one pass."""
    names = [tmp_path / f"{n}.mp4" for n in range(4)]
    made = [
        make_clip(path, ClipRecipe(frames=72, first=100 * n, seed=n))
        for n, path in enumerate(names)
    ]
    opened: list[Path] = []

    def spied(path: Path) -> InputContainer:
        opened.append(path)
        return open_known(path)

    monkeypatch.setattr(decoding, "open_known", spied)
    takes = [Take(path, 72, 0, CROSSFADE, 12 if n else 0) for n, path in enumerate(made)]
    report = make(timeline(takes), tmp_path / "run", replace(QUICK, workers=1))
    kinds = [type(one) for one in report.plan.stretches]
    assert kinds == [Copied, *(Encoded, Entered) * 3]
    assert opened == made
    solo = [n * 100 + at for n in range(4) for at in range(12 if n else 0, 60 if n < 3 else 72)]
    shown = numbers(report.path)
    assert [one for one in shown if one in solo] == solo


def test_a_file_is_hashed_once_while_it_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"one")
    first = FileDigests().of(path)
    path.write_bytes(b"other")
    assert FileDigests().of(path) == hashlib.sha256(b"other").hexdigest() != first
