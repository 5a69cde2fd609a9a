"""The takes of each shot as a table, and as JSON."""

from dataclasses import replace
from pathlib import Path

import pytest
from kept_project import FOUR, KeptProject

from storyboard.cli.takes_lines import takes_json, takes_lines
from storyboard.session import ShotTake, TakesOfShot, TakeUse


@pytest.fixture
def shot(tmp_path: Path) -> TakesOfShot:
    project = KeptProject(tmp_path)
    project.keep(project.write(FOUR))
    return project.takes()["one/b"]


def written(*shots: TakesOfShot) -> list[str]:
    return list(takes_lines(shots))


def state(shot: TakesOfShot, **changed: object) -> str:
    """Return what is said of a take besides its numbers."""
    take = replace(shot.takes[0], **changed)  # type: ignore[arg-type]
    return written(replace(shot, takes=(take,)))[2].partition("today's")[2].strip()


def test_takes_are_aligned_under_their_shots(shot: TakesOfShot) -> None:
    first = shot.takes[0]
    older = replace(first, number=12, is_current=False, use=TakeUse(), together=("one/b",))
    unknown = replace(older, number=13, is_current=None, at=None, day=None, together=())
    lines = written(replace(shot, takes=(first, older, unknown)))
    clip = first.clip[:8]
    assert lines == [
        "  take  clip      part      USD  day         request  words",
        "one/b",
        f"     1  {clip}  3s-5.5s  1.68  2026-11-20  a..d     today's  shown",
        f"    12  {clip}  3s-5.5s  1.68  2026-11-20  alone    older",
        f"    13  {clip}           1.68                       unknown",
    ]


def test_shots_without_a_take_are_named_at_the_end(shot: TakesOfShot) -> None:
    none = replace(shot, takes=())
    assert written(none) == ["no take yet: one/b"]
    many = [replace(none, name=f"one/{n}") for n in range(12)]
    assert written(shot, *many)[-1].endswith("one/9, and 2 more")
    assert written() == ["no shots of a model: only stills and footage"]


def test_a_shot_of_a_campaign_says_whose_it_is(shot: TakesOfShot) -> None:
    films = ("grey", "white", "brown")
    assert written(replace(shot, films=films))[1] == "one/b  (3 films)"
    assert written(replace(shot, films=films, alone=False))[1] == "one/b  (grey and 2 other films)"
    assert written(replace(shot, films=("grey",)))[1] == "one/b  (grey)"


def test_states_say_in_which_films(shot: TakesOfShot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    films = ("grey", "white", "brown")
    three = replace(shot, films=films)
    assert state(three, use=TakeUse(films, (), films)) == "picked"
    assert state(three, use=TakeUse(films[:1], (), films[:1])) == "picked in grey"
    assert state(three, use=TakeUse((), films[1:], ())) == "stale pick in 2 films"
    assert state(three, use=TakeUse((), films, films)) == "stale pick, shown"
    assert state(three, use=TakeUse(films[:1], (), films)) == "picked in grey, shown in 2 films"
    assert state(shot, use=TakeUse(), is_there=False) == "file gone"
    away = state(shot, use=TakeUse(shot.films), is_there=False, is_known=False)
    assert away == "picked, not in this store"


def test_eighty_columns_are_enough(shot: TakesOfShot) -> None:
    use = TakeUse((), (None,), (None,))
    take = replace(shot.takes[0], use=use, is_there=False, together=("o/opening", "o/the-end"))
    lines = written(replace(shot, takes=(take,)))
    assert max(map(len, lines)) <= 80
    assert "stale" in lines[2]


def test_programs_get_everything(shot: TakesOfShot, tmp_path: Path) -> None:
    store = tmp_path / ".storyboard"
    told = takes_json([shot], store)
    assert told["version"] == 1
    ((one,),) = [told["shots"]]  # type: ignore[misc]
    (take,) = one["takes"]
    first: ShotTake = shot.takes[0]
    assert (one["shot"], one["ratio"], one["films"], one["asks"]) == ("one/b", None, [], shot.asks)
    assert (take["at"], take["used"], take["length"]) == ("3", "5/2", "12")
    assert take["path"] == str(store / "clips" / first.clip[:2] / f"{first.clip}.mp4")
    assert (take["words"], take["picked"], take["shown"]) == ("today", False, True)
    assert take["shots"] == ["one/a", "one/b", "one/c", "one/d"]
    assert "exported" not in take
