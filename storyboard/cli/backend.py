"""Who renders: an option and the environment to a backend that is open."""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storyboard.catalogue.endpoint import Catalogue
from storyboard.cli.exits import Exit, Stop
from storyboard.pipeline import Compiled
from storyboard.plan import JobState, Plan
from storyboard.provider import Provider
from storyboard.render.ports import Maker
from storyboard.store.layout import STORE

if TYPE_CHECKING:
    from storyboard.emulator.listen import Urls


class Backend(StrEnum):
    """Who renders, as `--backend` names it; `none` is for films of kept clips and own pictures."""

    ANIMATIC = "animatic"
    FAL = "fal"
    EMULATOR = "emulator"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """A backend, the store it keeps clips in, and what its films' names end with."""

    backend: Backend
    folder: str
    suffix: str

    @property
    def charges(self) -> bool:
        """Tell whether it takes money, real or rehearsed."""
        return self.backend in {Backend.FAL, Backend.EMULATOR}


_LOOK_EVERY = 0.2
_LOOKS_UNTOLD = 5
"""A stand-in of a run that has just ended may take a moment to end as well."""

FAL = Choice(Backend.FAL, STORE, "")
NONE = Choice(Backend.NONE, STORE, "")
ANIMATIC = Choice(Backend.ANIMATIC, STORE, "animatic")
REHEARSAL = Choice(Backend.EMULATOR, f"{STORE}/rehearsal", "rehearsal")


def chosen(name: str | None, environment: Mapping[str, str]) -> Choice:
    """Return what the option asks for; without it, Kling where there is a key."""
    match name:
        case Backend.FAL:
            return FAL
        case Backend.EMULATOR:
            return REHEARSAL
        case Backend.ANIMATIC:
            return ANIMATIC
        case _:
            return FAL if environment.get("FAL_KEY") else ANIMATIC


def settled(choice: Choice, asked: str | None, plan: Plan) -> Choice:
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


@asynccontextmanager
async def opened(
    choice: Choice,
    plan: Plan,
    result: Compiled,
    scenario: Path | None = None,
) -> AsyncIterator[Maker | Provider | None]:
    """Open a backend, and close it when the block ends."""
    match choice.backend:
        case Backend.ANIMATIC:
            from storyboard.backends.animatic import animatic  # noqa: PLC0415 -- only when used

            yield animatic(plan, result.project)
        case Backend.FAL | Backend.EMULATOR:
            async with provider(choice, result.project, result.catalogue, scenario) as paid:
                yield paid
        case Backend.NONE:
            yield None


@asynccontextmanager
async def provider(
    choice: Choice, project: Path, catalogue: Catalogue, scenario: Path | None = None
) -> AsyncIterator[Provider]:
    """Open fal, or its stand-in for a rehearsal of this project."""
    from storyboard.backends.fal import open_fal  # noqa: PLC0415 -- only when used

    if choice.backend is Backend.EMULATOR:
        async with _rehearsed(project, catalogue, scenario) as stand_in:
            yield stand_in
    else:
        async with open_fal(os.environ, catalogue) as fal:
            yield fal


@asynccontextmanager
async def _rehearsed(
    project: Path, catalogue: Catalogue, scenario: Path | None
) -> AsyncIterator[Provider]:
    """Open the local stand-in, in a process that ends with this one.

    A project has one at a time: its requests and its night are those of one account. A second
    rehearsal waits for the first, and then finds what that has rendered.
    """
    from storyboard.backends.fal import REHEARSED, open_fal  # noqa: PLC0415 -- only when used

    with ExitStack() as stack:
        urls = None
        while urls is None:
            await _alone(project)
            urls = _started(project, scenario, stack)
        environment = {
            "FAL_KEY": "rehearsal",
            "STORYBOARD_FAL_QUEUE_URL": urls.queue_url,
            "STORYBOARD_FAL_REST_URL": urls.rest_url,
            "STORYBOARD_FAL_API_URL": urls.api_url,
        }
        async with open_fal(environment, catalogue, REHEARSED) as stand_in:
            yield stand_in


def _started(project: Path, scenario: Path | None, stack: ExitStack) -> "Urls | None":
    """Start the stand-in until the stack ends; None where another rehearsal was quicker."""
    from storyboard.emulator.child import DidNotStart, child  # noqa: PLC0415 -- an extra
    from storyboard.emulator.hold import holder_of  # noqa: PLC0415 -- as above

    folder = _stage(project)
    try:
        return stack.enter_context(child(folder, scenario))
    except DidNotStart as error:
        if holder_of(folder) is not None:
            return None
        raise Stop(Exit.ENVIRONMENT, f"the emulator did not start\n{error}") from error


async def _alone(project: Path) -> None:
    """Wait until no other rehearsal of this project is at work, and say so where that lasts."""
    from storyboard.emulator.hold import holder_of  # noqa: PLC0415 -- an extra

    folder, looks = _stage(project), 0
    while (holder := holder_of(folder)) is not None:
        looks += 1
        if looks == _LOOKS_UNTOLD:
            click.echo(
                f"another rehearsal of this project is at work ({holder}): this one goes on when "
                "it has ended; Ctrl-C leaves",
                err=True,
            )
        await asyncio.sleep(_LOOK_EVERY)


def _stage(project: Path) -> Path:
    return project / REHEARSAL.folder / "emulator"


def ready(choice: Choice, environment: Mapping[str, str]) -> None:
    """Make sure, before anything is asked, that a backend can be reached with what is set.

    Raises:
        Stop: where there is no key, or an address is not one the key may go to.
    """
    if choice.backend is not Backend.FAL:
        return
    from storyboard.backends.fal import BadAddress, MissingKey, addresses_of, key_of  # noqa: PLC0415

    try:
        key_of(environment)
        addresses_of(environment)
    except (MissingKey, BadAddress) as bad:
        raise Stop(Exit.ENVIRONMENT, bad.message, bad.help, about=bad.code) from bad
