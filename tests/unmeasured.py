"""Start processes that do not measure their own coverage: what measures imports modules, and takes time."""

import os


def unmeasured() -> dict[str, str]:
    """Return the environment without what makes a process measure its coverage."""
    return {key: one for key, one in os.environ.items() if not key.startswith("COVERAGE_")}
