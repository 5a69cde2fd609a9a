"""With `--backend emulator`, every command looks at the rehearsal's store, and says so."""

import json
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "store"))
from store_values import DAY, path_to

from storyboard.cli.backend_option import flag, unpaid
from storyboard.cli.exits import Exit
from storyboard.cli.main import run
from storyboard.jobs import JobDigest, JobId
from storyboard.session import ANIMATIC, FAL, NONE, REHEARSAL
from storyboard.store import Layout, Store, reading
from storyboard.store.life import AttemptId, Intended, Unknown, start_of

STORYBOARD = """\
storyboard: 1
title: Sea
model: kling-v3-turbo-pro
format: {resolution: 128x72, fps: 24, aspect_ratio: "16:9"}
scenes:
  - id: sea
    pack: shot
    shots:
      - {id: waves, duration: 3s, prompt: Waves in the evening.}
      - {id: boat, duration: 3s, prompt: A boat far out.}
"""
EMULATOR = ("--backend", "emulator")


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a rehearsal that is over, and nothing that was paid for."""
    project = tmp_path_factory.mktemp("rehearsed")
    (project / "storyboard.yaml").write_text(STORYBOARD, "utf-8")
    assert run(["render", str(project), *EMULATOR, "--yes"]) == Exit.OK
    return project


@pytest.fixture
def project(rehearsed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("FAL_KEY", raising=False)
    return shutil.copytree(rehearsed, tmp_path / "project")


def said(capsys: pytest.CaptureFixture[str], *words: str | Path, code: Exit = Exit.OK) -> str:
    assert run([str(word) for word in words]) == code
    captured = capsys.readouterr()
    return captured.out


def lose_answers(project: Path) -> None:
    """Make a journal that knows of no answer to a request that the stand-in has, nor to another."""
    store = Layout(project / REHEARSAL.folder)
    with reading(store) as journal:
        assert journal is not None
        (first, *_) = journal.attempts().values()
        begun = start_of(first[0])
    for path in store.root.glob("journal.db*"):
        path.unlink()
    never = replace(
        begun.order,
        id=JobId("sea/never"),
        job=JobDigest("d" * 64),
        attempt=AttemptId("ff"),
        body='{"prompt":"never sent"}',
    )
    with Store.open(project, folder=REHEARSAL.folder) as opened:
        for one in (Intended(begun.order, begun.at), Intended(never, DAY)):
            for step in path_to(Unknown(one, "no answer", one.at)):
                assert opened.record([step]) == (None,)


def test_only_a_rehearsal_needs_the_option_again() -> None:
    assert [flag(one) for one in (FAL, NONE, ANIMATIC)] == ["", "", ""]
    assert flag(REHEARSAL) == " --backend emulator"
    assert unpaid(FAL) == ""
    assert "nothing is paid" in unpaid(REHEARSAL)


def test_the_plan_counts_what_was_rehearsed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "0.84 USD to pay" in said(capsys, "plan", project)
    kept = project / "sea.plan"
    text = said(capsys, "plan", project, *EMULATOR, "--save", kept)
    assert "0.00 USD to pay" in text
    assert "a rehearsal: nothing is paid" in text
    found = json.loads(said(capsys, "plan", project, *EMULATOR, "--json"))
    assert found["to_pay"]["usd"] == "0.00"
    assert f"storyboard render {kept} --backend emulator renders exactly this" in text
    assert said(capsys, "render", kept, *EMULATOR)


def test_the_status_is_that_of_the_rehearsal_and_so_is_what_comes_next(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = said(capsys, "status", project)
    assert "0 of 2 jobs rendered\n" in text
    assert "storyboard render sends them" in text
    text = said(capsys, "status", project, *EMULATOR)
    assert "2 of 2 jobs rendered (a rehearsal: nothing is paid)" in text
    found = json.loads(said(capsys, "status", project, *EMULATOR, "--json"))
    assert found["backend"] == "emulator"
    assert {one["state"] for one in found["jobs"]} == {"rendered"}
    (project / "storyboard.yaml").write_text(STORYBOARD.replace("far out", "near"), "utf-8")
    text = said(capsys, "status", project, *EMULATOR)
    assert "storyboard render --backend emulator sends them" in text


def test_what_was_rehearsed_is_added_up_and_never_with_what_was_spent(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "spend", project) == "nothing was spent\n"
    assert "0.84 USD in all (a rehearsal: nothing is paid)" in said(
        capsys, "spend", project, *EMULATOR
    )
    found = json.loads(said(capsys, "spend", project, *EMULATOR, "--json"))
    assert (found["backend"], found["spent"]) == ("emulator", {"usd": "0.84"})


def test_its_clips_are_listed_checked_and_forgotten(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "store", "ls", project).endswith("0 results, 0.00 USD\n")
    text = said(capsys, "store", "ls", project, *EMULATOR)
    assert "2 results, 0.84 USD (a rehearsal: nothing is paid)" in text
    assert "2 results checked, 0 not" in said(capsys, "store", "verify", project, *EMULATOR)
    assert said(capsys, "store", "gc", project, *EMULATOR, "--forget", "sea/boat", "--yes")
    assert len([*(project / REHEARSAL.folder / "clips").glob("*/*")]) == 1
    assert run(["store", "gc", str(project), *EMULATOR, "--forget", "nobody"]) == Exit.USAGE
    assert "storyboard store ls --backend emulator names them" in capsys.readouterr().err
    assert "1 result, 0.42 USD" in said(capsys, "store", "ls", project, *EMULATOR)


def films(text: str) -> Sequence[tuple[str, str, int]]:
    found = json.loads(text)["films"]
    return [(Path(one["path"]).name, one["backend"], len(one["slates"])) for one in found]


def test_a_film_of_a_rehearsal_is_cut_from_its_clips_and_named_so(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(project / "build")
    plain = said(capsys, "cut", project, "--json", code=Exit.FAILED)
    assert films(plain) == [("project.mp4", "none", 2)]
    assert films(said(capsys, "cut", project, *EMULATOR, "--json")) == [
        ("project.rehearsal.mp4", "emulator", 0)
    ]
    assert not (project / REHEARSAL.folder / "emulator" / "lock").exists()
    assert "sea/waves" in said(capsys, "cut", project, *EMULATOR, "--explain")
    assert run(["cut", str(project), "--backend", "fal"]) == Exit.USAGE


def test_an_outcome_of_a_rehearsal_is_looked_up_at_the_stand_in(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lose_answers(project)
    assert said(capsys, "reconcile", project) == "no outcome is unknown\n"
    # There is no key: fal could not be asked.
    assert run(["reconcile", str(project), *EMULATOR]) == Exit.UNKNOWN
    never, found = capsys.readouterr().out.split("\nsea/waves")
    assert never.startswith("sea/never: not in the account's list")
    assert "up to 0.42 USD more (a rehearsal: nothing is paid)" in never
    assert "`storyboard reconcile --backend emulator --abandon sea/never` closes it" in never
    assert found.startswith(": found as request ")
    assert "1 unknown" not in said(capsys, "status", project, *EMULATOR)
    assert run(["reconcile", str(project), "--abandon", "sea/never"]) == Exit.USAGE
    capsys.readouterr()
    words = ("reconcile", str(project), *EMULATOR, "--abandon", "sea/never", "--yes")
    assert run(list(words)) == Exit.OK
    shown = capsys.readouterr()
    assert "(a rehearsal: nothing is paid)" in shown.err
    assert "sea/never: abandoned" in shown.out
    assert run(list(words)) == Exit.USAGE
    assert "storyboard reconcile --backend emulator names" in capsys.readouterr().err
