"""A lock names every clip that must stay, and an entry knows what counts for a film."""

from lock_values import TALL, asks, entry, picked, take

from storyboard.lock.decision import UNDECIDED, Decision, Superseded
from storyboard.lock.locked import Lock, Override, entry_name
from storyboard.model import ShotName

FORMER = Superseded(picked("a/one", 1, "old"), asks("a/one"))
OWN = Override("p2", Decision(picked("a/one", 3)))
ONE = entry("a/one", Decision(picked("a/one", 2), (FORMER,)), overrides=(OWN,))


def test_every_clip_is_named() -> None:
    clips = {take("a/one", number).clip for number in (1, 2, 3)}
    assert Lock((ONE, entry("a/two"))).named_clips == clips


def test_an_override_counts_for_its_film_alone() -> None:
    assert ONE.of_film("p2") == OWN.decision
    assert ONE.of_film("p1") == ONE.of_film(None) == ONE.decision


def test_an_entry_without_a_decision_is_undecided() -> None:
    assert entry("a", overrides=(Override("p", UNDECIDED),)).is_undecided
    assert not entry("a", overrides=(OWN,)).is_undecided


def test_an_entry_is_named_with_its_ratio() -> None:
    assert entry_name(ShotName("a/b"), None) == "a/b"
    assert entry_name(ShotName("a/b"), TALL) == "a/b@9:16"
