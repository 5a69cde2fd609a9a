"""Each code's page: its example gives the code, its mended files do not."""

import re
from pathlib import Path

import pytest
from page_recipes import make

import storyboard
from storyboard import Ask, compile_storyboard
from storyboard.diagnostics import (
    Diagnostic,
    Page,
    Severity,
    Stage,
    codes,
    has_errors,
    page,
    parse_page,
)
from storyboard.diagnostics.explain import LOCK_FILE, MAIN_FILE, Files, PageError
from storyboard.lock import read_lock
from storyboard.source import Limits, read

SOURCE = Path(storyboard.__file__).parent
CODE = re.compile(r"\bSB\d{3}\b")
PAGES = [parse_page(page(code) or "") for code in codes()]


def codes_in_the_source() -> set[str]:
    """Every code that a module makes: written as a whole literal, not within a sentence."""
    return {
        code
        for path in SOURCE.rglob("*.py")
        for code in re.findall(r"""["'](SB\d{3})["']""", path.read_text("utf-8"))
    }


def of(stage: Stage) -> list[Page]:
    return [one for one in PAGES if one.stage is stage]


def found_by_reading(files: Files, limits: dict[str, int]) -> set[str]:
    result = read(files.written[MAIN_FILE], MAIN_FILE, limits=Limits(**limits))
    return {one.code for one in result.diagnostics}


def found_by_compiling(
    files: Files, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Diagnostic, ...]:
    monkeypatch.chdir(folder)
    for name, data in files.written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    for name, recipe in files.recipes.items():
        make(folder / name, recipe)
    return compile_storyboard(Ask(Path(MAIN_FILE))).diagnostics


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert codes_in_the_source() == set(codes())


@pytest.mark.parametrize("code", codes())
def test_a_page_is_about_the_code_it_is_named_after(code: str) -> None:
    text = page(code)
    assert text is not None
    assert parse_page(text).code == code


@pytest.mark.parametrize("code", codes())
def test_a_page_names_only_codes_that_exist(code: str) -> None:
    assert set(CODE.findall(page(code) or "")) <= set(codes())


@pytest.mark.parametrize("one", of(Stage.READ), ids=lambda one: one.code)
def test_reading_the_example_gives_the_code(one: Page) -> None:
    assert one.code in found_by_reading(one.example, dict(one.limits))


@pytest.mark.parametrize("one", of(Stage.READ), ids=lambda one: one.code)
def test_reading_the_mended_example_finds_nothing(one: Page) -> None:
    assert one.mended is not None
    assert found_by_reading(one.mended, dict(one.limits)) == set()


def found_in_the_lock(files: Files) -> set[str]:
    found = read_lock(files.written[LOCK_FILE], LOCK_FILE).diagnostics
    assert all(one.help and one.span for one in found)
    return {one.code for one in found}


@pytest.mark.parametrize("one", of(Stage.LOCK), ids=lambda one: one.code)
def test_reading_the_lock_of_the_example_gives_the_code(one: Page) -> None:
    assert found_in_the_lock(one.example) == {one.code}


@pytest.mark.parametrize("one", [it for it in of(Stage.LOCK) if it.mended], ids=lambda it: it.code)
def test_reading_the_mended_lock_finds_nothing(one: Page) -> None:
    assert one.mended is not None
    assert found_in_the_lock(one.mended) == set()


@pytest.mark.parametrize("one", of(Stage.CHECK), ids=lambda one: one.code)
def test_compiling_the_example_gives_the_code(
    one: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = found_by_compiling(one.example, tmp_path, monkeypatch)
    assert one.code in {each.code for each in found}
    assert not [each for each in found if each.severity is Severity.ERROR and not each.help]


@pytest.mark.parametrize(
    "one", [one for one in of(Stage.CHECK) if one.mended], ids=lambda p: p.code
)
def test_compiling_the_mended_example_finds_no_error(
    one: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert one.mended is not None
    found = found_by_compiling(one.mended, tmp_path, monkeypatch)
    assert one.code not in {each.code for each in found}
    assert not has_errors(found)


def test_a_code_is_found_however_it_is_written() -> None:
    assert page("SB008") == page("sb008") == page("8") == page(" sb8 ")
    assert page("SB999x") is None
    assert page("title") is None
    assert page("SB000") is None


@pytest.mark.parametrize(
    ("text", "because"),
    [
        ("no title", "first line"),
        ("# SB100: A title\n\nwords", "stage"),
        ("# SB100: A title\n\nstage: world\n\nwords", "What to do"),
        ("# SB100: A title\n\nstage: read\n\nwords\n\n## What to do\n\nwait", "yaml example"),
        (
            "# SB100: A\n\nstage: world\n\n## Example\n\n```yaml\na: 1\n```\n\n## What to do\n",
            "yaml",
        ),
        (
            "# SB100: A\n\nstage: read\n\n## Example\n\n```yaml\na\n\n## What to do\n\n",
            "What to do",
        ),
    ],
)
def test_a_page_that_is_not_written_as_pages_are_is_refused(text: str, because: str) -> None:
    with pytest.raises(PageError, match=because):
        parse_page(text)


FURTHER = """\
# SB100: A title

stage: check

What it means.

## Example

```yaml escaped
title: caf\\xe9\\t\\\\
```

```csv file=rows.csv
## not a heading
```

```assets
a/b.png: picture 640x480
```

## What to do

```csv file=rows.csv
name
```
"""


def test_a_page_has_further_files_recipes_and_escapes() -> None:
    one = parse_page(FURTHER)
    assert one.example.written == {
        MAIN_FILE: b"title: caf\xe9\t\\\n",
        "rows.csv": b"## not a heading\n",
    }
    assert one.example.recipes == {"a/b.png": "picture 640x480"}
    assert one.mended is not None
    assert one.mended.written == {MAIN_FILE: b"title: caf\xe9\t\\\n", "rows.csv": b"name\n"}
    assert one.mended.recipes == one.example.recipes
