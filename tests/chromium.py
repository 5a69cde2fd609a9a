"""This machine's Chromium, and how it is opened."""

import os
from pathlib import Path
from shutil import which

import pytest
from browser_page import Launch

NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """Return this machine's Chromium. A test that needs it is skipped without; CI fails."""
    found = next((path for name in NAMES if (path := which(name))), None)
    if found is None:
        without = pytest.fail if os.environ.get("CI") else pytest.skip
        without("there is no Chromium to compare with")
    return found


def headless(program: str, *options: str) -> Launch:
    """Open addresses in a Chromium without windows, each with a profile of its own."""

    def launch(profile: Path, address: str) -> list[str]:
        own = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
        return [program, *own, *options, address]

    return launch
