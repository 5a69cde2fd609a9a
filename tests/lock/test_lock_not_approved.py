"""A shot that is not approved is named, with why, and with the command that may change it."""

from dataclasses import replace

import pytest
from lock_values import TALL, approved, asked, entry, picked, seen

from storyboard.lock import LockedStanding, SeenShot, standings
from storyboard.lock.decision import Approval, Decision, Verdict
from storyboard.lock.finding import AskedShot
from storyboard.lock.locked import Lock
from storyboard.lock.not_approved import UnapprovedShot, unapproved

SEEN = seen("a/one")
OTHER = (
    "the verdict of Ada (approved, 2026-11-29) was for something else: its clip, its trim, its "
    "crop or its words"
)
REJECTED = replace(approved("a/one"), verdict=Verdict.REJECTED, why="too dark")


def stand(
    approval: Approval | None, seen_now: SeenShot | None, shot: AskedShot | None = None
) -> LockedStanding:
    pick = None if approval is None else picked("a/one")
    lock = Lock((entry("a/one", Decision(pick, (), approval)),))
    (found,) = standings(lock, [(shot or asked("a/one"), seen_now)])
    return found


@pytest.mark.parametrize(
    ("approval", "seen_now", "why", "commands"),
    [
        (None, SEEN, "nobody approved it", ("storyboard approve FILE a/one",)),
        (None, None, "it has no clip", ("storyboard render FILE",)),
        (
            REJECTED,
            SEEN,
            "Ada rejected it: too dark",
            ("storyboard takes FILE a/one", "storyboard approve FILE a/one"),
        ),
        (
            approved("a/one"),
            replace(SEEN, crop="9:16 crop"),
            OTHER,
            ("storyboard approve FILE a/one",),
        ),
    ],
)
def test_each_reason_has_its_commands(
    approval: Approval | None, seen_now: SeenShot | None, why: str, commands: tuple[str, ...]
) -> None:
    found = stand(approval, seen_now)
    (one,) = unapproved([(found, seen_now is not None)])
    assert one == UnapprovedShot(asked("a/one"), why, commands)


def test_a_clip_of_older_words_is_not_to_be_approved() -> None:
    found = stand(approved("a/one"), None, asked("a/one", "new words"))
    (one,) = unapproved([(found, False)])
    assert one.why == "it shows a clip of older words"
    assert one.commands == ("storyboard render FILE", "storyboard pick FILE a/one --keep")


def test_what_is_approved_is_not_named() -> None:
    assert unapproved([(stand(approved("a/one"), SEEN), True)]) == ()


def test_what_films_share_is_named_once() -> None:
    films = [stand(None, SEEN, asked("a/one", film=film)) for film in ("anna", "zoe")]
    other = stand(None, SEEN, asked("a/one", "other words", film="bo"))
    tall = stand(None, SEEN, asked("a/one", ratio=TALL))
    found = unapproved([(one, True) for one in (*films, other, tall)])
    assert [one.name for one in found] == ["a/one [anna]", "a/one [bo]", "a/one@9:16"]
