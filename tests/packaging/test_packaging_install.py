"""The Makefile installs what the lock files pin, and asks an index for nothing else."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from index import NEWER, Index, file_name, lock_text, repacked, serving, stub
from locks import BUILDER, LOCKS, ROOT, locked, pins

ENVIRONMENTS = {
    ".venv-demo/ready": ("requirements.lock", BUILDER),
    ".venv-test/ready": ("requirements-dev.lock",),
    ".venv-mutation/ready": ("requirements-mutation.lock",),
}


@pytest.fixture(scope="module")
def wheels() -> Mapping[str, bytes]:
    """A wheel of every locked release and of a newer one, and the real builder."""
    builder = locked(BUILDER)
    made = {}
    for pin in (pin for lock in LOCKS for pin in pins(lock)):
        pack = repacked if pin.name in builder else stub
        made[file_name(pin.name, pin.version)] = pack(pin.name, pin.version)
        made[file_name(pin.name, NEWER)] = stub(pin.name, NEWER)
    return made


@pytest.fixture
def index(wheels: Mapping[str, bytes]) -> Iterator[Index]:
    with serving(wheels) as served:
        yield served


@pytest.fixture
def checkout(tmp_path: Path, wheels: Mapping[str, bytes]) -> Path:
    """The files that an installation reads, and lock files with the hashes of the stubs."""
    for name in ("Makefile", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("storyboard", "schemas", "templates", "examples"):
        (tmp_path / name).mkdir()
    (tmp_path / "storyboard" / "__init__.py").touch()
    for lock in LOCKS:
        (tmp_path / lock).write_text(lock_text(pins(lock), wheels))
    return tmp_path


def make(checkout: Path, index: Index, *words: str) -> subprocess.CompletedProcess[str]:
    clean = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PIP_", "MAKE", "MFLAGS"))
    }
    clean |= {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": index.url, "PIP_NO_CACHE_DIR": "1"}
    return subprocess.run(  # noqa: S603 -- our own Makefile
        ["make", f"PYTHON={sys.executable}", *words],  # noqa: S607 -- wherever the system has it
        cwd=checkout,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("target", ENVIRONMENTS)
def test_only_what_is_pinned_is_asked_for(checkout: Path, index: Index, target: str) -> None:
    done = make(checkout, index, target)
    assert done.returncode == 0, done.stdout + done.stderr
    pinned = {pin.name: pin for lock in ENVIRONMENTS[target] for pin in locked(lock).values()}
    files = {f"/files/{file_name(pin.name, pin.version)}" for pin in pinned.values()}
    assert set(index.asked) == files | {f"/simple/{name}/" for name in pinned}
    assert f"into {target.partition('/')[0]}" in done.stdout
    outdated_by_a_lock_written_meanwhile(checkout, index, target)


def outdated_by_a_lock_written_meanwhile(checkout: Path, index: Index, target: str) -> None:
    """The time of an environment is that of its beginning: what changed since is not overlooked."""
    assert make(checkout, index, "--question", target).returncode == 0
    packages = (checkout / target).parent.glob("lib/*/site-packages/*")
    meanwhile = max(package.stat().st_mtime_ns for package in packages)
    assert (checkout / target).stat().st_mtime_ns < meanwhile
    os.utime(checkout / ENVIRONMENTS[target][-1], ns=(meanwhile, meanwhile))
    assert make(checkout, index, "--question", target).returncode == 1


@pytest.mark.parametrize("lacking", ["coverage", "iniconfig"])
def test_a_resolution_would_be_noticed(checkout: Path, index: Index, lacking: str) -> None:
    """As the Makefile once was: pip looks up what the lock lacks, and refuses what it finds."""
    makefile = (checkout / "Makefile").read_text("utf-8")
    locked_command = "--no-deps --require-hashes"
    assert makefile.count(locked_command) > 1
    (checkout / "Makefile").write_text(
        makefile.replace(locked_command, "--require-hashes"), "utf-8"
    )
    shorten(checkout / "requirements-dev.lock", lacking)
    done = make(checkout, index, ".venv-test/ready")
    assert done.returncode != 0
    assert f"/simple/{lacking}/" in index.asked
    assert "--require-hashes mode" in done.stderr


def test_a_package_that_the_lock_lacks_ends_it(checkout: Path, index: Index) -> None:
    shorten(checkout / "requirements.lock", "httpcore")
    done = make(checkout, index, ".venv-demo/ready")
    assert done.returncode != 0
    assert "/simple/httpcore/" not in index.asked
    assert "httpx" in done.stdout
    assert "httpcore" in done.stdout
    assert not (checkout / ".venv-demo" / "ready").exists()


def shorten(lock: Path, name: str) -> None:
    """Remove a package from a lock file of stubs, where it has two lines."""
    lines = lock.read_text("utf-8").splitlines(keepends=True)
    (at,) = (n for n, line in enumerate(lines) if re.match(rf"{name}\b", line))
    lock.write_text("".join(lines[:at] + lines[at + 2 :]), "utf-8")


def test_an_old_python_is_told_what_to_do(checkout: Path, index: Index) -> None:
    old = checkout / "python3.10"
    wrapper = "import sys; sys.version_info = (3, 10, 1); sys.version = '3.10.1'; exec(sys.argv[1])"
    old.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{wrapper}" "$2"\n')
    old.chmod(0o755)
    done = make(checkout, index, "test", f"PYTHON={old}")
    assert done.returncode != 0
    assert "this is 3.10.1" in done.stderr
    assert "make test PYTHON=python3.12" in done.stderr
    assert index.asked == []
