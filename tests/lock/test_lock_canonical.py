"""The fast reader: what is written comes back, and anything else is left to the full one."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lock_values import TALL, entry, picked, sha, take, whole

from storyboard.diagnostics import Span
from storyboard.lock.canonical import entry_parts, read_canonical
from storyboard.lock.decision import Decision
from storyboard.lock.full_reader import read_fully
from storyboard.lock.lock_text import text
from storyboard.lock.locked import Lock, LockedClips
from storyboard.model import ShotName, Usd

NAME = "film.lock.yaml"


@pytest.mark.parametrize("lock", [Lock(), whole(), replace(whole(), clips=LockedClips.REHEARSAL)])
def test_what_is_written_is_read(lock: Lock) -> None:
    data = text(lock).encode()
    assert read_canonical(data, NAME) == lock
    assert read_canonical(data.replace(b"\n", b"\r\n"), NAME) == lock
    full = read_fully(data, NAME)
    assert (full.value, full.diagnostics) == (lock, ())


def test_both_readers_find_the_same_places() -> None:
    data = text(whole()).encode()
    fast, full = read_canonical(data, NAME), read_fully(data, NAME).value
    assert fast is not None
    assert full is not None
    assert [one.span for one in fast.shots] == [one.span for one in full.shots]
    assert fast.shots[0].span == Span(NAME, 7, 11, 7, 16)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1", "version: 2"),
        ("version: 1", "version:  1"),
        ("kind: still", "kind: film"),
        ("take: 2", "take: 02"),
        ("3s\n", "3.0s\n"),
        ("1.68 USD", "1.680 USD"),
        (sha("clip", "a/one", 2), "4d7a"),
        ("    # end of a/two\n", ""),
        ("    # end of a/two\n", "    # end of a/one\n"),
        ("# How to read", "# Who reads"),
        ('by: "Ada"', "by: Ada"),
        ("libraries:\n", "libraries:\n  # these\n"),
        ("15:05:44Z", "15:05:64Z"),
        ("files:\n", "files:\n\n"),
        ('"pillow"', '"pil\\u006cow"'),
        ("  - shot: a/two\n", "  - shot: a/two\n    note: x\n"),
    ],
)
def test_what_is_otherwise_is_left_to_the_full_reader(old: str, new: str) -> None:
    written = (
        text(whole()).replace("  pillow:", '  "pillow":') if "pillow" in old else text(whole())
    )
    assert old in written
    assert read_canonical(written.replace(old, new, 1).encode(), NAME) is None


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"version: 1\n", text(Lock()).encode() + b"x"])
def test_other_files_are_left_to_the_full_reader(data: bytes) -> None:
    assert read_canonical(data, NAME) is None


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12
)


@given(
    WORDS,
    WORDS,
    st.fractions(min_value=0, max_value=999, max_denominator=10**6),
    st.decimals(0, 99, places=3),
)
def test_any_words_and_amounts_come_back_from_both_readers(
    by: str, request: str, at: Fraction, price: Decimal
) -> None:
    given = {"request": request, "at": at, "length": at + 3, "price": Usd(price), "endpoint": by}
    one = replace(take("a/b"), **given)  # type: ignore[arg-type]
    pick = replace(picked("a/b"), take=one, by=by)
    lock = Lock((entry("a/b", Decision(pick), films=(by, request + "x")),))
    data = text(lock).encode()
    assert read_canonical(data, NAME) in {lock, None}
    assert read_fully(data, NAME).value == (lock if by != request + "x" else None)


def test_the_name_of_an_entry_is_taken_apart() -> None:
    assert entry_parts("a/b") == (ShotName("a/b"), None)
    assert entry_parts("a/b@9:16") == (ShotName("a/b"), TALL)
    with pytest.raises(ValueError, match="invalid literal"):
        entry_parts("a/b@tall")
