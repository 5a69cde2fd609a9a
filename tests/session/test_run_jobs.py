"""A run over a plan's jobs ends as somebody wanted it, until its very last moment."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from storyboard.cut import CutOptions
from storyboard.delivery import Room
from storyboard.media import Drawn
from storyboard.model.money import NOTHING
from storyboard.plan import Plan
from storyboard.provider import Provider
from storyboard.render import Maker
from storyboard.session.listener import SessionEvent, Stopping
from storyboard.session.run_jobs import FilmsAhead, JobRun, RunOptions, RunResult, run_jobs
from storyboard.session.stop_handle import StopHandle
from storyboard.store import Store


class LastMoment(StopHandle):
    """Somebody stops a run when it has every outcome, while it still says that it hears it."""

    @contextmanager
    def bound(self, stop: Callable[[], object], leave: Callable[[], object]) -> Iterator[None]:
        """Stop at the end of it."""
        with super().bound(stop, leave):
            yield
            assert self.stop()


class Nothing:
    """A maker of nothing."""

    def drawn(self, job: object) -> Drawn:
        """Draw nothing."""
        raise NotImplementedError


def ran(folder: Path, stop: StopHandle) -> tuple[RunResult, list[SessionEvent]]:
    heard: list[SessionEvent] = []
    backend: Maker | Provider = Nothing()
    room = Room(folder, folder / "derived", CutOptions())
    with Store.open(folder) as store:
        run = JobRun(Plan((), (), NOTHING, NOTHING), store, RunOptions(), heard.append, stop)
        return asyncio.run(run_jobs(run, _entrance(backend), FilmsAhead((), room))), heard


def _entrance(backend: Maker | Provider) -> nullcontext[Maker | Provider]:
    return nullcontext(backend)


def test_a_run_that_nobody_stops_is_not_interrupted(tmp_path: Path) -> None:
    assert ran(tmp_path, StopHandle()) == (RunResult({}, interrupted=False), [])


def test_a_stop_in_the_last_moment_is_not_forgotten(tmp_path: Path) -> None:
    result, _ = ran(tmp_path, LastMoment())
    assert result.interrupted


def test_a_stop_before_it_began_is_heard(tmp_path: Path) -> None:
    stop = StopHandle()
    stop.stop()
    assert ran(tmp_path, stop) == (RunResult({}, interrupted=True), [Stopping()])
