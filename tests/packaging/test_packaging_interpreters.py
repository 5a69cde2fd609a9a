"""CI finds the Pythons that really are there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from locks import PROJECT, ROOT

HERE = "{}.{}".format(*sys.version_info[:2])
SHIM = "echo 'pyenv: command not found' >&2; exit 127"


def program(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def found(folder: Path) -> list[str]:
    """What is found with only `folder`'s pyenv, its programs and a shell's own."""
    (folder / "project" / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / "pyproject.toml", folder / "project")
    shutil.copy(ROOT / ".ci" / "interpreters", folder / "project" / ".ci")
    for tool in ("bash", "env", "sed", "sort", "dirname"):
        (folder / "bin").mkdir(exist_ok=True)
        (folder / "bin" / tool).symlink_to(str(shutil.which(tool)))
    done = subprocess.run(  # noqa: S603 -- our own
        [folder / "project" / ".ci" / "interpreters"],
        env={"PATH": str(folder / "bin"), "PYENV_ROOT": str(folder / "pyenv")},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_a_shim_without_an_interpreter_does_not_count(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "python3.12", SHIM)
    program(tmp_path / "bin" / "python3", SHIM)
    assert found(tmp_path) == []


def test_the_one_behind_a_shim_is_found(tmp_path: Path) -> None:
    program(tmp_path / "bin" / f"python{HERE}", SHIM)
    real = f'exec "{sys.executable}" "$@"'
    program(tmp_path / "pyenv" / "versions" / f"{HERE}.1" / "bin" / "python3", real)
    assert found(tmp_path) == [f"{HERE} {sys.executable}"]


def test_one_that_cannot_make_environments_does_not_count(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "python3", "echo 'no module named ensurepip' >&2; exit 1")
    program(tmp_path / "bin" / f"python{HERE}", f'exec "{sys.executable}" "$@"')
    assert found(tmp_path) == [f"{HERE} {sys.executable}"]


def test_each_version_is_found_once_the_oldest_first(tmp_path: Path) -> None:
    for version, patch in (("3.12", "3"), ("3.12", "10"), ("3.11", "2"), ("3.9", "1")):
        folder = tmp_path / "pyenv" / "versions" / f"{version}.{patch}" / "bin"
        program(folder / "python3", f"echo {version} /{version}.{patch}")
    program(tmp_path / "bin" / "python3.11", "echo 3.11 /system")
    assert found(tmp_path) == ["3.11 /3.11.2", "3.12 /3.12.10"]


def test_the_oldest_that_pyproject_names_is_the_oldest_it_needs() -> None:
    named = [one.rpartition(" ")[2] for one in PROJECT["project"]["classifiers"] if ":: 3." in one]
    assert PROJECT["project"]["requires-python"] == f">={named[0]}"
    assert os.access(ROOT / ".ci" / "interpreters", os.X_OK)
