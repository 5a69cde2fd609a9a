"""Refuse a final film unless every shot of it is approved as it is seen now."""

from storyboard.lock import LockedStanding, UnapprovedShot, standings, unapproved
from storyboard.pipeline import Ask, Compiled
from storyboard.plan import Plan, rendered_ratio
from storyboard.session.backend_choice import BackendChoice
from storyboard.session.deciding import offered_shots
from storyboard.session.errors import NotApprovedError
from storyboard.session.shots_to_decide import OfferedShot
from storyboard.session.typed_commands import typed


def all_approved(ask: Ask, choice: BackendChoice, result: Compiled, plan: Plan) -> None:
    """Make sure that every shot of the films of a plan is approved and current.

    Raises:
        NotApprovedError: with each shot that is not, why, and the commands to run.
    """
    every = _of_plan(choice, result, plan)
    found = unapproved((standing, one.seen is not None) for one, standing in every)
    if found:
        lines = [f"{one.name}: {one.why} ({_or(one)})" for one in found]
        seen = all(any(it.startswith("storyboard approve") for it in one.commands) for one in found)
        once = "" if seen else "once each shot shows a clip of its own words, "
        advice = f"{once}storyboard approve FILE --all approves what is seen now"
        told = [typed(one, ask.storyboard, choice) for one in (*lines, advice)]
        raise NotApprovedError(told[:-1], told[-1])


def _or(one: UnapprovedShot) -> str:
    return ", or ".join(one.commands)


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
