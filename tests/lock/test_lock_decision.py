"""A decision names every take that it has ever had."""

from lock_values import asks, picked, take

from storyboard.lock.decision import UNDECIDED, Decision, Superseded


def test_every_take_is_named_the_pick_first() -> None:
    former = Superseded(picked("a", 1, "old"), asks("a"))
    assert Decision(picked("a", 2), (former,)).takes == (take("a", 2), take("a", 1))
    assert UNDECIDED.takes == ()
