"""What holds for all tests: no property test looks at the clock, and CI draws the same examples."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "here", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)

# The mutation runs load a profile of their own before this file is read.
if settings.get_current_profile_name() in {"default", "ci"}:
    settings.load_profile("ci" if os.environ.get("CI") else "here")
