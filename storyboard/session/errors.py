"""Everything that keeps a session from its result: what happened, and what to do.

    SessionError
    ├── MistakesError       the storyboard, or another file, has errors: its diagnostics say where
    ├── AskError            what is asked for is not there, or does not fit together
    ├── AgreementError      nothing was sent: nobody agreed to what it costs
    │   ├── PlanChangedError    what was agreed to is not what would be rendered now
    │   ├── OverLimitError      it costs more than a bound on it
    │   └── NotApprovedError    a final film was asked for, and shots of it are not approved
    └── SetupError          the key, the disk, the store or an installed package is not as needed
        └── NotAsLockedError    clips or files are not here, or not those that the lock names

A command line, a server or a script maps these to its own answers, each in one place.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from storyboard.diagnostics import Diagnostic, counted
from storyboard.store.problem import StoreProblem


class SessionError(Exception):
    """Why a session ended without its result. `code` has a page, if it is there."""

    def __init__(
        self,
        message: str,
        help: str = "",  # noqa: A002 -- what it is everywhere else
        code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.code = code


class MistakesError(SessionError):
    """A file that the user wrote has errors. `texts` are the files that `diagnostics` point to."""

    def __init__(self, diagnostics: Sequence[Diagnostic], texts: Mapping[str, str]) -> None:
        first = next(iter(diagnostics), None)
        message = counted(len(diagnostics), "diagnostic")
        super().__init__(first.message if first and len(diagnostics) == 1 else message)
        self.code = first.code if first else None
        self.diagnostics = tuple(diagnostics)
        self.texts = texts


class AskError(SessionError):
    """What is asked for is not there, or does not fit together."""


class AgreementError(SessionError):
    """Nobody agreed to what it costs: nothing was sent."""


class PlanChangedError(AgreementError):
    """What was agreed to is not what would be rendered now. `changes` says what differs."""

    def __init__(self, changes: Sequence[str], help: str) -> None:  # noqa: A002 -- as above
        super().__init__(f"this plan no longer holds\n{_listed(changes)}", help)
        self.changes = tuple(changes)


class OverLimitError(AgreementError):
    """It costs more than a bound on it: nothing was sent."""


class NotApprovedError(AgreementError):
    """A final film was asked for, and shots of it are not approved as they are seen now."""

    def __init__(self, shots: Sequence[str], help: str) -> None:  # noqa: A002 -- as above
        super().__init__(f"not approved, and nothing was made\n{_listed(shots)}", help)
        self.shots = tuple(shots)


class SetupError(SessionError):
    """The key, the disk, the store or an installed package is not as it has to be."""


class NotAsLockedError(SetupError):
    """A film cannot be made as the lock says: clips or files are not here, or are others."""

    def __init__(self, found: Sequence[str], help: str) -> None:  # noqa: A002 -- as above
        super().__init__(f"not as the lock has it, and nothing was made\n{_listed(found)}", help)
        self.found = tuple(found)


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"  - {one}" for one in lines)


@contextmanager
def store_errors() -> Iterator[None]:
    """Raise a problem of the store as a `SetupError`."""
    try:
        yield
    except StoreProblem as problem:
        raise SetupError(problem.message, problem.help, problem.code) from problem
