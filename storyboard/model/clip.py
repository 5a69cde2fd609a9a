"""A rendered clip: its digest, its file, and what is known of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import NewType

from storyboard.model.asset import ClipFacts

ClipDigest = NewType("ClipDigest", str)
"""SHA-256 of a clip's bytes, 64 lower-case hex digits."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A rendered clip, kept."""

    digest: ClipDigest
    path: Path
    facts: ClipFacts
