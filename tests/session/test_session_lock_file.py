"""A lock on the disk: changed whole, from what is there now, by one process at a time."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from storyboard.lock import Lock, LockedClips, LockedShot, ShotKind, read_lock, text
from storyboard.model import ShotName
from storyboard.session import errors
from storyboard.session.lock_file import change_lock, lock_path, read_lock_file
from storyboard.store import STORE

ONE = LockedShot(ShotName("a/one"), ShotKind.PROMPT)
TWO = LockedShot(ShotName("a/two"), ShotKind.PROMPT)
PROCESS = """
import sys
from pathlib import Path
from storyboard.lock import LockedShot, ShotKind
from storyboard.model import ShotName
from storyboard.session.lock_file import change_lock
from dataclasses import replace

path, store, who = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    one = LockedShot(ShotName(f"{who}/{number}"), ShotKind.PROMPT)
    change_lock(path, store, lambda lock: replace(lock, shots=(*lock.shots, one)))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return lock_path(tmp_path / "film.yaml")


def test_a_lock_is_beside_its_storyboard_and_that_of_a_rehearsal_has_another_name() -> None:
    assert lock_path(Path("a/first cup.yaml")) == Path("a/first cup.lock.yaml")
    other = lock_path(Path("a/film.yaml"), LockedClips.REHEARSAL)
    assert other == Path("a/film.rehearsal.lock.yaml")


def test_a_lock_that_is_not_there_is_empty(path: Path) -> None:
    assert read_lock_file(path).value == Lock()
    rehearsal = read_lock_file(path, LockedClips.REHEARSAL).value
    assert rehearsal == Lock(clips=LockedClips.REHEARSAL)


def test_what_was_read_before_is_gone_on_from_while_its_bytes_are_there(path: Path) -> None:
    store, seen = path.parent / STORE, list[Lock]()

    def looked(lock: Lock) -> Lock:
        seen.append(lock)
        return replace(lock, shots=(*lock.shots, TWO))

    known = Lock((ONE,))
    data = text(known).encode()
    path.write_bytes(data)
    change_lock(path, store, looked, known=(data, known))
    assert seen[0] is known
    change_lock(path, store, looked, known=(data, known))
    assert seen[1] == Lock((ONE, TWO))


def test_a_change_is_of_what_is_there_now_and_is_written(path: Path) -> None:
    store = path.parent / STORE
    change_lock(path, store, lambda lock: replace(lock, shots=(ONE,)))
    made = change_lock(path, store, lambda lock: replace(lock, shots=(*lock.shots, TWO)))
    assert made == Lock((ONE, TWO)) == read_lock_file(path).value
    assert path.read_text("utf-8") == text(made)
    assert sorted(one.name for one in path.parent.iterdir()) == [STORE, path.name]


def test_what_a_process_left_that_died_while_it_wrote_is_removed(path: Path) -> None:
    mine = path.with_name(f".{path.name}.1-1.part")
    others = path.with_name(".other.lock.yaml.1-1.part")
    for one in (mine, others):
        one.write_text("half a lo", "utf-8")
    change_lock(path, path.parent / STORE, lambda lock: replace(lock, shots=(ONE,)))
    assert not mine.exists()
    assert others.exists()


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_lock_that_comes_out_as_it_was_is_not_written(path: Path, end: bytes) -> None:
    path.write_bytes(text(Lock((ONE,))).encode().replace(b"\n", end))
    before = path.stat()
    change_lock(path, path.parent / STORE, lambda lock: lock)
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_change_that_fails_leaves_the_lock_and_lets_others_go_on(path: Path) -> None:
    path.write_text(text(Lock((ONE,))), "utf-8")

    def failing(_: Lock) -> Lock:
        raise LookupError("no such take")

    with pytest.raises(LookupError, match="no such take"):
        change_lock(path, path.parent / STORE, failing)
    assert change_lock(path, path.parent / STORE, lambda lock: lock) == Lock((ONE,))


def test_a_lock_with_mistakes_is_left_as_it_is(path: Path) -> None:
    written = text(Lock((ONE,))).replace("clips: paid", "clips: paid\nreel: 7")
    path.write_text(written, "utf-8")
    with pytest.raises(errors.MistakesError) as caught:
        change_lock(path, path.parent / STORE, lambda _: Lock())
    assert [one.code for one in caught.value.diagnostics] == ["SB920"]
    assert caught.value.texts == {str(path): written}
    assert path.read_text("utf-8") == written


def test_deciding_again_for_all_shots_in_conflict_settles_a_merge(path: Path) -> None:
    mark = "<<<<<<< a\n    films: [p]\n=======\n    films: [q]\n>>>>>>> b\n"
    written = text(Lock((ONE, TWO))).replace("    # end of a/two", f"{mark}    # end of a/two")
    path.write_text(written, "utf-8")
    store = path.parent / STORE
    with pytest.raises(errors.MistakesError) as caught:
        change_lock(path, store, lambda lock: lock, settles=[ONE.name])
    assert [one.code for one in caught.value.diagnostics] == ["SB921"]
    assert path.read_text("utf-8") == written
    settled = Lock((ONE, replace(TWO, films=("p",))))
    assert change_lock(path, store, lambda lock: lock, settles=[ONE.name, TWO.name]) == settled
    assert read_lock(path.read_bytes(), path.name).value == settled


def test_a_disk_that_refuses_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(errors.SetupError, match=r"film\.lock\.yaml"):
        read_lock_file(path)
    with pytest.raises(errors.SetupError, match=r"film\.lock\.yaml"):
        change_lock(path, path.parent / STORE, lambda lock: lock)


def test_who_waits_too_long_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storyboard.session.lock_file.lock", lambda _: False)
    monkeypatch.setattr("storyboard.session.lock_file.sleep", lambda _: None)
    with pytest.raises(errors.SetupError, match="another process"):
        change_lock(path, path.parent / STORE, lambda lock: lock)


def test_two_processes_that_change_a_lock_at_once_lose_nothing(path: Path) -> None:
    processes = [
        subprocess.Popen(  # noqa: S603 -- this interpreter, our own words
            [sys.executable, "-c", PROCESS, str(path), str(path.parent / STORE), who],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for who in ("ours", "theirs")
    ]
    for one in processes:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in processes:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    assert [one.communicate()[0] is not None and one.returncode for one in processes] == [0, 0]
    lock = read_lock_file(path).value
    assert lock is not None
    wanted = {f"{who}/{number}" for who in ("ours", "theirs") for number in range(40)}
    assert {one.name for one in lock.shots} == wanted
    assert len(lock.shots) == len(wanted)
