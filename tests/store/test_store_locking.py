"""A lock is taken by one at a time, and looking at it is no hold on it."""

import os
from pathlib import Path

import pytest

from storyboard.store.locking import PROBE, free, lock


def test_who_only_looks_at_a_lock_does_not_keep_another_from_taking_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handle = os.open(tmp_path / "a.lock", os.O_CREAT | os.O_RDWR)
    looking = os.open(tmp_path / "a.lock", PROBE)
    assert free(looking)  # and not yet closed again
    monkeypatch.setattr("storyboard.store.locking.sleep", lambda _: os.close(looking))
    assert lock(handle)
    os.close(handle)


def test_a_lock_is_held_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storyboard.store.locking.sleep", lambda _: None)
    one, other = (os.open(tmp_path / "a.lock", os.O_CREAT | os.O_RDWR) for _ in range(2))
    assert lock(one)
    assert not lock(other)
    assert not free(other)
    os.close(one)
    assert lock(other)
    os.close(other)
