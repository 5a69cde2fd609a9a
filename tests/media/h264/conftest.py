"""Make clips coded in every way, once a session."""

import pytest
from streams import WAYS, Clips, coded

from storyboard.media.coded import PacketIndex
from storyboard.media.packets import index


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Clips:
    """Return the clip coded in a way, by the way's name."""
    folder = tmp_path_factory.mktemp("coded")
    known: dict[str, PacketIndex] = {}

    def clip(way: str) -> PacketIndex:
        if way not in known:
            known[way] = index(coded(folder / f"{way}.mp4", WAYS[way]))
        return known[way]

    return clip
