"""What escaped a command to its exit code, words for people, and JSON for programs."""

import os
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise

import click

from storyboard.cli.exits import Exit, Leave, Stop
from storyboard.cli.terminal import say, say_usage, write_json
from storyboard.writing import is_full


def end(error: BaseException, words: Sequence[str]) -> Exit:
    """Say why a command ended that was called with `words`, and return its code.

    Nothing but the code comes out of it: below this net there is none.
    """
    try:
        stop = _stop_of(error, words)
    except Exception as again:  # noqa: BLE001 -- what is shown may be what is broken
        stop = _bug(again)
    # The stream may be what failed: then nothing more can be said on it.
    with suppress(OSError, ValueError):
        _tell(error, stop)
    with suppress(OSError, ValueError):
        if stop.message and _json_wanted(words):
            write_json(stop.to_json())
    return stop.code


def _tell(error: BaseException, stop: Stop) -> None:
    if isinstance(error, click.ClickException):
        say_usage(error)  # with the usage of its command
    elif stop.message:
        say(stop.words(), err=True)


def _json_wanted(words: Sequence[str]) -> bool:
    """Tell from the words alone whether JSON was asked for: they may be no command that exists."""
    options = [*words[: words.index("--")]] if "--" in words else words
    return (
        "--json" in options
        or "--format=json" in options
        or ("--format", "json") in pairwise(options)
    )


def _stop_of(error: BaseException, words: Sequence[str]) -> Stop:
    match error:
        case Stop():
            return error
        case click.ClickException():
            return Stop(Exit.USAGE, error.format_message(), _usage(error))
        case click.Abort() | KeyboardInterrupt():
            return Leave(Exit.INTERRUPTED, "interrupted")
        case OSError() if is_full(error):
            message = f"{error}; nothing that was paid for is lost"
            return Stop(Exit.ENVIRONMENT, message, "make room, and run it again")
        case _:
            return _of_session(error, words) or _bug(error)


def _of_session(error: BaseException, words: Sequence[str]) -> Stop | None:
    """Give each kind of error from below its exit code: here, and nowhere else."""
    from storyboard.session import errors  # noqa: PLC0415 -- kept off what needs none of it
    from storyboard.store.problem import StoreProblem  # noqa: PLC0415 -- as above

    match error:
        case errors.MistakesError():
            from storyboard.cli import show  # noqa: PLC0415 -- as above

            form = "json" if _json_wanted(words) else "text"
            show.diagnostics(error.diagnostics, error.texts, form)
            return Stop(Exit.MISTAKES)
        case errors.AskError():
            code = Exit.USAGE
        case errors.AgreementError():
            code = Exit.DECLINED
        case errors.SetupError() | StoreProblem():
            code = Exit.ENVIRONMENT
        case _:
            return None
    return Stop(code, error.message, error.help, about=error.code)


def _usage(error: click.ClickException) -> str:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{context.command_path if context else 'storyboard'} --help tells what it takes"


def _bug(error: BaseException) -> Stop:
    """Say that the program is wrong, not the user, and keep the traceback for the report."""
    import traceback  # noqa: PLC0415 -- only here

    message = f"this is a bug in storyboard, not in your storyboard: {type(error).__name__}"
    told = "".join(traceback.format_exception(error))
    if os.environ.get("STORYBOARD_TRACEBACK"):
        with suppress(OSError, ValueError):
            say(told, err=True)
        return Stop(Exit.BUG, message, "please report it with what is above")
    try:
        kept = _kept(told)
    except OSError as refused:
        why = f"{message}: {error}\n  what happened could not be kept: {refused}"
        return Stop(Exit.BUG, why, "please report it; STORYBOARD_TRACEBACK=1 shows all of it")
    return Stop(
        Exit.BUG,
        f"{message}\n  what happened is written to {kept}; nothing that was paid for is lost",
        "please report it with that file",
    )


def _kept(told: str) -> str:
    """Write a traceback to a file of its own, and return its name."""
    import tempfile  # noqa: PLC0415 -- only here

    with tempfile.NamedTemporaryFile(
        "w",
        prefix="storyboard-",
        suffix=".txt",
        delete=False,
        encoding="utf-8",
        errors="backslashreplace",
    ) as file:
        file.write(told)
    return file.name
