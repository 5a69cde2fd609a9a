from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.media.text.breaks import pieces
from storyboard.media.text.grapheme_clusters import clusters


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("two for one", ["two ", "for ", "one"]),
        ("hand-thrown cup", ["hand-", "thrown ", "cup"]),
        ("10-20", ["10-20"]),
        ("now — free", ["now ", "— ", "free"]),
        ("25\u00a0USD only", ["25\u00a0USD ", "only"]),
        ("你好吗", ["你", "好", "吗"]),
        ("好。「是」", ["好。", "「是」"]),
        ("コーヒー", ["コー", "ヒー"]),
        ("첫 잔은", ["첫 ", "잔은"]),
        ("กาแฟแก้วแรก", ["กา", "แฟ", "แก้ว", "แรก"]),
        ("", []),
    ],
)
def test_lines_may_end_where_readers_expect(text: str, parts: list[str]) -> None:
    assert list(pieces(text)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("e\u0301a", ["e\u0301", "a"]),
        ("👩\u200d🚀x", ["👩\u200d🚀", "x"]),
        ("👍🏽!", ["👍🏽", "!"]),
        ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]),
        ("5\ufe0f\u20e36", ["5\ufe0f\u20e3", "6"]),
        ("नमस्ते", ["न", "म", "स्ते"]),
        ("क्\u200dष त्", ["क्\u200dष", " ", "त्"]),
        ("বাংলা আশ্চর্য", ["বাং", "লা", " ", "আ", "শ্চ", "র্য"]),
    ],
)
def test_what_is_seen_as_one_stays_together(text: str, parts: list[str]) -> None:
    assert list(clusters(text)) == parts


@given(st.text(max_size=60))
def test_nothing_is_lost(text: str) -> None:
    assert "".join(clusters(text)) == text
    assert "".join(pieces(text)) == text


@given(st.text(alphabet="。、「」\uff08\uff09你好ー ab", max_size=40))
def test_no_line_begins_or_ends_with_a_sign_that_must_not(text: str) -> None:
    parts = list(pieces(text))
    for before, after in pairwise(parts):
        if not before.endswith(" "):
            assert after[0] not in "。、」\uff09ー"
            assert before[-1] not in "「\uff08"
