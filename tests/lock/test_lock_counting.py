"""What was decided is counted shot by shot, and a shot that films share counts once."""

from lock_values import asked

from storyboard.lock.counting import DecidedCounts, decided_counts
from storyboard.lock.finding import ApprovalState, AskedShot, LockedStanding, PickState


def standing(
    shot: AskedShot,
    pick: PickState = PickState.NONE,
    said: ApprovalState = ApprovalState.NONE,
) -> LockedStanding:
    return LockedStanding(shot, None, pick, said)


def test_each_state_is_counted() -> None:
    counts = decided_counts(
        [
            standing(asked("a/one"), PickState.CURRENT, ApprovalState.APPROVED),
            standing(asked("a/two"), PickState.CURRENT, ApprovalState.REJECTED),
            standing(asked("a/three"), PickState.STALE, ApprovalState.STALE),
            standing(asked("a/card", None), PickState.NONE, ApprovalState.APPROVED),
            standing(asked("a/four")),
        ]
    )
    assert counts == DecidedCounts(5, 2, 1, 2, 1, 1)
    assert counts.words == (
        "5 shots: 2 picked, 1 stale, 2 approved, 1 rejected, 1 to approve again"
    )
    assert counts.to_json() == {
        "shots": 5,
        "picked": 2,
        "stale": 1,
        "approved": 2,
        "rejected": 1,
        "to_approve_again": 1,
    }


def test_what_films_share_counts_once_and_what_differs_counts_for_each() -> None:
    shared = [standing(asked("a/one", film=film), PickState.CURRENT) for film in ("anna", "zoe")]
    assert decided_counts(shared).shots == 1
    own = standing(asked("a/one", film="bo"))
    other = standing(asked("a/one", "other words", film="cy"))
    assert decided_counts([*shared, own, other]).shots == 3


def test_without_a_decision_nothing_is_said() -> None:
    assert decided_counts([standing(asked("a/one"))]).words == ""
    assert decided_counts([standing(asked("a/one"), PickState.CURRENT)]).words == "1 shot: 1 picked"
