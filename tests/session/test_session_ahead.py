"""While others render, this machine is told of every clip that comes; while it draws, it is not."""

import shutil
from pathlib import Path
from typing import Self

import pytest

from storyboard.cli.main import run
from storyboard.delivery.ahead import Ahead
from storyboard.jobs import JobDigest
from storyboard.render.event import Outcome
from storyboard.session import run_jobs

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("backend", "told"), [("emulator", True), ("animatic", False)])
def test_every_clip_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backend: str, *, told: bool
) -> None:
    films: list[str] = []
    heard: list[JobDigest] = []
    entered: list[str] = []

    class Watched(Ahead):
        def __enter__(self) -> Self:
            films.extend(one.path.name for one in self._orders)
            entered.append("in")
            return super().__enter__()

        def __exit__(self, *error: object) -> None:
            super().__exit__(*error)  # type: ignore[arg-type] -- handed on as it came
            entered.append("out")

        def hear(self, outcome: Outcome) -> None:
            assert entered == ["in"]
            heard.append(outcome.job.digest)
            super().hear(outcome)

    monkeypatch.setattr(run_jobs, "Ahead", Watched)
    monkeypatch.delenv("FAL_KEY", raising=False)
    shutil.copytree(ROOT / "examples" / "hello", tmp_path / "hello", ignore=lambda *_: ["build"])
    board = tmp_path / "hello" / "storyboard.yaml"
    assert run(["render", str(board), "--backend", backend, "--yes", "--draft"]) == 0
    assert bool(heard) is told
    assert len(heard) == len(set(heard))
    assert entered == (["in", "out"] if told else [])
    if told:
        assert films == [one.name for one in sorted((board.parent / "build").glob("*.mp4"))]
