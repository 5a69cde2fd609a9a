"""Choose who renders: what was asked for and what is left to do, to a backend and its store."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from storyboard.plan import JobState, Plan
from storyboard.store import STORE

_LOST = 30.0


class Backend(StrEnum):
    """Who renders, as `--backend` names it; `none` is for films of kept clips and own pictures."""

    ANIMATIC = "animatic"
    FAL = "fal"
    EMULATOR = "emulator"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class BackendChoice:
    """A backend, the store it keeps clips in, and what its films' names end with."""

    backend: Backend
    folder: str
    suffix: str

    @property
    def charges(self) -> bool:
        """Tell whether it takes money, real or rehearsed."""
        return self.backend in {Backend.FAL, Backend.EMULATOR}

    @property
    def lost_after(self) -> float | None:
        """Seconds after which a request counts as lost; None is what the endpoint says.

        The time of a rehearsal runs faster than fal's.
        """
        return _LOST if self.backend is Backend.EMULATOR else None


FAL = BackendChoice(Backend.FAL, STORE, "")
NONE = BackendChoice(Backend.NONE, STORE, "")
ANIMATIC = BackendChoice(Backend.ANIMATIC, STORE, "animatic")
REHEARSAL = BackendChoice(Backend.EMULATOR, f"{STORE}/rehearsal", "rehearsal")

CHOICES = {one.backend: one for one in (FAL, NONE, ANIMATIC, REHEARSAL)}
"""Each backend with its store and suffix."""


def chosen(name: str | None, environment: Mapping[str, str]) -> BackendChoice:
    """Return what the option asks for; without it, Kling if there is a key."""
    if name is not None:
        return CHOICES[Backend(name)]
    return FAL if environment.get("FAL_KEY") else ANIMATIC


def settled(choice: BackendChoice, asked: str | None, plan: Plan) -> BackendChoice:
    """Do without a backend where nothing is left for one to do.

    A film of stills and footage needs none; nor, where no backend was asked for, does one whose
    jobs are all rendered: it is cut from the clips that were paid for.
    """
    states = {one.state for one in plan.jobs}
    if not states or (asked is None and states == {JobState.RENDERED}):
        return NONE
    if choice.backend is Backend.FAL and states == {JobState.RENDERED}:
        return NONE
    return choice
