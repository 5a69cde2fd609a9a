"""SB530: a rate above 60 that no clip of the film has, in the format or an output."""

import pytest
from checking import checked

BOARD = """\
#: a/slow.mp4: clip 1280x720 120fps 5s
#: a/usual.mp4: clip 1280x720 25fps 5s
storyboard: 1
model: kling-v3-turbo-pro
%s
scenes:
  - id: s
    shots:
"""
RENDERED = "      - {id: a, duration: 3s, prompt: A street.}\n"
SLOW = "      - {id: b, footage: a/slow.mp4}\n"
USUAL = "      - {id: c, footage: a/usual.mp4}\n"


@pytest.mark.parametrize(
    ("keys", "shots", "told"),
    [
        ("format: {fps: 240}", RENDERED, "240 frames a second: they have 24"),
        ("format: {fps: 240}", RENDERED + USUAL, "240 frames a second: they have 24 or 25"),
        ("format: {fps: 240}", RENDERED + SLOW, "240 frames a second: they have 24 or 120"),
        ("format: {fps: 119.88}", RENDERED, "119.88 frames a second: they have 24"),
        ("outputs: [{name: a, fps: 120}]", RENDERED, "120 frames a second: they have 24"),
        ("format: {fps: 120}", RENDERED + SLOW, None),
        ("format: {fps: 60}", RENDERED, None),
        ("format: {fps: 23.976}", RENDERED, None),
        ("format: {fps: auto}", RENDERED, None),
        ("title: None", RENDERED, None),
    ],
)
def test_a_rate_that_no_clip_has_is_a_warning_with_the_rates_there_are(
    keys: str, shots: str, told: str | None
) -> None:
    found = [one for one in checked(BOARD % keys + shots).diagnostics if one.code == "SB530"]
    assert len(found) == (told is not None)
    for one in found:
        assert (one.severity, told) == ("warning", one.message.partition(" has ")[2])
