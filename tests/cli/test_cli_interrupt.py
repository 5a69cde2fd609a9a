"""Ctrl-C while films are cut: the film under way is given up, and none begins."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from storyboard.cli import running
from storyboard.cut.cut_report import CutEvent, CutProgress


@pytest.mark.parametrize("max_parallel", [1, 2])
def test_ctrl_c_gives_up_the_films_under_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, max_parallel: int
) -> None:
    begun: list[str] = []
    finished: list[str] = []

    def deliver(order: Any, _: object, __: object, listen: Callable[[CutEvent], None]) -> None:  # noqa: ANN401 -- a fake
        begun.append(order.path.name)
        if len(begun) == max_parallel:
            os.kill(os.getpid(), signal.SIGINT)
        for n in range(500):
            listen(CutProgress("encoding", n, 500))
            time.sleep(0.01)
        finished.append(order.path.name)

    monkeypatch.setattr(running, "deliver", deliver)
    work: Any = [(SimpleNamespace(path=Path(f"{n}.mp4")), {}) for n in range(6)]
    with pytest.raises(KeyboardInterrupt):
        running.cut_films(work, tmp_path, running.Way(max_parallel=max_parallel))
    assert not finished
    assert len(begun) <= max_parallel + 1
