"""Puts the clips and small films that other tests are made of within reach."""

import sys
from pathlib import Path

TESTS = Path(__file__).parents[2]
sys.path[:0] = [str(TESTS), str(TESTS / "cut"), str(Path(__file__).parent)]
