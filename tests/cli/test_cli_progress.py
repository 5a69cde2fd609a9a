"""Events on a terminal: names stand there as they are."""

import sys

import pytest

from storyboard.cli import progress
from storyboard.cut.cut_report import CutProgress


def test_a_name_in_brackets_is_no_colour(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress.screen(1) as bars:
        assert isinstance(bars, progress.Bars)
        bars.film("turn [red] [/b].mp4", CutProgress("encoding", 1, 2))
        words, *_ = bars.progress.columns
        assert str(words(bars.progress.tasks[-1])) == "turn [red] [/b].mp4: encoding"
    capsys.readouterr()
