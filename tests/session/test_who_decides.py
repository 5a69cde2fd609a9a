"""Who decides is named by the environment, by git, or by the login; never by an address."""

import getpass
import subprocess
from pathlib import Path

import pytest

from storyboard.session.who_decides import UNKNOWN, decider


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder under git that knows no other settings than its own."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git(tmp_path, "init", "-q")
    return tmp_path


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True)  # noqa: S603, S607 -- git


def named(project: Path, name: str) -> None:
    git(project, "config", "user.name", name)
    git(project, "config", "user.email", "mara@example.com")


def test_the_environment_comes_first(project: Path) -> None:
    named(project, "Mara Lind")
    assert decider({"STORYBOARD_USER": " Ada\n Ek "}, project) == "Ada Ek"


def test_git_comes_next(project: Path) -> None:
    named(project, "Mara Lind")
    assert decider({"STORYBOARD_USER": ""}, project) == "Mara Lind"


def test_the_login_comes_last(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "mlind")
    assert decider({}, project) == "mlind"


@pytest.mark.parametrize("lacking", ["git", "folder"])
def test_it_does_without_git(project: Path, monkeypatch: pytest.MonkeyPatch, lacking: str) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "mlind")
    if lacking == "git":
        monkeypatch.setenv("PATH", str(project))
    assert decider({}, project if lacking == "git" else project / "gone") == "mlind"


def test_whoever_has_no_name_is_somebody(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", nameless)
    assert decider({}, project) == UNKNOWN


@pytest.mark.parametrize(
    ("name", "shown"), [("mara@example.com", "mara"), ("Mara @ Studio", "Mara @ Studio")]
)
def test_an_address_is_not_a_name(project: Path, name: str, shown: str) -> None:
    assert decider({"STORYBOARD_USER": name}, project) == shown
    named(project, name)
    assert decider({}, project) == shown
