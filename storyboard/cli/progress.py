"""Events of a run to a terminal: bars where there is one, a line a job where there is none."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from storyboard.cli.pace import Pace
from storyboard.cli.show import plural
from storyboard.cli.terminal import say
from storyboard.diagnostics import harmless
from storyboard.jobs import take_name
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

_BAR = 12
"""Cells that a bar takes."""
LEFT_ALONE = "left alone"
"""The stage of a request that another provider or account has: it is not this run's job."""


class Screen(Protocol):
    """Who shows what happens."""

    def job(self, event: Event) -> None:
        """Show an event of a job."""

    def film(self, name: str, event: "CutEvent | None") -> None:
        """Show how far a film is; None when it has ended."""


class Shown:
    """Shows a session's events: each of its steps has a screen of its own.

    `stopping` is what Ctrl-C means for the run that is shown, `screen` who shows its present step.
    """

    def __init__(self, stopping: str = "") -> None:
        self._stopping = stopping
        self._stack = ExitStack()
        self.screen: Screen = FilmLines(0)

    def __call__(self, event: SessionEvent) -> None:
        """Show an event."""
        match event:
            case JobsBegun(output=output):
                if output is not None:
                    ratio = output.format.aspect_ratio
                    say(f"once more, as `{output.name}` ({ratio}) shows it:", err=True)
                self.screen = self._stack.enter_context(job_screen(event))
            case FilmsBegun(films):
                self.screen = self._stack.enter_context(film_screen(films))
            case JobsEnded() | FilmsEnded():
                self._stack.close()
            case FilmProgress(film, progress):
                self.screen.film(film, progress)
            case FilmEnded(delivery):
                self.screen.film(delivery.order.path.name, None)
            case Stopping():
                say(self._stopping, err=True)
            case RehearsalWaits(holder):
                say(
                    f"another rehearsal of this project is at work ({holder}): this one goes on "
                    "when it has ended; Ctrl-C leaves",
                    err=True,
                )
            case _:
                self.screen.job(event)


@contextmanager
def job_screen(begun: JobsBegun) -> Iterator[Screen]:
    """Show a run over jobs until the block ends, on standard error."""
    pace = Pace(begun)
    if not sys.stderr.isatty():
        say(str(pace), err=True)
        yield JobLines(pace)
        return
    with _progress() as progress:
        whole = progress.add_task(str(pace), total=begun.takes, visible=bool(begun.jobs))
        yield JobBars(progress, whole, pace)


@contextmanager
def film_screen(films: int) -> Iterator[Screen]:
    """Show the cut of so many films until the block ends; of one, how far it is tells enough."""
    if not sys.stderr.isatty():
        say(f"cutting {plural(films, 'film')} ...", err=True)
        yield FilmLines(films)
        return
    with _progress() as progress:
        whole = progress.add_task(_films(0, films), total=films, visible=films > 1)
        yield FilmBars(progress, whole, films)


def told(event: Event) -> str:
    """Write an event in one line; empty for a skipped job.

    Why a job has no result, and what to do, is told once, where the run ends.
    """
    match event:
        case Progress():
            part = f" {event.part:.0%}" if event.part is not None else ""
            detail = f" ({event.detail})" if event.detail else ""
            return f"{_name(event)}: {event.stage}{part}{detail}"
        case Rendered():
            cost = f", {dollars(event.cost)}" if event.cost else ""
            return f"{_name(event)}: rendered{cost}"
        case Refused():
            return f"{_name(event)}: failed ({event.code})"
        case Unknown():
            return f"{_name(event)}: outcome unknown ({event.code})"
        case Skipped():
            return ""


@dataclass(slots=True)
class JobLines:
    """Writes a line for each job that has its result, and one when a new kind of work begins.

    A job without a result is told of where the run ends, with what to do.
    """

    pace: Pace
    stages: set[str] = field(default_factory=set)

    def job(self, event: Event) -> None:
        """Write the event if it says something new."""
        if not self.pace.hear(event):
            _say_left_alone(event)
        elif isinstance(event, Progress):
            if event.stage not in self.stages:
                self.stages.add(event.stage)
                say(f"{event.stage} ...", err=True)
        elif isinstance(event, Rendered):
            say(f"{told(event)} ({self.pace})", err=True)

    def film(self, name: str, event: "CutEvent | None") -> None:
        """Show nothing: films have a screen of their own."""


