"""`storyboard take`, through the stand-in: what it costs, what is sent, what is left as it was."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from storyboard.cli.exits import Exit
from storyboard.cli.main import run
from storyboard.pipeline import Ask
from storyboard.session import REHEARSAL, compiled
from storyboard.store import Layout, reading, spent, whole
from storyboard.store.life import Life, Stored

BOARD = """\
storyboard: 1
title: Lamp
model: kling-v3-turbo-pro
format: {resolution: 128x72, fps: 24, aspect_ratio: "16:9"}
scenes:
  - id: one
    shots:
      - {id: a, duration: 3s, prompt: A lamp is lit.}
      - {id: b, duration: 3s, prompt: A moth comes.}
      - {id: c, duration: 3s, prompt: It circles.}
      - {id: d, duration: 3s, prompt: The lamp goes out.}
"""
REHEARSED = ("--backend", "emulator")
Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def board(tmp_path: Path) -> Path:
    file = tmp_path / "lamp.yaml"
    (tmp_path / ".git").mkdir()
    file.write_text(BOARD, "utf-8")
    return file


@pytest.fixture
def typed(board: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    def type_(command: str, *words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([command, str(board), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return type_


def store(board: Path) -> Path:
    return board.parent / REHEARSAL.folder


def paid(board: Path) -> Decimal:
    with reading(Layout(store(board))) as journal:
        return whole(spent(journal.attempts() if journal else {})).paid


def to_pay(board: Path) -> Decimal:
    plan = compiled(Ask(board), REHEARSAL).plan
    assert plan is not None
    return plan.to_pay


def lives_of(board: Path) -> list[Life]:
    with reading(Layout(store(board))) as journal:
        assert journal is not None
        return [life for lives in journal.attempts().values() for life in lives]


def requests(board: Path) -> list[dict[str, Any]]:
    ledger = store(board) / "emulator" / "ledger.jsonl"
    return [json.loads(line) for line in ledger.read_text("utf-8").splitlines()]


def test_a_take_of_the_pack_or_of_the_shot_alone_to_the_cent(board: Path, typed: Typed) -> None:
    assert typed("render", *REHEARSED, "--yes", "--draft")[0] == Exit.OK
    assert paid(board) == Decimal("1.68")
    films = {one: one.stat().st_mtime_ns for one in (board.parent / "build").iterdir()}

    code, out, _ = typed("take", "one/b", *REHEARSED, "--yes")
    assert code == Exit.OK
    assert paid(board) == Decimal("1.68") * 2
    assert out.splitlines() == [
        "1 further take of one/b:",
        "               request   seconds   USD",
        "with its pack  one/a..d       12  1.68",
        "alone          one/b           3  0.42",
        "1 request to send, 1.68 USD to pay",
        "alone, with --alone: 0.42 USD to pay",
        "a rehearsal of 1.68 USD: nothing was paid",
        *out.splitlines()[-3:],
    ]
    assert out.splitlines()[-3].startswith("one/b: take 2, clip ")
    assert out.splitlines()[-1] == (
        f"storyboard pick {board} one/b 2 --backend emulator lets the film show that one"
    )

    code, out, _ = typed("take", "one/b", "--alone", *REHEARSED, "--yes")
    assert code == Exit.OK
    assert paid(board) == Decimal("1.68") * 2 + Decimal("0.42")
    assert "one/b: take 3, clip " in out

    assert to_pay(board) == 0
    assert len(requests(board)) == 3
    assert all(isinstance(life, Stored) for life in lives_of(board))  # nothing was abandoned
    assert {one: one.stat().st_mtime_ns for one in (board.parent / "build").iterdir()} == films

    _, out, _ = typed("takes", "one/b", *REHEARSED, "--json")
    (shot,) = json.loads(out)["shots"]
    found = [(one["take"], one["cost"]["usd"], one["words"]) for one in shot["takes"]]
    assert found == [(1, "1.68", "today"), (2, "1.68", "today"), (3, "0.42", "today")]
    assert [one["shown"] for one in shot["takes"]] == [True, False, False]


def test_nothing_is_sent_without_a_yes(board: Path, typed: Typed) -> None:
    code, out, err = typed("take", "one/b", *REHEARSED)
    assert code == Exit.DECLINED
    assert "1.68" in out
    assert "--yes" in err
    assert not store(board).exists()


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        (("--max-cost", "0.41"), ""),
        ((), "budget: {max: 2.09 USD}\n"),
    ],
)
def test_nothing_is_sent_that_passes_a_bound(
    board: Path, typed: Typed, words: tuple[str, ...], bound: str
) -> None:
    """What was paid for the pack counts against the budget, whatever it was paid for."""
    assert typed("render", *REHEARSED, "--yes", "--draft")[0] == Exit.OK
    board.write_text(bound + BOARD, "utf-8")
    code, _, err = typed("take", "one/b", "--alone", *REHEARSED, "--yes", *words)
    assert code == Exit.DECLINED, err
    assert paid(board) == Decimal("1.68")
    board.write_text((bound and "budget: {max: 2.10 USD}\n") + BOARD, "utf-8")
    assert typed("take", "one/b", "--alone", *REHEARSED, "--yes")[0] == Exit.OK
    assert paid(board) == Decimal("2.10")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("one/x", *REHEARSED), Exit.USAGE, "there is no shot `one/x`"),
        ((), Exit.USAGE, "no shot is named"),
        (("one/b", "--count", "0"), Exit.USAGE, "--count"),
        (("one/b", "--scenario", "lamp.yaml"), Exit.USAGE, "--scenario is for a rehearsal"),
        (("one/b", "--yes"), Exit.ENVIRONMENT, "FAL_KEY"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_sent(  # noqa: PLR0913, PLR0917 -- cases
    board: Path,
    typed: Typed,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    code: Exit,
    said: str,
) -> None:
    monkeypatch.chdir(board.parent)
    monkeypatch.delenv("FAL_KEY", raising=False)
    found, _, err = typed("take", *words)
    assert (found, said in err) == (code, True), err
    assert not store(board).exists()


def test_a_shot_that_cannot_be_rendered_alone_is_refused_with_the_price_of_its_pack(
    board: Path, typed: Typed
) -> None:
    board.write_text(BOARD.replace("- id: one\n", "- id: one\n    continuity: chain\n"), "utf-8")
    code, out, err = typed("take", "one/c", "--alone", *REHEARSED, "--yes")
    assert code == Exit.USAGE
    assert "alone: not possible" in out
    assert "1.68 USD" in err
    assert not store(board).exists()


def test_a_shot_alone_goes_on_from_the_frame_before_it(board: Path, typed: Typed) -> None:
    board.write_text(BOARD.replace("- id: one\n", "- id: one\n    continuity: chain\n"), "utf-8")
    assert typed("render", *REHEARSED, "--yes", "--draft")[0] == Exit.OK
    assert typed("take", "one/c", "--alone", *REHEARSED, "--yes")[0] == Exit.OK
    assert requests(board)[-1]["endpoint"].endswith("image-to-video")
    assert to_pay(board) == 0


def test_programs_get_both_prices_and_the_new_takes(typed: Typed) -> None:
    code, out, _ = typed("take", "one/b", "--alone", *REHEARSED, "--yes", "--json")
    assert code == Exit.OK
    told = json.loads(out)
    assert told["rehearsed"] == {"usd": "0.42"}
    assert [(one["id"], one["state"]) for one in told["jobs"]] == [("one/b", "rendered")]
    assert [(one["shot"], one["take"]) for one in told["takes"]] == [("one/b", 1)]
    assert told["ways"]["pack"]["to_pay"] == {"usd": "1.68"}
    assert told["ways"]["alone"]["jobs"] == [{"id": "one/b", "seconds": 3, "cost": {"usd": "0.42"}}]
    assert told["films"] == []


def test_takes_that_were_left_are_taken_up_and_not_paid_again(board: Path, typed: Typed) -> None:
    assert typed("take", "one/a", "--alone", *REHEARSED, "--yes")[0] == Exit.OK
    words = [sys.executable, "-m", "storyboard", "take", str(board), "one/a", "--alone", "--yes"]
    with subprocess.Popen(  # noqa: S603 -- our own program
        [*words, *REHEARSED, "--count", "8"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert any("queued ..." in line for line in process.stderr)
        for _ in range(2):
            process.send_signal(signal.SIGINT)
        process.communicate()
    assert process.returncode == Exit.INTERRUPTED
    there = [isinstance(life, Stored) for life in lives_of(board)]
    assert not all(there)  # some were sent and are not fetched
    missing = 9 - sum(there)
    words = ["one/a", "--alone", *REHEARSED, "--yes", "--count", str(missing)]
    code, out, _ = typed("take", *words)
    assert code == Exit.OK
    assert f"{len(there) - sum(there)} takes sent before: taken up first, not paid again" in out
    assert len(requests(board)) == 9
    assert paid(board) == Decimal("0.42") * 9
