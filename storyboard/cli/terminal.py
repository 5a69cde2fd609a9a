"""Write text to the terminal so that nothing foreign in it acts there, whatever the encoding.

All output of the command line goes through here. Names of files, words of a provider, texts of a
storyboard: each may hold escape sequences that set a title, fill the clipboard or hide a line.
"""

import io
import json
import re
import sys
from collections.abc import Mapping, Sequence

import click

from storyboard.diagnostics import harmless

_NOT_SHOWN = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON may hold as it is, and a terminal acts on, or no file can hold."""


def say(text: str = "", *, err: bool = False, end: str = "\n") -> None:
    """Write lines of text that may come from anywhere; control characters are shown as signs."""
    write("\n".join(map(harmless, text.split("\n"))) + end, err=err)


def write(text: str, *, err: bool = False) -> None:
    """Write text as it is: only what is known to be harmless, with colours of our own."""
    click.echo(text, file=sys.stderr if err else sys.stdout, nl=False)


def agree(question: str) -> bool:
    """Ask for a yes on standard error; anything else is a no."""
    return click.confirm("\n".join(map(harmless, question.split("\n"))), default=False, err=True)


def choose(question: str, answers: Sequence[str]) -> str | None:
    """Ask on standard error which of the answers it is; anything else is None."""
    listed = "/".join(answers)
    typed = click.prompt(
        harmless(f"{question} [{listed}/none]"), default="", show_default=False, err=True
    )
    given = str(typed).strip().lower()
    return next((one for one in answers if given and one.startswith(given)), None)


def say_usage(error: click.ClickException) -> None:
    """Write what is wrong with a command line, with the usage of its command."""
    written = io.StringIO()
    error.show(written)
    say(written.getvalue(), err=True, end="")


def json_text(value: Mapping[str, object], encoding: str = "utf-8") -> str:
    """Write JSON that reads back as the very same data, in characters that `encoding` has.

    Anything that a terminal would act on is in it as an escape.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    text = _NOT_SHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(value, indent=2)
    return text


def write_json(value: Mapping[str, object]) -> None:
    """Write one JSON value on standard output."""
    write(json_text(value, getattr(sys.stdout, "encoding", None) or "utf-8") + "\n")
