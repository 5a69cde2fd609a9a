"""Choose who renders: what was asked for and what is left to do, to a backend and its store."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from storyboard.lock import LockedClips
from storyboard.plan import JobState, Plan
from storyboard.store import STORE

_LOST = 30.0


class Backend(StrEnum):
    """Who renders, as `--backend` names it; `none` is for films of kept clips and own pictures."""

    ANIMATIC = "animatic"
    FAL = "fal"
    EMULATOR = "emulator"
    NONE = "none"

    @property
    def key(self) -> str:
        """The variable of the environment that has the key of a provider."""
        return f"{self.name}_KEY"


PROVIDERS = (Backend.FAL,)
"""Who renders for money, the first choice first.

Each is named like its folder in `backends/`, like that of its endpoints' files, and its key.
"""


@dataclass(frozen=True, slots=True)
class BackendChoice:
    """A backend, the store it keeps clips in, and what its films' names end with.

    `locked` is which lock says what its films show; None for drawings, of which there is one each.
    """

    backend: Backend
    folder: str
    suffix: str
    locked: LockedClips | None

    @property
    def charges(self) -> bool:
        """Tell whether it takes money, real or rehearsed."""
        return self.provider is not None

    @property
    def provider(self) -> Backend | None:
        """Return whose endpoints it renders: in a rehearsal, those of the provider it plays."""
        if self.backend is Backend.EMULATOR:
            return Backend.FAL
        return self.backend if self.backend in PROVIDERS else None

    @property
    def kept(self) -> Self:
        """Return the choice to render nothing, and to take the clips that it has kept."""
        return replace(self, backend=Backend.NONE)

    @property
    def lost_after(self) -> float | None:
        """Seconds after which a request counts as lost; None is what the endpoint says.

        The time of a rehearsal runs faster than fal's.
        """
        return _LOST if self.backend is Backend.EMULATOR else None


NONE = BackendChoice(Backend.NONE, STORE, "", LockedClips.PAID)
ANIMATIC = BackendChoice(Backend.ANIMATIC, STORE, "animatic", None)
REHEARSAL = BackendChoice(
    Backend.EMULATOR, f"{STORE}/rehearsal", "rehearsal", LockedClips.REHEARSAL
)

CHOICES = {one.backend: one for one in (NONE, ANIMATIC, REHEARSAL)} | {
    one: BackendChoice(one, STORE, "", LockedClips.PAID) for one in PROVIDERS
}
"""Each backend with its store and suffix."""

FAL = CHOICES[Backend.FAL]


def chosen(name: str | None, environment: Mapping[str, str]) -> BackendChoice:
    """Return what the option asks for; without it, the first provider that there is a key for."""
    if name is not None:
        return CHOICES[Backend(name)]
    with_key = (CHOICES[one] for one in PROVIDERS if environment.get(one.key))
    return next(with_key, ANIMATIC)


def settled(choice: BackendChoice, asked: str | None, plan: Plan) -> BackendChoice:
    """Do without a backend where nothing is left for one to do.

    A film of stills and footage needs none; nor, where no backend was asked for, does one whose
    jobs are all rendered: it is cut from the clips that were paid for. What was picked in a
    rehearsal stays a rehearsal's.
    """
    states = {state for one in plan.jobs for state in one.states}
    if not states and any(film.picks.current for film in plan.films):
        return replace(choice, backend=Backend.NONE)
    if not states or (asked is None and states == {JobState.RENDERED}):
        return NONE
    if choice.backend in PROVIDERS and states == {JobState.RENDERED}:
        return NONE
    return choice
