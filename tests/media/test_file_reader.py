"""Packets are read from many files, or are bytes that stand for them."""

from pathlib import Path

import pytest

from storyboard.media.file_reader import FileReader
from storyboard.media.film_times import CodedFrame


def test_more_files_are_read_than_are_open_at_once(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}" for n in range(20)]
    for n, path in enumerate(paths):
        path.write_bytes(bytes([n]) * 10)
    with FileReader() as reader:
        read = [reader.bytes_of(CodedFrame(path, 3, 4, 0, anew=True)) for path in paths * 2]
    assert read == [bytes([n]) * 4 for n in range(20)] * 2


def test_a_frame_with_bytes_of_its_own_is_those(tmp_path: Path) -> None:
    with FileReader() as reader:
        frame = CodedFrame(tmp_path / "gone", 0, 3, 0, anew=True, data=b"own")
        assert reader.bytes_of(frame) == b"own"


def test_a_file_that_became_shorter_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"short")
    with FileReader() as reader, pytest.raises(OSError, match="has changed"):
        reader.read(tmp_path / "a", 2, 10)
