"""Build the wheel, install it alone into a clean environment, and render an example with it."""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUIET = ("-m", "pip", "--disable-pip-version-check", "--quiet")
LOCKED = (*QUIET, "install", "--no-deps", "--require-hashes", "--only-binary", ":all:")


def run(*command: str | Path, cwd: Path) -> None:
    """Run a command and stop at the first failure."""
    print("+", *command, flush=True)  # noqa: T201 -- CI's log
    subprocess.run([str(part) for part in command], cwd=cwd, check=True)  # noqa: S603 -- our own


def environment(folder: Path, lock: str) -> Path:
    """Make a virtual environment of what a lock file pins, and return its Python."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    run(python, *LOCKED, "-r", ROOT / lock, cwd=folder)
    return python


def build(folder: Path) -> Path:
    """Build the wheel with the locked builder and nothing else, and return it."""
    python = environment(folder / "builder", "requirements-build.lock")
    wheels = folder / "wheels"
    run(
        *(python, *QUIET, "wheel", "--no-deps", "--no-build-isolation"),
        *("--wheel-dir", wheels, ROOT),
        cwd=folder,
    )
    (wheel,) = wheels.glob("*.whl")
    return wheel


def main() -> None:
    """Build, install, render."""
    with tempfile.TemporaryDirectory() as folder:
        away = Path(folder)
        wheel = build(away)
        python = environment(away / "env", "requirements.lock")
        run(python, *QUIET, "install", "--no-deps", wheel, cwd=away)
        run(python, "-m", "pip", "check", cwd=away)
        program = python.with_name("storyboard")
        run(program, "init", "--template", "hello", "film", cwd=away)
        story = away / "film" / "storyboard.yaml"
        run(program, "render", story, "--backend", "animatic", cwd=away)
        films = list((away / "film" / "build").glob("*.animatic.mp4"))
        if not films:
            sys.exit("the wheel's storyboard rendered no film")


if __name__ == "__main__":
    main()
