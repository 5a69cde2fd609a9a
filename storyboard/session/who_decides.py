"""Find who decides: the name that a lock has beside a pick or an approval."""

import getpass
import subprocess
from collections.abc import Mapping
from pathlib import Path

NAME = "STORYBOARD_USER"
"""The variable of the environment that has the name, before any other place."""

UNKNOWN = "somebody"

_PATIENCE_S = 5


def decider(environment: Mapping[str, str], folder: Path) -> str:
    """Return the name of who decides: from the environment, from git in a folder, or the login.

    The lock goes to everybody who has the project, so it is never an address: of a name that is
    one, what is before the `@` is returned.
    """
    found = _shown(environment.get(NAME, "")) or _shown(_of_git(folder)) or _shown(_login())
    return found or UNKNOWN


def _shown(name: str) -> str:
    words = name.split()
    return words[0].partition("@")[0] if len(words) == 1 else " ".join(words)


def _of_git(folder: Path) -> str:
    """Return git's `user.name`; nothing if it has none, or there is no git."""
    try:
        done = subprocess.run(
            ["git", "config", "--get", "user.name"],  # noqa: S607 -- as above
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name, in a container
        return ""
