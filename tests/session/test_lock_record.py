"""A run writes into the lock an entry for every shot, what gave way, files and libraries."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from offers import MARA, asked, offered, take
from rehearsed import BOARD, LOCK, copied

from storyboard import Ask
from storyboard.cli.exits import Exit
from storyboard.cli.main import run
from storyboard.lock import UNDECIDED, Lock, LockedFile, LockedShot, arranged
from storyboard.model import FileDigest
from storyboard.report import SupersededShot
from storyboard.session import ANIMATIC, REHEARSAL, compiled, film_libraries, plan_of
from storyboard.session.lock_edits import for_one, for_others
from storyboard.session.lock_record import LockRecord, record_run

POT = offered("two/pot", "new words")
FILE = LockedFile("card.png", FileDigest("1" * 64))
GONE = LockedFile("old.png", FileDigest("2" * 64))
RECORD = LockRecord((asked("one/cup"), POT.asked), (FILE,), frozenset({POT.asked}), is_whole=True)
STALE = for_others(MARA.pick((offered("two/pot"),), take("two/pot")))(
    arranged(Lock(files=(GONE,)), (asked("two/pot"), asked("old/shot")))
)


def test_a_pick_of_older_words_gives_way_to_the_clip_of_the_new_ones() -> None:
    lock, superseded = RECORD.of(STALE)
    assert superseded == (SupersededShot("two/pot", None, take("two/pot")),)
    (cup, pot) = lock.shots
    assert cup == LockedShot(cup.name, cup.kind)
    assert pot.decision.pick is None
    assert [one.gave_way_to for one in pot.decision.superseded] == [POT.asked.asks]
    assert RECORD.of(lock) == (lock, ())


def test_it_stays_until_the_new_words_are_rendered() -> None:
    lock, superseded = replace(RECORD, rendered=frozenset()).of(STALE)
    assert superseded == ()
    assert lock.shots[1].decision.pick is not None


def test_an_override_gives_way_for_its_film() -> None:
    films = tuple(replace(POT.asked, film=film) for film in ("a", "b"))
    own = offered("two/pot", film="b")
    lock = for_one(MARA.pick((own,), take("two/pot", 2)))(
        arranged(Lock(), tuple(asked("two/pot", film=one) for one in ("a", "b")))
    )
    record = LockRecord(films, (), frozenset(films), is_whole=True)
    changed, superseded = record.of(lock)
    assert superseded == (SupersededShot("two/pot", "b", take("two/pot", 2)),)
    assert changed.shots[0].overrides[0].decision.pick is None
    assert changed.shots[0].decision == UNDECIDED


def test_a_film_that_cannot_be_read_loses_nothing() -> None:
    lock, superseded = replace(RECORD, is_whole=False).of(STALE)
    assert [one.name for one in lock.shots] == ["two/pot", "old/shot"]
    assert len(superseded) == 1
    assert lock.files == (FILE, GONE)
    whole, _ = RECORD.of(STALE)
    assert whole.files == (FILE,)


def test_versions_are_written_once_or_when_they_are_pinned() -> None:
    lock, _ = RECORD.of(Lock())
    assert lock.libraries == film_libraries()
    other = replace(lock, libraries=(("av", "1.0"),))
    assert RECORD.of(other)[0].libraries == (("av", "1.0"),)
    assert replace(RECORD, pin=True).of(other)[0].libraries == film_libraries()


@pytest.fixture
def film(rehearsed: Path, tmp_path: Path) -> Path:
    return copied(rehearsed, tmp_path / "p")


def test_a_rehearsal_has_written_all_of_it(film: Path) -> None:
    lock = (film.parent / LOCK).read_text("utf-8")
    assert re.findall(r"- shot: (\S+)", lock) == [
        "sea/waves",
        "sea/boat",
        "land/card",
        "land/gull",
    ]
    assert 'path: "card.png"' in lock
    assert "\n  av: " in lock
    assert "clips: rehearsal" in lock
    assert not film.with_suffix(".lock.yaml").exists()


def test_an_animatic_writes_nothing(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FAL_KEY", raising=False)
    result = compiled(Ask(film), ANIMATIC)
    assert record_run(Ask(film), ANIMATIC, result, plan_of(result), {}) is None
    assert run(["render", str(film), "--backend", "animatic", "--draft"]) == 0
    assert not film.with_suffix(".lock.yaml").exists()


def test_a_lock_that_comes_out_equal_is_not_touched(film: Path) -> None:
    lock = film.parent / LOCK
    before = lock.stat().st_mtime_ns, lock.read_bytes()
    assert run(["render", str(film), "--backend", "emulator", "--draft"]) == 0
    assert (lock.stat().st_mtime_ns, lock.read_bytes()) == before


def test_a_lock_with_mistakes_is_found_before_anything_is_paid(film: Path) -> None:
    (film.parent / LOCK).write_text("version: 1\nclips: rehearsal\nshots: 7\n", "utf-8")
    film.write_text(BOARD.replace("A gull on a post.", "Two gulls."), "utf-8")
    assert run(["render", str(film), "--backend", "emulator", "--yes"]) == Exit.MISTAKES


def test_a_lock_that_was_spoilt_meanwhile_is_left_and_told(film: Path) -> None:
    result = compiled(Ask(film), REHEARSAL)
    spoilt = "version: 1\nclips: rehearsal\nshots: 7\n"
    (film.parent / LOCK).write_text(spoilt, "utf-8")
    news = record_run(Ask(film), REHEARSAL, result, plan_of(result), {})
    assert news is not None
    assert [one.code for one in news.mistakes] == ["SB920"]
    assert news.texts[str(film.parent / LOCK)] == spoilt
    assert news.refusal
    assert "git checkout" in news.help
    assert (film.parent / LOCK).read_text("utf-8") == spoilt


def test_a_disk_that_refuses_is_told(film: Path) -> None:
    result = compiled(Ask(film), REHEARSAL)
    (film.parent / LOCK).unlink()
    (film.parent / LOCK).mkdir()
    news = record_run(Ask(film), REHEARSAL, result, plan_of(result), {})
    assert news is not None
    assert "cannot read" in news.refusal
    assert news.mistakes == ()
