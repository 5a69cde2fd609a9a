"""`storyboard pick`: a take is chosen, kept or withdrawn, and what that costs is shown before."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rehearsed import LOCK, Typed, copied, takes_of, typing

from storyboard import Ask, kept_timelines
from storyboard.cli.commands import pick as module
from storyboard.cli.exits import Exit
from storyboard.cli.main import run
from storyboard.cut import ClipSource
from storyboard.session import REHEARSAL, read_lock_file


@pytest.fixture
def film(rehearsed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STORYBOARD_USER", "Mara Lind")
    return copied(rehearsed, tmp_path / "p")


@pytest.fixture
def typed(film: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    return typing(film, capsys)


def lock(film: Path) -> str:
    return (film.parent / LOCK).read_text("utf-8")


def entry(film: Path, shot: str) -> str:
    found = re.search(rf"  - shot: {shot}\n.*?# end of", lock(film), re.DOTALL)
    assert found is not None
    return found[0]


def test_a_take_is_picked_by_number_and_told_in_a_line(film: Path, typed: Typed) -> None:
    code, out, _ = typed("pick", "land/gull", "1")
    (take,) = takes_of(typed)["land/gull"]
    assert (code, out) == (0, f"land/gull: take 1 ({take['clip'][:12]}) is picked\n")
    assert f"clip: {take['clip']}" in entry(film, "land/gull")
    assert 'by: "Mara Lind"' in entry(film, "land/gull")
    before = lock(film)
    code, out, _ = typed("pick", "land/gull", "1")
    assert code == 0
    assert out.startswith("nothing has changed in ")
    assert lock(film) == before


def test_a_take_is_picked_by_the_digits_of_its_clip(film: Path, typed: Typed) -> None:
    (take,) = takes_of(typed)["land/gull"]
    code, out, _ = typed("pick", "land/gull", take["clip"][:6], "--json")
    (changed,) = json.loads(out)["changed"]
    assert code == 0
    assert changed["pick"] == {"take": 1, "clip": take["clip"]}
    assert changed["was"] is None
    code, out, _ = typed("pick", "land/gull", "none")
    assert (code, out) == (0, f"land/gull: no pick, was take 1 ({take['clip'][:12]})\n")
    assert "pick:" not in entry(film, "land/gull")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("sea/wave", "1"), "did you mean sea/waves?"),
        (("gull", "1"), "name its scene as well: land/gull"),
        (("land/gull", "3"), "shot `land/gull` has no take 3"),
        (("land/gull", "abc"), "`abc` is not a take"),
        (("land/gull", "000000"), "has no take with a clip 000000…"),
        (("land/card", "1"), "shows a file of yours"),
        (("land/gull",), "shot `land/gull` has no take beside it"),
        ((), "name a shot and a take"),
        (("land/gull", "1", "--all"), "leave out SHOT and --keep"),
        (("land/gull", "1", "--film", "spring"), "there is no film `spring`"),
    ],
)
def test_what_is_not_there_is_told_and_nothing_is_changed(
    film: Path, typed: Typed, words: tuple[str, ...], message: str
) -> None:
    before = lock(film)
    code, _, err = typed("pick", *words)
    assert code == Exit.USAGE
    assert message in err
    assert lock(film) == before


def test_all_picks_what_is_shown_wherever_nothing_is_picked(film: Path, typed: Typed) -> None:
    typed("pick", "land/gull", "1")
    gull = entry(film, "land/gull")
    code, out, _ = typed("pick", "--all")
    assert code == 0
    assert [line.partition(":")[0] for line in out.splitlines()] == ["sea/waves", "sea/boat"]
    assert lock(film).count("pick:") == 3
    assert entry(film, "land/gull") == gull


def test_a_pick_that_later_shots_go_on_from_shows_what_it_costs(film: Path, typed: Typed) -> None:
    before = lock(film)
    code, _, err = typed("pick", "sea/waves", "2")
    assert code == Exit.DECLINED
    assert "sea/boat would be rendered again for 0.42 USD" in err
    assert "--keep-later keeps" in err
    assert lock(film) == before


def test_later_clips_are_kept_with_a_seam(typed: Typed) -> None:
    takes = takes_of(typed)
    code, out, _ = typed("pick", "sea/waves", "2", "--keep-later")
    assert code == 0
    assert out.splitlines() == [
        f"sea/waves: take 2 ({takes['sea/waves'][1]['clip'][:12]}) is picked",
        f"sea/boat: take 1 ({takes['sea/boat'][0]['clip'][:12]}) is picked",
    ]
    assert typed("render", "--yes", "--json")[0] == 0  # nothing is left to pay


def test_later_clips_are_rendered_again(film: Path, typed: Typed) -> None:
    code, out, _ = typed("pick", "sea/waves", "2", "--render-later")
    assert code == 0
    assert "to render again: sea/boat, 0.42 USD" in out
    assert "pick:" not in entry(film, "sea/boat")
    code, _, err = typed("render")
    assert code == Exit.DECLINED
    assert "0.42 USD" in err


@pytest.mark.parametrize(
    ("answer", "code", "picked"), [("keep", Exit.OK, 2), ("r", Exit.OK, 1), ("", Exit.DECLINED, 0)]
)
def test_at_a_terminal_it_is_asked(  # noqa: PLR0913, PLR0917 -- fixtures
    film: Path,
    typed: Typed,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    code: Exit,
    picked: int,
) -> None:
    monkeypatch.setattr(module.show, "interactive", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: answer)
    found, _, err = typed("pick", "sea/waves", "2")
    assert found == code
    assert "sea/boat would be rendered again" in err
    assert lock(film).count("pick:") == picked


def changed(film: Path) -> None:
    text = film.read_text("utf-8")
    film.write_text(text.replace("A gull on a post.", "Two gulls on a post."), "utf-8")


def test_a_stale_pick_is_kept_for_the_new_words(film: Path, typed: Typed) -> None:
    typed("pick", "land/gull", "1")
    changed(film)
    code, _, err = typed("approve", "land/gull")
    assert code == Exit.USAGE
    assert "a clip of older words is shown of land/gull" in err
    code, out, _ = typed("pick", "land/gull", "--keep")
    assert code == 0
    assert "is kept for the new words" in out
    assert typed("approve", "land/gull")[0] == 0


def test_a_pick_gives_way_once_the_new_words_are_rendered_and_comes_back(
    film: Path, typed: Typed
) -> None:
    typed("pick", "land/gull", "1")
    changed(film)
    code, out, err = typed("render", "--yes", "--json", "--draft")
    assert code == 0
    (gone,) = json.loads(out)["lock"]["superseded"]
    assert (gone["shot"], gone["take"]) == ("land/gull", 1)
    assert "land/gull: take 1 gave way to the clip of the new words" in err
    assert "superseded:" in entry(film, "land/gull")
    assert "pick:" not in entry(film, "land/gull")
    assert typed("pick", "land/gull", "--keep")[0] == 0
    assert "superseded:" not in entry(film, "land/gull")
    assert f"clip: {gone['clip']}" in entry(film, "land/gull")


def test_the_entry_of_a_shot_that_is_gone_is_removed(film: Path, typed: Typed) -> None:
    typed("pick", "land/gull", "1")
    text = film.read_text("utf-8")
    film.write_text(text.replace("id: gull", "id: tern").replace("A gull", "A tern"), "utf-8")
    assert "land/gull" in lock(film)
    code, out, _ = typed("pick", "land/gull", "none")
    assert (code, out) == (0, "land/gull: it is gone, and its entry is removed\n")
    assert "land/gull" not in lock(film)


def half_merged(film: Path, *shots: str) -> None:
    """Leave what git leaves of entries that two branches have changed."""
    text = lock(film)
    for shot in shots:
        end = f"    # end of {shot}\n"
        other = f"    films: [x]\n{end}"
        text = text.replace(end, f"<<<<<<< HEAD\n{end}=======\n{other}>>>>>>> side\n")
    (film.parent / LOCK).write_text(text, "utf-8")


def test_a_pick_settles_a_merge(film: Path, typed: Typed) -> None:
    half_merged(film, "land/gull")
    code, _, err = typed("render", "--yes")
    assert code == Exit.MISTAKES
    assert "SB921" in err
    assert typed("pick", "land/gull", "1")[0] == 0
    assert "<<<<<<<" not in lock(film)
    assert "pick:" in entry(film, "land/gull")


def test_a_merge_with_conflicts_in_several_shots_is_settled_at_once(
    film: Path, typed: Typed
) -> None:
    half_merged(film, "land/gull", "sea/boat")
    before = lock(film)
    code, _, err = typed("pick", "land/gull", "1")
    assert code == Exit.MISTAKES
    assert "SB921" in err
    assert lock(film) == before
    assert typed("pick", "land/gull", "1", "sea/boat", "1")[0] == 0
    assert lock(film).count("pick:") == 2
    assert "<<<<<<<" not in lock(film)


def test_without_a_key_a_film_that_is_rendered_shows_what_was_picked(
    film: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAL_KEY", raising=False)
    store = film.parent / REHEARSAL.folder
    for one in store.iterdir():
        one.rename(store.parent / one.name)
    store.rmdir()
    assert run(["pick", str(film), "sea/waves", "2", "--keep-later"]) == 0
    assert run(["render", str(film), "--draft", "--json"]) == 0
    out = capsys.readouterr().out
    (made,) = json.loads(out[out.index("{") :])["films"]
    assert (Path(made["path"]).name, made["backend"]) == ("film.mp4", "none")
    (laid_out,) = kept_timelines(Ask(film))
    lock = read_lock_file(film.with_suffix(".lock.yaml")).value
    assert lock is not None
    picked = lock.shots[0].decision.pick
    source = laid_out.timeline.pieces[0].source
    assert picked is not None
    assert isinstance(source, ClipSource)
    assert (picked.take.number, source.path.stem) == (2, picked.take.clip)
    film.write_text(film.read_text("utf-8").replace("A gull", "Two gulls"), "utf-8")
    assert run(["render", str(film), "--draft", "--json"]) == 0
    out = capsys.readouterr().out
    (made,) = json.loads(out[out.index("{") :])["films"]
    assert (made["backend"], made["slates"]) == ("animatic", [])


@pytest.fixture
def campaign(rehearsed_campaign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STORYBOARD_USER", "Mara Lind")
    return copied(rehearsed_campaign, tmp_path / "c")


Told = Callable[..., str]


@pytest.fixture
def told(campaign: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    typed = typing(campaign, capsys)

    def tell(*words: str) -> str:
        code, out, err = typed("pick", *words)
        assert code == 0, err
        return re.sub(r" \([0-9a-f]{12}\)", "", out)

    return tell


def test_in_a_campaign_a_pick_is_for_all_films_and_an_override_for_one(
    campaign: Path, told: Told
) -> None:
    assert told("one/cup", "1") == "one/cup: take 1 is picked\n"
    assert told("one/cup", "2", "--film", "Bo") == "one/cup [Bo]: take 2 is picked, was take 1\n"
    assert "overrides:" in entry(campaign, "one/cup")
    assert told("one/cup", "none") == "one/cup: no pick, was take 1\n"
    assert told("one/cup", "none", "--film", "Bo") == "one/cup [Bo]: no pick, was take 2\n"
    assert "overrides:" not in entry(campaign, "one/cup")
    assert told("two/face", "1", "--film", "Ann") == "two/face [Ann]: take 1 is picked\n"


def test_programs_read_what_is_to_be_rendered_again(typed: Typed) -> None:
    code, out, _ = typed("pick", "sea/waves", "2", "--render-later", "--json")
    assert code == 0
    assert json.loads(out)["to_render"] == [{"id": "sea/boat", "cost": {"usd": "0.42"}}]


def test_two_who_pick_at_once_lose_nothing(film: Path) -> None:
    words = (sys.executable, "-m", "storyboard", "pick", str(film), "--backend", "emulator")
    with (
        subprocess.Popen([*words, "sea/boat", "1"]) as one,  # noqa: S603 -- our own program
        subprocess.Popen([*words, "land/gull", "1"]) as two,  # noqa: S603 -- as above
    ):
        assert (one.wait(), two.wait()) == (0, 0)
    assert "pick:" in entry(film, "sea/boat")
    assert "pick:" in entry(film, "land/gull")
