"""Start processes that do not measure their own coverage, for which more would be imported."""

import os


def unmeasured() -> dict[str, str]:
    """Return the environment without what makes a process measure its coverage."""
    return {key: one for key, one in os.environ.items() if not key.startswith("COVERAGE_")}
