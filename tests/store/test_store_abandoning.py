from pathlib import Path

import pytest
from store_values import DAY, finished, intended, order, take_1

from storyboard.provider import Charge
from storyboard.store import Conflict, Store
from storyboard.store.abandoning import abandon, abandonable
from storyboard.store.life import Abandoned, Unknown, charge_of


@pytest.mark.parametrize("charge", [Charge.POSSIBLE, Charge.PAID])
def test_an_unknown_outcome_is_closed_and_counts_as_it_did(tmp_path: Path, charge: Charge) -> None:
    with Store.open(tmp_path) as store:
        intent = intended()
        store.record([intent])
        store.record([Unknown(intent, "no usable id", DAY, charge)])
        for name in (order().id, order().job, order().job[:8]):
            (life,) = abandonable(store, name)
        assert abandonable(store, order().job[:7]) == ()
        step = abandon(store, life)
        assert store.latest(take_1(order().job)) == step
        assert isinstance(step, Abandoned)
        assert charge_of(step) is charge
        assert abandonable(store, order().id) == ()
        with pytest.raises(Conflict):
            abandon(store, life)


def test_what_was_never_answered_is_closed_and_what_is_in_flight_is_not(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.record([intended()])
        (life,) = abandonable(store, order().id)
        assert charge_of(abandon(store, life)) is Charge.POSSIBLE
    with Store.open(tmp_path / "other") as store:
        done = finished()
        store.record([done.before.before])
        store.record([done.before])
        assert abandonable(store, order().id) == ()
