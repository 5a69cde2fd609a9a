import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storyboard.writing import atomic_write


def test_a_file_is_moved_in_whole(tmp_path: Path) -> None:
    path = tmp_path / "build" / "film.srt"
    with atomic_write(path) as unfinished:
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

    with pytest.raises(OSError, match="No space") as caught, atomic_write(path) as unfinished:
        write(unfinished)
    assert [one.name for one in tmp_path.iterdir()] == ["film.mp4"]
    assert path.read_text() == "old"
    assert caught.value.filename == str(path)


def test_two_threads_may_make_the_same_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"

    def write(words: str) -> None:
        with atomic_write(path) as unfinished:
            unfinished.write_text(words)

    with ThreadPoolExecutor(1) as other, atomic_write(path) as unfinished:
        unfinished.write_text("mine")
        other.submit(write, "theirs").result()
        assert path.read_text() == "theirs"
    assert path.read_text() == "mine"
    assert [one.name for one in tmp_path.iterdir()] == ["film.mp4"]


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    """Neither one in the file's place, nor one of the temporary file's name: git carries both."""
    dear = tmp_path / "dear.txt"
    dear.write_text("dear")
    path = tmp_path / "film.mp4"
    with atomic_write(path) as unfinished:
        name = unfinished
        unfinished.touch()
    path.unlink()
    for link in (path, name):
        link.symlink_to(dear)
    with atomic_write(path) as unfinished:
        assert unfinished == name
        unfinished.write_text("film")
    assert dear.read_text() == "dear"
    assert path.read_text() == "film"
    assert not path.is_symlink()
