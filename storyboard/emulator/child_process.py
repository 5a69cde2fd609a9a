"""Options into a stand-in in a process of its own, which ends with the one that started it."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from storyboard.emulator.listen import Urls

_START = "import sys; from storyboard.cli.main import main; sys.argv[0] = 'storyboard'; main()"


REHEARSAL_SPEED = "60"
"""A rehearsal is to be watched, not waited for: three minutes of rendering become three seconds."""


class DidNotStart(Exception):  # noqa: N818 -- it says what happened
    """The stand-in ended before it listened; the text is what it said."""


@contextmanager
def child(
    state: Path, scenario: Path | None = None, options: Sequence[str] = ("--speed", REHEARSAL_SPEED)
) -> Iterator[Urls]:
    """Start a stand-in that keeps its state in a folder, give its URLs, and stop it.

    With the same folder it has the same URLs, requests and charges again, so a run can be taken
    up by a later one. `options` are further options of `storyboard emulator`.

    Raises:
        DidNotStart: the scenario is wrong, or another process has the folder.
    """
    named = ("--scenario", str(scenario)) if scenario is not None else ()
    state.mkdir(parents=True, exist_ok=True)
    log = state / "log.txt"
    start = (sys.executable, "-c", _START, "emulator", "--state", str(state), "--until-stdin-ends")
    with log.open("w", encoding="utf-8") as said:
        # Only the scenario's path is the user's, and it goes to no shell.
        process = subprocess.Popen(  # noqa: S603
            [*start, *named, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            encoding="utf-8",
            # Ctrl-C at a terminal goes to a whole group: the run that hears it still fetches what
            # is finished, and the stand-in ends when that run does.
            start_new_session=True,
        )
    with process:
        line = process.stdout.readline() if process.stdout else ""
        if not line.startswith("{"):
            process.communicate()
            raise DidNotStart(log.read_text(encoding="utf-8") or line)
        try:
            yield Urls(**json.loads(line))
        finally:
            process.communicate()
