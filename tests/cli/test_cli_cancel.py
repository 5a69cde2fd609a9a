"""`storyboard cancel`, from Ctrl-C in a render to the film that is rendered later."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyboard.catalogue import load
from storyboard.cli.commands import cancel
from storyboard.cli.exits import Exit
from storyboard.cli.main import run
from storyboard.emulator.clip import draw_plain
from storyboard.emulator.desk import Settings, World
from storyboard.emulator.fault import Scenario
from storyboard.emulator.serve import StandIn, serving, stand_in
from storyboard.render.ports import Clock

STORYBOARD = """\
storyboard: 1
title: Sea
model: kling-v3-turbo-pro
format: {resolution: 128x72, fps: 24, aspect_ratio: "16:9"}
scenes:
  - id: sea
    pack: shot
    shots:
      - {id: waves, duration: 3s, prompt: Waves in the evening.}
      - {id: boat, duration: 3s, prompt: A boat far out.}
"""


class Hands:
    """A clock that stands still until it is let go."""

    def __init__(self) -> None:
        self.at = time.time()
        self.begun: float | None = None

    def __call__(self) -> float:
        """Return the time in seconds since 1970."""
        gone = 0.0 if self.begun is None else time.monotonic() - self.begun
        return self.at + gone * 10_000

    def go(self) -> None:
        """Let it go, fast."""
        self.begun = time.monotonic()


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def standing(tmp_path: Path, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A stand-in with one request at a time, where time stands still, and the way to it."""
    state = tmp_path / "state"
    state.mkdir()
    settings = Settings(state, state / "ledger.jsonl", 1.0, 1, 72, same_clips=True)
    with serving(stand_in(settings, World(load(), Scenario(), draw_plain, hands))) as one:
        monkeypatch.setenv("FAL_KEY", "any")
        monkeypatch.setenv("STORYBOARD_FAL_QUEUE_URL", one.urls.queue_url)
        monkeypatch.setenv("STORYBOARD_FAL_REST_URL", one.urls.rest_url)
        monkeypatch.setenv("STORYBOARD_FAL_API_URL", one.urls.api_url)
        monkeypatch.setattr(cancel, "Clock", lambda: Clock(sleep=lambda _: asyncio.sleep(0)))
        yield one


def rendered_until_interrupted(project: Path) -> str:
    """Render in a process of its own until one job renders and one waits, then press Ctrl-C."""
    awaited = {"rendering ...", "queued ..."}
    said = []
    with subprocess.Popen(
        [sys.executable, "-m", "storyboard", "render", "--backend", "fal", "--yes"],
        cwd=project,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ,
    ) as process:
        assert process.stderr is not None
        try:
            for line in process.stderr:
                said.append(line)
                awaited = {word for word in awaited if word not in line}
                if not awaited:
                    break
            process.send_signal(signal.SIGINT)
            out, err = process.communicate()
        finally:
            process.kill()
    assert process.returncode == Exit.INTERRUPTED, "".join(said) + err
    return "".join(said) + err + out


@pytest.mark.usefixtures("standing")
def test_what_waits_is_cancelled_and_rendered_later_and_what_renders_is_fetched(
    tmp_path: Path, hands: Hands, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "film"
    project.mkdir()
    (project / "storyboard.yaml").write_text(STORYBOARD, "utf-8")
    text = rendered_until_interrupted(project)
    assert "or cancelled by `storyboard cancel`" in text
    assert text.count("`storyboard cancel` asks to cancel it") >= 2  # said of each of them

    assert run(["cancel", str(project)]) == Exit.DECLINED
    shown = capsys.readouterr()
    assert "sea/waves" in shown.out
    assert "sea/boat" in shown.out
    assert "2 requests would be cancelled (0.84 USD), and nobody is here to agree" in shown.err

    assert run(["cancel", str(project), "--request", "nobody"]) == Exit.USAGE
    assert "no request nobody is in flight" in capsys.readouterr().err

    assert run(["cancel", str(project), "--yes", "--json"]) == Exit.FAILED
    shown = capsys.readouterr()
    assert "sea/boat" in shown.err
    found = {one["state"]: one for one in json.loads(shown.out)["requests"]}
    assert found["cancelled"]["charge"] == "none"
    assert found["in-flight"]["charge"] == "paid"
    assert "it may still finish, and be charged" in found["in-flight"]["reason"]

    # One of the two is asked to stop again, by its name; the other one is none of it any more.
    request = found["in-flight"]["request_id"]
    assert run(["cancel", str(project), "--request", request, "--yes"]) == Exit.FAILED
    assert "still in flight" in capsys.readouterr().out
    gone = found["cancelled"]["request_id"]
    assert run(["cancel", str(project), "--request", gone, "--yes"]) == Exit.USAGE
    capsys.readouterr()

    hands.go()
    file = str(project / "storyboard.yaml")
    assert run(["render", file, "--backend", "fal", "--yes", "--json"]) == Exit.OK
    rendering = json.loads(capsys.readouterr().out)
    assert {one["state"] for one in rendering["jobs"]} == {"rendered"}
    assert rendering["spent"] == {"usd": "0.42"}
    ledger = (tmp_path / "state" / "ledger.jsonl").read_text("utf-8").splitlines()
    charged = [json.loads(line)["request_id"] for line in ledger]
    assert len(charged) == 2
    assert request in charged
    assert gone not in charged

    assert run(["cancel", str(project)]) == Exit.OK
    assert capsys.readouterr().out == "nothing is in flight\n"


def test_it_needs_a_key_only_where_something_is_in_flight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("FAL_KEY", raising=False)
    assert run(["cancel", str(tmp_path), "--json"]) == Exit.OK
    assert json.loads(capsys.readouterr().out) == {"version": 1, "requests": []}
    assert not list(tmp_path.iterdir())
