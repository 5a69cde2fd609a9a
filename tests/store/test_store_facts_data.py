"""Facts of files are read back as they were written, and nothing else is."""

import json
from fractions import Fraction

import pytest

from storyboard.model import ClipFacts, PictureFacts, SoundFacts, SoundTracks
from storyboard.store.facts_data import facts_data, facts_of
from storyboard.store.fields import UNREADABLE

TRACKS = SoundTracks(("deu", ""), 2, frozenset({1}))
CLIP = ClipFacts("mp4", 1920, 1080, Fraction(24000, 1001), Fraction(5005, 1000), "h264", None)
ALL = (
    PictureFacts("PNG", 40, 30),
    CLIP,
    ClipFacts("mov", 8, 6, Fraction(25), Fraction(2), "h264", "aac", Fraction(0), TRACKS),
    SoundFacts("wav", Fraction(1, 3), 44100, 1),
    SoundFacts("mp3", Fraction(3), 48000, 2, Fraction(7, 2), TRACKS),
)


@pytest.mark.parametrize("facts", ALL)
def test_facts_come_back(facts: PictureFacts | ClipFacts | SoundFacts) -> None:
    assert facts_of(json.loads(json.dumps(facts_data(facts)))) == facts


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "font"},
        {"width": "1920"},
        {"width": -1},
        {"fps": "24/0"},
        {"fps": "1e999999999"},
        {"duration": None},
        {"video_codec": 7},
        {"header": "-1"},
        {"tracks": []},
        {"tracks": {"languages": ["deu"], "default": 0, "unknown": []}},
    ],
    ids=str,
)
def test_what_facts_cannot_be_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(UNREADABLE):
        facts_of(facts_data(CLIP) | change)
