"""Run git in a folder so that nothing in its repository can run a program, fetch, ask, or wait.

A repository may come from anywhere, and its configuration names programs: pagers, monitors, hooks,
transports. Only plumbing that reads is run, and what could start one of them is switched off.
"""

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_PATIENCE_S = 60.0
"""Seconds for everything that is asked of one repository."""

_OPTIONS = (
    "--no-pager",
    "--no-replace-objects",
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    # A folder of a project that looks like a repository is not the project's.
    *("-c", "safe.bareRepository=explicit"),
)
_OURS = {
    "LC_ALL": "C",
    "GIT_PAGER": "cat",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    # Versions that do not know the line above would fetch: then no protocol is allowed.
    "GIT_ALLOW_PROTOCOL": "",
}
_KEPT = ("GIT_CONFIG_", "GIT_EXEC_PATH", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_")
"""Git's variables that do not say which repository is meant; `safe.directory` may be in them."""


class GitProblem(Exception):  # noqa: N818 -- it says what happened
    """Git is not there, refuses, or does not answer; the text says which."""


@dataclass(frozen=True, slots=True)
class Said:
    """What git wrote: its output, and its warnings by line."""

    out: bytes
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Git:
    """Git in a folder, until a time by `time.monotonic`."""

    program: str
    folder: Path
    environment: Mapping[str, str]
    until: float

    def ask(self, *words: str) -> Said:
        """Run one command to its end.

        Raises:
            GitProblem: it fails, or time is up.
        """
        with self.begun(*words) as running:
            running.stdin.close()
            out = running.stdout.read()
        return Said(out, running.warnings)

    @contextmanager
    def begun(self, *words: str) -> "Iterator[Running]":
        """Start a command, whose pipes the block uses; EOFError in it says that git has ended.

        Raises:
            GitProblem: it fails, or time is up.
        """
        command = [self.program, *_OPTIONS, "-C", str(self.folder), *words]
        with tempfile.TemporaryFile() as errors, _started(command, self.environment, errors) as git:
            running = Running(git, errors)
            timer = threading.Timer(max(0.0, self.until - time.monotonic()), running.stop)
            timer.start()
            try:
                yield running
            except (BrokenPipeError, EOFError):  # its code and its words say more
                running.is_whole = False
            except BaseException:
                git.kill()
                raise
            finally:
                running.wait()
                timer.cancel()
            running.check()


class Running:
    """A git that runs, with pipes to and from it; `warnings` are its lines once it has ended."""

    def __init__(self, process: "subprocess.Popen[bytes]", errors: IO[bytes]) -> None:
        if process.stdin is None or process.stdout is None:
            raise TypeError("git is started with pipes")
        self.stdin, self.stdout = process.stdin, process.stdout
        self.is_whole = True
        self.warnings: tuple[str, ...] = ()
        self._process = process
        self._errors = errors
        self._late = False

    def stop(self) -> None:
        """End it: time is up."""
        self._late = True
        self._process.kill()

    def wait(self) -> None:
        """Wait for its end, which closed pipes lead to."""
        with suppress(BrokenPipeError):
            self.stdin.close()
        self.stdout.close()
        self._process.wait()
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").splitlines()
        self.warnings = tuple(line for line in lines if line.strip())

    def check(self) -> None:
        """Make sure that it ended well.

        Raises:
            GitProblem: it did not.
        """
        if self._late:
            raise GitProblem("git took too long")
        if self._process.returncode or not self.is_whole:
            fatal = [line for line in self.warnings if line.startswith("fatal: ")]
            why = next(iter((*fatal, *self.warnings)), "it ended early")
            raise GitProblem(f"git refuses: {why.removeprefix('fatal: ')}")


def _started(
    command: Sequence[str], environment: Mapping[str, str], errors: IO[bytes]
) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(  # noqa: S603 -- our own words and a path, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment,
        )
    except OSError as error:
        raise GitProblem(f"git does not start: {error.strerror or error}") from error


def git_in(
    folder: Path, environment: Mapping[str, str] = os.environ, patience: float = _PATIENCE_S
) -> Git:
    """Find git for a folder; `patience` are the seconds that it may take in all.

    Raises:
        GitProblem: there is none.
    """
    program = _found(environment.get("PATH", os.defpath))
    if program is None:
        raise GitProblem("there is no git on this machine")
    own = {
        name: value
        for name, value in environment.items()
        if not name.startswith("GIT_") or name.startswith(_KEPT)
    }
    own.pop("LANGUAGE", None)
    return Git(program, folder, {**own, **_OURS}, time.monotonic() + patience)


def _found(path: str) -> str | None:
    """Look in absolute folders only: one here may hold a program of the project's."""
    for folder in path.split(os.pathsep):
        if os.path.isabs(folder) and (found := shutil.which(os.path.join(folder, "git"))):  # noqa: PTH117, PTH118 -- a text
            return found
    return None
