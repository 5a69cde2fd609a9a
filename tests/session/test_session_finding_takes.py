"""The takes of each shot: found whatever became of its pack, its name and its words."""

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from kept_project import FOUR, KeptProject

from storyboard.jobs import ClipJob
from storyboard.lock import UNDECIDED, Lock, LockedShot, ShotKind, pick, supersede
from storyboard.lock import text as lock_text
from storyboard.model import ShotName
from storyboard.session import ShotTake, TakesOfShot, lock_path

WHEN = datetime(2026, 11, 28, 15, tzinfo=UTC)
ALONE = "    pack: shot\n"
SHOTS = ("one/a", "one/b", "one/c", "one/d")


@pytest.fixture
def project(tmp_path: Path) -> KeptProject:
    return KeptProject(tmp_path)


def alone(text: str = FOUR) -> str:
    """Let each shot be a request of its own."""
    return text.replace("  - id: one\n", f"  - id: one\n{ALONE}")


def brief(shot: TakesOfShot) -> list[tuple[int, int, bool | None]]:
    """Return the number, the rendering and the words of each take."""
    return [(one.number, one.rendering, one.is_current) for one in shot.takes]


def clips(shot: TakesOfShot) -> list[str]:
    return [one.clip for one in shot.takes]


def the_one(shot: TakesOfShot) -> ShotTake:
    (take,) = shot.takes
    return take


def test_a_pack_is_a_take_of_each_of_its_shots(project: KeptProject) -> None:
    (clip,) = project.keep(project.write())
    found = project.takes()
    assert tuple(found) == SHOTS
    takes = [the_one(found[name]) for name in SHOTS]
    assert [(one.at, one.used) for one in takes] == [
        (0, 3),
        (3, Fraction(5, 2)),
        (6, 3),
        (9, 3),
    ]
    assert {one.clip for one in takes} == {clip}
    assert all(one.together == SHOTS and one.use.shown_in == (None,) for one in takes)
    assert all(one.is_current and one.is_there and one.is_known for one in takes)


def test_a_take_is_as_a_lock_names_it(project: KeptProject) -> None:
    (clip,) = project.keep(project.write())
    take = the_one(project.takes()["one/b"])
    locked = take.locked
    assert locked is not None
    assert (locked.clip, locked.at, locked.used) == (clip, 3, Fraction(5, 2))
    assert (locked.number, locked.rendering, locked.request) == (1, 1, "request-1")
    assert (locked.price, locked.length, locked.size) == (take.price, 12, 6)


def test_takes_of_older_words_stay_takes_of_the_shot(project: KeptProject) -> None:
    (first,) = project.keep(project.write())
    second = project.keep(project.write(FOUR.replace("A moth comes", "Two moths come")))
    found = project.takes()
    assert clips(found["one/b"]) == [first, *second]
    assert brief(found["one/b"]) == [(1, 1, False), (2, 1, True)]
    assert brief(found["one/a"]) == [(1, 1, True), (2, 1, True)]
    assert [one.use.shown_in for one in found["one/b"].takes] == [(), (None,)]


def test_a_take_of_a_pack_stays_where_the_shot_is_packed_otherwise(project: KeptProject) -> None:
    by_itself = project.write(alone())
    project.keep(project.write())
    project.keep(by_itself, ["one/b"])
    found = project.takes()
    assert brief(found["one/b"]) == [(1, 1, True), (2, 1, True)]
    assert [len(one.together) for one in found["one/b"].takes] == [4, 1]
    assert [one.at for one in found["one/b"].takes] == [3, 0]


def test_a_renamed_shot_is_found_by_what_it_asks_for(project: KeptProject) -> None:
    (first,) = project.keep(project.write())
    renamed = FOUR.replace("id: b", "id: moth")
    project.write(renamed)  # names are no part of a request
    assert clips(project.takes()["one/moth"]) == [first]
    project.write(renamed.replace("A lamp is lit", "A lamp is lit slowly"))
    found = project.takes()
    assert brief(found["one/moth"]) == [(1, 1, True)]
    assert brief(found["one/a"]) == [(1, 1, False)]


def test_names_that_change_hands_leave_takes_with_their_words(project: KeptProject) -> None:
    project.keep(project.write(alone()), ["one/a", "one/c"])
    swapped = alone().replace("id: a", "id: x").replace("id: c", "id: a").replace("id: x", "id: c")
    before = project.takes()
    project.write(swapped.replace("pack: shot", "pack: scene"))
    after = project.takes()
    assert clips(after["one/a"]) == clips(before["one/c"])
    assert clips(after["one/c"]) == clips(before["one/a"])


