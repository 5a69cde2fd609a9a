"""Bars on a terminal: names stand there as they are, and films are counted."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from rich.console import Console

from storyboard.catalogue.endpoint import EndpointId
from storyboard.cli import progress
from storyboard.cut.cut_report import CutProgress
from storyboard.delivery import Undelivered
from storyboard.jobs.job import JobDigest, JobId, VoiceJob
from storyboard.model.money import NOTHING, Usd
from storyboard.render import Progress, Refused, Rendered, Skipped
from storyboard.session import FilmEnded, FilmProgress, FilmsBegun, FilmsEnded, JobsBegun

if TYPE_CHECKING:
    from storyboard.delivery import Order


def voice(name: str) -> VoiceJob:
    return VoiceJob(JobId(name), JobDigest(name), EndpointId("a/b"), name, {}, NOTHING)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@contextmanager
def film_bars(monkeypatch: pytest.MonkeyPatch, films: int) -> Iterator[progress.FilmBars]:
    monkeypatch.setattr(sys, "stderr", _Terminal())
    with progress.film_screen(films) as shown:
        assert isinstance(shown, progress.FilmBars)
        yield shown


@contextmanager
def job_bars(monkeypatch: pytest.MonkeyPatch, begun: JobsBegun) -> Iterator[progress.JobBars]:
    monkeypatch.setattr(sys, "stderr", _Terminal())
    with progress.job_screen(begun) as shown:
        assert isinstance(shown, progress.JobBars)
        yield shown


def visible(shown: progress.FilmBars | progress.JobBars) -> list[str]:
    return [one.description for one in shown.progress.tasks if one.visible]


def test_a_name_in_brackets_is_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    with film_bars(monkeypatch, 1) as shown:
        shown.film("turn [red] [/b].mp4", CutProgress("encoding", 1, 2))
        words, *_ = shown.progress.columns
        assert str(words(shown.progress.tasks[-1])) == "encoding    turn [red] [/b].mp4"


def test_films_of_a_campaign_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    with film_bars(monkeypatch, 1200) as shown:
        shown.film("one.mp4", CutProgress("encoding", 1, 2))
        shown.film("one.mp4", None)
        shown.film("two.mp4", None)
        assert visible(shown) == ["films: 2 of 1,200"]


def test_one_film_needs_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    with film_bars(monkeypatch, 1) as shown:
        assert not visible(shown)


def test_no_bar_stays_of_a_job_that_has_ended_or_is_not_of_this_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    jobs = [voice(name) for name in ("a", "b", "c")]
    begun = JobsBegun(frozenset(job.digest for job in jobs), None, Usd(Decimal("1.26")), 0)
    stray = voice("stray")
    with job_bars(monkeypatch, begun) as shown:
        for job in (*jobs, stray):
            shown.job(Progress(job, "rendering"))
        assert visible(shown)[1:] == [f"rendering   {job.id}" for job in jobs]
        shown.job(Rendered(jobs[0], None, None, Usd(Decimal("0.42"))))
        shown.job(Refused(jobs[1], "SB804", "it was refused", "change it"))
        shown.job(Skipped(jobs[2], "it builds on b"))
        shown.job(Progress(jobs[0], "downloading"))  # told late
        assert visible(shown) == ["1 of 3 jobs, 0.42 of 1.26 USD"]


def test_a_film_that_cannot_be_cut_leaves_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", _Terminal())
    shown = progress.Shown()
    order = cast("Order", SimpleNamespace(path=Path("one.mp4")))
    shown(FilmsBegun(1))
    bars = shown.screen
    assert isinstance(bars, progress.FilmBars)
    shown(FilmProgress("one.mp4", CutProgress("encoding", 1, 2)))
    assert visible(bars) == ["encoding    one.mp4"]
    shown(FilmEnded(Undelivered(order, "the disk is full")))
    assert not visible(bars)
    shown(FilmsEnded())


def test_bars_leave_room_for_what_a_terminal_writes_for_ctrl_c(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A full line would go on in another one, and the bars would stay."""
    monkeypatch.setenv("COLUMNS", "80")
    long = voice("a-scene-with-a-very-long-name/and-a-shot-with-one-that-is-longer-still")
    with job_bars(monkeypatch, JobsBegun(frozenset({long.digest}))) as shown:
        shown.job(Progress(long, "rendering"))
        terminal = Console(file=io.StringIO(), width=80, force_terminal=True, color_system=None)
        with terminal.capture() as captured:
            terminal.print(shown.progress.get_renderable())
    lines = captured.get().splitlines()
    assert len(lines) == 2
    assert all(len(line) <= 76 for line in lines)
    assert lines[1].startswith("rendering   a-scene-with-a-very-long-name/")
