"""List the shots of films as a lock has entries for them, with what each asks for."""

from collections.abc import Iterable, Iterator

from storyboard.jobs import ShotDigests
from storyboard.lock.finding import AskedShot
from storyboard.lock.locked import ShotKind
from storyboard.model import AspectRatio, Fit, FootageShot, PromptShot, StillShot, Storyboard


def asked_shots(
    films: Iterable[tuple[str | None, Storyboard]], digests: ShotDigests | None = None
) -> tuple[AskedShot, ...]:
    """Return the shots of films, film by film; each film is its variation's name and storyboard.

    A shot of a model is there for each ratio that it is rendered at: None for its own. `digests`
    are those that are known of the films.
    """
    known = digests or ShotDigests()
    return tuple(one for film, storyboard in films for one in _of_film(film, storyboard, known))


def _of_film(film: str | None, storyboard: Storyboard, digests: ShotDigests) -> Iterator[AskedShot]:
    ratios = asked_ratios(storyboard)
    for shot in storyboard.shots:
        match shot:
            case PromptShot():
                for ratio in ratios:
                    asks = digests.of(shot, storyboard, ratio)
                    yield AskedShot(shot.name, ShotKind.PROMPT, asks, film, ratio)
            case StillShot():
                yield AskedShot(shot.name, ShotKind.STILL, None, film)
            case FootageShot():
                yield AskedShot(shot.name, ShotKind.FOOTAGE, None, film)


def asked_ratios(storyboard: Storyboard) -> tuple[AspectRatio | None, ...]:
    """Return the ratios of a storyboard's clips, its own first if an output is made from these."""
    outputs = storyboard.outputs
    own = [None] if any(one.fit is not Fit.RENDER for one in outputs) else []
    again = [one.format.aspect_ratio for one in outputs if one.fit is Fit.RENDER]
    return tuple(dict.fromkeys([*own, *again]))
