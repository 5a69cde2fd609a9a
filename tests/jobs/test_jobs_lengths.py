"""Exact lengths to the whole seconds that are paid for, second by second."""

from dataclasses import replace
from fractions import Fraction

import pytest
from boards import catalogue, shot
from hypothesis import given
from hypothesis import strategies as st

from storyboard.catalogue.endpoint import DurationForm, ShotsField, VideoEndpoint
from storyboard.diagnostics import Code
from storyboard.jobs.lengths import ask_seconds, sent_as_one
from storyboard.jobs.refusal import Refusal

BASE = next(one for one in catalogue().videos if one.model == "kling-v3-pro")


def model(
    durations: tuple[int, ...],
    shots: tuple[int, int] | None = (1, 15),
    form: DurationForm = DurationForm.TEXT,
) -> VideoEndpoint:
    """Make a model; `shots` are the least and the most seconds of one shot in its list."""
    field = ShotsField("shots", 6, *shots, 512, {}) if shots else None
    return replace(BASE, model="m", durations=durations, shots=field, duration_form=form)


def asked(endpoint: VideoEndpoint, *lengths: str | int) -> tuple[int, ...] | Refusal:
    return ask_seconds([shot(f"s/{n}", one) for n, one in enumerate(lengths)], endpoint)


@pytest.mark.parametrize("form", list(DurationForm))
@pytest.mark.parametrize("shots", [None, (1, 15)])
def test_one_shot_goes_into_the_list_only_where_its_length_has_no_other_place(
    form: DurationForm, shots: tuple[int, int] | None
) -> None:
    endpoint = model((3, 4), shots, form)
    assert sent_as_one(1, endpoint) == (form is not DurationForm.SUM or shots is None)
    assert not sent_as_one(2, endpoint)


@pytest.mark.parametrize(
    ("length", "wanted"),
    [("0.25", 3), (3, 3), ("3.01", 5), (5, 5), ("5.5", 10), (10, 10)],
)
def test_one_shot_asks_for_the_next_length_there_is(length: str | int, wanted: int) -> None:
    assert asked(model((3, 5, 10)), length) == (wanted,)
    assert asked(model((3, 5, 10), None), length) == (wanted,)
    # The limits of a shot in a list are not those of a shot in a field of its own.
    assert asked(model((3, 5, 10), (4, 4)), length) == (wanted,)


def test_in_a_list_even_one_shot_keeps_to_the_lists_limits() -> None:
    endpoint = model((3, 5, 10), (4, 5), DurationForm.SUM)
    assert asked(endpoint, 3) == (5,)
    found = asked(endpoint, 6)
    assert isinstance(found, Refusal)
    assert found.code == "SB433"


@pytest.mark.parametrize(
    ("durations", "limits", "lengths", "wanted"),
    [
        ((3, 15), (1, 15), (2, 2), (2, 13)),
        (tuple(range(3, 16)), (1, 15), ("1.5", "0.25", "3.75"), (2, 1, 4)),
        (tuple(range(3, 16)), (1, 15), ("0.5", "0.5"), (1, 2)),
        (tuple(range(3, 16)), (2, 15), ("0.5", "0.5"), (2, 2)),
        ((5, 10), (1, 5), (3, 3), (5, 5)),
        ((9,), (1, 4), (1, 1, 4), (1, 4, 4)),
        ((9,), (1, 4), (2, 4, 3), (2, 4, 3)),
        ((10,), (1, 4), (1, 1, 1), (2, 4, 4)),
        (tuple(range(3, 16)), (1, 15), (10, 5), (10, 5)),
        (tuple(range(3, 16)), (1, 15), (7, 7), (7, 7)),
    ],
)
def test_what_is_missing_is_asked_for_at_the_end(
    durations: tuple[int, ...],
    limits: tuple[int, int],
    lengths: tuple[str | int, ...],
    wanted: tuple[int, ...],
) -> None:
    assert asked(model(durations, limits), *lengths) == wanted


def test_together_too_long_only_forbids_to_join() -> None:
    found = asked(model(tuple(range(3, 16))), 8, "7.1")
    assert isinstance(found, Refusal)
    assert found.brief == "15 s are full"
    assert found.code == "SB430"  # never told: each of them can be asked for alone


@pytest.mark.parametrize(
    ("limits", "lengths", "name", "clock"),
    [
        ((1, 15), (3, "15.5"), "s/1", "15.5s"),
        ((1, 12), ("12.5", 1), "s/0", "12.5s"),
        ((1, 99), (16, 1), "s/0", "16s"),
        (None, ("15.25",), "s/0", "15.25s"),
    ],
)
def test_a_shot_that_is_too_long_is_named(
    limits: tuple[int, int] | None, lengths: tuple[str | int, ...], name: str, clock: str
) -> None:
    assert asked(model(tuple(range(3, 16)), limits), *lengths) == Refusal(
        "15 s are full",
        Code("SB433"),
        f"shot `{name}` is {clock} long; `m` renders at most 15 s at a time",
        "shorten it to 15 s, or make it two shots: with `continuity: chain` the second goes on "
        "from the first one's last frame",
    )


def test_the_longest_a_shot_may_be_is_not_too_long() -> None:
    assert asked(model((3, 15), (1, 12)), 12, 3) == (12, 3)
    assert asked(model((3, 15), (1, 15)), 15) == (15,)


def test_shots_that_cannot_reach_the_least_length_are_refused() -> None:
    assert asked(model((10, 12), (1, 4)), 2, 2) == Refusal(
        "too short for m",
        Code("SB434"),
        "`m` takes at least 10 s a request, and at most 4 s a shot: these shots cannot reach it",
        "make the shot longer, or put another one with equal settings beside it",
    )
    assert asked(model((8, 12), (1, 4)), 2, 2) == (4, 4)


@given(
    st.lists(st.integers(1, 40).map(lambda quarters: Fraction(quarters, 4)), min_size=2, max_size=6)
)
def test_what_is_asked_covers_each_shot_and_is_no_more_than_must_be(
    lengths: list[Fraction],
) -> None:
    endpoint = model(tuple(range(3, 16)))
    found = ask_seconds([shot(f"s/{n}", str(one)) for n, one in enumerate(lengths)], endpoint)
    least = sum(-(-one // 1) for one in lengths)
    if isinstance(found, Refusal):
        assert least > 15
    else:
        assert all(seconds >= length for seconds, length in zip(found, lengths, strict=True))
        assert sum(found) == max(3, least)
