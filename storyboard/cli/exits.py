"""How a command ends: its exit code, and the words that go with it."""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes, the same for every command."""

    OK = 0
    MISTAKES = 1
    USAGE = 2
    DECLINED = 4
    FAILED = 5
    UNKNOWN = 6
    ENVIRONMENT = 7
    BUG = 70
    INTERRUPTED = 130
    NOT_READ = 141


class Stop(Exception):  # noqa: N818 -- it ends a command; it is not always an error
    """Ends a command with a code and, on standard error, a message."""

    def __init__(self, code: Exit, message: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
