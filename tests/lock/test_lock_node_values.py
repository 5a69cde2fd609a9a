"""Values out of nodes: the right one, or one that stands for nothing and a finding."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from storyboard.lock.decision import Verdict
from storyboard.lock.node_values import NOT_THERE, NodeValues, is_none
from storyboard.source import Mapping, Node, read

Take = Callable[[NodeValues, Node], object]


def node(written: str) -> Node:
    document = read(f"a: {written}\n".encode(), "f").value
    assert document is not None
    return document.root.entries[0].value


RIGHT: list[tuple[str, Take, object]] = [
    ("words", lambda v, n: v.text(n, "a"), "words"),
    ("approved", lambda v, n: v.word(n, "a", Verdict), Verdict.APPROVED),
    ("7", lambda v, n: v.count(n, "a", 0), 7),
    ("d" * 64, lambda v, n: v.digest(n, "a"), "d" * 64),
    (f'"{"1" * 64}"', lambda v, n: v.digest(n, "a"), "1" * 64),
    ("125/24s", lambda v, n: v.length(n, "a"), Fraction(125, 24)),
    ("1.5 USD", lambda v, n: v.price(n, "a"), Decimal("1.5")),
    ("2", lambda v, n: v.price(n, "a"), Decimal(2)),
    (
        "2026-11-28T15:05:44Z",
        lambda v, n: v.time(n, "a"),
        datetime(2026, 11, 28, 15, 5, 44, tzinfo=UTC),
    ),
    ("[1, 2]", lambda v, n: len(v.items(n, "a")), 2),
]


@pytest.mark.parametrize(("written", "take", "wanted"), RIGHT, ids=[row[0] for row in RIGHT])
def test_a_right_value_is_taken(written: str, take: Take, wanted: object) -> None:
    values = NodeValues()
    assert take(values, node(written)) == wanted
    assert values.found == []


@pytest.mark.parametrize("take", [row[1] for row in RIGHT], ids=[row[0] for row in RIGHT])
def test_a_wrong_one_is_reported_where_it_is_and_a_missing_one_only_once(take: Take) -> None:
    values = NodeValues()
    take(values, NOT_THERE)  # `keys` has reported it
    assert values.found == []
    take(values, node("{b: 1}"))
    (found,) = values.found
    assert found.span is not None
    assert (found.span.line, found.span.column) == (1, 4)
    assert found.help


@pytest.mark.parametrize("written", [".nan", ".inf", "-1", "true", "1e999"])
def test_what_is_not_an_amount_is_no_price(written: str) -> None:
    values = NodeValues()
    values.price(node(written), "price")
    assert len(values.found) == 1


def test_a_key_of_a_later_version_is_not_passed_over() -> None:
    values = NodeValues()
    parts = values.keys(node("{shot: x, kind: y, reel: 1}"), "an entry", ("shot",), ("kind",))
    assert parts.keys() == {"shot", "kind"}
    (found,) = values.found
    assert found.message == "an entry has no key `reel`"
    assert "later version" in (found.help or "")


def test_a_missing_key_is_reported_at_its_mapping() -> None:
    values = NodeValues()
    there = node("{kind: y}")
    assert isinstance(there, Mapping)
    assert values.keys(there, "an entry", ("shot", "kind"))["shot"] is NOT_THERE
    assert [one.message for one in values.found] == ["an entry has no `shot`"]


def test_nothing_can_be_said_in_three_ways() -> None:
    assert is_none(NOT_THERE)
    assert is_none(node("none"))
    assert is_none(node(""))
    assert not is_none(node("{}"))
