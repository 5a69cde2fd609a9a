import itertools
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import version_1
from hypothesis import given
from hypothesis import strategies as st
from store_values import (
    CENT,
    DAY,
    FACTS,
    FAULT,
    MAYBE,
    adopted,
    every_life,
    finished,
    intended,
    journals,
    journals_of_version_1,
    more,
    nexts,
    order,
    stored,
    ticket,
)

from storyboard.model.money import NOTHING
from storyboard.provider import Charge
from storyboard.store import life as states
from storyboard.store.life import Life, amount_of, charge_of, order_of, request_of, units_of
from storyboard.store.rows import KINDS, IllegalStep, Row, fold, follow, kind_of, to_row

PRICE = order().cost


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


@pytest.mark.parametrize(
    ("life", "amount"),
    [
        (intended(), PRICE),
        (stored(), PRICE),
        (adopted(), NOTHING),
        (states.Forgotten(adopted(), DAY), NOTHING),
        (states.Refused(intended(), FAULT, DAY), NOTHING),
        (states.Refused(intended(), FAULT, DAY, CENT), NOTHING),  # it cost nothing, it says
        (states.Refused(intended(), MAYBE, DAY, CENT), CENT),
        (states.Refused(intended(), MAYBE, DAY), PRICE),
        (states.Failed(finished(), MAYBE, None, DAY, CENT), CENT),
        (states.Abandoned(intended(), "", Charge.PAID, DAY, CENT), CENT),
        (states.Abandoned(intended(), "", Charge.PAID, DAY, NOTHING), NOTHING),
        (states.Forgotten(states.Failed(finished(), MAYBE, None, DAY, CENT), DAY), CENT),
        (states.Later(states.Refused(intended(), MAYBE, DAY, CENT), "k", "{}", DAY), PRICE),
    ],
)
def test_how_much_an_attempt_has_cost(life: Life, amount: Decimal) -> None:
    assert amount_of(life) == amount


def test_an_adopted_result_has_the_request_that_made_it_and_nobody_to_ask() -> None:
    clip = states.Stored(states.Mislaid(adopted(request="r7"), DAY), stored().kept, DAY)
    assert request_of(clip) == "r7"
    assert states.provider_of(clip) == "https://queue.fal.run"
    assert states.ticket_of(clip) is None
    assert units_of(clip) is None
    assert states.finish_of(clip) == adopted(request="r7").before
    assert states.start_of(clip) == adopted(request="r7").before


def test_whose_a_request_is_is_what_its_ticket_says() -> None:
    moved = replace(ticket(), provider="fal", account="agency")
    accepted = states.Accepted(intended(), moved, DAY)
    assert states.provider_of(intended()) == "https://queue.fal.run"
    assert states.provider_of(states.Failed(accepted, FAULT, None, DAY)) == "fal"
    assert states.ticket_of(accepted) == moved
    assert states.ticket_of(stored()) == ticket("a1")


def test_a_later_versions_words_come_newest_first() -> None:
    one = states.Later(stored(), "praised", '{"a":1}', DAY)
    two = states.Later(one, "stored", '{"b":2}', DAY)
    assert list(states.later_texts(two)) == ['{"b":2}', '{"a":1}']
    assert list(states.later_texts(stored())) == []
    assert states.known_of(two) == stored()
    assert states.known_of(intended()) == intended()


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
