"""What a forge, a hook and an update bot read: each only calls what runs anywhere."""

import json
import re
import shlex
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def loaded(name: str) -> Any:  # noqa: ANN401 -- whatever is in the file
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def test_the_forge_runs_ci_and_nothing_else_on_every_python() -> None:
    (job,) = loaded(".github/workflows/ci.yml")["jobs"].values()
    assert [one["run"] for one in job["steps"] if "run" in one] == ["bash .ci/run"]
    (pythons,) = (
        one["with"]["python-version"] for one in job["steps"] if "python" in one.get("uses", "")
    )
    named = [one.split(" :: ")[-1] for one in PROJECT["project"]["classifiers"]]
    assert pythons.split() == [one for one in named if re.fullmatch(r"3\.\d+", one)]


def test_hooks_are_gates_of_the_locked_environment() -> None:
    (repo,) = loaded(".pre-commit-config.yaml")["repos"]
    assert repo["repo"] == "local"
    for hook in repo["hooks"]:
        program, *words = shlex.split(hook["entry"])
        assert program.startswith(".venv-test/bin/") or [program, *words] == ["make", "gates"]
        assert all((ROOT / one).is_file() for one in words if one.startswith("tests/"))


def test_the_bot_and_make_wait_equally_long_and_the_locks_say_how_they_are_made() -> None:
    bot = json.loads((ROOT / "renovate.json").read_text("utf-8"))
    found = re.search(r"^COOL_DOWN \?= P(\d+)D$", MAKEFILE, re.MULTILINE)
    assert found is not None
    assert bot["minimumReleaseAge"] == f"{timedelta(days=int(found[1])).days} days"
    (pattern,) = bot["pip-compile"]["managerFilePatterns"]
    for lock in LOCKS:
        assert re.search(pattern.strip("/"), lock.name)
        _, command = lock.read_text("utf-8").splitlines()[:2]
        words = command.removeprefix("#    uv pip compile ").split()
        # The bot reads options only with an equals sign.
        assert [one for one in words if not one.startswith("--")] in (["pyproject.toml"], [])
        assert f"--exclude-newer=P{found[1]}D" in words
        assert f"--output-file={lock.name}" in words
        asked = re.sub(r"\\\n\s*", "", MAKEFILE)
        (line,) = re.findall(
            rf"^\t\$\(COMPILE\) (.*--output-file={lock.name})$", asked, re.MULTILINE
        )
        assert words[-len(line.split()) :] == line.split()
