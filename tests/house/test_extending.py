"""The recipes of docs/extending.md, applied as the page says to a copy; the program runs on it."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "render"))
import second_server  # noqa: E402

from storyboard.emulator.clip import Wanted, draw_plain  # noqa: E402

PAGE = (ROOT / "docs" / "extending.md").read_text("utf-8")
COPIED = ("storyboard", "schemas", "templates", "examples", "docs", "README.md", "pyproject.toml")
STEP = re.compile(
    r"^New file `(?P<new>[^`]+)`:\n\n(?P<fence>`{3,})\w+\n(?P<text>.*?)^(?P=fence)$"
    r"|^In (?P<each>each place of )?`(?P<old>[^`]+)`:\n\n```diff\n(?P<diff>.*?)^```$"
    r"|^Copy `(?P<source>[^`]+)` to `(?P<target>[^`]+)`"
    r"|Then run `python (?P<script>[^`]+)`",
    re.MULTILINE | re.DOTALL,
)
BOUNDS = {"an endpoint": 3, "a rule": 3, "a setting": 3, "a command": 3, "an output": 3} | {
    "a provider": 12
}


@dataclass(frozen=True)
class Step:
    """One step of a recipe, as the page has it."""

    found: re.Match[str]

    @property
    def file(self) -> str | None:
        """The file that somebody writes, None if a command does it."""
        return self.found["new"] or self.found["old"] or self.found["target"]

    def apply(self, home: Path) -> None:
        """Do what the page says, in a copy; what it says must fit."""
        part = self.found.groupdict()
        if part["new"]:
            path = home / part["new"]
            assert not path.exists(), path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(part["text"], "utf-8")
        elif part["old"]:
            self._change(home / part["old"])
        elif part["source"]:
            shutil.copy(ROOT / part["source"], home / part["target"])
        else:
            python(home, home, part["script"])

    def _change(self, path: Path) -> None:
        lines = self.found["diff"].splitlines(keepends=True)
        old = "\n" + "".join(line[1:] for line in lines if line[0] != "+")
        new = "\n" + "".join(line[1:] for line in lines if line[0] != "-")
        text = path.read_text("utf-8")
        times = text.count(old)
        assert times > 1 if self.found["each"] else times == 1, f"{path}: {times} times{old}"
        path.write_text(text.replace(old, new), "utf-8")


def recipes() -> Mapping[str, list[Step]]:
    parts = re.split(r"^## (An? .+)\n", PAGE, flags=re.MULTILINE)
    found = {
        title.lower(): [Step(one) for one in STEP.finditer(text)]
        for title, text in zip(parts[1::2], parts[2::2], strict=True)
    }
    return {title: steps for title, steps in found.items() if steps}


def files_of(steps: list[Step]) -> set[str]:
    return {step.file for step in steps if step.file}


def python(home: Path, folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the copy, and show what it said if it failed."""
    # No key of whoever runs the tests, and no coverage: it would count the copy's files.
    known = {
        key: one
        for key, one in os.environ.items()
        if not key.endswith("_KEY") and not key.startswith("COVERAGE_")
    }
    # The installed package is behind the copy on the path, and nothing is written into the copy.
    environment = {**known, **more, "PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(  # noqa: S603 -- this interpreter, on the copy
        [sys.executable, *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the package with what travels with it, and apply every recipe, in the page's order."""
    folder = tmp_path_factory.mktemp("copy")
    ignored = shutil.ignore_patterns("__pycache__", "_data", "build", ".storyboard")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder / name)
    for steps in recipes().values():
        for step in steps:
            step.apply(folder)
    return folder


@dataclass(frozen=True)
class Project:
    """A project with one storyboard, on which the extended program runs."""

    home: Path
    folder: Path

    def write(self, model: str, shot: str, more: str = "") -> None:
        """Write a storyboard of one shot; `more` are lines at its top."""
        board = f"storyboard: 1\ntitle: Sea\nmodel: {model}\n{more}"
        shots = f"scenes:\n  - id: sea\n    shots:\n      - {{id: waves, {shot}}}\n"
        (self.folder / "storyboard.yaml").write_text(board + shots, "utf-8")

    def run(self, *words: str, code: int = 0, **environment: str) -> str:
        """Type a command; return what it says on standard output, or if it fails, on both."""
        done = python(self.home, self.folder, "-m", "storyboard", *words, **environment)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout if code == 0 else done.stdout + done.stderr


@pytest.fixture
def project(home: Path, tmp_path: Path) -> Project:
    return Project(home, tmp_path)


def test_each_recipe_takes_as_few_files_as_it_should_and_says_how_many() -> None:
    counted = {title: len(files_of(steps)) for title, steps in recipes().items()}
    assert counted.keys() == BOUNDS.keys()
    assert all(count <= BOUNDS[title] for title, count in counted.items())
    rows = re.findall(r"^\| \[(an? \w+)\]\(#[\w-]+\) \| (\d+) \|", PAGE, re.MULTILINE)
    assert {title: int(count) for title, count in rows} == counted


def test_the_program_is_the_copy(project: Project) -> None:
    done = python(
        project.home, project.folder, "-c", "import storyboard; print(storyboard.__file__)"
    )
    assert done.stdout.strip() == str(project.home / "storyboard" / "__init__.py")


def test_an_endpoint_is_planned_and_priced(project: Project) -> None:
    project.write("kling-v9-pro", "duration: 18s, prompt: Waves.")
    plan = json.loads(project.run("plan", "--json"))
    assert plan["total"]["usd"] == "4.50"
    (job,) = plan["jobs"]
    assert job["endpoint"] == "fal-ai/kling-video/v9/pro/text-to-video"
    assert "kling-v9-pro" in project.run("models")
    assert "2027-01" in project.run("catalogue", "list")
    assert "| `kling-v9-pro` | `v9/pro/text-to-video` |" in (project.home / "README.md").read_text(
        "utf-8"
    )


def test_a_rule_finds_its_code_and_has_a_page(project: Project) -> None:
    project.write("kling-v3-turbo-pro", "duration: 3s, prompt: WAVES.")
    (found,) = json.loads(project.run("check", "--format", "json"))["diagnostics"]
    assert (found["code"], found["line"]) == ("SB599", 7)
    assert "Models take words in capitals" in project.run("explain", "SB599")
    project.write("kling-v3-turbo-pro", "duration: 3s, prompt: Waves.")
    assert json.loads(project.run("check", "--format", "json"))["diagnostics"] == []


def test_a_setting_is_sent_checked_and_described(project: Project) -> None:
    project.write("kling-v9-pro", "duration: 3s, prompt: Waves.", "guidance: 4\n")
    (job,) = json.loads(project.run("plan", "--json"))["jobs"]
    assert job["arguments"]["guidance_strength"] == 4
    project.write("kling-v9-pro", "duration: 3s, prompt: Waves., guidance: 12")
    assert "`kling-v9-pro` takes a `guidance` from 0 to 9" in project.run("check", code=1)
    project.write("kling-v3-turbo-pro", "duration: 3s, prompt: Waves., guidance: 4")
    assert "takes no `guidance`" in project.run("check", code=1)
    language = (project.home / "docs/language.md").read_text("utf-8")
    assert "| `guidance` | How strongly the model is guided" in language


def test_a_command_answers_and_is_in_the_help(project: Project) -> None:
    project.write("kling-v3-turbo-pro", "duration: 3.5s, prompt: Waves.")
    assert project.run("outline") == "sea/waves  3.5 s\n"
    assert "List the shots of a storyboard." in project.run("--help")


def test_an_output_is_written_beside_the_film(project: Project) -> None:
    shot = "duration: 1s, still: card.png, caption: Good morning"
    project.write("kling-v3-turbo-pro", shot, "format: {resolution: 128x72, fps: 24}\n")
    picture = "from PIL import Image; Image.new('RGB', (640, 360)).save('card.png')"
    assert python(project.home, project.folder, "-c", picture).returncode == 0
    project.run("cut")
    written = {one.suffix: one.read_text("utf-8") for one in project.folder.glob("build/*.[!m]*")}
    assert written.keys() == {".srt", ".vtt", ".txt"}
    assert written[".txt"] == "Good morning\n"


class Films(second_server.Server):
    """The second provider's account, with films that can be cut."""

    def get(self, path: str) -> second_server.Said:
        """Give a film that is one."""
        said = super().get(path)
        if not path.startswith("/films/") or said is None:
            return said
        wanted = Wanted(2, sound=False, aspect_ratio="16:9", height=72, seed="a")
        return 200, draw_plain(wanted)


@pytest.fixture
def server() -> Iterator[tuple[Films, str]]:
    account = Films()
    with account.open() as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.01,))
        thread.start()
        yield account, f"http://127.0.0.1:{http.server_address[1]}"
        http.shutdown()
        thread.join()


