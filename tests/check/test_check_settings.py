"""The settings are one table: a further plain one is a row, a key of the schema, and a field."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from checking import CATALOGUE
from unmeasured import unmeasured

import storyboard
from storyboard.catalogue.endpoint import NumberField, TextField
from storyboard.check.schema import schema
from storyboard.data import data
from storyboard.model.setting import FIELDS, SETTINGS, Form, Level, Use

PLACES: dict[Level, Any] = {
    Level.SHOT: lambda found: found["definitions"]["shot"]["allOf"][0]["else"]["properties"],
    Level.SCENE: lambda found: found["definitions"]["scene"]["properties"],
    Level.STORYBOARD: lambda found: found["properties"],
}


def test_the_schema_has_each_setting_where_it_may_be_and_no_other() -> None:
    found: Any = schema()
    everywhere = set.intersection(*({*keys(found)} for keys in PLACES.values()))
    assert everywhere == {one.key for one in SETTINGS if one.levels == tuple(Level)}
    for setting in SETTINGS:
        for level, keys in PLACES.items():
            assert (setting.key in keys(found)) == (level in setting.levels)


def test_what_is_sent_in_a_field_keeps_shots_apart() -> None:
    assert all(one.separates for one in SETTINGS if one.use in {Use.FIELD, Use.SWITCH})


def test_each_plain_setting_is_taken_by_an_endpoint_with_limits_of_its_form() -> None:
    forms = {Form.TEXT: TextField, Form.NUMBER: NumberField}
    for setting in FIELDS:
        every = (one.settings.get(setting.key) for one in CATALOGUE.videos)
        fields = [field for field in every if field is not None]
        assert fields
        assert all(isinstance(field, forms[setting.form]) for field in fields)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the program and add a setting: a row, a property of the schema, and a field."""
    folder = tmp_path_factory.mktemp("scratch")
    package = Path(storyboard.__file__).parent
    shutil.copytree(
        package, folder / "storyboard", ignore=shutil.ignore_patterns("__pycache__", "_data")
    )
    shutil.copytree(data("schemas"), folder / "schemas")
    table = folder / "storyboard" / "model" / "setting.py"
    rows = table.read_text("utf-8")
    row = '    Setting("guidance", Form.NUMBER, Use.FIELD),\n'
    assert '    Setting("audio"' in rows
    table.write_text(rows.replace('    Setting("audio"', f'{row}    Setting("audio"'), "utf-8")
    path = folder / "schemas" / "storyboard-1.schema.json"
    found = json.loads(path.read_text("utf-8"))
    for keys in PLACES.values():
        keys(found)["guidance"] = {"description": "How strongly.", "type": "number"}
    found["definitions"]["shot"]["properties"]["guidance"] = True
    path.write_text(json.dumps(found), "utf-8")
    (endpoint,) = (folder / "storyboard" / "catalogue").rglob("kling-v3-pro.image.yaml")
    text = endpoint.read_text("utf-8")
    field = "guidance: {field: guidance_strength, default: 1, minimum: 0, maximum: 9}\n"
    endpoint.write_text(field + text, "utf-8")
    return folder


COMPILE = """
import json, sys
from pathlib import Path
from storyboard import Ask, compile_storyboard
result = compile_storyboard(Ask(Path("storyboard.yaml")))
jobs = [job for film in result.wanted for job in film.jobs]
print(json.dumps({
    "found": [[one.code, one.message] for one in result.diagnostics],
    "sent": [str(job.body.get("guidance_strength")) for job in jobs],
    "why": [job.why for job in jobs],
}))
"""

BOARD = """
storyboard: 1
model: kling-v3-pro
guidance: 3
scenes:
  - id: one
    start: https://example.com/a.png
    shots:
"""


def compiled(scratch: Path, folder: Path, *shots: str) -> dict[str, list[Any]]:
    board = BOARD + "".join(f"      - {one}\n" for one in shots)
    (folder / "storyboard.yaml").write_text(board, "utf-8")
    done = subprocess.run(  # noqa: S603 # this interpreter, on the copy
        [sys.executable, "-c", COMPILE],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env={**unmeasured(), "PYTHONPATH": str(scratch)},
    )
    found: dict[str, list[Any]] = json.loads(done.stdout)
    return found


def test_a_further_setting_is_sent_and_keeps_shots_apart(scratch: Path, tmp_path: Path) -> None:
    found = compiled(
        scratch,
        tmp_path,
        "{id: a, duration: 3s, prompt: A street.}",
        "{id: b, duration: 3s, prompt: A door.}",
        "{id: c, duration: 3s, prompt: A hand., guidance: 4.5}",
    )
    assert {code for code, _ in found["found"]} == {"SB444"}  # how the second job begins
    assert found["sent"] == ["3", "4.5"]
    assert found["why"] == ["the scene begins", "settings differ: guidance"]


def test_a_further_setting_is_checked_like_the_others(scratch: Path, tmp_path: Path) -> None:
    found = compiled(
        scratch,
        tmp_path,
        "{id: a, duration: 3s, prompt: A street., guidance: 12}",
        "{id: b, duration: 3s, prompt: A door., guidance: strong}",
        "{id: c, duration: 3s, prompt: A hand., model: kling-v3-turbo-pro, guidance: 4}",
        "{id: d, duration: 3s, prompt: A cup., model: kling-v3-turbo-pro}",
        "{id: e, duration: 3s, footage: a.mp4, guidance: 4}",
    )
    told = {code: message for code, message in found["found"] if code not in {"SB444", "SB455"}}
    assert told == {
        "SB494": "`kling-v3-pro` takes a `guidance` from 0 to 9",
        "SB103": "`guidance` must be a number, not `strong`",
        "SB491": "`kling-v3-turbo-pro` takes no `guidance`",
        "SB492": "`kling-v3-turbo-pro` takes no `guidance`: it is not sent for shots of that model",
        "SB109": "a footage shot takes no `guidance`",
        "SB301": "there is no file `a.mp4`",
    }
