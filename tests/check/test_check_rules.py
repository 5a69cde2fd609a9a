"""The list of rules is whole, and what rules cost."""

import ast
from pathlib import Path

import storyboard.check.rules
from storyboard.check.rules import RULES

ROOM = Path(storyboard.check.rules.__file__).parent


def test_every_rule_file_is_in_the_list() -> None:
    files = {path.stem for path in ROOM.glob("*.py") if path.stem != "__init__"}
    assert {rule.__module__.rpartition(".")[2] for rule in RULES} == files
    assert len(RULES) == len(files)


def test_a_rule_is_named_after_its_file_and_says_what_it_finds() -> None:
    for rule in RULES:
        name = rule.__module__.rpartition(".")[2]
        tree = ast.parse((ROOM / f"{name}.py").read_text(encoding="utf-8"))
        public = [
            one
            for one in tree.body
            if isinstance(one, ast.FunctionDef) and not one.name.startswith("_")
        ]
        assert [one.name for one in public] == [name]
        docstring = ast.get_docstring(public[0]) or ""
        assert docstring.startswith(("Find ", "Tell "))
