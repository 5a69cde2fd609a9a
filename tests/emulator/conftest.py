"""Stand-ins for the tests: quick, small, and each in a folder of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from calls import caller, made

from storyboard.emulator.fault import Scenario
from storyboard.emulator.serve import StandIn, serving

Start = Callable[..., StandIn]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start stand-ins that end with the test."""
    with ExitStack() as stack:

        def begin(scenario: Scenario = Scenario(), **changed: object) -> StandIn:  # noqa: B008 -- frozen
            return stack.enter_context(serving(made(tmp_path, scenario, **changed)))

        yield begin


@pytest.fixture
def fal() -> Iterator[httpx.Client]:
    """A caller with a key."""
    with caller("test") as client:
        yield client
