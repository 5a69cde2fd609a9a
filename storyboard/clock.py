"""Read the clock of the machine: what runs by it takes it as a parameter, and this by default."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time it is, in UTC."""
    return datetime.now(UTC)
