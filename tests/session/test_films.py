"""Films are cut one after another or at once; Ctrl-C ends those under way and begins no others."""

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from storyboard.cut.cut_report import CutEvent, CutProgress
from storyboard.session import films as films_module

ROOM: Any = None
"""Nothing is cut in it."""

MANY = 60_000
"""More frames than anybody waits for."""


def order(n: int) -> SimpleNamespace:
    return SimpleNamespace(path=Path(f"{n}.mp4"))


@pytest.mark.parametrize("max_parallel", [1, 2])
def test_ctrl_c_gives_up_the_films_under_way(
    monkeypatch: pytest.MonkeyPatch, max_parallel: int
) -> None:
    begun: list[str] = []
    finished: list[str] = []

    def deliver(order: Any, _: object, __: object, listen: Callable[[CutEvent], None]) -> None:  # noqa: ANN401 -- a fake
        begun.append(order.path.name)
        if len(begun) == max_parallel:
            os.kill(os.getpid(), signal.SIGINT)
        for n in range(MANY):
            listen(CutProgress("encoding", n, MANY))
            time.sleep(0.01)
        finished.append(order.path.name)

    monkeypatch.setattr(films_module, "deliver_timeline", deliver)
    work: Any = [SimpleNamespace(order=order(n), timeline=None) for n in range(6)]
    with pytest.raises(KeyboardInterrupt):
        films_module.cut_films(work, 6, ROOM, max_parallel=max_parallel)
    assert not finished
    assert len(begun) <= max_parallel + 1


def test_ctrl_c_while_films_are_handed_out_lets_none_of_them_begin_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun: list[str] = []

    class Struck(ThreadPoolExecutor):
        def map(self, fn: Any, *work: Any, **_: Any) -> Any:  # noqa: ANN401 -- as its own
            for one in zip(*work, strict=True):
                self.submit(fn, *one)
            raise KeyboardInterrupt

    def deliver(order: Any, _: object, __: object, listen: Callable[[CutEvent], None]) -> None:  # noqa: ANN401 -- a fake
        begun.append(order.path.name)
        for n in range(MANY):
            listen(CutProgress("encoding", n, MANY))
            time.sleep(0.01)

    monkeypatch.setattr(films_module, "deliver_timeline", deliver)
    monkeypatch.setattr(films_module, "ThreadPoolExecutor", Struck)
    work: Any = [SimpleNamespace(order=order(n), timeline=None) for n in range(6)]
    with pytest.raises(KeyboardInterrupt):
        films_module.cut_films(work, 6, ROOM, max_parallel=2)
    assert len(begun) <= 2
