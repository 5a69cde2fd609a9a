"""Test with the newest releases that pyproject.toml allows, and report how each part went.

    python .ci/newest.py

Exits with 1 if a part failed. No lock file is read, so the result changes with what others release:
`.ci/run` shows it and does not fail for it.
"""

import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv-newest"
PYTHON = HOME / "bin" / "python"
PIP = (PYTHON, "-m", "pip", "--disable-pip-version-check")
TOOLS = ("hypothesis", "pytest", "pytest-xdist")
ROOMS = ("tests/source", "tests/media", "tests/cut/captions", "tests/cut/overlay", "tests/backends")
PARTS = {
    "install": (*PIP, "install", "--quiet", "--editable", ".[emulator]"),
    "check": (*PIP, "check"),
    "demo": (
        *(HOME / "bin" / "storyboard", "render", "examples/first-cup/storyboard.yaml"),
        *("--backend", "animatic"),
    ),
    "tests": (PYTHON, "-m", "pytest", "-n", "2", *ROOMS),
}


def tools() -> Iterator[str]:
    """Yield what the tests need, as pyproject.toml asks for it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for one in project["dependency-groups"]["dev"]:
        if isinstance(one, str) and one.partition(">")[0] in TOOLS:
            yield one


def passes(*command: str | Path) -> bool:
    """Run a command in the checkout, its output shown, and return whether it succeeded."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode == 0  # noqa: S603 -- our own


def main() -> None:
    """Install, then run each part, even if one before it failed."""
    venv.create(HOME, clear=True, with_pip=True)
    failed = [
        name
        for name, command in PARTS.items()
        if not passes(*command, *(tools() if name == "install" else ()))
    ]
    passes(*PIP, "freeze", "--exclude-editable")
    print("newest releases:", f"failed: {', '.join(failed)}" if failed else "passed", flush=True)  # noqa: T201 -- CI's log
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