def test_numbers_do_not_move_when_further_takes_come(project: KeptProject) -> None:
    """A number is that within the job if it is free, else the next free one."""
    by_itself, pack = project.write(alone()), project.write()
    project.keep(pack)
    project.keep(by_itself, ["one/b"])
    assert brief(project.takes()["one/b"]) == [(1, 1, True), (2, 1, True)]
    before = clips(project.takes()["one/b"])
    project.keep(pack, take=2)
    assert clips(project.takes()["one/b"])[:2] == before
    assert brief(project.takes()["one/b"]) == [(1, 1, True), (2, 1, True), (3, 2, True)]
    assert brief(project.takes()["one/a"]) == [(1, 1, True), (2, 2, True)]


def test_takes_that_earlier_programs_recorded(project: KeptProject) -> None:
    """They said neither where a shot is nor what it asks for: the request tells the first."""
    made = project.write()
    assert made.plan is not None
    project.keep(made, by_earlier=True)
    take = the_one(project.takes()["one/c"])
    assert (take.at, take.is_current, take.asks) == (6, True, None)
    project.write(FOUR.replace("A lamp is lit", "A lamp is lit slowly"))
    take = the_one(project.takes()["one/c"])
    assert (take.at, take.used, take.is_current) == (6, 3, None)
    assert take.locked is not None


def test_takes_under_former_digests_are_takes_of_the_job(project: KeptProject) -> None:
    made = project.write()
    project.keep(made)
    again = project.compiled()
    assert again.plan is not None
    job = again.plan.jobs[0].job
    assert isinstance(job, ClipJob)
    project.keep(made, by_earlier=True, digest=job.former[0])
    found = project.takes()["one/a"]
    assert brief(found) == [(1, 1, True), (2, 2, True)]
    assert {one.job for one in found.takes} == {job.digest}


def test_a_clip_that_is_gone_is_not_shown(project: KeptProject) -> None:
    made = project.write()
    (clip,) = project.keep(made)
    (made.project / ".storyboard" / "clips" / clip[:2] / f"{clip}.mp4").unlink()
    take = the_one(project.takes()["one/a"])
    assert (take.is_known, take.is_there, take.use.shown_in) == (True, False, ())


def lock_picks(project: KeptProject, shot: str, *takes: ShotTake, renamed: str = "") -> None:
    """Write a lock that picks the last of these takes; the others gave way to it."""
    decision, asks = UNDECIDED, project.takes()[shot].asks
    for one in takes:
        assert one.locked is not None
        decision = supersede(decision, asks)
        decision = pick(decision, one.locked, one.asks or asks, "Mara", WHEN)
    entry = LockedShot(ShotName(renamed or shot), ShotKind.PROMPT, decision)
    path = lock_path(project.board)
    path.write_text(lock_text(Lock((entry,))), "utf-8")


def test_a_pick_and_what_the_film_shows_are_marked(project: KeptProject) -> None:
    made = project.write()
    project.keep(made)
    project.keep(made, take=2)
    first, second = project.takes()["one/b"].takes
    assert (first.use.shown_in, second.use.shown_in) == ((None,), ())
    lock_picks(project, "one/b", second)
    first, second = project.takes()["one/b"].takes
    assert (first.use.picked_in, first.use.shown_in) == ((), ())
    assert (second.use.picked_in, second.use.shown_in) == ((None,), (None,))


def test_a_pick_of_older_words_is_shown_until_the_new_ones_are_rendered(
    project: KeptProject,
) -> None:
    project.keep(project.write())
    lock_picks(project, "one/b", the_one(project.takes()["one/b"]))
    made = project.write(FOUR.replace("A moth comes", "Two moths come"))
    older = the_one(project.takes()["one/b"])
    assert (older.use.stale_in, older.use.shown_in) == ((None,), (None,))
    project.keep(made)
    older, newer = project.takes()["one/b"].takes
    assert (older.use.stale_in, older.use.shown_in, newer.use.shown_in) == ((None,), (), (None,))


