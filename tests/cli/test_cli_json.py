"""`--json` where a command fails: one JSON value on standard output, in one form for all."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from storyboard.cli.main import COMMANDS, group, run

ROOT = Path(__file__).resolve().parents[2]
FULL = Path("/dev/full")

Failed = Callable[..., dict[str, Any]]


def takers() -> Iterator[tuple[list[str], bool]]:
    """Return the words of every command that takes `--json`, and whether it takes a place."""

    def among(words: list[str], command: click.Command) -> Iterator[tuple[list[str], bool]]:
        if isinstance(command, click.Group):
            for name, one in command.commands.items():
                yield from among([*words, name], one)
        elif any("--json" in one.opts for one in command.params):
            yield words, any(isinstance(one, click.Argument) for one in command.params)

    for name in COMMANDS:
        command = group.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        yield from among([name], command)


TAKERS = list(takers())
BESIDE = {"reject": ("one/cup", "it is chipped")}
"""What commands need beside the place."""


@pytest.fixture
def failed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Failed:
    """Type a command that fails, and read what it says to programs."""
    monkeypatch.delenv("FAL_KEY", raising=False)

    def type_(*words: str | Path) -> dict[str, Any]:
        code = run([str(word) for word in words])
        shown = capsys.readouterr()
        found: dict[str, Any] = json.loads(shown.out)
        assert found["version"] == 1
        assert found["exit_code"] == code != 0
        assert found["error"]
        assert found["error"] in shown.err
        if found["help"] and "Usage:" not in shown.err:
            assert f"  help: {found['help']}" in shown.err
        if found["code"]:
            assert f"error[{found['code']}]" in shown.err
        return found

    return type_


@pytest.fixture
def hello(tmp_path: Path) -> Path:
    """Give a copy of the smallest example, in a project of its own."""
    shutil.copytree(ROOT / "examples" / "hello", tmp_path / "hello", ignore=lambda *_: ["build"])
    return tmp_path / "hello" / "storyboard.yaml"


@pytest.mark.parametrize("words", [words for words, _ in TAKERS], ids=" ".join)
def test_a_wrong_option_is_told_to_programs(failed: Failed, words: list[str]) -> None:
    found = failed(*words, "--json", "--no-such-option")
    assert found["exit_code"] == 2
    assert "--no-such-option" in found["error"]
    assert found["help"].startswith(f"storyboard {' '.join(words)} --help")


@pytest.mark.parametrize("words", [words for words, place in TAKERS if place], ids=" ".join)
def test_a_place_that_is_not_there_is_told_to_programs(
    failed: Failed, words: list[str], tmp_path: Path
) -> None:
    found = failed(*words, tmp_path / "none.yaml", *BESIDE.get(words[0], ()), "--json")
    assert found["exit_code"] == 2
    assert "none.yaml" in found["error"]


def test_a_command_that_does_not_exist_is_told_to_programs(failed: Failed) -> None:
    assert "Did you mean 'render'?" in failed("rendre", "--json")["error"]


def test_a_price_that_is_declined_is_told_to_programs(failed: Failed, hello: Path) -> None:
    found = failed("render", hello, "--backend", "emulator", "--max-cost", "0.01", "--json")
    assert found["exit_code"] == 4
    assert "more than --max-cost of 0.01 USD" in found["error"]
    assert found["help"].startswith("raise it")


def test_a_missing_key_is_told_to_programs_with_its_code(failed: Failed, hello: Path) -> None:
    found = failed("render", hello, "--backend", "fal", "--yes", "--json")
    assert found["exit_code"] == 7
    assert found["code"].startswith("SB")


@pytest.mark.parametrize(("error", "code"), [(ZeroDivisionError, 70), (KeyboardInterrupt, 130)])
def test_what_no_command_expects_is_told_to_programs(
    failed: Failed,
    monkeypatch: pytest.MonkeyPatch,
    hello: Path,
    error: type[BaseException],
    code: int,
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("storyboard.session.compile_ask.compile_storyboard", broken)
    assert failed("check", hello, "--format", "json")["exit_code"] == code


def test_mistakes_stay_a_list_of_diagnostics(
    hello: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    night = tmp_path / "night.yaml"
    night.write_text("", "utf-8")
    words = ["render", str(hello), "--backend", "emulator", "--scenario", str(night), "--json"]
    assert run(words) == 1
    (found,) = json.loads(capsys.readouterr().out)["diagnostics"]
    assert found["help"] == "begin it with `scenario: 1`"


def test_what_became_of_the_films_is_told_with_a_manifest_that_cannot_be_written(
    failed: Failed, monkeypatch: pytest.MonkeyPatch, hello: Path
) -> None:
    table = "variations: {name: '{{ n }}', rows: [{n: a}]}\n"
    hello.write_text(f"{hello.read_text('utf-8')}{table}", "utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("storyboard.cli.commands.render.manifest.write", full)
    found = failed("render", hello, "--backend", "animatic", "--json")
    assert found["exit_code"] == 7
    assert [one["state"] for one in found["jobs"]] == ["rendered"] * len(found["jobs"])
    assert len(found["films"]) == 1
    assert "the disk is full" in found["error"]


def test_people_are_told_as_before(hello: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plan", str(hello / "none.yaml")]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("error: there is no file")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_json_for_a_full_disk_is_no_second_failure(unbuffered: str) -> None:
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "storyboard", "models", "--json"],
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 7
    assert "make room" in done.stderr
    assert "Traceback" not in done.stderr
