"""What holds for all tests: no property test looks at the clock, and CI draws the same examples."""

import os
import signal
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "here", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)

# The mutation runs load a profile of their own before this file is read.
if settings.get_current_profile_name() in {"default", "ci"}:
    settings.load_profile("ci" if os.environ.get("CI") else "here")

# Shells let what they run in the background ignore Ctrl-C, and all that it starts: tests press it.
IGNORED = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
if IGNORED and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was rehearsed, to be copied: a chain of two shots, another one, a still."""
    from rehearsed import BOARD, rehearse  # noqa: PLC0415 -- only for tests that need it

    return rehearse(tmp_path_factory.mktemp("rehearsed"), BOARD)


@pytest.fixture(scope="session")
def rehearsed_campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rehearsed campaign of two films that share a shot with two takes."""
    from rehearsed import CAMPAIGN, rehearse  # noqa: PLC0415 -- as above

    return rehearse(tmp_path_factory.mktemp("campaign"), CAMPAIGN)
