"""Scalars as texts."""

from decimal import Decimal

import pytest

from storyboard.check.reading import LONGEST, seconds, text
from storyboard.check.schema.file import schema_text
from storyboard.diagnostics import Span
from storyboard.source import Scalar

HERE = Span("a", 1, 1, 1, 2)


@pytest.mark.parametrize(
    ("value", "written", "meaning"),
    [
        ("a", "'a'", "a"),
        (7, "007", "007"),
        (Decimal("1.50"), "1.50", "1.50"),
        (Decimal("1E+2"), "{{ price }}", "100"),  # worked out: its own text is gone
        (7, "{{ count }}", "7"),
        (True, "true", None),
        (None, "", None),
        ("{{ x }}", '"{{ x }}"', None),  # never worked out
        ("{{ x }}", "|\n  {{ x }}", None),
        ("{{ x }}", "{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
    ],
)
def test_a_scalar_is_the_text_that_its_writer_meant(
    value: str | int | Decimal | bool | None,  # noqa: FBT001 # it is one of the values under test
    written: str,
    meaning: str | None,
) -> None:
    assert text(Scalar(value, written, HERE)) == meaning


def test_a_cells_value_is_text_whatever_it_holds() -> None:
    assert text(Scalar("{{ x }}", '"{{ x }}"', HERE, cells=(HERE,))) == "{{ x }}"


@pytest.mark.parametrize("value", [LONGEST + 1, 10**30, Decimal(-1)])
def test_a_time_that_the_schema_does_not_take_is_none(value: int | Decimal) -> None:
    assert seconds(Scalar(value, str(value), HERE), None) is None
    assert seconds(Scalar(LONGEST, str(LONGEST), HERE), None) == LONGEST
    assert f'"maximum": {LONGEST}' in schema_text()
