"""Open the backend that was chosen, and close it when its run ends."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.catalogue.endpoint import Catalogue
from storyboard.provider import Provider
from storyboard.render.ports import Maker
from storyboard.session.backend_choice import Backend, BackendChoice
from storyboard.session.errors import SetupError
from storyboard.session.listener import Listener, unheard

if TYPE_CHECKING:  # what cancels or looks up requests does not wait for what cuts
    from storyboard.session.production import Production


@asynccontextmanager
async def opened(
    production: "Production", environment: Mapping[str, str], listen: Listener
) -> AsyncIterator[Maker | Provider]:
    """Open the backend of a production that has one, and close it when the block ends."""
    choice, result = production.choice, production.compiled
    if choice.backend is Backend.ANIMATIC:
        from storyboard.backends.animatic import animatic  # noqa: PLC0415 -- only when used

        yield animatic(production.plan, result.project)
        return
    reached = provider(
        choice, result.project, result.catalogue, environment, listen, production.scenario
    )
    async with reached as paid:
        yield paid


@asynccontextmanager
async def provider(  # noqa: PLR0913, PLR0917 -- what a provider is reached with
    choice: BackendChoice,
    project: Path,
    catalogue: Catalogue,
    environment: Mapping[str, str],
    listen: Listener = unheard,
    scenario: Path | None = None,
) -> AsyncIterator[Provider]:
    """Open fal, or its stand-in for a rehearsal of this project.

    Raises:
        SetupError: if the stand-in does not start.
    """
    if choice.backend is Backend.EMULATOR:
        from storyboard.session.rehearsal import rehearsed  # noqa: PLC0415 -- needs an extra

        async with rehearsed(project / choice.folder, catalogue, scenario, listen) as stand_in:
            yield stand_in
    else:
        from storyboard.backends.fal import open_fal  # noqa: PLC0415 -- only when used

        async with open_fal(environment, catalogue) as fal:
            yield fal


def ready(choice: BackendChoice, environment: Mapping[str, str]) -> None:
    """Make sure, before anybody is asked for money, that a backend can be reached as it is set up.

    Raises:
        SetupError: if there is no key, an address is not one the key may go to, or a proxy or
            certificates that the environment names cannot be used.
    """
    if choice.backend is not Backend.FAL:
        return
    from storyboard.backends.fal import BadAddress, MissingKey, settings_of  # noqa: PLC0415
    from storyboard.backends.http import BadNetwork  # noqa: PLC0415 -- as above

    try:
        settings_of(environment)
    except (MissingKey, BadAddress, BadNetwork) as bad:
        raise SetupError(bad.message, bad.help, bad.code) from bad
