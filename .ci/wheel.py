"""Build the wheel, install it alone into a clean environment, and render an example with it."""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path) -> None:
    """Run a command and stop at the first failure."""
    print("+", *command, flush=True)  # noqa: T201 -- CI's log
    subprocess.run([str(part) for part in command], cwd=cwd, check=True)  # noqa: S603 -- our own


def main() -> None:
    """Build, install, render."""
    with tempfile.TemporaryDirectory() as folder:
        away = Path(folder)
        run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", away, cwd=ROOT)
        (wheel,) = away.glob("*.whl")
        venv.create(away / "env", with_pip=True)
        python = away / "env" / "bin" / "python"
        pip = (python, "-m", "pip", "install", "--quiet")
        run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=away)
        run(*pip, "--no-deps", wheel, cwd=away)
        run(away / "env" / "bin" / "storyboard", "init", "--template", "hello", "film", cwd=away)
        story = away / "film" / "storyboard.yaml"
        run(away / "env" / "bin" / "storyboard", "render", story, "--backend", "animatic", cwd=away)
        films = list((away / "film" / "build").glob("*.animatic.mp4"))
        if not films:
            sys.exit("the wheel's storyboard rendered no film")


if __name__ == "__main__":
    main()
