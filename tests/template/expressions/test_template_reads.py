"""What a text reads is known without anything that parses."""

import subprocess
import sys

import pytest

from storyboard.template.expressions.reads import Read, Reads, is_template


@pytest.mark.parametrize("text", ["{{ name }}", "a {% if x %}b{% endif %}", "{# aside #}"])
def test_a_text_with_a_mark_is_a_template(text: str) -> None:
    assert is_template(text)


@pytest.mark.parametrize("text", ["", "A quiet street", "{name}", "{ { name } }"])
def test_a_text_without_a_mark_is_none(text: str) -> None:
    assert not is_template(text)


def test_names_are_those_of_all_readings_each_once() -> None:
    reads = Reads((Read("row", "Price"), Read("sku"), Read("sku", guarded=True)))
    assert reads.names == {"row", "sku"}


def test_to_ask_loads_no_parser() -> None:
    said = "import sys, storyboard.template.expressions.reads; print('jinja2' in sys.modules)"
    done = subprocess.run(  # noqa: S603 # this interpreter, on the line above
        [sys.executable, "-c", said], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
