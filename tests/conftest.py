"""What holds for all tests: no property test looks at the clock, and CI draws the same examples."""

import os
import signal
import threading

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
