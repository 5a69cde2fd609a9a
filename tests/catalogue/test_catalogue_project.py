"""A project's own settings: what they are, what is wrong in them, and how an edition is pinned."""

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from storyboard.catalogue import EditionId, Editions, gather, packaged
from storyboard.catalogue.editions import Dated
from storyboard.compile import compile_storyboard
from storyboard.data import data
from storyboard.pipeline import Ask, Compiled
from storyboard.plan import StoreView
from storyboard.project import PROJECT, Project, pinned, read_project

IDS = (EditionId("2026-11"), EditionId("2027-02"))
SCHEMA = Draft7Validator(json.loads((data("schemas") / "project-1.schema.json").read_text("utf-8")))
BOARD = """\
storyboard: 1
title: A
model: kling-v3-turbo-pro
scenes:
  - id: a
    shots:
      - {id: b, duration: 5s, prompt: A boat.}
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("project: 1\n", Project()),
        ("project: 1\ncatalogue: 2026-11\n", Project(IDS[0])),
        ('project: 1\ncatalogue: "2027-02"\naccount: studio\n', Project(IDS[1], "studio")),
    ],
)
def test_settings_are_read(text: str, wanted: Project) -> None:
    result = read_project(text.encode(), PROJECT, IDS)
    assert (result.value, result.diagnostics) == (wanted, ())
    assert SCHEMA.is_valid(yaml.safe_load(text))


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("catalogue: 2026-11\n", "SB452", 1, 1),
        ("project: 2\n", "SB452", 1, 10),
        ("project: 1\ncatalog: 2026-11\n", "SB452", 2, 1),
        ("project: 1\ncatalogue: [2026-11]\n", "SB452", 2, 12),
        ("project: 1\ncatalogue:\n", "SB452", 2, 11),
        ("project: 1\naccount: 12\n", "SB452", 2, 10),
        ('project: 1\naccount: " "\n', "SB452", 2, 10),
        ("project: 1\ncatalogue: 2025-01\n", "SB453", 2, 12),
    ],
)
def test_mistakes_are_found_where_they_are(text: str, code: str, line: int, column: int) -> None:
    result = read_project(text.encode(), PROJECT, IDS)
    (found,) = result.diagnostics
    assert (found.code, found.severity) == (code, "error")
    assert found.span is not None
    assert (found.span.file, found.span.line, found.span.column) == (PROJECT, line, column)
    assert found.help
    assert SCHEMA.is_valid(yaml.safe_load(text)) == (code == "SB453")


def test_what_is_not_yaml_is_reported_by_the_reader() -> None:
    result = read_project(b"project: [\n", PROJECT, IDS)
    assert [one.code[:3] for one in result.diagnostics] == ["SB0"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "project: 1\ncatalogue: 2027-02\n"),
        ("project: 1", "project: 1\ncatalogue: 2027-02\n"),
        (
            "project: 1\ncatalogue: 2026-11\naccount: a\n",
            "project: 1\ncatalogue: 2027-02\naccount: a\n",
        ),
        ("project: 1\ncatalogue: 2026-11 # ours\n", "project: 1\ncatalogue: 2027-02 # ours\n"),
        ("# a\nproject: 1\naccount: b\n", "# a\nproject: 1\naccount: b\ncatalogue: 2027-02\n"),
    ],
)
def test_pinning_touches_nothing_else(text: str, wanted: str) -> None:
    assert pinned(text, IDS[1]) == wanted
    assert read_project(wanted.encode(), PROJECT, IDS).value is not None


def shelf() -> Editions:
    """Two editions; in the second the text endpoint has another field for the length."""
    later = [one for one in packaged().newest.endpoints if "text" not in one.id]
    return Editions(
        (
            *(Dated(one, IDS[0], IDS[1]) for one in packaged().newest.endpoints),
            *(Dated(one, IDS[1]) for one in later),
        )
    )


def compiled(folder: Path, edition: EditionId | None = None) -> Compiled:
    (folder / ".git").mkdir(exist_ok=True)
    (folder / "storyboard.yaml").write_text(BOARD, "utf-8")
    ask = Ask(folder / "storyboard.yaml", edition=edition)
    return compile_storyboard(ask, lambda _: StoreView(), shelf)


def test_a_project_without_a_pin_has_the_newest_edition(tmp_path: Path) -> None:
    result = compiled(tmp_path)
    assert result.edition == IDS[1]
    assert result.settings == Project()
    assert [one.code for one in result.diagnostics] == ["SB430"]


def test_a_pinned_edition_is_what_new_requests_are_made_by(tmp_path: Path) -> None:
    (tmp_path / PROJECT).write_text("project: 1\ncatalogue: 2026-11\naccount: me\n", "utf-8")
    result = compiled(tmp_path)
    assert (result.edition, result.settings.account) == (IDS[0], "me")
    assert result.plan is not None
    assert result.plan.catalogue == gather(packaged().newest.endpoints)
    assert compiled(tmp_path, IDS[1]).plan is None


def test_an_unknown_edition_is_an_error_in_the_project_file(tmp_path: Path) -> None:
    (tmp_path / PROJECT).write_text("project: 1\ncatalogue: 2026-1\n", "utf-8")
    result = compiled(tmp_path)
    found = next(one for one in result.diagnostics if one.code == "SB453")
    assert result.plan is None
    assert found.span is not None
    assert Path(found.span.file).name == PROJECT
    assert found.span.file in result.texts


def test_a_price_file_that_lacks_a_mode_is_blamed_and_not_the_shot(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    board = BOARD.replace("kling-v3-turbo-pro", "kling-v2.6-pro")
    (tmp_path / "storyboard.yaml").write_text(board, "utf-8")
    (tmp_path / "storyboard-prices.yaml").write_text(
        "prices: 1\nendpoints:\n  fal-ai/kling-video/v2.6/pro/text-to-video:\n"
        "    per_second: {silent: 0.07}\n",
        "utf-8",
    )
    result = compile_storyboard(Ask(tmp_path / "storyboard.yaml"))
    (found,) = [one for one in result.diagnostics if one.severity == "error"]
    assert found.code == "SB448"
    assert "no rate for `audio`" in found.message
    assert found.span is not None
    assert (Path(found.span.file).name, found.span.line) == ("storyboard-prices.yaml", 4)
