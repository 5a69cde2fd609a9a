"""Bars on a terminal: names stand there as they are, and films are counted."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from storyboard.cli import progress
from storyboard.cut.cut_report import CutProgress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@contextmanager
def bars(monkeypatch: pytest.MonkeyPatch, jobs: int, films: int) -> Iterator[progress.Bars]:
    monkeypatch.setattr(sys, "stderr", _Terminal())
    with progress.screen(jobs, films) as shown:
        assert isinstance(shown, progress.Bars)
        yield shown


def test_a_name_in_brackets_is_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    with bars(monkeypatch, 1, 0) as shown:
        shown.film("turn [red] [/b].mp4", CutProgress("encoding", 1, 2))
        words, *_ = shown.progress.columns
        assert str(words(shown.progress.tasks[-1])) == "turn [red] [/b].mp4: encoding"


def test_films_of_a_campaign_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    with bars(monkeypatch, 0, 1200) as shown:
        shown.film("one.mp4", CutProgress("encoding", 1, 2))
        shown.film("one.mp4", None)
        shown.film("two.mp4", None)
        seen = [one.description for one in shown.progress.tasks if one.visible]
        assert seen == ["films: 2 of 1,200"]


def test_one_film_needs_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    with bars(monkeypatch, 0, 1) as shown:
        assert not [one for one in shown.progress.tasks if one.visible]
