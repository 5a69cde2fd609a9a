"""The command line: what a user types, to exit codes, messages and files."""

import errno
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from jsonschema import Draft7Validator

from storyboard.cli.main import COMMANDS, group, run
from storyboard.cli.show import coloured
from storyboard.compile import compile_storyboard
from storyboard.lock import arranged, read_lock
from storyboard.pipeline import Ask
from storyboard.session import lock_shots

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(one.parent.name for one in (ROOT / "examples").glob("*/storyboard.yaml"))

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Type a command, and see its exit code, standard output and standard error."""
    monkeypatch.delenv("FAL_KEY", raising=False)

    def type_(*words: str | Path) -> tuple[int, str, str]:
        code = run([str(word) for word in words])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return type_


@pytest.fixture
def hello(tmp_path: Path) -> Path:
    """Give a copy of the smallest example, in a project of its own."""
    shutil.copytree(ROOT / "examples" / "hello", tmp_path / "hello", ignore=lambda *_: ["build"])
    return tmp_path / "hello" / "storyboard.yaml"


def test_every_command_of_the_help_exists(typed: Run) -> None:
    code, out, _ = typed("--help")
    assert code == 0
    for name in COMMANDS:
        assert name in out
        assert group.get_command(None, name) is not None  # type: ignore[arg-type]


def test_a_misspelt_command_is_told_its_nearest(typed: Run) -> None:
    code, _, err = typed("rendre")
    assert code == 2
    assert "Did you mean 'render'?" in err


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_check_clean(typed: Run, name: str) -> None:
    code, out, err = typed("check", ROOT / "examples" / name / "storyboard.yaml")
    assert code == 0, out + err
    assert "error" not in out.replace("no errors", "")
    assert "warning" not in out


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_plan_and_add_up(typed: Run, name: str) -> None:
    code, out, _ = typed("plan", ROOT / "examples" / name / "storyboard.yaml", "--json")
    plan = json.loads(out)
    assert code == 0
    assert plan["version"] == 1
    jobs = plan["jobs"]
    assert sum(round(float(one["cost"]["usd"]) * 1000) for one in jobs) == round(
        float(plan["total"]["usd"]) * 1000
    )
    assert sum(one["seconds"] for one in jobs) == plan["total"]["seconds"]


def test_planning_writes_nothing(typed: Run, hello: Path) -> None:
    before = sorted(hello.parent.parent.rglob("*"))
    assert typed("plan", hello)[0] == 0
    assert typed("check", hello)[0] == 0
    assert typed("status", hello)[0] == 0
    assert sorted(hello.parent.parent.rglob("*")) == before


def test_mistakes_exit_with_1_and_are_all_told(typed: Run, hello: Path) -> None:
    text = hello.read_text("utf-8").replace("duration: 3s", "duraton: 3s")
    hello.write_text(text.replace("kling-v3-turbo-pro", "kling-v3-turbo-por"), "utf-8")
    code, out, _ = typed("check", hello)
    assert code == 1
    assert "duraton" in out
    assert "did you mean `duration`" in out.lower()
    assert "kling-v3-turbo-pro" in out
    assert f"{hello}:5:8" in out


def test_mistakes_as_json_have_their_place(typed: Run, hello: Path) -> None:
    hello.write_text(hello.read_text("utf-8").replace("duration: 3s", "duraton: 3s"), "utf-8")
    code, out, _ = typed("check", hello, "--format", "json")
    found = json.loads(out)
    assert code == 1
    assert found["version"] == 1
    first = found["diagnostics"][0]
    assert {"code", "severity", "message", "file", "line", "column", "end_line", "end_column"} <= {
        *first
    }
    assert first["line"] == 11


def test_a_length_beyond_all_bounds_is_one_mistake(typed: Run, hello: Path) -> None:
    shot = "{id: a, prompt: A cup., duration: 99999999999999999999}"
    hello.write_text(
        f"storyboard: 1\nmodel: kling-v3-turbo-pro\nscenes: [{{id: one, shots: [{shot}]}}]\n"
    )
    code, out, _ = typed("check", hello, "--format", "json")
    assert code == 1
    assert [one["code"] for one in json.loads(out)["diagnostics"]] == ["SB106"]


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_other_formats_name_the_file(typed: Run, hello: Path, form: str) -> None:
    hello.write_text(hello.read_text("utf-8").replace("duration: 3s", "duraton: 3s"), "utf-8")
    code, out, _ = typed("check", hello, "--format", form)
    assert code == 1
    assert hello.name in out


def test_a_missing_file_is_a_usage_error(typed: Run, tmp_path: Path) -> None:
    code, _, err = typed("plan", tmp_path / "none.yaml")
    assert code == 2
    assert "there is no file" in err


@pytest.mark.parametrize("name", ["Film.yaml", "flim.yaml"])
def test_a_missing_file_names_the_one_that_was_perhaps_meant(
    typed: Run, tmp_path: Path, name: str
) -> None:
    (tmp_path / "film.yaml").write_text("storyboard: 1\n", encoding="utf-8")
    code, _, err = typed("check", tmp_path / name)
    assert code == 2
    assert f"did you mean {os.path.relpath(tmp_path / 'film.yaml')}?" in err


@pytest.mark.parametrize("command", ["check", "plan", "init"])
def test_a_name_that_no_file_can_have_is_no_bug(typed: Run, tmp_path: Path, command: str) -> None:
    code, _, err = typed(command, tmp_path / ("x" * 300))
    assert code in {2, 7}
    assert os.strerror(errno.ENAMETOOLONG) in err


def test_a_variable_that_is_not_utf8_is_a_usage_error(typed: Run, hello: Path) -> None:
    code, _, err = typed("check", hello, "--var", "offer=\udcff")
    assert code == 2
    assert "not UTF-8" in err


@pytest.mark.parametrize("name", ["x" * 300 + ".png", "a\0.png"])
def test_a_picture_whose_name_no_file_can_have_is_told_with_its_place(
    typed: Run, tmp_path: Path, name: str
) -> None:
    rows = json.dumps([{"picture": name}])
    (tmp_path / "rows.json").write_text(rows, "utf-8")
    storyboard = tmp_path / "storyboard.yaml"
    shot = "{id: card, still: '{{ picture }}', duration: 3s}"
    storyboard.write_text(
        f"storyboard: 1\nscenes: [{{id: one, shots: [{shot}]}}]\nvariations: {{rows: rows.json}}\n",
        "utf-8",
    )
    code, out, _ = typed("check", storyboard, "--json")
    assert code == 1
    assert "SB303" in [one["code"] for one in json.loads(out)["diagnostics"]]


def test_a_folder_stands_for_the_storyboard_in_it(typed: Run, hello: Path) -> None:
    assert typed("check", hello.parent)[0] == 0


def test_without_a_key_nothing_is_sent(typed: Run, hello: Path) -> None:
    code, _, err = typed("render", hello, "--backend", "fal", "--yes")
    assert code == 7
    assert "FAL_KEY" in err
    assert not (hello.parent / "build").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", "ftp://127.0.0.1:9"),
        ("HTTPS_PROXY", "http://127.0.0.1:port"),
        ("SSL_CERT_FILE", "/not/there.pem"),
    ],
)
def test_a_network_that_cannot_be_used_is_named_before_the_question(
    typed: Run, hello: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """It failed once the intent was in the journal, and left the outcome unknown."""
    monkeypatch.setenv("FAL_KEY", "test-key-never-sent")
    monkeypatch.setenv(name, value)
    code, _, err = typed("render", hello, "--backend", "fal", "--yes")
    assert code == 7
    assert f"error[SB823]: {name} cannot be used" in err
    assert not (hello.parent / ".storyboard" / "journal.db").exists()


def test_without_a_yes_nothing_is_spent(
    typed: Run, hello: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAL_KEY", "test-key-never-sent")
    code, out, err = typed("render", hello)
    assert code == 4
    assert "0.84 USD" in out + err
    assert "--yes" in err
    assert "test-key-never-sent" not in out + err


def test_a_price_over_its_bound_is_declined(
    typed: Run, hello: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAL_KEY", "test-key-never-sent")
    code, _, err = typed("render", hello, "--yes", "--max-cost", "0.50")
    assert code == 4
    assert "more than --max-cost of 0.50 USD" in err


def test_a_price_over_the_budget_is_told_before_it_is_declined(
    typed: Run, hello: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAL_KEY", "test-key-never-sent")
    hello.write_text(f"{hello.read_text('utf-8')}budget: {{max: 0.50}}\n", "utf-8")
    told = "this costs 0.84 USD, more than the budget of 0.50 USD"
    code, out, _ = typed("check", hello)
    assert code == 0
    assert f"warning[SB450]: {told}" in out
    assert "budget: {max: 0.50}" in out
    code, out, _ = typed("plan", hello)
    assert code == 0
    assert f"over budget: {told}" in out
    plan = json.loads(typed("plan", hello, "--json")[1])
    Draft7Validator(json.loads(typed("schema", "plan-1")[1])).validate(plan)
    assert [one["bound"] for one in plan["over_budget"]] == ["max"]
    code, _, err = typed("render", hello, "--yes")
    assert code == 4
    assert f"error: {told}" in err


def test_a_kept_plan_is_refused_after_a_change(
    typed: Run, hello: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "plan.json"
    assert typed("plan", hello, "--save", kept)[0] == 0
    hello.write_text(hello.read_text("utf-8").replace("cyclist", "tram"), "utf-8")
    monkeypatch.setenv("FAL_KEY", "test-key-never-sent")
    code, _, err = typed("render", kept, "--yes")
    assert code == 4
    assert "no longer holds" in err


@pytest.mark.parametrize("name", ["plan.json", "friday.plan", "friday"])
def test_a_kept_plan_is_rendered_by_any_name(
    typed: Run, hello: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    kept = tmp_path / name
    assert typed("plan", hello, "--save", kept)[0] == 0
    monkeypatch.setenv("FAL_KEY", "test-key-never-sent")
    code, _, err = typed("render", kept)
    assert code == 4
    assert "rendering this costs 0.84 USD" in err


@pytest.mark.parametrize("command", ["check", "plan", "status", "cut"])
def test_a_plan_is_no_storyboard(
    typed: Run, hello: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hello.parent)
    assert typed("plan", "--save", "friday plan")[0] == 0
    code, out, err = typed(command, "friday plan")
    assert (code, out) == (2, "")
    assert err == (
        "error: friday plan is a kept plan, and no storyboard\n"
        "  help: storyboard render 'friday plan' renders it; it was made from storyboard.yaml\n"
    )
    Path("printed").write_text(typed("plan", "--json")[1], "utf-8")
    code, out, err = typed(command, "printed")
    assert (code, out) == (2, "")
    assert "a plan that was printed" in err


def test_a_storyboard_in_json_is_one(
    typed: Run, hello: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shot = {"id": "a", "prompt": "A cup.", "duration": "3s"}
    scene = {"id": "one", "shots": [shot]}
    story = {"storyboard": 1, "model": "kling-v3-turbo-pro", "scenes": [scene]}
    file = hello.with_suffix(".json")
    file.write_text(json.dumps(story), "utf-8")
    monkeypatch.setenv("FAL_KEY", "test-key-never-sent")
    assert typed("render", file)[0] == 4
    file.write_text(json.dumps({"version": 2, "fingerprint": "", "plan": {}}), "utf-8")
    code, _, err = typed("render", file)
    assert code == 2
    assert "is no plan kept" in err


@pytest.mark.parametrize(
    "words", [("--only", "sku=A12"), ("--rows", "1"), ("--rows", ""), ("--var", "a=b")]
)
def test_options_that_would_change_a_kept_plan_are_refused(
    typed: Run, hello: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, str]
) -> None:
    kept = tmp_path / "plan.json"
    assert typed("plan", hello, "--save", kept)[0] == 0
    monkeypatch.setenv("FAL_KEY", "test-key-never-sent")
    code, out, err = typed("render", kept, "--yes", *words)
    assert (code, out) == (2, "")
    assert f"{words[0]} cannot change it" in err


@pytest.mark.parametrize(
    "written",
    [
        {"reach": "moon"},
        {"rows": [[1]]},
        {"rows": "x"},
        {"values": {"a": 3}},
        {"variables": ["a"]},
    ],
)
def test_a_kept_plan_that_somebody_wrote_in_is_none(
    typed: Run, hello: Path, tmp_path: Path, written: dict[str, object]
) -> None:
    kept = tmp_path / "plan.json"
    assert typed("plan", hello, "--save", kept)[0] == 0
    plan = json.loads(kept.read_text("utf-8"))
    plan["made_from"] |= written
    kept.write_text(json.dumps(plan), "utf-8")
    code, _, err = typed("render", kept)
    assert code == 2
    assert "is no plan kept" in err


@pytest.mark.parametrize("job", [{}, {"id": "s/a"}, "s/a"])
def test_a_kept_plan_of_odd_jobs_is_refused(
    typed: Run, hello: Path, tmp_path: Path, job: object
) -> None:
    kept = tmp_path / "plan.json"
    assert typed("plan", hello, "--save", kept)[0] == 0
    plan = json.loads(kept.read_text("utf-8"))
    plan |= {"fingerprint": "another", "plan": {"jobs": [job]}}
    kept.write_text(json.dumps(plan), "utf-8")
    code, _, err = typed("render", kept)
    assert code == 2
    assert "was edited after it was kept" in err
    assert f"--save {kept}" in err


def test_a_kept_plan_without_its_storyboard_says_what_is_missing(
    typed: Run, hello: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "plan.json"
    assert typed("plan", hello, "--save", kept)[0] == 0
    hello.unlink()
    code, _, err = typed("render", kept)
    assert code == 2
    assert "which is not there" in err
    assert "--save PLAN" in err


def test_a_scenario_never_leads_to_a_paid_render(
    typed: Run, hello: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAL_KEY", "test-key-never-sent")
    night = ROOT / "examples" / "scenarios" / "bad-night.yaml"
    code, out, err = typed("render", hello, "--yes", "--scenario", night)
    assert (code, out) == (2, "")
    assert "--backend emulator" in err


def test_a_rehearsal_that_cannot_be_held_is_told_before_its_price(
    typed: Run, hello: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rehearse = ("render", hello, "--backend", "emulator", "--yes")
    code, out, err = typed(*rehearse, "--scenario", hello.parent / "none.yaml")
    assert (code, out) == (2, "")
    code, out, err = typed(*rehearse, "--scenario", hello)
    assert (code, out) == (1, "")
    assert "SB870" in err
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    code, out, err = typed(*rehearse)
    assert (code, out) == (7, "")
    assert "-m pip install" in err


def test_the_command_for_a_missing_extra_works_wherever_it_was_installed_from(
    typed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The packages are here, so pip is content without an index; a wrong word would be an error."""
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    code, _, err = typed("emulator")
    assert code == 7
    (line,) = (line for line in err.splitlines() if "pip install" in line)
    words = shlex.split(line.removeprefix("  help: "))
    assert words[:4] == [sys.executable, "-m", "pip", "install"]
    assert set(words[4:]) == set(extra["optional-dependencies"]["emulator"])
    done = subprocess.run(  # noqa: S603 -- the command that the help names
        [*words, "--no-index", "--disable-pip-version-check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_rehearsal_says_that_nothing_is_paid(typed: Run, hello: Path) -> None:
    code, _, err = typed("render", hello, "--backend", "emulator")
    assert code == 4
    assert "nothing is paid" in err
    code, out, err = typed("render", hello, "--backend", "emulator", "--yes", "--draft")
    assert code == 0, err
    assert "a rehearsal of 0.84 USD: nothing was paid" in out
    assert "spent" not in out
    assert typed("spend", hello)[1] == "nothing was spent\n"


def test_a_rehearsal_says_to_programs_that_nothing_is_paid(typed: Run, hello: Path) -> None:
    code, out, _ = typed("render", hello, "--backend", "emulator", "--yes", "--draft", "--json")
    assert code == 0
    rendering = json.loads(out)
    assert rendering["spent"] == {"usd": "0.00"}
    assert rendering["rehearsed"] == {"usd": "0.84"}


def test_what_is_skipped_is_told_once(typed: Run, hello: Path) -> None:
    shots = [f"{{id: s{n}, shots: [{{id: a, duration: 3s, prompt: Rain {n}.}}]}}" for n in range(4)]
    hello.write_text(
        "storyboard: 1\nmodel: kling-v3-turbo-pro\nformat: {resolution: 320x180}\n"
        f"scenes: [{', '.join(shots)}]\n"
    )
    night = hello.with_name("night.yaml")
    night.write_text("scenario: 1\nrules: [{on: submit, fault: locked}]\n")
    words = ("--backend", "emulator", "--scenario", night, "--concurrency", "1")
    code, out, err = typed("render", hello, *words, "--yes", "--draft")
    assert code == 5
    skipped = [line for line in (out + err).splitlines() if "skipped: " in line]
    jobs = [line.removeprefix("skipped: ").partition(":")[0] for line in skipped]
    assert jobs
    assert len(jobs) == len(set(jobs))


def test_a_plan_is_not_kept_in_place_of_its_storyboard(typed: Run, hello: Path) -> None:
    before = hello.read_bytes()
    code, _, err = typed("plan", hello, "--save", hello.parent / "." / hello.name)
    assert code == 2
    assert "is the storyboard" in err
    assert hello.read_bytes() == before


def test_a_terminal_that_knows_no_colours_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    assert coloured(terminal)
    monkeypatch.setenv("TERM", "dumb")
    assert not coloured(terminal)


def test_init_starts_a_storyboard_that_checks(typed: Run, tmp_path: Path) -> None:
    for name in EXAMPLES:
        folder = tmp_path / name
        assert typed("init", folder, "--template", name)[0] == 0
        assert typed("check", folder)[0] == 0
        first, _, _ = (folder / "storyboard.yaml").read_text("utf-8").partition("\n")
        assert first.startswith("# yaml-language-server: $schema=")
        schema = json.loads((folder / first.partition("=")[2]).read_text("utf-8"))
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    code, _, err = typed("init", tmp_path / "again", "--template", "helo")
    assert code == 2
    assert "did you mean hello" in err
    code, _, err = typed("init", tmp_path / EXAMPLES[0])
    assert code == 2
    assert "not empty" in err


def test_init_writes_an_entry_for_every_shot(typed: Run, tmp_path: Path) -> None:
    for name in EXAMPLES:
        folder = tmp_path / name
        assert typed("init", folder, "--template", name)[0] == 0
        plan = compile_storyboard(Ask(folder / "storyboard.yaml")).plan
        assert plan is not None
        data = (folder / "storyboard.lock.yaml").read_bytes()
        lock = read_lock(data, "storyboard.lock.yaml").value
        assert lock is not None
        wanted = {one.name for film in plan.films for one in film.storyboard.shots}
        assert {one.name for one in lock.shots} == wanted
        assert arranged(lock, lock_shots(plan)) == lock
        assert all(one.is_undecided for one in lock.shots)


def test_init_keeps_what_is_made_out_of_git(typed: Run, tmp_path: Path) -> None:
    folder = tmp_path / "film"
    assert typed("init", folder)[0] == 0
    drawn = "storyboard.rehearsal.lock.yaml"
    for made in ("build/film.mp4", ".storyboard/journal.db", drawn, "notes.md"):
        (folder / made).parent.mkdir(exist_ok=True)
        (folder / made).touch()
    git = ("git", "-C", str(folder))
    subprocess.run([*git, "init", "--quiet"], check=True)  # noqa: S603 -- git
    status = [*git, "status", "--porcelain", "--untracked-files=all"]
    seen = subprocess.run(status, check=True, capture_output=True, text=True).stdout  # noqa: S603 -- git
    untracked = {line.removeprefix("?? ") for line in seen.splitlines()}
    assert {"storyboard.yaml", "storyboard.lock.yaml", ".gitignore", "notes.md"} < untracked
    assert drawn not in untracked
    assert not any(path.startswith(("build", ".storyboard")) for path in untracked)


def test_explain_shows_a_page_and_lists_all(typed: Run) -> None:
    code, listed, _ = typed("explain")
    assert code == 0
    first = listed.splitlines()[0].split(":")[0]
    code, page, _ = typed("explain", first)
    assert code == 0
    assert page.startswith(f"# {first}")
    assert typed("explain", "SB999")[0] == 2


def test_schema_prints_json(typed: Run) -> None:
    code, out, _ = typed("schema")
    assert code == 0
    assert json.loads(out)["$schema"].startswith("http://json-schema.org/draft-07")
    code, _, err = typed("schema", "nothing")
    assert code == 2
    assert "storyboard-1" in err


def test_models_lists_the_seed_models_with_prices(typed: Run) -> None:
    code, out, _ = typed("models")
    assert code == 0
    for name in ("kling-v3-pro", "kling-v3-turbo-pro", "kling-v2.5-turbo-pro", "kling-o3-standard"):
        assert name in out
    assert "0.392/s voice" in out
    models = json.loads(typed("models", "--json")[1])["models"]
    assert {"model", "endpoint", "price", "read"} <= {*models[0]}


def test_init_says_why_it_cannot_write(
    typed: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise shutil.Error([("a", "b", "No space left on device")])

    monkeypatch.setattr(shutil, "copytree", full)
    code, _, err = typed("init", tmp_path / "film")
    assert code == 7
    assert "No space left on device" in err


def test_doctor_does_not_blame_the_install_for_a_disk(
    typed: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    code, out, err = typed("doctor")
    assert code == 7
    assert "nothing can be written here: Read-only file system" in out + err
    assert "install storyboard-compiler anew" not in out + err


def test_a_bug_is_said_to_be_one(typed: Run, monkeypatch: pytest.MonkeyPatch, hello: Path) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("storyboard.session.compile_ask.compile_storyboard", broken)
    code, _, err = typed("check", hello)
    assert code == 70
    assert "bug in storyboard" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("command", ["models", "plan", "status"])
def test_tables_fit_eighty_columns(
    typed: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    shots = "".join(
        f"      - {{id: a-shot-with-a-name-of-its-own-{n}, duration: 4s, prompt: Wave {n}.}}\n"
        for n in range(3)
    )
    Path("storyboard.yaml").write_text(
        "storyboard: 1\ntitle: Sea\nmodel: kling-v3-turbo-pro\nscenes:\n"
        f"  - id: a-scene-by-the-sea-in-the-evening\n    pack: shot\n    shots:\n{shots}",
        "utf-8",
    )
    code, out, _ = typed(command)
    assert code == 0
    assert out.count("\n") > 5
    assert [line for line in out.splitlines() if len(line) > 80] == []
