"""Find the takes of the shots that somebody asks for, by their names and films."""

from collections.abc import Sequence

from storyboard.diagnostics import nearest
from storyboard.model import PromptShot, StillShot
from storyboard.pipeline import Compiled
from storyboard.plan import Plan
from storyboard.session.backend_choice import BackendChoice
from storyboard.session.errors import AskError, store_errors
from storyboard.session.finding_takes import takes_of_shots
from storyboard.session.shot_takes import TakesOfShot
from storyboard.session.shots_alike import shots_alike
from storyboard.store import clips_here


def takes_of(result: Compiled, choice: BackendChoice) -> tuple[TakesOfShot, ...]:
    """Return the takes of every shot of a storyboard, whichever variations were chosen.

    Raises:
        SetupError: the store cannot be read.
    """
    with store_errors():
        there = clips_here(result.project / choice.folder, result.lock.named_clips)
    groups = shots_alike(result.every, result.digests)
    return takes_of_shots(groups, result.held, result.catalogue, result.lock, there)


def chosen_takes(
    every: Sequence[TakesOfShot], plan: Plan, shots: Sequence[str] = (), film: str | None = None
) -> tuple[TakesOfShot, ...]:
    """Choose the takes of the shots of the plan's films, of those of these names, and of a film.

    A name is `opening/pour`, or `opening/pour@9:16` for an output that is rendered again; without
    names all are chosen.

    Raises:
        AskError: there is no such film or shot, or the shot is not one of a model.
    """
    films = {one.variation for one in plan.films}
    if film is not None:
        if film not in films:
            raise _unknown(f"there is no film `{film}`", film, [one for one in films if one])
        films = {film}
    found = tuple(one for one in every if one.of_films(films))
    names = {name for one in found for name in (one.name, one.title)}
    for shot in shots:
        if shot not in names:
            raise _no_shot(shot, [*dict.fromkeys(one.title for one in found)], plan)
    return tuple(one for one in found if not shots or {one.name, one.title} & set(shots))


def _no_shot(name: str, known: Sequence[str], plan: Plan) -> AskError:
    for shot in (shot for film in plan.films for shot in film.storyboard.shots):
        if shot.name == name and not isinstance(shot, PromptShot):
            what = "a still" if isinstance(shot, StillShot) else "footage"
            return AskError(f"shot `{name}` is {what}: it has no takes")
    return _unknown(f"there is no shot `{name}`", name, known)


def _unknown(message: str, name: str, known: Sequence[str]) -> AskError:
    # A shot may be called by what it is called in its scene.
    short = [one for one in known if one.partition("/")[2] == name]
    near = short[0] if len(short) == 1 else nearest(name, known)
    return AskError(message, f"did you mean `{near}`?" if near else "")
