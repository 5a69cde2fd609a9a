"""Processes to be killed, and what is looked at after: the harness of the crash loop."""

import json
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import crash_child
import httpx
from crash_film import HEIGHT, KEY, write_film

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["crash_child"])

RENDER = ("render", "storyboard.yaml", "--backend", "fal", "--yes")
RESUME = (*RENDER, "--resubmit-unknown")
# Each film is a multiple of 128 pixels wide: x264 weighs eight blocks of 16 at a time, and beside
# the last ones reads memory that it never wrote: what it codes differs then, though nobody sees it.
FILMS = ("film.mp4", "film.square.mp4")
SIGKILLED = -9


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
        process = FORKS.Process(
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
        process = FORKS.Process(
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
    film, state = folder / "film", folder / "state"
    write_film(film)
    state.mkdir()
    line = state / "urls.json"
    options = ("--state", str(state), "--speed", "20000", "--concurrency", "4", "--same-clips")
    process = FORKS.Process(
        target=crash_child.emulator_command, args=((*options, "--height", str(HEIGHT)), line)
    )
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