def test_a_provider_renders_a_job(project: Project, server: tuple[Films, str]) -> None:
    account, url = server
    project.write("second-one", "duration: 2s, prompt: Waves.")
    words = ("render", "--backend", "second", "--yes")
    assert "there is no SECOND_KEY" in project.run(*words, code=7)
    environment = {"SECOND_KEY": "of-second", "SECOND_URL": url}
    project.run(*words, **environment)
    assert [one["body"] for one in account.jobs] == [{"prompt": "Waves.", "seconds": 2}]
    assert {key for path, key in account.keys if path.startswith("/v2/")} == {"Bearer of-second"}
    assert len(list(project.folder.glob("build/*.mp4"))) == 1
    assert "0.10" in project.run("spend")
    # What is there is not asked for again.
    project.run(*words, **environment)
    assert len(account.jobs) == 1


def test_what_another_provider_renders_is_refused_before_it_is_sent(project: Project) -> None:
    project.write("second-one", "duration: 2s, prompt: Waves.")
    said = project.run("render", "--backend", "fal", "--yes", code=2, FAL_KEY="a:b")
    assert "`second`" in said
    assert "nothing was sent" in said


def test_the_copy_keeps_every_door_shut(home: Path) -> None:
    lint = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"
    done = python(home, home, "-c", lint)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
