"""`storyboard explain CODE`: a code to its page."""

import click

from storyboard.cli.exits import Exit, Stop
from storyboard.cli.terminal import say
from storyboard.diagnostics import codes, nearest, page


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain the CODE of a diagnostic: what it means, an example, what to do.

    Without a code, list all of them.
    """
    if code is None:
        for one in codes():
            say((page(one) or "").split("\n", 1)[0].removeprefix("# "))
        return
    text = page(code)
    if text is None:
        near = nearest(code.upper(), [str(one) for one in codes()])
        hint = f"; did you mean {near}?" if near else ""
        raise Stop(
            Exit.USAGE,
            f"there is no code {code}{hint}",
            "`storyboard explain` lists them all",
        )
    say(text.rstrip())
