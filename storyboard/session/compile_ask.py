"""Compile what is asked for against a store, up to a plan that has no errors."""

from dataclasses import replace
from functools import partial

from storyboard.compile import LockFile, compile_storyboard
from storyboard.diagnostics import has_errors
from storyboard.files import project_of
from storyboard.pipeline import Ask, Compiled
from storyboard.plan import Plan
from storyboard.session.backend_choice import FAL, BackendChoice
from storyboard.session.errors import AskError, MistakesError, SetupError, store_errors
from storyboard.session.lock_file import lock_path
from storyboard.session.typed_commands import with_typed_commands
from storyboard.store import clips_here, view
from storyboard.template import NoChoice


def compiled(ask: Ask, choice: BackendChoice = FAL, lock_text: bytes | None = None) -> Compiled:
    """Compile against the store and the lock of a backend; mistakes are in the value.

    `lock_text` is read in place of the lock's file.

    Raises:
        AskError: if the choice of variations is invalid, or takes none.
        SetupError: if a file or the store cannot be read.
    """
    lock = None
    if choice.locked is not None:
        store = project_of(ask.storyboard) / choice.folder
        path = lock_path(ask.storyboard, choice.locked)
        lock = LockFile(
            path, choice.locked, lambda clips: clips_here(store, clips).keys(), lock_text
        )
    try:
        with store_errors():
            found = compile_storyboard(ask, partial(view, folder=choice.folder), lock=lock)
    except NoChoice as error:
        raise AskError(str(error)) from error
    except OSError as error:
        if error.filename is None:  # no file refused anything: a fault of ours, or of a library
            raise
        raise SetupError(f"cannot read {error.filename}: {error.strerror}") from error
    told = (with_typed_commands(one, ask.storyboard, choice) for one in found.diagnostics)
    return replace(found, diagnostics=tuple(told))


def plan_of(result: Compiled) -> Plan:
    """Return the plan of a storyboard without errors.

    Raises:
        MistakesError: if there are errors.
    """
    if has_errors(result.diagnostics) or result.plan is None:
        raise MistakesError(result.diagnostics, result.texts)
    return result.plan
