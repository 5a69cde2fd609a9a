"""Refuse a final film unless every shot of it is approved as it is seen now."""

import shlex
from collections.abc import Iterable

from storyboard.lock import LockedClips, LockedStanding, standings, unapproved
from storyboard.pipeline import Ask, Compiled
from storyboard.plan import Plan, rendered_ratio
from storyboard.session.backend_choice import BackendChoice
from storyboard.session.deciding import offered_shots
from storyboard.session.errors import NotApprovedError
from storyboard.session.shots_to_decide import OfferedShot


def all_approved(ask: Ask, choice: BackendChoice, result: Compiled, plan: Plan) -> None:
    """Make sure that every shot of the films of a plan is approved and current.

    Raises:
        NotApprovedError: with each shot that is not, why, and the commands to run.
    """
    file = _typed(ask, choice)
    every = _of_plan(choice, result, plan)
    found = unapproved((standing, one.seen is not None) for one, standing in every)
    if found:
        lines = [f"{one.name}: {one.why} ({_or(one.commands, file)})" for one in found]
        raise NotApprovedError(lines, f"storyboard approve {file} --all approves what is seen now")


def _typed(ask: Ask, choice: BackendChoice) -> str:
    """Return what stands for FILE in a command: the storyboard, and whose clips are meant."""
    rehearsal = " --backend emulator" if choice.locked is LockedClips.REHEARSAL else ""
    return f"{shlex.quote(str(ask.storyboard))}{rehearsal}"


def _or(commands: Iterable[str], file: str) -> str:
    return ", or ".join(one.replace("FILE", file, 1) for one in commands)


def shot_standings(
    choice: BackendChoice, result: Compiled, plan: Plan
) -> tuple[LockedStanding, ...]:
    """Tell where the shots of the films of a plan stand in the lock."""
    return tuple(one for _, one in _of_plan(choice, result, plan))


def _of_plan(
    choice: BackendChoice, result: Compiled, plan: Plan
) -> tuple[tuple[OfferedShot, LockedStanding], ...]:
    wanted = {(film.variation, rendered_ratio(film)) for film in plan.films}
    variations = {variation for variation, _ in wanted}
    offered = offered_shots(result, choice)
    every = standings(result.lock, ((one.asked, one.seen) for one in offered))
    return tuple(
        (one, standing)
        for one, standing in zip(offered, every, strict=True)
        if (one.asked.film, one.asked.ratio) in wanted
        or (one.asked.asks is None and one.asked.film in variations)
    )
