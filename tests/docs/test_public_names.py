"""The public interface is complete, and importing it loads nothing that is not asked for."""

import subprocess
import sys

import pytest

import storyboard


def test_every_public_name_is_there() -> None:
    for name in storyboard.__all__:
        assert getattr(storyboard, name) is not None
    assert dir(storyboard) == storyboard.__all__


def test_help_loads_no_room_and_no_heavy_library() -> None:
    code = (
        "import sys, storyboard.cli.main as main\n"
        "assert main.run(['--help']) == 0\n"
        "heavy = {'av', 'numpy', 'PIL', 'moviepy', 'httpx', 'jinja2', 'jsonschema', 'yaml'}\n"
        "heavy |= {'uharfbuzz', 'bidi', 'fontTools'}\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "assert not heavy & loaded, heavy & loaded\n"
        "rooms = {n for n in sys.modules if n.startswith('storyboard.')}\n"
        "assert rooms == {'storyboard.cli', 'storyboard.cli.exits', 'storyboard.cli.main'}, rooms\n"
    )
    done = subprocess.run(  # noqa: S603 -- this interpreter, our own words
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "command", ["approve", "cancel", "pick", "plan", "reconcile", "reject", "status"]
)
def test_what_cuts_nothing_loads_nothing_that_cuts(command: str) -> None:
    code = (
        f"import sys, storyboard.cli.commands.{command}\n"
        "heavy = {'av', 'numpy', 'PIL', 'moviepy', 'uharfbuzz', 'bidi', 'fontTools'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run(  # noqa: S603 -- this interpreter, our own words
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
