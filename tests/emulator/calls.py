"""Stand-ins, and calls to them with patience: on a busy machine a late answer is no wrong one."""

import os
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from storyboard.catalogue import load
from storyboard.emulator.clip import draw_plain
from storyboard.emulator.desk import Settings, World
from storyboard.emulator.fault import Scenario
from storyboard.emulator.hosts import bind
from storyboard.emulator.serve import StandIn, stand_in

PATIENCE = 120.0
"""Seconds; nothing but a stand-in that hangs takes as long."""


def made(place: Path, scenario: Scenario, **changed: object) -> StandIn:
    """Make a stand-in that is quick and small, with its state in a folder."""
    given: dict[str, Any] = {
        "folder": place / "state",
        "ledger": place / "ledger.jsonl",
        "speed": 10_000.0,
        "concurrency": None,
        "height": 36,
        "same_clips": True,
    }
    settings = Settings(**{**given, **changed})
    settings.folder.mkdir(parents=True, exist_ok=True)
    return stand_in(settings, World(load(), scenario, draw_plain))


def caller(key: str, retries: int = 0) -> httpx.Client:
    """Open a client with a key."""
    return httpx.Client(
        headers={"Authorization": f"Key {key}"},
        transport=httpx.HTTPTransport(retries=retries),
        trust_env=False,
        timeout=PATIENCE,
    )


def call(method: str, url: str, **more: Any) -> httpx.Response:  # noqa: ANN401 -- what httpx takes
    """Call once, without a key."""
    return httpx.request(method, url, trust_env=False, timeout=PATIENCE, **more)


def get(url: str, **more: Any) -> httpx.Response:  # noqa: ANN401 -- as above
    """Get what is there, without a key."""
    return call("GET", url, **more)


_PORTS = count(20_000 + os.getpid() * 97 % 8_000)


def own_port() -> int:
    """Find a free port of those that systems give to nobody by themselves.

    Between two processes that are to have the same one, no other test can come by it.
    """
    while True:
        port = next(_PORTS)
        with suppress(OSError), bind(port):
            return port
