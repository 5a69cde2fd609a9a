"""Every module has a test where its path says, or says in `tested_elsewhere.toml` which it has."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from storyboard.check.rules import RULES

ROOT = Path(__file__).parents[2]
RULES_ROOM = "storyboard.check.rules"
"""Its modules are found when they are asked for, so no test imports one: a test names its codes."""
ELSEWHERE = Path(__file__).with_name("tested_elsewhere.toml")
CODE = re.compile(r"\bSB\d{3}\b")
MOST = 300
"""How many modules are tested elsewhere. It may only become smaller: a new module has a test."""


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


PATHS = {
    module_of(path): path
    for path in sorted((ROOT / "storyboard").rglob("*.py"))
    if "_data" not in path.parts
}


def own_test(module: str) -> Path | None:
    """Find `test_MODULE.py`, or with names of its rooms before, in the folder like the room's."""
    *rooms, name = module.split(".")[1:]
    folder = ROOT.joinpath("tests", *rooms)
    found = (folder / f"test_{name}.py", *sorted(folder.glob(f"test_*_{name}.py")))
    return next((one for one in found if one.is_file()), None)


@cache
def told_codes() -> frozenset[str]:
    """Return every code that a test of the checks names, in its program or its cases."""
    files = (one for one in (ROOT / "tests" / "check").rglob("*") if one.suffix in {".py", ".yaml"})
    return frozenset(code for one in files for code in CODE.findall(one.read_text("utf-8")))


def untested() -> Iterator[str]:
    """Go through the modules that hold code and have no test of their own."""
    for module, path in PATHS.items():
        if path.stem in {"__init__", "__main__"} or module.startswith(f"{RULES_ROOM}."):
            continue
        if own_test(module) is None:
            yield module


@cache
def imported(path: Path) -> frozenset[Path]:
    """Return the files of modules and test helpers that a file imports, wherever in it."""
    # The command line imports its commands by their names.
    found = set(path.parent.rglob("*.py")) if path == ROOT / "storyboard/cli/main.py" else set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                asked = [one.name for one in names]
            case ast.ImportFrom(module=str() as module, names=names):
                asked = [module, *(f"{module}.{one.name}" for one in names)]
            case _:
                continue
        for one in asked:
            parts = one.split(".")
            found |= {
                PATHS[m] for n in range(len(parts)) if (m := ".".join(parts[: n + 1])) in PATHS
            }
            found |= set(ROOT.glob(f"tests/**/{one}.py")) if len(parts) == 1 else set()
    return frozenset(found)


def reached(test: Path) -> set[Path]:
    """Return every file that is imported when a test is, by whatever it imports."""
    known, new = set(), {test}
    while new:
        known |= new
        new = {file for one in new for file in imported(one)} - known
    return known


def test_every_module_is_tested_and_says_where() -> None:
    said = tomllib.loads(ELSEWHERE.read_text("utf-8"))
    elsewhere = {module: test for test, modules in said.items() for module in modules}
    without = set(untested())
    new = sorted(without - elsewhere.keys())
    assert not new, f"write the tests of {new}: storyboard/a/b.py has tests/a/test_b.py"
    gone = sorted(elsewhere.keys() - without)
    assert not gone, f"these have tests of their own, or are gone; take them out: {gone}"
    assert sum(len(modules) for modules in said.values()) == len(elsewhere) == MOST


def test_every_code_of_a_rule_is_named_by_a_test() -> None:
    untold = {one.name: {*one.codes, *one.borrows} - told_codes() for one in RULES}
    assert {one: codes for one, codes in untold.items() if codes} == {}
    assert all(one.codes or one.borrows for one in RULES)


def test_a_test_named_for_modules_imports_them() -> None:
    for test, modules in tomllib.loads(ELSEWHERE.read_text("utf-8")).items():
        assert (ROOT / test).is_file(), f"{test} is gone: what tests {modules}?"
        known = reached(ROOT / test)
        lost = [one for one in modules if PATHS[one] not in known]
        assert not lost, f"{test} does not reach {lost}"
