from pathlib import Path

import httpx
import pytest

from storyboard.backends.http.part import Part, Start
from storyboard.store.problem import StoreProblem

HEAD = {"etag": '"a"'}


def test_nothing_there_starts_at_the_beginning(tmp_path: Path) -> None:
    start = Part(tmp_path / "a.part").start()
    assert start == Start()
    assert start.headers == {}


def test_what_was_left_is_gone_on_with_once(tmp_path: Path) -> None:
    part = Part(tmp_path / "a.part")
    got = httpx.Response(200, headers=HEAD)
    with part.written(got, Start(), resumable=True) as writing:
        writing.add(b"half")
    assert part.start() == Start(4, '"a"')
    assert part.start() == Start()


def test_what_is_written_after_a_start_replaces_what_was_behind_it(tmp_path: Path) -> None:
    path = tmp_path / "a.part"
    path.write_bytes(b"half and what was never flushed")
    got = httpx.Response(206, headers=HEAD)
    with Part(path).written(got, Start(4, '"a"'), resumable=True) as writing:
        writing.add(b", and the rest")
        writing.whole()
    assert path.read_bytes() == b"half, and the rest"
    assert not (tmp_path / "a.note").exists()


def test_a_disk_that_refuses_is_told_as_that(tmp_path: Path) -> None:
    path = tmp_path / "a.part"
    path.mkdir()
    with (
        pytest.raises(StoreProblem),
        Part(path).written(httpx.Response(200), Start(), resumable=True),
    ):
        pass
