"""What runs in processes that are killed: the program itself, and the stand-in that it talks to.

The processes are forked from one that has imported everything once (see `crash_loop`), so that
hundreds of them are cheap. They are whole processes all the same, and SIGKILL ends all of one.
"""

import asyncio
import gc
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

# Imported here and not in the commands, once for all processes.
import storyboard.cli.commands.approve
import storyboard.cli.commands.cut
import storyboard.cli.commands.pick
import storyboard.cli.commands.plan
import storyboard.cli.commands.reject
import storyboard.cli.commands.render
import storyboard.cli.commands.store
import storyboard.cli.commands.take
import storyboard.cli.commands.takes
import storyboard.cut.cut_film
import storyboard.emulator.launching
import storyboard.emulator.serve
from storyboard.backends.fal import Fal, open_fal
from storyboard.cli.main import run
from storyboard.clock import utc_now
from storyboard.emulator.desk import Desk
from storyboard.emulator.entry import Entry, Video
from storyboard.render.engine import render
from storyboard.render.ports import Clock
from storyboard.store import effects

IMPORTED = (
    storyboard.cli.commands.approve,
    storyboard.cli.commands.cut,
    storyboard.cli.commands.pick,
    storyboard.cli.commands.plan,
    storyboard.cli.commands.reject,
    storyboard.cli.commands.render,
    storyboard.cli.commands.store,
    storyboard.cli.commands.take,
    storyboard.cli.commands.takes,
    storyboard.cut.cut_film,
    open_fal,
)
HANGS = 300.0
"""Seconds after which a process counts as hanging; shortly before, it says where it is."""

QUICKER = 100.0
LOST_AFTER = 0.3
"""Seconds after which a request that is not in the list counts as lost: it is listed at once."""


async def _quick(seconds: float) -> None:
    await asyncio.sleep(seconds / QUICKER)


def _in_quick_time(skew: timedelta = timedelta(0)) -> None:
    """Shorten what the engine waits for, which the command line leaves at what it is."""
    defaults: dict[str, Any] = render.__kwdefaults__
    defaults["clock"] = Clock(now=lambda: utc_now() + skew, sleep=_quick)
    Fal.longest_wait = lambda *_: LOST_AFTER  # type: ignore[method-assign]


def storyboard_command(  # noqa: PLR0913, PLR0917 -- what a process of its own needs
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    said: Path,
    crash_at: int = 0,
    skew: timedelta = timedelta(0),
) -> None:
    """Run `storyboard …` in a folder; die at the n-th side effect, if a number is given.

    `skew` is how far this machine's clock is ahead.
    """
    os.environ.update(environment)
    os.chdir(folder)
    _say_to(said)
    _in_quick_time(skew)
    watch = threading.Timer(HANGS - 10, _say_where_it_is)
    watch.daemon = True
    watch.start()
    effects._crash_at = crash_at  # noqa: SLF001 -- the variable was read when this was imported
    os._exit(_flushed(run(list(arguments))))


def effects_of(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], said: Path, out: Path
) -> None:
    """Run a command, and write down the names of its side effects in their order."""
    names: list[str] = []

    def note(name: str) -> None:
        names.append(name)

    seam = effects.effect
    for module in list(sys.modules.values()):
        if getattr(module, "effect", None) is seam:
            module.effect = note  # type: ignore[attr-defined]  # it has one: that was just seen
    os.environ.update(environment)
    os.chdir(folder)
    _say_to(said)
    _in_quick_time()
    code = run(list(arguments))
    out.write_text("\n".join(names), encoding="utf-8")
    os._exit(_flushed(code))


def emulator_command(arguments: Sequence[str], first_line: Path) -> None:
    """Run `storyboard emulator`; its first line goes to a file."""
    _say_to(first_line)
    os._exit(_flushed(run(["emulator", *arguments])))


class _NumberedDesk(Desk):
    """Gives the n-th request for equal work the same clip in every run, and another one each n."""

    def _clip(self, entry: Entry, video: Video) -> bytes:
        equal = [one.id for one in self.account.entries.values() if one.digest == entry.digest]
        numbered = replace(entry, digest=f"{equal.index(entry.id)} of {entry.digest}")
        return super()._clip(numbered, video)


def emulator_of_takes(arguments: Sequence[str], first_line: Path) -> None:
    """Run `storyboard emulator`, so that further takes differ, and are the same in every run."""
    storyboard.emulator.serve.Desk = _NumberedDesk  # type: ignore[misc]  # for this process
    emulator_command(arguments, first_line)


def _say_where_it_is() -> None:
    """Print what every task waits for, from its outermost call to its innermost."""
    for task in [one for one in gc.get_objects() if isinstance(one, asyncio.Task)]:
        coroutine: Any = None if task.done() else task.get_coro()
        print("waiting:")  # noqa: T201 -- to the file of what it said
        while (frame := getattr(coroutine, "cr_frame", None)) is not None:
            job = getattr(frame.f_locals.get("job"), "id", "")
            print(f"  {frame.f_code.co_filename}:{frame.f_lineno} {job}")  # noqa: T201 -- the same
            coroutine = coroutine.cr_await
    sys.stdout.flush()


def _say_to(path: Path) -> None:
    file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)


def _flushed(code: int) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    return code
