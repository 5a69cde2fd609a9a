"""Whatever is written, nothing foreign acts on the terminal, and every encoding takes it."""

import ast
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from storyboard.catalogue import EndpointId
from storyboard.cli import show
from storyboard.cli.ending import end
from storyboard.cli.exits import Exit, Stop
from storyboard.cli.main import run
from storyboard.cli.progress import job_screen
from storyboard.cli.terminal import json_text, say
from storyboard.jobs import JobDigest, JobId, VoiceJob
from storyboard.model import NOTHING
from storyboard.render import Rendered
from storyboard.session import JobsBegun

ROOT = Path(__file__).resolve().parents[2]
EVIL = "a\x1b]0;owned\x07\x1b[31mb\x9b2J\u202ec\r\x08\x7f\udcff"
"""A title, a colour, a cleared screen, reversed text, an overwritten line, half a character."""


def acts(text: str) -> list[str]:
    """Find what a terminal would act on."""
    return [one for one in text if (ord(one) < 32 and one != "\n") or "\x7f" <= one <= "\x9f"]


def test_a_line_is_shown_with_signs(capsys: pytest.CaptureFixture[str]) -> None:
    say(f"{EVIL}\nnext")
    say(EVIL, err=True)
    shown = capsys.readouterr()
    assert shown.out == "a␛]0;owned␇␛[31mb�2J�c␍␈␡�\nnext\n"
    assert acts(shown.err) == []


def test_json_keeps_the_data_and_shows_none_of_it() -> None:
    for encoding in ("utf-8", "cp1252", "ascii"):
        text = json_text({"é→": EVIL}, encoding)
        assert json.loads(text) == {"é→": EVIL}
        assert acts(text) == []
        assert "\u202e" not in text
        text.encode(encoding)
    assert "é→" in json_text({"é→": ""})


def test_a_table_and_a_progress_line_are_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    rows = show.table([("job", "why"), (EVIL, "x"), ("b", EVIL)])
    assert acts("\n".join(rows)) == []
    assert rows[0].index("why") == rows[1].index("x")
    job = VoiceJob(JobId(EVIL), JobDigest("d"), EndpointId("a/b"), "v", {}, NOTHING)
    with job_screen(JobsBegun(frozenset({job.digest}))) as shown:
        shown.job(Rendered(job, None, None, NOTHING))
    assert acts(capsys.readouterr().err) == []


def test_what_is_wrong_with_a_command_line_is_harmless(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words in (["render", EVIL], ["plan", f"--{EVIL}"], [EVIL], ["check", EVIL, "--json"]):
        assert run(words) == Exit.USAGE
        shown = capsys.readouterr()
        assert shown.err
        assert acts(shown.err + shown.out) == []


def test_only_one_module_writes_to_the_terminal() -> None:
    writes = {"echo", "secho", "confirm", "prompt", "print"}
    for file in (ROOT / "storyboard" / "cli").rglob("*.py"):
        if file.name in {"terminal.py", "emulator.py"}:  # that one prints our own JSON
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else None
                name = called.id if isinstance(called, ast.Name) else name
                assert name not in writes, f"{file}:{node.lineno}"


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii"])
def test_output_that_is_not_utf_8_has_escapes(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "storyboard.yaml"
    file.write_text("storyboard: 1\ntitle: Café → 日本\nzz→: 1\n", "utf-8")

    def typed(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 -- our own program
            [sys.executable, "-m", "storyboard", *words],
            env={**os.environ, "PYTHONIOENCODING": encoding, "COLUMNS": "100"},
            capture_output=True,
            encoding=encoding,
            check=False,
        )

    shown = typed("check", str(file))
    assert shown.returncode == Exit.MISTAKES, shown.stderr
    assert r"zz\u2192" in shown.stdout
    found = json.loads(typed("check", str(file), "--json").stdout)["diagnostics"]
    assert any("zz→" in one["message"] for one in found)
    gone = typed("check", str(tmp_path / "日本"), "--json")
    assert gone.returncode == Exit.USAGE
    assert "日本" in json.loads(gone.stdout)["error"]
    assert r"\u65e5" in gone.stderr
    assert typed("explain").returncode == typed("models").returncode == Exit.OK


class _Refuses(io.StringIO):
    """A stream that takes nothing."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def write(self, _text: str) -> int:
        raise self.error


REFUSALS = [OSError(28, "full"), ValueError("closed"), UnicodeEncodeError("ascii", "é", 0, 1, "no")]


@pytest.mark.parametrize("error", REFUSALS, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("raised", [Stop(Exit.FAILED, "é"), click.UsageError("é"), RuntimeError()])
def test_the_last_net_holds_when_nothing_can_be_written(
    monkeypatch: pytest.MonkeyPatch, error: Exception, raised: Exception
) -> None:
    monkeypatch.setattr(sys, "stdout", _Refuses(error))
    monkeypatch.setattr(sys, "stderr", _Refuses(error))
    codes = {Stop: Exit.FAILED, click.UsageError: Exit.USAGE, RuntimeError: Exit.BUG}
    assert end(raised, ["check", "--json"]) == codes[type(raised)]


def test_a_bug_is_told_where_no_file_can_be_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    assert end(RuntimeError(EVIL), ["check", "--json"]) == Exit.BUG
    shown = capsys.readouterr()
    assert "this is a bug in storyboard" in shown.err
    assert json.loads(shown.out)["exit_code"] == Exit.BUG
    assert acts(shown.err + shown.out) == []


def test_a_bug_whose_traceback_has_half_a_character_is_kept(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert end(RuntimeError("\ud83d"), ["check"]) == Exit.BUG
    assert "what happened is written to" in capsys.readouterr().err
