"""The README is true: its table is the catalogue, its storyboard compiles, its commands exist."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from storyboard.cli.main import COMMANDS, run

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tables", ROOT / "docs/tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_schema_offers_the_names_of_the_catalogue(tables: ModuleType) -> None:
    text = (ROOT / "schemas/storyboard-1.schema.json").read_text("utf-8")
    assert tables.with_names(text) == text, "run: python docs/tables.py"
    spoilt = text.replace('"kling-v3-pro",', '"kling-v0",')
    assert spoilt != text
    assert tables.with_names(spoilt) != spoilt


@pytest.mark.parametrize("page", ["README.md", "docs/language.md"])
def test_the_tables_of_a_page_are_as_docs_tables_writes_them(tables: ModuleType, page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    assert page in tables.PAGES
    assert tables.PLACE.search(text), "the table has lost its marks"
    assert tables.written(page) == text, "run: python docs/tables.py"


@pytest.mark.parametrize("text", blocks("yaml"))
def test_every_storyboard_in_it_checks_clean(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "storyboard.yaml"
    file.write_text(text, "utf-8")
    assert run(["check", str(file)]) == 0
    assert "warning" not in capsys.readouterr().out


def test_every_command_in_it_exists() -> None:
    named = set(re.findall(r"`?storyboard ([a-z]+)\b", README.split("## Commands")[1]))
    listed = {"reconcile", "spend", "store", "explain", "schema", "doctor"}
    assert listed < set(re.findall(r"[a-z]+", README))
    assert named & set(COMMANDS) >= {"init", "check", "plan", "render", "cut", "status"}
    assert set(COMMANDS) - named - listed == set()


def test_every_file_it_links_to_is_there() -> None:
    for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / link).exists(), link


def test_the_commands_it_gives_are_targets_of_make() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make ([a-z]+)", "\n".join(blocks("sh")), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
