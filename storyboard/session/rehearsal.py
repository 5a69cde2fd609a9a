"""Open the local stand-in for fal, one rehearsal of a project at a time."""

import asyncio
import importlib.util
import json
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import TYPE_CHECKING

from storyboard.catalogue import Catalogue
from storyboard.jobs import ClipJob
from storyboard.plan import Plan
from storyboard.provider import Provider
from storyboard.session.errors import AskError, MistakesError, SetupError
from storyboard.session.listener import Listener, RehearsalWaits
from storyboard.writing import atomic_write

if TYPE_CHECKING:
    from storyboard.emulator import Urls

_PACKAGES = ("starlette", "trustme", "uvicorn")

_FOLDER = "emulator"
_LOOK_EVERY = 0.2
_LOOKS_UNTOLD = 5
"""A stand-in of a run that has just ended may take a moment to end as well."""


def installed() -> None:
    """Make sure that the emulator's packages are there: they are an extra.

    Raises:
        SetupError: if one is not.
    """
    for package in _PACKAGES:
        if importlib.util.find_spec(package) is None:
            raise SetupError(f"the emulator needs the package {package}", _installation())


def _installation() -> str:
    """Return a command that installs the extra's packages beside this very program.

    It names the packages: `storyboard-compiler[emulator]` would be looked up in an index, which is
    wrong for an installation from a checkout, and `.[emulator]` needs the checkout.
    """
    try:
        listed = [line.partition(";") for line in requires("storyboard-compiler") or ()]
    except PackageNotFoundError:  # run from a folder that is on the path, and not installed
        listed = []
    wanted = [name.strip() for name, _, marker in listed if "extra ==" in marker]
    words = [sys.executable, "-m", "pip", "install", *(wanted or _PACKAGES)]
    # Double quotes are understood by every system's shell.
    return " ".join(f'"{word}"' if set(word) & set(" <>=\\") else word for word in words)


def readable(scenario: Path) -> None:
    """Make sure that a scenario can be played.

    Raises:
        AskError: if the file cannot be read.
        MistakesError: if it has mistakes.
    """
    from storyboard.emulator import ScenarioWrong, load_scenario  # noqa: PLC0415 -- extra

    try:
        load_scenario(scenario)
    except ScenarioWrong as wrong:
        raise MistakesError(wrong.diagnostics, wrong.texts) from wrong
    except OSError as error:
        raise AskError(f"cannot read {scenario}: {error.strerror}") from error


@asynccontextmanager
async def rehearsed(
    store: Path, catalogue: Catalogue, scenario: Path | None, listen: Listener
) -> AsyncIterator[Provider]:
    """Open the local stand-in, in a process that ends with this one. `store` is the rehearsal's.

    A project has one at a time: its requests and its night are those of one account. A second
    rehearsal waits for the first, and then finds what that has rendered.

    Raises:
        SetupError: if it does not start.
    """
    from storyboard.backends.fal import REHEARSED, open_fal  # noqa: PLC0415 -- only when used

    folder = store / _FOLDER
    with ExitStack() as stack:
        urls = None
        while urls is None:
            await _alone(folder, listen)
            urls = _started(folder, scenario, stack)
        environment = {
            "FAL_KEY": "rehearsal",
            "STORYBOARD_FAL_QUEUE_URL": urls.queue_url,
            "STORYBOARD_FAL_REST_URL": urls.rest_url,
            "STORYBOARD_FAL_API_URL": urls.api_url,
        }
        async with open_fal(environment, catalogue, REHEARSED) as stand_in:
            yield stand_in


def name_shots(store: Path, plan: Plan) -> None:
    """Tell the stand-in of a rehearsal what shots are called: requests have only their prompts.

    Raises:
        SetupError: if its folder cannot be written.
    """
    from storyboard.emulator import NAMES  # noqa: PLC0415 -- an extra

    file = store / _FOLDER / NAMES
    names = {
        shot.prompt: str(shot.name)
        for one in plan.jobs
        if isinstance(one.job, ClipJob)
        for shot in one.job.shots
    }
    try:
        # A rehearsal that is under way has names of its own there.
        before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        with atomic_write(file) as temporary:
            temporary.write_text(json.dumps({**before, **names}), encoding="utf-8")
    except OSError as error:
        raise SetupError(f"cannot write {file}: {error.strerror or error}") from error


def _started(folder: Path, scenario: Path | None, stack: ExitStack) -> "Urls | None":
    """Start the stand-in until the stack ends; None where another rehearsal was quicker."""
    from storyboard.emulator import (  # noqa: PLC0415 -- an extra
        DidNotStart,
        child,
        holder_of,
    )

    try:
        return stack.enter_context(child(folder, scenario))
    except DidNotStart as error:
        if holder_of(folder) is not None:
            return None
        raise SetupError(f"the emulator did not start\n{error}") from error


async def _alone(folder: Path, listen: Listener) -> None:
    """Wait until no other rehearsal of this project is at work, and say so where that lasts."""
    from storyboard.emulator import holder_of  # noqa: PLC0415 -- an extra

    looks = 0
    while (holder := holder_of(folder)) is not None:
        looks += 1
        if looks == _LOOKS_UNTOLD:
            listen(RehearsalWaits(holder))
        await asyncio.sleep(_LOOK_EVERY)
