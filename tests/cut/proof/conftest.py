"""Puts clips, small films and films that are damaged within reach."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[2] / "media" / "h264"))

from film_damage import Good, good


@pytest.fixture(scope="session")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Good:
    """A film of hard cuts, which is as it should be."""
    return good(tmp_path_factory.mktemp("hard"), "hard")


@pytest.fixture(scope="session")
def faded(tmp_path_factory: pytest.TempPathFactory) -> Good:
    """A film of crossfades, with entered stretches."""
    return good(tmp_path_factory.mktemp("faded"), "crossfades")


@pytest.fixture(scope="session")
def trimmed(tmp_path_factory: pytest.TempPathFactory) -> Good:
    """A film of parts of clips, one of which is one frame."""
    return good(tmp_path_factory.mktemp("trimmed"), "trimmed")
