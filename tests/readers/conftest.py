"""Put what films are made with, and what reads them, within reach."""

import sys
from pathlib import Path

TESTS = Path(__file__).parent.parent
for folder in (TESTS, TESTS / "cut", TESTS / "media" / "h264", TESTS / "readers"):
    sys.path.insert(0, str(folder))
