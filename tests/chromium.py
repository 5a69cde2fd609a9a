"""This machine's Chromium."""

import os
from shutil import which

import pytest


def chromium() -> str:
    """Return this machine's Chromium. A test that needs it is skipped without; CI fails."""
    found = which("chromium") or which("chromium-browser") or which("google-chrome")
    if found is None:
        without = pytest.fail if os.environ.get("CI") else pytest.skip
        without("there is no Chromium to compare with")
    return found
