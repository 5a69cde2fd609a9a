"""Misspelt names find the one that was meant, and others find none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.diagnostics import nearest, suggest

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
