"""What a disk refused is reported in words, with what to do about it."""

import errno
import os
from pathlib import Path

import pytest

from storyboard.writing import is_full, refusal


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


@pytest.mark.parametrize(
    ("number", "full"), [(errno.ENOSPC, True), (errno.EDQUOT, True), (errno.EROFS, False)]
)
def test_a_quota_that_is_used_up_is_a_full_disk(number: int, *, full: bool) -> None:
    assert is_full(OSError(number, os.strerror(number))) == full
