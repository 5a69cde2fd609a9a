"""The clock is read in UTC, whatever the machine's own time zone is."""

import time
from datetime import UTC, timedelta

import pytest

from storyboard.clock import utc_now


def test_the_time_is_that_of_utc_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XXX-5")
    time.tzset()
    try:
        now = utc_now()
    finally:
        monkeypatch.undo()
        time.tzset()
    assert now.tzinfo is UTC
    assert now.utcoffset() == timedelta(0)
