"""Processes to be killed, and what is looked at after: the harness of the crash loop."""

import json
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import crash_child
import httpx
from crash_film import HEIGHT, KEY, write_film

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([crash_child.__name__])
_HERE = str(Path(__file__).parent)

RENDER = ("render", "storyboard.yaml", "--backend", "fal", "--yes")
RESUME = (*RENDER, "--resubmit-unknown")
# Each film is a multiple of 128 pixels wide: x264 weighs eight blocks of 16 at a time, and beside
# the last ones reads memory that it never wrote: what it codes differs then, though nobody sees it.
FILMS = ("film.mp4", "film.square.mp4")
SIGKILLED = -9


def forked(target: Callable[..., None], args: tuple[object, ...]) -> ForkServerProcess:
    """Make a process that is forked from one that has imported everything."""
    # That one is started here if it is not yet there. It looks for what to import where every
    # Python does, not in our `sys.path`, and is silent about what it does not find.
    paths = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = _HERE if paths is None else f"{_HERE}{os.pathsep}{paths}"
    try:
        forkserver.ensure_running()
    finally:
        if paths is None:
            del os.environ["PYTHONPATH"]
        else:
            os.environ["PYTHONPATH"] = paths
    return _FORKS.Process(target=target, args=args)


@dataclass(frozen=True, slots=True)
class Place:
    """A project and the provider that it renders at, each in a folder of its own."""

    film: Path
    state: Path
    environment: dict[str, str]

    @property
    def ledger(self) -> Path:
        """The provider's charges."""
        return self.state / "ledger.jsonl"

    @property
    def said(self) -> Path:
        """What the last command printed."""
        return self.state / "said.txt"

    def run(self, arguments: tuple[str, ...], crash_at: int = 0) -> int:
        """Run a command in a process of its own; return its exit code, -9 for a killed one."""
        process = forked(
            target=crash_child.storyboard_command,
            args=(arguments, self.film, self.environment, self.said, crash_at),
        )
        process.start()
        process.join(crash_child.HANGS)
        assert process.exitcode is not None, self.said.read_text(encoding="utf-8")
        if process.exitcode == SIGKILLED:
            self.let_arrive()
        return process.exitcode

    def let_arrive(self) -> None:
        """Wait until the provider has taken in what the dead process had sent.

        Requests under way are in no list yet. The program waits for an hour before it takes one
        for lost; here that hour is a part of a second.
        """
        url = self.environment["STORYBOARD_FAL_API_URL"] + "/v1/models/pricing"
        for _ in range(3):
            httpx.get(url, trust_env=False, timeout=crash_child.HANGS)

    def effects(self, arguments: tuple[str, ...]) -> list[str]:
        """Run a command; return the names of its side effects."""
        out = self.state / "effects.txt"
        process = forked(
            target=crash_child.effects_of,
            args=(arguments, self.film, self.environment, self.said, out),
        )
        process.start()
        process.join(crash_child.HANGS)
        assert process.exitcode == 0, self.said.read_text(encoding="utf-8")
        return out.read_text(encoding="utf-8").splitlines()

    def films(self) -> dict[str, bytes]:
        """Read the films."""
        return {name: (self.film / "build" / name).read_bytes() for name in FILMS}


@contextmanager
def place(folder: Path) -> Iterator[Place]:
    """Write the storyboard and start a provider for it, in a process that ends with the block."""
    write_film(folder / "film")
    (folder / "state").mkdir()
    with opened(folder, crash_child.emulator_command) as here:
        yield here


@contextmanager
def opened(folder: Path, emulator: Callable[[Sequence[str], Path], None]) -> Iterator[Place]:
    """Start the provider of a project that is there, with what it has kept."""
    film, state = folder / "film", folder / "state"
    line = state / "urls.json"
    line.unlink(missing_ok=True)
    options = ("--state", str(state), "--speed", "20000", "--concurrency", "4", "--same-clips")
    process = forked(target=emulator, args=((*options, "--height", str(HEIGHT)), line))
    process.start()
    try:
        while not (line.exists() and line.read_text(encoding="utf-8").endswith("\n")):
            assert process.is_alive(), line.read_text(encoding="utf-8")
            time.sleep(0.005)
        urls = json.loads(line.read_text(encoding="utf-8"))
        environment = {
            "FAL_KEY": KEY,
            "STORYBOARD_FAL_QUEUE_URL": urls["queue_url"],
            "STORYBOARD_FAL_REST_URL": urls["rest_url"],
            "STORYBOARD_FAL_API_URL": urls["api_url"],
        }
        yield Place(film, state, environment)
    finally:
        process.terminate()
        process.join()
