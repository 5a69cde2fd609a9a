"""Kill an evening with takes, picks and approvals at its side effects, and go on with it.

After each: no take was charged twice, no kept clip is gone, the lock is the one before or the one
after, and once the command was run again all is as if nothing had happened, the film byte for byte.
A part of the side effects is tried here; all of them with `make crashes`.
"""

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from crash_evening import (
    EVENING,
    After,
    Step,
    at_home,
    begin,
    charged,
    clips,
    copied,
    edited,
    go_on,
    lock_of,
    whole,
)
from crash_loop import SIGKILLED, Place

EVERY = int(os.environ.get("STORYBOARD_CRASH_EVERY", "40"))
SPREAD = 20
"""By how many side effects a run may have fewer: steps that are ready together share a commit."""
LOCK_EFFECTS = ["lock.flush", "lock.rename", "lock.renamed"]


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """A step that nobody disturbed: the project before it, what is there after, side effects."""

    step: Step
    project: Path
    before: After
    after: After
    effects: list[str]


@pytest.fixture(scope="session")
def evening(tmp_path_factory: pytest.TempPathFactory) -> tuple[Undisturbed, ...]:
    """Let the evening go through, and keep the project as it is before each step."""
    folder = tmp_path_factory.mktemp("evening")
    begin(folder / "0")
    after = After("", b"", {}, {})
    steps: list[Undisturbed] = []
    for n, step in enumerate(EVENING):
        project = folder / str(n)
        now = folder / str(n + 1)
        copied(project, now)
        with at_home(now) as here:
            edited(here, step)
            effects = here.effects(step.arguments)
            before, after = after, whole(here)
        steps.append(Undisturbed(step, project, before, after, effects))
    return tuple(steps)


def test_the_evening_has_all_that_it_is_for(evening: tuple[Undisturbed, ...]) -> None:
    last = evening[-1].after
    assert last.takes == {"chained/a": 2, "chained/b": 2, "packed/c": 3, "packed/d": 3}
    assert sorted(last.charges.values()) == [1, 1, 2, 2, 2]
    assert all(word in last.lock for word in ("superseded:", "verdict: approved", "libraries:"))
    assert "verdict: rejected" in evening[-3].after.lock
    for one in evening:
        assert one.step.may_pay or one.effects == LOCK_EFFECTS, one.step
    assert len({one.after.film for one in evening}) == 4


@pytest.mark.parametrize("n", range(len(EVENING)))
def test_killed_in(n: int, tmp_path: Path, evening: tuple[Undisturbed, ...]) -> None:
    undisturbed = evening[n]
    effects = len(undisturbed.effects)
    # Another one first in each step, so that a part of them has side effects of every kind.
    first = n * 7 % max(1, min(EVERY, effects))
    for crash_at in range(1 + first, effects + 1, EVERY):
        copied(undisturbed.project, tmp_path / str(crash_at))
        with at_home(tmp_path / str(crash_at)) as here:
            killed(here, undisturbed, crash_at)


def killed(here: Place, undisturbed: Undisturbed, crash_at: int) -> None:
    """Kill a step at a side effect, look, go on with it, and look again."""
    step, before, after = undisturbed.step, undisturbed.before, undisturbed.after
    edited(here, step)
    kept = clips(here)
    code = here.run(step.arguments, crash_at)
    survived = code == 0 and crash_at > len(undisturbed.effects) - SPREAD
    assert code == SIGKILLED or survived, here.said.read_text(encoding="utf-8")
    text, _ = lock_of(here)
    assert text in {before.lock, after.lock}
    if not step.may_pay:  # its side effects are always the same
        assert text == (after.lock if crash_at == len(LOCK_EFFECTS) else before.lock)
    assert charged(here) <= Counter(after.charges)
    if not survived:
        go_on(here, step, before)
    assert whole(here) == after
    assert kept.items() <= clips(here).items()
