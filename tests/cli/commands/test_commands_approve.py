"""`storyboard approve`: what is seen is good, until other things are; `--final` needs all of it."""

import re
from pathlib import Path

import pytest
from rehearsed import LOCK, Typed, copied, typing

from storyboard.cli.commands import approve as module
from storyboard.cli.exits import Exit
from storyboard.cli.main import run
from storyboard.lock import DecidedCounts, decided_counts
from storyboard.pipeline import Ask
from storyboard.session import REHEARSAL, compiled, plan_of, shot_standings


@pytest.fixture
def film(rehearsed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STORYBOARD_USER", "Ada Ek")
    return copied(rehearsed, tmp_path / "p")


@pytest.fixture
def typed(film: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    return typing(film, capsys)


def lock(film: Path) -> str:
    return (film.parent / LOCK).read_text("utf-8")


def decided(film: Path) -> DecidedCounts:
    result = compiled(Ask(film), REHEARSAL)
    return decided_counts(shot_standings(REHEARSAL, result, plan_of(result)))


def test_what_a_model_made_is_picked_as_well(film: Path, typed: Typed) -> None:
    assert module.command.name == "approve"
    code, out, _ = typed("approve", "land/gull", "land/card")
    assert code == 0
    told = re.sub(r" \([0-9a-f]{12}\)", "", out).splitlines()
    assert told == ["land/card: approved", "land/gull: take 1 is picked, approved"]
    assert lock(film).count("verdict: approved") == 2
    assert 'crop: "16:9 crop' in lock(film)
    before = lock(film)
    assert typed("approve", "land/gull")[1].startswith("nothing has changed")
    assert lock(film) == before


def test_a_slate_cannot_be_approved_and_nothing_is(film: Path, typed: Typed) -> None:
    text = film.read_text("utf-8")
    film.write_text(text.replace("A gull on a post.", "Two gulls."), "utf-8")
    before = lock(film)
    code, _, err = typed("approve", "--all")
    assert code == Exit.USAGE
    assert "there is no clip of land/gull: nothing was changed" in err
    assert lock(film) == before


@pytest.mark.parametrize("words", [(), ("land/gull", "--all")])
def test_shots_are_named_or_all_are_meant(typed: Typed, words: tuple[str, ...]) -> None:
    code, _, err = typed("approve", *words)
    assert code == Exit.USAGE
    assert "name shots, or give --all" in err


def test_a_final_film_needs_every_shot_approved_as_it_is_seen(film: Path, typed: Typed) -> None:
    code, _, err = typed("render", "--final", "--yes")
    assert code == Exit.DECLINED
    assert "land/gull: nobody approved it (storyboard approve " in err
    assert "land/card: nobody approved it" in err
    assert typed("approve", "--all")[0] == 0
    assert typed("render", "--final", "--json")[0] == 0
    assert decided(film).approved == 4

    text = film.read_text("utf-8")
    film.write_text(
        text.replace("still: card.png", "still: card.png, duration: 3s").replace(
            "duration: 2s, ", ""
        ),
        "utf-8",
    )
    code, _, err = typed("render", "--final", "--yes")
    assert code == Exit.DECLINED
    assert "land/card: the verdict of Ada Ek (approved, " in err
    assert "land/gull" not in err
    assert decided(film).stale_verdicts == 1

    film.write_text(text.replace("A gull on a post.", "A gull on a post at noon."), "utf-8")
    code, _, err = typed("render", "--final", "--yes")
    assert code == Exit.DECLINED
    assert "land/gull: it shows a clip of older words (storyboard render " in err
    assert "--keep)" in err

    titled = "A gull on a post., titles: [{text: Sea, at: 0s, for: 1s}]"
    film.write_text(text.replace("A gull on a post.", titled), "utf-8")
    assert typed("render", "--final", "--yes", "--json")[0] == 0


def test_a_new_pick_makes_the_approval_of_that_shot_stale(typed: Typed) -> None:
    typed("approve", "--all")
    assert typed("pick", "sea/waves", "2")[0] == 0  # sea/boat is picked: it stays as it is
    code, _, err = typed("render", "--final")
    assert code == Exit.DECLINED
    assert "sea/waves: the verdict of Ada Ek" in err
    assert "sea/boat" not in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("render", "--final", "--draft"), "a draft is not a final film"),
        (("cut", "--final", "--draft"), "a draft is not a final film"),
        (("cut", "--final", "--backend", "animatic"), "an animatic has drawings"),
        (("render", "--final", "--backend", "animatic"), "an animatic has drawings"),
        (("render", "--frozen", "--backend", "animatic"), "an animatic has drawings"),
    ],
)
def test_what_does_not_go_together_is_refused(
    film: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    command, *options = words
    assert run([command, str(film), *options]) == Exit.USAGE
    assert message in capsys.readouterr().err


def test_status_says_in_a_line_what_was_decided(
    film: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["status", str(film)]) == 0
    assert "shots:" not in capsys.readouterr().out
    assert run(["approve", str(film), "land/card"]) == 0
    capsys.readouterr()
    assert run(["status", str(film)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "4 shots: 1 approved"


def test_two_verdicts_in_conflict_are_settled_by_another_one(film: Path, typed: Typed) -> None:
    """What only one side said is dropped, and is told of: nobody can take it for agreed."""
    assert typed("pick", "land/gull", "1")[0] == 0
    plain = lock(film)
    assert typed("approve", "land/gull")[0] == 0
    ours = lock(film)
    (film.parent / LOCK).write_text(plain, "utf-8")
    assert typed("reject", "land/gull", "too dark")[0] == 0
    theirs = lock(film)
    half = conflict(ours, theirs)
    (film.parent / LOCK).write_text(half, "utf-8")
    assert typed("render", "--yes")[0] == Exit.MISTAKES
    code, out, _ = typed("pick", "land/gull", "1")
    assert code == 0
    assert out.startswith("land/gull: no verdict\nthe merge conflict in ")
    assert lock(film) == plain
    (film.parent / LOCK).write_text(half, "utf-8")
    assert typed("reject", "land/gull", "far too dark")[0] == 0
    assert "<<<<<<<" not in lock(film)
    assert 'why: "far too dark"' in lock(film)


def test_a_verdict_does_not_settle_which_take_is_picked(film: Path, typed: Typed) -> None:
    plain = lock(film)
    assert typed("pick", "land/gull", "1")[0] == 0
    half = conflict(lock(film), plain)
    (film.parent / LOCK).write_text(half, "utf-8")
    code, _, err = typed("approve", "land/gull")
    assert code == Exit.MISTAKES
    assert "SB921" in err
    assert lock(film) == half


def conflict(ours: str, theirs: str) -> str:
    """Leave what git leaves of an entry that two branches have changed."""
    head, end = "  - shot: land/gull\n", "    # end of land/gull\n"
    before, _, rest = ours.partition(head)
    left, _, after = rest.partition(end)
    right = theirs.partition(head)[2].partition(end)[0]
    mine = f"<<<<<<< HEAD\n{left}=======\n{right}>>>>>>> side\n"
    return f"{before}{head}{mine}{end}{after}"
