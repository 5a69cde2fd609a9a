"""Commands in messages as they are typed: with the storyboard, and with whose clips are meant."""

import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from storyboard.diagnostics import Diagnostic
from storyboard.session.backend_choice import REHEARSAL, BackendChoice
from storyboard.session.errors import SessionError
from storyboard.store import STORE

_FILE = re.compile(r"\b(storyboard [a-z]+) FILE\b")


def typed(text: str, storyboard: Path, choice: BackendChoice) -> str:
    """Return a message with the storyboard in place of `FILE` in its commands.

    In a rehearsal they ask for the stand-in: copied without it, they would be about real money.
    """
    option = f" --backend {choice.backend.value}" if choice.folder == REHEARSAL.folder else ""
    file = f"{shlex.quote(str(storyboard))}{option}"
    named = _FILE.sub(lambda found: f"{found[1]} {file}", text)
    return named.replace(f"`{STORE}/clips`", f"`{choice.folder}/clips`")


def with_typed_commands(found: Diagnostic, storyboard: Path, choice: BackendChoice) -> Diagnostic:
    """Return a finding whose help can be copied."""
    if found.help is None or ("FILE" not in found.help and STORE not in found.help):
        return found
    return replace(found, help=typed(found.help, storyboard, choice))


@contextmanager
def commands_typed(storyboard: Path, choice: BackendChoice) -> Iterator[None]:
    """Let what a session's errors say to type be typed."""
    try:
        yield
    except SessionError as error:
        error.help = typed(error.help, storyboard, choice)
        raise
