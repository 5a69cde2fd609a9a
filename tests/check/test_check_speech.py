"""How long lines of speech take."""

from fractions import Fraction

import pytest
from checking import checked
from hypothesis import given
from hypothesis import strategies as st

from storyboard.check.speech import Pace, spoken
from storyboard.model.storyboard import PromptShot


@pytest.mark.parametrize(
    ("line", "least", "most"),
    [
        ("", 0, 0),
        ("...", 0, 0),
        ("hello", 0.3, 0.5),
        ("first cup's on the house.", 1.8, 2.2),
        (" ".join(["word"] * 150), 59, 61),
        ("Donaudampfschifffahrtsgesellschaft", 1.4, 2.2),  # one word, but a long one
        ("2026", 1.4, 1.8),  # two thousand twenty-six
        ("今天开业酬宾", 1.2, 1.6),
        ("いらっしゃいませ", 1.0, 1.5),
        ("안녕하세요", 0.8, 1.2),
        ("[laughs] hello (softly) <<<voice_1>>>", 0.3, 0.5),  # directions are not said
        ("مرحبا بالعالم", 0.7, 0.9),
    ],
)
def test_a_line_takes_about_as_long_as_a_speaker_would(
    line: str, least: float, most: float
) -> None:
    assert least <= spoken([line], Pace.CALM) <= most


def test_there_is_a_breath_between_two_lines() -> None:
    assert spoken(["yes", "no"], Pace.CALM) == spoken(["yes no"], Pace.CALM) + Fraction(1, 4)
    assert spoken(["yes", "", "..."], Pace.CALM) == spoken(["yes"], Pace.CALM)


@given(st.lists(st.text(max_size=30), max_size=4))
def test_faster_never_takes_longer(lines: list[str]) -> None:
    calm, fast, fastest = (spoken(lines, pace) for pace in (Pace.CALM, Pace.FAST, Pace.FASTEST))
    assert calm >= fast >= fastest >= 0


@pytest.mark.parametrize("level", ["storyboard", "scene"])
def test_sound_that_is_off_for_the_others_is_on_where_somebody_speaks(level: str) -> None:
    off = "audio: false"
    found = checked(
        f"storyboard: 1\nmodel: kling-v3-pro\n{off if level == 'storyboard' else ''}\n"
        "elements:\n  mara: {about: a barista, voice: mara}\n"
        'voices:\n  mara: {id: "1"}\n'
        "scenes:\n  - id: one\n    start: a.png\n"
        f"{f'    {off}' if level == 'scene' else ''}\n"
        "    shots:\n"
        "      - {id: a, duration: 4s, prompt: Rain.}\n"
        '      - {id: b, duration: 4s, prompt: "@mara speaks.", say: [{mara: hello there}]}\n'
    )
    assert found.diagnostics == ()
    assert found.value is not None
    audio = [one.settings.audio for one in found.value.shots if isinstance(one, PromptShot)]
    assert audio == [False, True]
