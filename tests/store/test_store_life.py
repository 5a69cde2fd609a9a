import itertools
from datetime import timedelta

import pytest
import version_1
from hypothesis import given
from hypothesis import strategies as st
from store_values import (
    DAY,
    FACTS,
    FAULT,
    every_life,
    finished,
    intended,
    journals,
    journals_of_version_1,
    more,
    nexts,
    order,
    stored,
)

from storyboard.provider import Charge
from storyboard.store import life as states
from storyboard.store.life import Life, charge_of, order_of, request_of, units_of
from storyboard.store.rows import KINDS, IllegalStep, Row, fold, follow, kind_of, to_row


@given(journals())
def test_every_prefix_of_a_journal_folds_to_what_was_written(steps: list[states.Known]) -> None:
    rows = [to_row(step) for step in steps]
    for end in range(len(rows) + 1):
        found = [life for lives in fold(rows[:end]).values() for life in lives]
        assert {order_of(life).attempt: life for life in found} == {
            order_of(step).attempt: step for step in steps[:end]
        }


@given(journals_of_version_1())
def test_rows_of_version_1_fold_to_the_same_lives(steps: list[states.Known]) -> None:
    assert fold(version_1.to_row(step) for step in steps) == fold(to_row(step) for step in steps)


@given(journals(), st.data())
def test_a_journal_that_lost_a_row_in_the_middle_does_not_fold(
    steps: list[Life], data: st.DataObject
) -> None:
    rows = [to_row(step) for step in steps]
    gaps = [
        n
        for n, row in enumerate(rows)
        if any(later.attempt == row.attempt for later in rows[n + 1 :])
        and row.kind in {"intended", "accepted"}
    ]
    if gaps:
        gap = data.draw(st.sampled_from(gaps))
        with pytest.raises(IllegalStep):
            fold(rows[:gap] + rows[gap + 1 :])


def test_a_row_follows_only_where_the_types_let_it() -> None:
    lives = every_life()
    assert {kind_of(life) for life in lives} == set(KINDS)
    for before, after in itertools.product(lives, lives):
        allowed = {kind_of(step) for step in [*nexts(before, DAY), *more(before, DAY)]}
        row = to_row(after)
        if kind_of(after) in allowed:
            assert type(follow(before, row)) is type(after)
        else:
            with pytest.raises(IllegalStep):
                follow(before, row)


@pytest.mark.parametrize("data", ["", "[]", "{", '{"request": 1}', "null"])
def test_a_row_that_does_not_read_is_named(data: str) -> None:
    row = Row("a1", order().job, "accepted", DAY.isoformat(), data)
    with pytest.raises(IllegalStep, match="accepted of attempt a1"):
        follow(intended(), row)
    with pytest.raises(IllegalStep, match="intended of attempt a1"):
        fold([Row("a1", order().job, "intended", DAY.isoformat(), data)])


def test_a_second_attempt_needs_the_first_to_be_over() -> None:
    first, second = intended(order("j", "a1")), intended(order("j", "a2"))
    with pytest.raises(IllegalStep, match="a second attempt"):
        fold([to_row(first), to_row(second)])
    refused = states.Refused(first, FAULT, DAY)
    lives = fold([to_row(first), to_row(refused), to_row(second)])
    assert [type(one) for one in next(iter(lives.values()))] == [states.Refused, states.Intended]


@pytest.mark.parametrize(
    ("life", "charge"),
    [
        (intended(), Charge.POSSIBLE),
        (states.Unknown(intended(), "", DAY), Charge.POSSIBLE),
        (finished().before, Charge.PAID),
        (finished(), Charge.PAID),
        (stored(), Charge.PAID),
        (states.Mislaid(stored(), DAY), Charge.PAID),
        (states.Forgotten(stored(), DAY), Charge.PAID),
        (states.Refused(intended(), FAULT, DAY), Charge.NONE),
        (states.Abandoned(intended(), "", Charge.NONE, DAY), Charge.NONE),
        (states.Abandoned(intended(), "", Charge.POSSIBLE, DAY), Charge.POSSIBLE),
    ],
)
def test_what_an_attempt_has_cost(life: Life, charge: Charge) -> None:
    assert charge_of(life) is charge


def test_what_is_known_of_a_request_stays_known_to_its_end() -> None:
    again = states.Stored(states.Mislaid(stored(), DAY), stored().kept, DAY + timedelta(days=1))
    assert request_of(again) == "a1"
    assert units_of(again) == "4"
    assert units_of(intended()) is None
    assert request_of(intended()) is None
    assert states.provider_of(again) == "https://queue.fal.run"
    assert states.finish_of(again) == finished()
    assert isinstance(again.kept, states.KeptClip)
    assert again.kept.facts == FACTS
