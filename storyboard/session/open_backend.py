"""Open the backend that was chosen, and close it when its run ends."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.catalogue import Catalogue
from storyboard.plan import JobState, Plan
from storyboard.provider import Access, NotReady, Provider
from storyboard.render import Maker
from storyboard.session.backend_choice import PROVIDERS, Backend, BackendChoice
from storyboard.session.errors import AskError, SetupError
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
    if choice.backend is Backend.EMULATOR:
        from storyboard.session.rehearsal import name_shots  # noqa: PLC0415 -- needs an extra

        name_shots(result.project / choice.folder, production.plan)
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
    """Open a provider, or the stand-in for a rehearsal of this project.

    Raises:
        SetupError: if the stand-in does not start.
    """
    if choice.backend is Backend.EMULATOR:
        from storyboard.session.rehearsal import rehearsed  # noqa: PLC0415 -- needs an extra

        async with rehearsed(project / choice.folder, catalogue, scenario, listen) as stand_in:
            yield stand_in
    else:
        async with _access(choice.backend).open(environment, catalogue) as paid:
            yield paid


def _access(backend: Backend) -> Access:
    """Load a provider's folder, which nothing else has to name."""
    found = import_module(f"storyboard.backends.{backend.value}").ACCESS
    if not isinstance(found, Access):
        raise TypeError(f"backends/{backend.value} has no ACCESS")
    return found


def ready(choice: BackendChoice, environment: Mapping[str, str]) -> None:
    """Make sure, before anybody is asked for money, that a backend can be reached as it is set up.

    Raises:
        SetupError: if there is no key, an address is not one the key may go to, or a proxy or
            certificates that the environment names cannot be used.
    """
    if choice.backend not in PROVIDERS:
        return
    try:
        _access(choice.backend).check(environment)
    except NotReady as bad:
        raise SetupError(bad.message, bad.help, bad.code) from bad


def reachable(choice: BackendChoice, environment: Mapping[str, str]) -> None:
    """Make sure, before anything is asked, that there is a key, or a stand-in to start.

    Raises:
        SetupError: as `ready`, or if a package of the stand-in is not there.
    """
    if choice.backend is Backend.EMULATOR:
        from storyboard.session.rehearsal import installed  # noqa: PLC0415 -- only when used

        installed()
    ready(choice, environment)


def responsible(choice: BackendChoice, plan: Plan, catalogue: Catalogue) -> None:
    """Make sure that what is left to render is all the provider's that a run asks.

    Raises:
        AskError: if an endpoint is another provider's.
    """
    if choice.provider is None:
        return
    whose = {one.id: one.provider for one in catalogue.endpoints}
    for one in plan.jobs:
        provider = whose.get(one.job.endpoint, choice.provider.value)
        if one.states - {JobState.RENDERED} and provider != choice.provider.value:
            raise AskError(
                f"the job {one.job.id} is rendered by `{provider}`, and this run asks "
                f"`{choice.backend.value}`; nothing was sent",
                f"choose the backend `{provider}`, or other models",
            )
