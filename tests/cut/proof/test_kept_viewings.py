"""What was decoded once is found again by its content; what is damaged is decoded again."""

import threading
from pathlib import Path

from clips import ClipRecipe, make_clip

from storyboard.cut.proof.file_runs import file_run
from storyboard.cut.proof.kept_viewings import Viewings
from storyboard.cut.proof.viewing import Run, digests_of
from storyboard.cut.workshop import DerivedFolder
from storyboard.media.packets import index


def run_of(path: Path) -> Run:
    found = index(make_clip(path, ClipRecipe(frames=20)))
    assert found.coding.sets is not None
    return file_run(found, found.coding.sets, 0, 20).run


def viewings(folder: Path) -> Viewings:
    return Viewings(DerivedFolder(folder / "derived"), folder, threading.Event())


def test_a_run_is_decoded_once(tmp_path: Path) -> None:
    run = run_of(tmp_path / "a.mp4")
    digests = digests_of(run.frames)
    first, second = viewings(tmp_path), viewings(tmp_path)
    seen = first.of(run, digests)
    assert second.of(run, digests).looks == seen.looks
    assert (first.decoded, second.decoded) == (20, 0)


def test_a_damaged_file_is_removed_and_made_again(tmp_path: Path) -> None:
    run = run_of(tmp_path / "a.mp4")
    digests = digests_of(run.frames)
    viewings(tmp_path).of(run, digests)
    (kept,) = (tmp_path / "derived").rglob("*.seen")
    whole = kept.read_bytes()
    for damaged in (whole[:-1], b"", whole.replace(b'"damaged": []', b'"damaged": [1]')):
        kept.write_bytes(damaged)
        again = viewings(tmp_path)
        assert again.find(run, digests) is None
        assert not kept.exists()
        again.of(run, digests)
        assert again.decoded == 20
        assert kept.read_bytes() == whole


def test_what_cannot_be_kept_is_still_seen(tmp_path: Path) -> None:
    run = run_of(tmp_path / "a.mp4")
    (tmp_path / "derived").write_text("no folder")
    seen = viewings(tmp_path).of(run, digests_of(run.frames))
    assert len(seen.looks) == 20
