"""Find the shots of a plan that a lock has entries for."""

from storyboard.lock import AskedShot, asked_shots
from storyboard.plan import Plan


def lock_shots(plan: Plan) -> tuple[AskedShot, ...]:
    """Return the shots of all films of a plan, film by film.

    `arranged` needs the plan of every film of a storyboard: one that was compiled with a choice of
    variations has not all of them.
    """
    films = {film.variation: film.storyboard for film in plan.films}
    return asked_shots(films.items())
