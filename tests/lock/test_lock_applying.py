"""Picks of a lock, applied to films: current and stale ones, by film and by ratio."""

from lock_values import asked, entry, picked

from storyboard.jobs import reference_text
from storyboard.lock import AskedShot, Lock, Override, ShotKind, applied_picks, picked_shot
from storyboard.lock.decision import Decision
from storyboard.model import AspectRatio, ShotName

TALL = AspectRatio(9, 16)


def test_current_and_stale_picks_are_told_apart() -> None:
    lock = Lock(
        (entry("a/one", Decision(picked("a/one"))), entry("a/two", Decision(picked("a/two"))))
    )
    shots = [asked("a/one", "a/one"), asked("a/two", "new words")]
    found = applied_picks(lock, shots, lock.named_clips)
    picks = found[None, None]
    assert picks.current == {"a/one": picked_shot(picked("a/one").take)}
    assert picks.stale == {"a/two": picked_shot(picked("a/two").take)}


def test_a_renamed_shot_keeps_its_pick() -> None:
    lock = Lock((entry("a/one", Decision(picked("a/one"))),))
    found = applied_picks(lock, [asked("a/uno", "a/one")], lock.named_clips)
    assert set(found[None, None].current) == {"a/uno"}


def test_what_is_to_be_passed_over_is_not_picked() -> None:
    lock = Lock((entry("a/one", Decision(picked("a/one"))),))
    shots = [asked("a/one", "a/one")]
    assert applied_picks(lock, shots, lock.named_clips, {ShotName("a/one")}) == {}
    assert applied_picks(Lock((entry("a/one"),)), shots, ()) == {}


def test_a_film_of_a_campaign_may_have_its_own_and_so_may_a_ratio() -> None:
    own = Override("blue", Decision(picked("a/one", 2)))
    lock = Lock(
        (
            entry("a/one", Decision(picked("a/one")), overrides=(own,)),
            entry("a/one", Decision(picked("a/one", 3)), ratio=TALL),
        )
    )
    words = picked("a/one").asks
    name, kind = ShotName("a/one"), ShotKind.PROMPT
    shots = [
        AskedShot(name, kind, words, "red"),
        AskedShot(name, kind, words, "blue"),
        AskedShot(name, kind, words, "red", TALL),
    ]
    found = applied_picks(lock, shots, lock.named_clips)
    numbers = {film: picks.current[name].number for film, picks in found.items()}
    assert numbers == {("red", None): 1, ("blue", None): 2, ("red", TALL): 3}


def test_the_first_rendering_of_another_store_is_not_the_first_of_this_one() -> None:
    """Two stores may each have rendered a job: what goes on from it must tell their clips apart."""
    lock = Lock((entry("a/one", Decision(picked("a/one"))),))
    shots = [asked("a/one", "a/one")]
    (own,) = applied_picks(lock, shots, lock.named_clips)[None, None].current.values()
    (other,) = applied_picks(lock, shots, ())[None, None].current.values()
    assert (own.rendering, other.rendering) == (1, 0)
    assert reference_text(own.last_frame).startswith(f"frame:sha256:{own.job}@")
    assert reference_text(other.last_frame).startswith(f"clip:sha256:{own.clip}@")
