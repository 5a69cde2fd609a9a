"""A file that was exchanged has another stamp; one that was only read keeps its own."""

import os
from pathlib import Path

import pytest

from storyboard.file_stamp import file_stamp


def test_what_was_only_read_keeps_its_stamp(tmp_path: Path) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"as it was")
    before = file_stamp(file)
    file.read_bytes()
    assert file_stamp(file) == before
    assert before.size == len(b"as it was")


def test_content_of_one_size_and_time_has_another_stamp_in_another_file(tmp_path: Path) -> None:
    """`git checkout` and `atomic_write` exchange a file for another."""
    file, other = tmp_path / "clip.mp4", tmp_path / "other.mp4"
    file.write_bytes(b"as it was")
    before = file_stamp(file)
    other.write_bytes(b"as it is.")
    os.utime(other, ns=(before.modified, before.modified))
    other.replace(file)
    assert file_stamp(file).modified == before.modified
    assert file_stamp(file) != before


def test_a_stamp_of_a_link_is_of_what_it_leads_to(tmp_path: Path) -> None:
    file, link = tmp_path / "clip.mp4", tmp_path / "link.mp4"
    file.write_bytes(b"as it was")
    link.symlink_to(file)
    assert file_stamp(link) == file_stamp(file)


def test_the_latest_change_is_that_of_content_or_of_rights(tmp_path: Path) -> None:
    file = tmp_path / "clip.mp4"
    file.write_bytes(b"as it was")
    os.utime(file, ns=(1, 1))
    found = file_stamp(file)
    assert (found.modified, found.latest) == (1, found.changed)


def test_a_file_that_is_not_there_cannot_be_asked(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        file_stamp(tmp_path / "clip.mp4")
