"""What can be decided is gathered for all films; decisions go into the lock as it is now."""

from pathlib import Path

import pytest
from offers import MARA
from rehearsed import BOARD, LOCK, copied

from storyboard import Ask, MistakesError
from storyboard.lock import LockedClips, ShotKind, asked_shots
from storyboard.session import REHEARSAL
from storyboard.session.deciding import open_desk
from storyboard.session.lock_edits import for_others
from storyboard.session.lock_file import read_lock_file


@pytest.fixture
def film(rehearsed: Path, tmp_path: Path) -> Path:
    return copied(rehearsed, tmp_path / "p")


def test_every_shot_is_offered_with_what_is_seen_of_it(film: Path) -> None:
    desk = open_desk(Ask(film), REHEARSAL)
    assert [(one.name, len(one.takes), one.asked.kind) for one in desk.shots] == [
        ("sea/waves", 2, ShotKind.PROMPT),
        ("sea/boat", 1, ShotKind.PROMPT),
        ("land/card", 0, ShotKind.STILL),
        ("land/gull", 1, ShotKind.PROMPT),
    ]
    for one in desk.shots:
        assert one.seen is not None
        assert one.seen.crop.startswith("16:9 crop")
        assert (one.shown is None) == (one.asked.asks is None)
        if one.shown is not None:
            assert (one.seen.clip, one.seen.asks) == (one.shown.clip, one.asked.asks)


def test_shots_are_offered_as_a_lock_has_them(rehearsed_campaign: Path, tmp_path: Path) -> None:
    film = copied(rehearsed_campaign, tmp_path / "c")
    tall = '"16:9"}\noutputs: [{name: wide}, {name: tall, aspect_ratio: "9:16", fit: render}]'
    film.write_text(film.read_text("utf-8").replace('"16:9"}', tall), "utf-8")
    desk = open_desk(Ask(film), REHEARSAL)
    boards = {one.variation: one.storyboard for one in desk.compiled.every}
    shots = asked_shots(boards.items())
    assert len(shots) == 8
    assert tuple(one.asked for one in desk.shots) == shots


def test_a_slate_and_a_clip_of_older_words_are_not_seen(film: Path) -> None:
    desk = open_desk(Ask(film), REHEARSAL)
    gull = [one for one in desk.shots if one.name == "land/gull"]
    desk.write(for_others(MARA.pick(gull, gull[0].takes[0])))
    film.write_text(BOARD.replace("A gull", "Two gulls").replace("A boat", "Boats"), "utf-8")
    shots = {one.name: one for one in open_desk(Ask(film), REHEARSAL).shots}
    assert (shots["sea/boat"].shown, shots["sea/boat"].seen) == (None, None)
    assert shots["land/gull"].shown == gull[0].takes[0]
    assert shots["land/gull"].seen is None


def test_a_clip_that_is_not_here_is_not_seen_and_one_that_was_copied_is(film: Path) -> None:
    desk = open_desk(Ask(film), REHEARSAL)
    gull = [one for one in desk.shots if one.name == "land/gull"]
    desk.write(for_others(MARA.pick(gull, gull[0].takes[0])))
    store = film.parent / REHEARSAL.folder
    (clip,) = store.rglob(f"{gull[0].takes[0].clip}.mp4")
    kept = clip.read_bytes()
    clip.unlink()
    shots = {one.name: one for one in open_desk(Ask(film), REHEARSAL).shots}
    assert shots["land/gull"].seen is None
    (store / "journal.db").unlink()
    clip.write_bytes(kept)
    shots = {one.name: one for one in open_desk(Ask(film), REHEARSAL).shots}
    assert shots["land/gull"].seen == gull[0].seen


def test_what_others_decided_meanwhile_stays(film: Path) -> None:
    desks = [open_desk(Ask(film), REHEARSAL) for _ in range(2)]
    for desk, name in zip(desks, ("land/gull", "sea/boat"), strict=True):
        shots = [one for one in desk.shots if one.name == name]
        (changed,) = desk.write(for_others(MARA.pick(shots, shots[0].takes[0])))
        assert changed.name == name
    lock = read_lock_file(film.parent / LOCK, LockedClips.REHEARSAL).value
    assert lock is not None
    assert [one.name for one in lock.shots if one.decision.pick] == ["sea/boat", "land/gull"]


def test_a_decision_is_tried_without_being_written(film: Path) -> None:
    desk = open_desk(Ask(film), REHEARSAL)
    before = (film.parent / LOCK).read_bytes()
    waves = [one for one in desk.shots if one.name == "sea/waves"]
    after = desk.tried(for_others(MARA.pick(waves, waves[0].takes[1])))
    assert after.plan is not None
    assert after.plan.to_pay > 0
    assert (film.parent / LOCK).read_bytes() == before


def test_mistakes_are_told_and_nothing_is_written(film: Path) -> None:
    film.write_text(BOARD.replace("duration: 2s", "duration: soon"), "utf-8")
    with pytest.raises(MistakesError):
        open_desk(Ask(film), REHEARSAL)
