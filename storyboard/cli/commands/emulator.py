"""`storyboard emulator`: options to a local stand-in for fal, to rehearse against."""

from pathlib import Path

import click

from storyboard.cli.exits import Exit, Stop
from storyboard.session import installed
from storyboard.session.errors import MistakesError

_PACKAGES = ("starlette", "trustme", "uvicorn")


@click.command("emulator")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port; 0 takes a free one.")
@click.option(
    "--speed",
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    show_default=True,
    help="How many times faster than fal.",
)
@click.option(
    "--ledger",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what was charged here, a JSON line each.",
)
@click.option(
    "--scenario",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What goes wrong, and when (YAML).",
)
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep requests here, to go on with them after a restart.",
)
@click.option(
    "--concurrency",
    type=click.IntRange(min=1),
    help="Requests at a time of the account.  [default: 2, as a new account has]",
)
@click.option("--seed", type=int, help="Play the scenario with another seed.")
@click.option(
    "--height",
    type=click.IntRange(16, 2160),
    default=540,
    show_default=True,
    help="Height in pixels of a landscape clip.",
)
@click.option("--same-clips", is_flag=True, help="Give equal clips for equal requests.")
@click.option("--tls", is_flag=True, help="Also be fal's hosts, behind an HTTPS proxy.")
@click.option("--until-stdin-ends", is_flag=True, hidden=True)
def command(**given: object) -> int:
    """Run a local stand-in for fal, to rehearse renders without cost.

    The first line printed is JSON with its URLs. Any key is good, and nothing leaves this machine.
    """
    installed()
    from storyboard.emulator import (  # noqa: PLC0415 -- extra
        InUse,
        Options,
        ScenarioWrong,
        launch,
    )

    options = Options(**given)  # type: ignore[arg-type]  # click gives what the options say
    try:
        launch(options, lambda urls: print(urls.line(), flush=True))  # noqa: T201 -- for programs
    except ScenarioWrong as wrong:
        raise MistakesError(wrong.diagnostics, wrong.texts) from wrong
    except InUse as error:
        raise Stop(
            Exit.ENVIRONMENT,
            f"the emulator cannot start: {error}",
            "wait until that has ended, or choose another --state",
        ) from error
    except OSError as error:
        advice = "choose another --port or --state, or leave them out"
        if options.until_stdin_ends:  # a run started it, and has neither
            advice = f"make room on the disk, and {options.state} writable"
        raise Stop(
            Exit.ENVIRONMENT,
            f"the emulator cannot start: {error.strerror or error}",
            advice,
        ) from error
    return Exit.OK
