"""Misspelt names find the one that was meant, and others find none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.diagnostics import nearest, suggest
from storyboard.diagnostics.spelling import _Pattern

KEYS = ["id", "prompt", "still", "footage", "duration", "start", "end", "say", "aspect_ratio"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("promt", "prompt"),
        ("prompts", "prompt"),
        ("prmopt", "prompt"),
        ("Prompt", "prompt"),
        ("ids", "id"),
        ("aspect-ratio", "aspect_ratio"),
        ("AspectRatio", "aspect_ratio"),
        ("ratio_aspect", "aspect_ratio"),
        ("dur", "duration"),
        ("strat", "start"),
        ("xyzzy", None),
        ("voice", None),
        ("st", None),
        ("", None),
    ],
)
def test_a_slip_finds_the_name_that_was_meant(name: str, meant: str | None) -> None:
    assert nearest(name, KEYS) == meant


def test_the_closest_wins_and_then_the_first() -> None:
    assert nearest("kling-v3-pr", ["kling-v3-turbo-pro", "kling-v3-pro", "kling-v2-pro"]) == (
        "kling-v3-pro"
    )
    assert nearest("cat", ["bat", "hat"]) == "bat"
    models = ["kling-v3-pro", "kling-v3-turbo-pro", "kling-v3-turbo-standard"]
    assert nearest("kling-v3-turbo", models) == "kling-v3-turbo-pro"


def test_the_beginning_of_two_names_finds_neither() -> None:
    assert nearest("dur", ["duration", "durable"]) is None


def test_help_names_the_one_meant_or_lists_what_there_is() -> None:
    assert suggest("promt", KEYS) == "did you mean `prompt`?"
    assert suggest("zzz", ["mara", "cup"], "elements") == "the elements are `mara`, `cup`"
    assert suggest("zzz", []) is None
    many = [f"name{n}" for n in range(13)]
    assert (suggest("zzz", many) or "").endswith("`name9` and 3 more")


NAMES = st.text("abcd_-", min_size=1, max_size=10)


@settings(deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=6), st.data())
def test_a_known_name_finds_itself_or_its_equal(known: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(known))
    found = nearest(name.upper(), known)
    assert found is not None
    assert found.replace("_", "-") == name.replace("_", "-")


@settings(deadline=None)
@given(st.text("abcdef", min_size=6, max_size=12), st.integers(0, 4))
def test_two_letters_changed_over_are_one_slip(name: str, place: int) -> None:
    turned = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    assert nearest(turned, [name]) == name


def slips(one: str, other: str) -> int:
    """Damerau's distance of optimal string alignment, by the table of its definition."""
    table = {(i, 0): i for i in range(len(one) + 1)} | {(0, j): j for j in range(len(other) + 1)}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            wrong = one[i - 1] != other[j - 1]
            least = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + wrong)
            if one[i - 2 : i] == other[j - 2 : j][::-1] and i > 1 and j > 1:
                least = min(least, table[i - 2, j - 2] + 1)
            table[i, j] = least
    return table[len(one), len(other)]


@given(st.text("abc", min_size=1, max_size=12), st.text("abc", min_size=1, max_size=12))
def test_a_name_is_near_if_a_third_of_its_letters_are_wrong_at_most(name: str, known: str) -> None:
    near = slips(name, known) <= max(len(name), 3) // 3
    begun = len(name) > 2 and known.startswith(name)
    assert (nearest(name, [known]) is not None) is (near or begun)


def test_among_very_many_names_the_one_that_begins_or_ends_alike_is_found() -> None:
    known = [f"element-{n}" for n in range(5_000)]
    assert nearest("element-4711x", known) == "element-4711"
    assert nearest("elemint-4711", known) == "element-4711"
    assert nearest("something", known) is None


def test_a_name_is_compared_with_few_of_many(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    real = _Pattern.distance

    def counting(pattern: _Pattern, other: str, limit: int) -> int | None:
        nonlocal compared
        compared += 1
        return real(pattern, other, limit)

    monkeypatch.setattr(_Pattern, "distance", counting)
    known = [f"element-{n}" for n in range(5_000)]
    for n in range(100):
        suggest(f"elemint-{n}x", known)
    assert compared <= 100 * 64
    suggest("x" * 1_000_000, ["x" * 999_999])
    assert compared <= 100 * 64
