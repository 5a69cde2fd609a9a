"""How a command ends: its exit code, and the words that go with it."""

from collections.abc import Mapping
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
    """Ends a command: with what is wrong and what to do; without words where all was told.

    `about` is the code of a page, where there is one. `beside` is what the command had to say
    until then, for programs: it has been told to people already.
    """

    head = "error"

    def __init__(
        self,
        code: Exit,
        message: str = "",
        help: str = "",  # noqa: A002 -- what it is everywhere else
        *,
        about: str | None = None,
        beside: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = help
        self.about = about
        self.beside = beside or {}

    def words(self) -> str:
        """Write it for people."""
        about = f"[{self.about}]" if self.about else ""
        head = f"{self.head}{about}: " if self.head else ""
        tail = f"\n  help: {self.help}" if self.help else ""
        return f"{head}{self.message}{tail}"

    def to_json(self) -> dict[str, object]:
        """Write it for programs, version 1: one form for every command."""
        return {
            "version": 1,
            **self.beside,
            "exit_code": int(self.code),
            "code": self.about,
            "error": self.message,
            "help": self.help or None,
        }


class Leave(Stop):
    """Ends a command because somebody wished it so: that is no error."""

    head = ""
