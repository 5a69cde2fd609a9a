"""A room's door offers what it says, from where it says, and no module takes a name's place."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from storyboard.door import lazily

ROOT = Path(__file__).parents[1]
DOORS = [
    path
    for path in sorted((ROOT / "storyboard").rglob("__init__.py"))
    if "import lazily" in path.read_text("utf-8")
]


def test_there_are_lazy_doors() -> None:
    assert DOORS


def name_of(path: Path) -> str:
    return ".".join(path.parent.relative_to(ROOT).parts)


@pytest.mark.parametrize("path", DOORS, ids=name_of)
def test_a_lazy_door_says_the_same_to_people_types_and_python(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    (block,) = (one for one in tree.body if isinstance(one, ast.If))
    for_types = {
        (one.module, name.asname or name.name)
        for one in block.body
        if isinstance(one, ast.ImportFrom)
        for name in one.names
    }
    (modules,) = (one for one in ast.walk(tree) if isinstance(one, ast.Dict))
    homes = ast.literal_eval(modules)
    at_run_time = {(module, name) for module, names in homes.items() for name in names}
    assert for_types == at_run_time
    room = import_module(name_of(path))
    assert sorted(room.__all__) == sorted(name for _, name in at_run_time)
    for module, name in sorted(at_run_time):
        assert getattr(room, name) is getattr(import_module(module), name)


@pytest.mark.parametrize("path", DOORS, ids=name_of)
def test_no_module_has_the_name_of_what_a_lazy_door_offers(path: Path) -> None:
    inside = {one.stem for one in path.parent.iterdir() if one.suffix == ".py" or one.is_dir()}
    room = import_module(name_of(path))
    taken = inside & set(room.__all__)
    # A module may be offered itself: then nothing can take its place.
    assert all(getattr(room, name) is import_module(f"{room.__name__}.{name}") for name in taken)


def test_a_module_that_a_door_offers_may_be_what_is_asked_for_first() -> None:
    asked = "from storyboard.provider import answer; print(answer.__name__)"
    done = subprocess.run(  # noqa: S603 -- this interpreter
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert done.stdout == "storyboard.provider.answer\n"


def test_what_a_door_does_not_offer_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'room' has no attribute 'nothing'"):
        lazily("room", {"storyboard.clock": ("utc_now",)})("nothing")
