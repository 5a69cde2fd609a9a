import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storyboard.media.aside import aside, refusal


def test_a_file_is_moved_in_whole(tmp_path: Path) -> None:
    path = tmp_path / "build" / "film.srt"
    with aside(path) as unfinished:
        unfinished.write_text("words")
        assert not path.exists()
    assert [one.name for one in path.parent.iterdir()] == ["film.srt"]
    assert path.read_text() == "words"


def test_what_cannot_be_finished_leaves_nothing_and_the_old_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_text("old")

    def write(unfinished: Path) -> None:
        unfinished.write_text("half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OSError, match="No space") as caught, aside(path) as unfinished:
        write(unfinished)
    assert [one.name for one in tmp_path.iterdir()] == ["film.mp4"]
    assert path.read_text() == "old"
    assert caught.value.filename == str(path)


def test_two_threads_may_make_the_same_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"

    def write(words: str) -> None:
        with aside(path) as unfinished:
            unfinished.write_text(words)

    with ThreadPoolExecutor(1) as other, aside(path) as unfinished:
        unfinished.write_text("mine")
        other.submit(write, "theirs").result()
        assert path.read_text() == "theirs"
    assert path.read_text() == "mine"
    assert [one.name for one in tmp_path.iterdir()] == ["film.mp4"]


@pytest.mark.parametrize(
    ("number", "words", "advice"),
    [
        (
            errno.ENOSPC,
            "the disk is full: nothing more can be written to build",
            "free some space there",
        ),
        (
            errno.EROFS,
            "build/film.mp4 may not be written: Read-only file system",
            "make it writable",
        ),
        (errno.EIO, "build/film.mp4: Input/output error", ""),
    ],
)
def test_what_the_disk_refused_is_said_with_what_to_do(
    number: int, words: str, advice: str
) -> None:
    said, help_ = refusal(OSError(number, os.strerror(number)), Path("build/film.mp4"))
    assert said == words
    moved = OSError(number, os.strerror(number), "parts.mp4", None, "build/film.mp4")
    assert refusal(moved, Path("other.mp4"))[0] == words
    assert help_.startswith(advice)
    assert ("is kept" in help_) == bool(advice)
