"""Options of the command line into a stand-in that runs until it is told to stop."""

import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from storyboard.catalogue import load
from storyboard.diagnostics import Diagnostic
from storyboard.emulator.clip import draw_plain
from storyboard.emulator.desk import Settings, World
from storyboard.emulator.fault import Scenario
from storyboard.emulator.hold import holding
from storyboard.emulator.listen import Listener, Urls
from storyboard.emulator.scenario import BEGIN, lower
from storyboard.emulator.serve import stand_in
from storyboard.source import read


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked on the command line; None is what was not."""

    port: int
    speed: float
    ledger: Path | None
    scenario: Path | None
    state: Path | None
    concurrency: int | None
    seed: int | None
    height: int
    same_clips: bool
    tls: bool
    until_stdin_ends: bool


class ScenarioWrong(Exception):  # noqa: N818 -- a mistake of the user's, with its diagnostics
    """The scenario file has mistakes; `texts` are the files that they stand in."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], texts: Mapping[str, str]) -> None:
        super().__init__("the scenario has mistakes")
        self.diagnostics = diagnostics
        self.texts = texts


def launch(options: Options, ready: Callable[[Urls], None]) -> None:
    """Run a stand-in; `ready` is called with its URLs once it listens.

    Raises:
        ScenarioWrong: the scenario file has mistakes.
        InUse: another process has the folder.
        OSError: the port is taken, or the folder cannot be written.
    """
    scenario = load_scenario(options.scenario) if options.scenario else Scenario()
    if options.seed is not None:
        scenario = replace(scenario, seed=options.seed)
    with ExitStack() as stack:
        folder = options.state or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        stack.enter_context(holding(folder))
        settings = Settings(
            folder=folder,
            ledger=options.ledger or folder / "ledger.jsonl",
            speed=options.speed,
            concurrency=options.concurrency,
            height=options.height,
            same_clips=options.same_clips,
            tls=options.tls,
        )
        standing = stand_in(settings, World(load(), scenario, draw_plain), options.port, ready)
        if options.until_stdin_ends:
            _stop_with_stdin(standing.server)
        standing.server.run_until_told()
        standing.desk.settle()


def load_scenario(path: Path) -> Scenario:
    """Read a scenario file.

    Raises:
        ScenarioWrong: it has mistakes.
    """
    data = path.read_bytes()
    document = read(data, str(path), begin=BEGIN)
    texts = {str(path): data.decode("utf-8", "replace")}
    if document.value is None or not document.ok:
        raise ScenarioWrong(document.diagnostics, texts)
    scenario = lower(document.value)
    if scenario.value is None:
        raise ScenarioWrong(scenario.diagnostics, texts)
    return scenario.value


def _stop_with_stdin(server: Listener) -> None:
    """Stop when whoever started this process is gone: its end of the pipe closes with it."""

    def wait() -> None:
        sys.stdin.read()
        server.should_exit = True

    threading.Thread(target=wait, daemon=True).start()
