"""Stand-ins for the tests: quick, small, and each in a folder of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from storyboard.catalogue import load
from storyboard.emulator.clip import draw_plain
from storyboard.emulator.desk import Settings, World
from storyboard.emulator.fault import Scenario
from storyboard.emulator.serve import StandIn, serving, stand_in

Start = Callable[..., StandIn]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start stand-ins that end with the test."""
    with ExitStack() as stack:

        def begin(scenario: Scenario = Scenario(), **changed: object) -> StandIn:  # noqa: B008 -- frozen
            given: dict[str, Any] = {
                "folder": tmp_path / "state",
                "ledger": tmp_path / "ledger.jsonl",
                "speed": 10_000.0,
                "concurrency": None,
                "height": 36,
                "same_clips": True,
            }
            settings = Settings(**{**given, **changed})
            settings.folder.mkdir(parents=True, exist_ok=True)
            world = World(load(), scenario, draw_plain)
            return stack.enter_context(serving(stand_in(settings, world)))

        yield begin


@pytest.fixture
def fal() -> Iterator[httpx.Client]:
    """A caller with a key."""
    with httpx.Client(headers={"Authorization": "Key test"}, trust_env=False) as client:
        yield client