@dataclass(slots=True)
class FilmLines:
    """Writes how many films are done. Each is named where the run ends."""

    films: int
    done: int = 0

    def job(self, event: Event) -> None:
        """Show nothing: jobs have a screen of their own."""

    def film(self, name: str, event: "CutEvent | None") -> None:  # noqa: ARG002 -- as `Screen` has it
        """Write a line when a film has ended, if there are several."""
        if event is None:
            self.done += 1
            if self.films > 1:
                say(_films(self.done, self.films), err=True)


def _say_left_alone(event: Event) -> None:
    if isinstance(event, Progress) and event.stage == LEFT_ALONE:
        say(told(event), err=True)


@contextmanager
def _progress() -> "Iterator[RichProgress]":
    from rich.console import Console  # noqa: PLC0415 -- only where there is a terminal
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415
    from rich.table import Column  # noqa: PLC0415 -- as above

    console = Console(stderr=True)
    # A terminal writes `^C` where the cursor is, behind the last bar. In a line that is full it
    # would begin another one, and the bars would not be found again to be removed.
    room = console.width - _BAR - len(" 0:00:00 ^C^C ")
    one_line = Column(max_width=max(_BAR, room), no_wrap=True, overflow="ellipsis")
    # A job's name has its variation's in brackets, which markup would take for a colour.
    words = TextColumn("{task.description}", markup=False, table_column=one_line)
    columns = (words, BarColumn(_BAR), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield progress


def _films(done: int, films: int) -> str:
    return f"films: {done:,} of {films:,}"


@dataclass(slots=True)
class _Bars:
    """A bar for everything, `whole`, and one for each thing under way."""

    progress: "RichProgress"
    whole: "TaskID"
    tasks: dict[str, "TaskID"] = field(default_factory=dict, kw_only=True)

    def move(self, key: str, text: str, part: float | None) -> None:
        """Move the bar of one; without a known part it only shows that something is at work."""
        if key not in self.tasks:
            self.tasks[key] = self.progress.add_task(harmless(text), total=1)
        whole = None if part is None else 1
        self.progress.update(
            self.tasks[key], description=harmless(text), completed=part, total=whole
        )

    def drop(self, key: str) -> None:
        """Remove the bar of one that has ended."""
        if key in self.tasks:
            self.progress.remove_task(self.tasks.pop(key))


@dataclass(slots=True)
class JobBars(_Bars):
    """Shows a bar for all jobs, with the money and the time that is left, and one for each."""

    pace: Pace

    def job(self, event: Event) -> None:
        """Move the bars."""
        if not self.pace.hear(event):
            _say_left_alone(event)
            return
        if isinstance(event, Progress):
            self.move(_name(event), f"{event.stage:<11} {_name(event)}", event.part)
        else:
            self.drop(_name(event))
            if not isinstance(event, Rendered) and (line := told(event)):
                say(line, err=True)
        self.progress.update(self.whole, description=str(self.pace), completed=self.pace.rendered)

    def film(self, name: str, event: "CutEvent | None") -> None:
        """Show nothing: films have a screen of their own."""


@dataclass(slots=True)
class FilmBars(_Bars):
    """Shows a bar for all films, if there are several, and one for each under way."""

    films: int
    done: int = 0

    def job(self, event: Event) -> None:
        """Show nothing: jobs have a screen of their own."""

    def film(self, name: str, event: "CutEvent | None") -> None:
        """Move the film's bar."""
        if event is None:
            self.drop(name)
            self.done += 1
            counted = _films(self.done, self.films)
            self.progress.update(self.whole, description=counted, completed=self.done)
        else:
            self.move(name, f"{event.stage:<11} {name}", event.done / max(1, event.whole))


def _name(event: Event) -> str:
    return take_name(event.job.id, event.take)
