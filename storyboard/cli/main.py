"""`storyboard …`: a command line to one command, and what escapes it to a message and a code."""

import importlib
import io
import logging
import os
import signal
import sys
import warnings
from typing import NoReturn

import click

from storyboard.cli.exits import Exit

COMMANDS = {
    "init": "Start a new storyboard from a template.",
    "check": "Find every mistake in a storyboard.",
    "plan": "Show the jobs, what they cost, and why.",
    "render": "Render the jobs and cut the films.",
    "takes": "Show the takes of each shot, or export them.",
    "take": "Render further takes of shots.",
    "cut": "Cut the films again from what is rendered.",
    "pick": "Pick which take of a shot the film shows.",
    "approve": "Approve what is seen of shots.",
    "reject": "Reject what is seen of a shot, and say why.",
    "status": "Show what is rendered, in flight, or unknown.",
    "cancel": "Cancel requests that are in flight.",
    "reconcile": "Look up requests whose outcome is unknown.",
    "spend": "Show what was spent, on what.",
    "store": "List, verify or clean the kept clips.",
    "models": "List the models with limits and prices.",
    "catalogue": "List the catalogue's editions, or pin one.",
    "explain": "Explain a diagnostic's code.",
    "schema": "Print a JSON Schema, or where it lies.",
    "doctor": "Check that this machine has what is needed.",
    "emulator": "Run a local stand-in for fal, to rehearse.",
}
"""Each command's module in `commands/`, and its line in the help: `--help` imports none of them."""


class Commands(click.Group):
    """The group of commands, each imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Name the commands in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command's module and return the command in it."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"storyboard.cli.commands.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a misspelt one is told its nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from storyboard.diagnostics import nearest  # noqa: PLC0415 -- kept off --help

            if args and (near := nearest(args[0], COMMANDS)):
                message = f"No such command '{args[0]}'. Did you mean '{near}'?"
                raise click.UsageError(message, ctx) from error
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="storyboard-compiler", prog_name="storyboard")
def group() -> None:
    """Compile a YAML storyboard into a finished film.

    Start with: storyboard init my-film
    """


def main() -> NoReturn:
    """Run the command line and leave with one of the codes of `Exit`."""
    # Pillow tells what is odd about a picture with a file and a line of its own.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    # fontTools tells of each odd record of a font, of which there can be thousands.
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    _take_any_text()
    code = run(sys.argv[1:])
    _hear_no_more()
    _let_go()
    sys.exit(code)


def _hear_no_more() -> None:
    """Leave Ctrl-C unheard from here on: the command has ended, and its code is known.

    Python ends itself by the signal instead of with the code if the interrupt came in a text that
    is executed, as every dataclass is when its module is imported; a blocked signal cannot end it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):  # Windows has none, and no such end either
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _take_any_text() -> None:
    """Have a character that the terminal's encoding lacks written as an escape, as JSON does."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _let_go() -> None:
    """Give up what standard output did not take: Python would try again, and leave with 120."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code. Nothing but an exit code comes out of it."""
    try:
        code = group.main(arguments, prog_name="storyboard", standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except SystemExit:
        # click's own, where whoever read our output has gone (`| head -1`): it leaves with 1, which
        # would say that the storyboard has errors. Nothing more can be said to anybody.
        return Exit.NOT_READ
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 -- the last net: a traceback is not for users
        from storyboard.cli.ending import end  # noqa: PLC0415 -- kept off --help

        return end(error, arguments)
    return code if isinstance(code, int) else Exit.OK