def test_a_clip_that_only_the_lock_names_is_a_take_from_elsewhere(tmp_path: Path) -> None:
    """Two machines have rendered one job; each knows its own clip, and the lock names one."""
    here, there = KeptProject(tmp_path / "here"), KeptProject(tmp_path / "there", clips=7)
    for one in (here, there):
        one.home.mkdir()
        one.keep(one.write())
    theirs = the_one(there.takes()["one/b"])
    lock_picks(there, "one/b", theirs)
    lock_path(here.board).write_bytes(lock_path(there.board).read_bytes())
    first, second = here.takes()["one/b"].takes
    # The lock's number stands: it is what people speak of.
    assert (first.clip, first.number, first.use.picked_in) == (theirs.clip, 1, (None,))
    assert (first.is_known, first.is_there, first.use.shown_in) == (False, False, ())
    assert (second.number, second.is_known, second.use.shown_in) == (2, True, ())
    assert first.locked == theirs.locked
    # Somebody copies the clip: it is there, and shown.
    name = f".storyboard/clips/{theirs.clip[:2]}/{theirs.clip}.mp4"
    (here.home / name).parent.mkdir(parents=True, exist_ok=True)
    (here.home / name).write_bytes((there.home / name).read_bytes())
    first, _ = here.takes()["one/b"].takes
    assert (first.is_there, first.suffix, first.use.shown_in) == (True, ".mp4", (None,))


def test_what_gave_way_is_listed_by_its_clip(project: KeptProject) -> None:
    made = project.write()
    project.keep(made)
    project.keep(made, take=2)
    first, second = project.takes()["one/b"].takes
    lock_picks(project, "one/b", second, first)
    assert [one.number for one in project.takes()["one/b"].takes] == [1, 2]


CAMPAIGN = """\
storyboard: 1
title: Lamp
model: kling-v3-turbo-pro
variables: {moth: {default: x}}
variations:
  matrix: {moth: [grey, white, brown]}
  name: "{{ moth }}"
scenes:
  - id: one
    pack: shot
    shots:
      - {id: a, duration: 3s, prompt: A lamp is lit.}
      - {id: b, duration: 3s, prompt: "A {{ moth }} moth comes."}
"""


def test_films_that_share_a_take_have_it_once(project: KeptProject) -> None:
    made = project.write(CAMPAIGN)
    project.keep(made)
    every = project.compiled()
    found = project.takes()
    assert len(every.wanted) == 3
    shared = found["one/a"]
    assert (shared.films, shared.alone) == (("grey", "white", "brown"), True)
    assert the_one(shared).use.shown_in == ("grey", "white", "brown")
    assert (found["one/b"].films, found["one/b"].alone) == (("brown",), False)


def test_older_words_are_those_of_the_same_film(project: KeptProject) -> None:
    project.keep(project.write(CAMPAIGN))
    project.write(CAMPAIGN.replace("brown", "black"))
    assert not project.takes()["one/b"].takes
    project.write(CAMPAIGN.replace("moth comes", "moth is coming"))
    take = the_one(project.takes()["one/b"])
    assert take.is_current is False
    assert take.use.shown_in == ()


def test_an_output_that_is_rendered_again_has_takes_of_its_own(project: KeptProject) -> None:
    outputs = "outputs: [{name: wide}, {name: tall, aspect_ratio: '9:16', fit: render}]\n"
    project.keep(project.write(outputs + FOUR))
    found = project.takes()
    assert tuple(found) == (*SHOTS, *(f"{name}@9:16" for name in SHOTS))
    assert the_one(found["one/a"]).clip != the_one(found["one/a@9:16"]).clip
    project.write(outputs + FOUR.replace("A lamp is lit", "A lamp is lit slowly"))
    older = project.takes()
    assert {name: clips(one) for name, one in older.items()} == {
        name: clips(one) for name, one in found.items()
    }


def test_a_take_that_is_found_in_several_ways_is_one(project: KeptProject) -> None:
    """By the present job, by what the shot asks for, and by its name."""
    made = project.write(alone())
    project.keep(made)
    assert {len(one.takes) for one in project.takes().values()} == {1}


TWINS = FOUR.replace("It circles", "A lamp is lit")
ANOTHER_PACK = TWINS.replace("The lamp goes out", "Dawn")


def test_of_two_places_with_the_same_words_each_shot_has_its_own(project: KeptProject) -> None:
    project.keep(project.write(TWINS))
    project.write(ANOTHER_PACK)
    found = project.takes()
    assert [the_one(found[name]).at for name in ("one/a", "one/c")] == [0, 6]


def test_a_pick_is_the_part_of_its_clip_that_was_picked(project: KeptProject) -> None:
    """A shot that has the same words as another one in its clip may be renamed later."""
    project.keep(project.write(TWINS))
    take = the_one(project.takes()["one/c"])
    lock_picks(project, "one/c", take, renamed="one/again")
    project.write(ANOTHER_PACK.replace("id: c", "id: again"))
    assert (take.at, the_one(project.takes()["one/again"]).at) == (6, 6)
