"""Events of a run to a terminal: bars where there is one, a line per event where there is none."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from storyboard.cli.terminal import say
from storyboard.diagnostics import harmless
from storyboard.jobs import JobDigest
from storyboard.model import dollars
from storyboard.render import Event, Progress, Refused, Rendered, Skipped, Unknown
from storyboard.session import (
    FilmEnded,
    FilmProgress,
    FilmsBegun,
    FilmsEnded,
    JobsBegun,
    JobsEnded,
    RehearsalWaits,
    SessionEvent,
    Stopping,
)

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from storyboard.cut import CutEvent


class Screen(Protocol):
    """Who shows what happens."""

    def job(self, event: Event) -> None:
        """Show an event of a job."""

    def film(self, name: str, event: "CutEvent | None") -> None:
        """Show how far a film is; None when it is done."""


class Shown:
    """Shows a session's events: each of its steps has a screen of its own.

    `stopping` is what Ctrl-C means for the run that is shown.
    """

    def __init__(self, stopping: str = "") -> None:
        self._stopping = stopping
        self._stack = ExitStack()
        self._screen: Screen = Lines()

    def __call__(self, event: SessionEvent) -> None:
        """Show an event."""
        match event:
            case JobsBegun(jobs, output):
                if output is not None:
                    ratio = output.format.aspect_ratio
                    say(f"once more, as `{output.name}` ({ratio}) shows it:", err=True)
                self._screen = self._stack.enter_context(screen(jobs))
            case FilmsBegun(films):
                self._screen = self._stack.enter_context(screen(0, films))
            case JobsEnded() | FilmsEnded():
                self._stack.close()
            case FilmProgress(film, progress):
                self._screen.film(film, progress)
            case FilmEnded(delivery):
                from storyboard.delivery import Delivered  # noqa: PLC0415 -- kept off `cancel`

                if isinstance(delivery, Delivered):
                    self._screen.film(delivery.order.path.name, None)
            case Stopping():
                say(self._stopping, err=True)
            case RehearsalWaits(holder):
                say(
                    f"another rehearsal of this project is at work ({holder}): this one goes on "
                    "when it has ended; Ctrl-C leaves",
                    err=True,
                )
            case _:
                self._screen.job(event)


@contextmanager
def screen(jobs: int, films: int = 0) -> Iterator[Screen]:
    """Show a run of so many jobs, or the cut of so many films, until the block ends.

    It stands on standard error; of one film, how far it is tells enough.
    """
    if not sys.stderr.isatty():
        yield Lines()
        return
    with _bars(jobs, films) as bars:
        yield bars


def told(event: Event) -> str:
    """Write an event in one line; empty for a skipped job.

    Why a job has no result, and what to do, is told once, where the run ends.
    """
    match event:
        case Progress():
            part = f" {event.part:.0%}" if event.part is not None else ""
            detail = f" ({event.detail})" if event.detail else ""
            return f"{event.job.id}: {event.stage}{part}{detail}"
        case Rendered():
            cost = f", {dollars(event.cost)}" if event.cost else ""
            return f"{event.job.id}: rendered{cost}"
        case Refused():
            return f"{event.job.id}: failed ({event.code})"
        case Unknown():
            return f"{event.job.id}: outcome unknown ({event.code})"
        case Skipped():
            return ""


@dataclass(slots=True)
class Lines:
    """Writes a line when a job's stage changes, and none for every percent."""

    stages: dict[JobDigest, str] = field(default_factory=dict)
    films: dict[str, str] = field(default_factory=dict)

    def job(self, event: Event) -> None:
        """Write the event if it says something new."""
        if isinstance(event, Progress):
            if self.stages.get(event.job.digest) == event.stage:
                return
            self.stages[event.job.digest] = event.stage
            say(f"{event.job.id}: {event.stage}", err=True)
        elif line := told(event):
            say(line, err=True)

    def film(self, name: str, event: "CutEvent | None") -> None:
        """Write the stage if it is a new one."""
        stage = event.stage if event else "done"
        if self.films.get(name) != stage:
            self.films[name] = stage
            say(f"{name}: {stage}", err=True)


@contextmanager
def _bars(jobs: int, films: int) -> Iterator[Screen]:
    from rich.console import Console  # noqa: PLC0415 -- only where there is a terminal
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    # A job's name has its variation's in brackets, which markup would take for a colour.
    words = TextColumn("{task.description}", markup=False)
    columns = (words, BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        whole = progress.add_task("jobs", total=jobs, visible=jobs > 0)
        cut = progress.add_task(_films(0, films), total=films, visible=films > 1)
        yield Bars(progress, whole, cut, films)


def _films(done: int, films: int) -> str:
    return f"films: {done:,} of {films:,}"


@dataclass(slots=True)
class Bars:
    """Shows a bar for all jobs or all films, one for each under way."""

    progress: "RichProgress"
    whole: "TaskID"
    cut: "TaskID"
    films: int
    done: int = 0
    tasks: dict[str, "TaskID"] = field(default_factory=dict)

    def job(self, event: Event) -> None:
        """Move the bars."""
        if isinstance(event, Progress):
            self._move(event.job.id, f"{event.job.id}: {event.stage}", event.part)
            return
        self._drop(event.job.id)
        self.progress.advance(self.whole)
        if not isinstance(event, Rendered) and (line := told(event)):
            say(line, err=True)

    def film(self, name: str, event: "CutEvent | None") -> None:
        """Move the film's bar."""
        if event is None:
            self._drop(name)
            self.done += 1
            counted = _films(self.done, self.films)
            self.progress.update(self.cut, description=counted, completed=self.done)
        else:
            self._move(name, f"{name}: {event.stage}", event.done / max(1, event.whole))

    def _move(self, key: str, text: str, part: float | None) -> None:
        if key not in self.tasks:
            self.tasks[key] = self.progress.add_task(harmless(text), total=1)
        self.progress.update(self.tasks[key], description=harmless(text), completed=part, total=1)

    def _drop(self, key: str) -> None:
        if key in self.tasks:
            self.progress.remove_task(self.tasks.pop(key))
