"""`render --frozen` makes the film of the lock: the same bytes, without a network or a key."""

import hashlib
import re
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest
from rehearsed import LOCK, Typed, copied, typing

from storyboard.cli.exits import Exit
from storyboard.lock import Lock
from storyboard.session import film_libraries
from storyboard.session import frozen_film as module

STORE = Path(".storyboard/rehearsal/clips")


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every socket in the process, and have no key."""

    def refused(*_: object, **__: object) -> Any:  # noqa: ANN401 -- it returns never
        raise AssertionError("a socket was opened")

    monkeypatch.delenv("FAL_KEY", raising=False)
    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


@pytest.fixture
def film(rehearsed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A film of which everything is picked, with another take than the first."""
    path = copied(rehearsed, tmp_path / "p")
    typed = typing(path, capsys)
    assert typed("pick", "sea/waves", "2", "--keep-later")[0] == 0
    assert typed("pick", "--all")[0] == 0
    return path


@pytest.fixture
def typed(film: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    return typing(film, capsys)


def made(film: Path) -> Path:
    return film.parent / "build" / "film.rehearsal.mp4"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def clean(film: Path, folder: Path) -> Path:
    """Return the same project as a colleague has it: text from git, and clips that were copied."""
    folder.mkdir()
    for name in (film.name, LOCK, "card.png"):
        shutil.copy(film.parent / name, folder)
    shutil.copytree(film.parent / STORE, folder / STORE)
    return folder / film.name


@pytest.mark.usefixtures("offline")
def test_the_same_lock_and_clips_give_the_same_film(
    film: Path, tmp_path: Path, typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed("cut")[0] == 0 or True
    before = (film.parent / LOCK).read_bytes()
    code, _, err = typed("render", "--frozen")
    assert code == 0, err
    first = digest(made(film))
    other = clean(film, tmp_path / "clean")
    code, _, err = typing(other, capsys)("render", "--frozen")
    assert code == 0, err
    assert digest(made(other)) == first
    assert (film.parent / LOCK).read_bytes() == before
    # Neither the journal nor anything that was cut before is needed, or made.
    assert [one.name for one in (other.parent / STORE.parent).iterdir()] == ["clips"]


def test_a_film_is_that_of_the_lock_also_if_newer_words_are_rendered(
    film: Path, typed: Typed
) -> None:
    assert typed("render", "--frozen")[0] == 0
    before, lock = digest(made(film)), (film.parent / LOCK).read_bytes()
    text = film.read_text("utf-8")
    film.write_text(text.replace("A gull on a post.", "Two gulls."), "utf-8")
    assert typed("render", "--yes", "--draft")[0] == 0
    (film.parent / LOCK).write_bytes(lock)
    assert typed("render", "--frozen")[0] == 0
    assert digest(made(film)) == before


@pytest.mark.usefixtures("offline")
def test_missing_clips_are_named_and_there_is_no_film(film: Path, typed: Typed) -> None:
    made(film).unlink(missing_ok=True)
    clips = sorted((film.parent / STORE).glob("*/*"))
    for one in clips:
        one.unlink()
    code, _, err = typed("render", "--frozen")
    assert code == Exit.ENVIRONMENT == 7
    named = re.findall(
        r"(\S+): the clip of take (\d), 0\.42 USD, SHA-256 ([0-9a-f]{64}), is not", err
    )
    assert [(shot, take) for shot, take, _ in named] == [
        ("sea/waves", "2"),
        ("sea/boat", "1"),
        ("land/gull", "1"),
    ]
    assert {sha for *_, sha in named} < {one.stem for one in clips}
    assert not made(film).exists()


@pytest.mark.usefixtures("offline")
def test_a_clip_with_other_content_is_told_with_both_digests(film: Path, typed: Typed) -> None:
    for one in (film.parent / STORE).glob("*/*"):
        one.chmod(0o644)
        with one.open("ab") as file:
            file.write(b"more")
    code, _, err = typed("render", "--frozen")
    assert code == Exit.ENVIRONMENT
    assert (
        len(re.findall(r"SHA-256 [0-9a-f]{64}, is another one here: \S+ has [0-9a-f]{64}", err))
        == 3
    )


@pytest.mark.usefixtures("offline")
def test_what_is_not_picked_is_not_in_the_lock(typed: Typed) -> None:
    typed("pick", "land/gull", "none")
    code, _, err = typed("render", "--frozen")
    assert code == Exit.ENVIRONMENT
    assert "land/gull: nothing is picked" in err
    assert re.search(r"storyboard pick \S+ --backend emulator --all", err)


@pytest.mark.usefixtures("offline")
def test_a_file_that_differs_is_told_with_both_digests(film: Path, typed: Typed) -> None:
    card = film.parent / "card.png"
    was = digest(card)
    card.write_bytes(card.read_bytes() + b"\0")
    code, _, err = typed("render", "--frozen")
    assert code == Exit.ENVIRONMENT
    assert f"card.png: the lock has {was}, the file {digest(card)}" in err


def test_other_versions_are_told_and_do_not_keep_it_from_being_made(
    film: Path, typed: Typed
) -> None:
    lock = film.parent / LOCK
    lock.write_text(re.sub(r'  av: ".*"', '  av: "1.2.3"', lock.read_text("utf-8")), "utf-8")
    code, _, err = typed("render", "--frozen")
    assert code == 0
    assert (
        "warning: the film may come out otherwise than it did: the lock has av 1.2.3, here" in err
    )
    assert made(film).stat().st_size > 0


def test_the_versions_of_the_lock_need_no_warning() -> None:
    assert module.frozen_warning(Lock(libraries=film_libraries())) is None
