from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.cut.captions import Limits, limits_for, split_cues, to_srt, to_vtt
from storyboard.cut.timeline import Cue
from storyboard.model.storyboard import Size

SPEECH = (
    "Well, I told you that the best coffee in this town is made by hand, and if you come before "
    "nine in the morning we will pour the second one for free because nobody should drink alone."
)


def cue(start: float, end: float, text: str, speaker: str | None = "mara") -> Cue:
    return Cue(Fraction(str(start)), Fraction(str(end)), text, speaker)


def texts(cues: tuple[Cue, ...]) -> list[str]:
    return [one.text for one in cues]


def test_a_short_line_stays_whole_and_stands_until_it_is_read() -> None:
    (only,) = split_cues([cue(1, 1.2, "first cup's on the house.")], Fraction(9))
    assert only.text == "first cup's on the house."
    assert only.end - only.start == Fraction(25, 17)


def test_it_is_parted_at_clauses_with_the_lower_line_not_shorter_by_much() -> None:
    parted = split_cues([cue(3, 14, SPEECH)], Fraction(20))
    assert texts(parted) == [
        "Well, I told you that the best\ncoffee in this town is made by hand,",
        "and if you come before nine in the\nmorning we will pour the second one",
        "for free because nobody\nshould drink alone.",
    ]


def test_chinese_and_japanese_lines_are_shorter_and_need_no_spaces() -> None:
    text = "今日はいい天気ですね。「コーヒー」を飲みましょう、ゆっくりと二人で。"
    parted = split_cues([cue(0, 8, text)], Fraction(9))
    assert [line for one in parted for line in one.text.split("\n")] == [
        "今日はいい天気ですね。",
        "「コーヒー」を飲みましょう、",
        "ゆっくりと二人で。",
    ]


def test_narrow_pictures_hold_shorter_lines() -> None:
    wide, square, tall = (limits_for(Size(*size)) for size in ((16, 9), (9, 9), (9, 16)))
    assert wide.letters == 42
    assert wide.letters > square.letters > tall.letters


words = st.lists(st.text(alphabet="abcde", min_size=1, max_size=12), min_size=1, max_size=40)
marks = st.sampled_from([" ", ", ", ". ", "? ", " and ", " — "])


@st.composite
def speech(draw: st.DrawFn) -> list[Cue]:
    """Lines that follow each other, with pauses or none, fast or slow."""
    cues, at = [], Fraction(0)
    for _ in range(draw(st.integers(1, 4))):
        text = "".join(word + draw(marks) for word in draw(words)).strip()
        at += Fraction(draw(st.integers(0, 40)), 10)
        length = Fraction(draw(st.integers(10, 200)), 10)
        cues.append(Cue(at, at + length, text, "x"))
        at += length
    return cues


@settings(max_examples=80, deadline=None)
@given(speech(), st.sampled_from([Limits(), Limits(letters=28)]))
def test_the_laws_of_captions(cues: list[Cue], limits: Limits) -> None:
    end = cues[-1].end + Fraction(1)
    parted = split_cues(cues, end, limits)
    assert " ".join(texts(parted)).split() == " ".join(texts(tuple(cues))).split()
    for one in parted:
        assert one.text.count("\n") < limits.lines
        assert max(map(len, one.text.split("\n"))) <= limits.letters
        assert 0 <= one.start < one.end <= end
    for one, after in pairwise(parted):
        assert one.end <= after.start


@given(st.text(alphabet="ab .,", min_size=1, max_size=120))
def test_there_is_time_to_read_where_there_is_room(text: str) -> None:
    limits = Limits()
    for one in split_cues([cue(0, 0.1, text)], Fraction(100), limits):
        assert one.end - one.start >= limits.shortest
        assert len(one.text) / float(one.end - one.start) <= limits.speed + 0.01


def test_splitting_what_was_split_changes_nothing_of_the_text() -> None:
    once = split_cues([cue(3, 14, SPEECH)], Fraction(20))
    assert texts(split_cues(once, Fraction(20))) == texts(once)


def test_subrip() -> None:
    cues = [
        cue(0, 1.5, "one\ntwo"),
        cue(3723.0404, 3724, "a --> b, <i>1 < 2</i> {\\an8}", None),
    ]
    assert to_srt(cues) == (
        "1\n00:00:00,000 --> 00:00:01,500\none\ntwo\n\n"
        "2\n01:02:03,040 --> 01:02:04,000\n"
        "a \u2192 b, <\u2060i>1 < 2<\u2060/i> {\u2060\\an8}\n"
    )


def test_webvtt_escapes_and_names_who_speaks() -> None:
    cues = [cue(0, 1.5, "one\ntwo", "Mara & co"), cue(2, 3, "a --> <b>", None)]
    assert to_vtt(cues) == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:00:01.500\n<v Mara &amp; co>one\ntwo\n\n"
        "00:00:02.000 --> 00:00:03.000\na --&gt; &lt;b&gt;\n"
    )


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_said_is_no_caption(text: str) -> None:
    assert split_cues([cue(0, 2, text)], Fraction(5)) == ()


def test_a_blank_line_never_ends_a_caption_early() -> None:
    assert "one\ntwo" in to_srt([cue(0, 1, "one\n \n\ntwo")])
    assert "one\ntwo" in to_vtt([cue(0, 1, "one\n\n\ntwo")])
