import json

import pytest

from storyboard.backends.http import is_id, parsed

HALF = "\ud83d"


@pytest.mark.parametrize("as_bytes", [True, False])
def test_half_a_surrogate_becomes_the_sign_for_what_cannot_be(as_bytes: bool) -> None:  # noqa: FBT001 - a column
    said = json.dumps({f"k{HALF}": [f"a{HALF}b", {"x": "\ude00"}], "n": 1, "t": True, "0": None})
    found = parsed(said.encode() if as_bytes else said)
    assert found == {"k\ufffd": ["a\ufffdb", {"x": "\ufffd"}], "n": 1, "t": True, "0": None}
    json.dumps(found, ensure_ascii=False).encode()


def test_a_whole_pair_is_one_character() -> None:
    assert parsed(r'"\ud83d\ude00"') == "\N{GRINNING FACE}"


def test_halves_that_come_as_bytes_are_mended_too() -> None:
    assert parsed(b'"\xed\xa0\xbd"') in {"\ufffd", None}


@pytest.mark.parametrize(
    ("name", "usable"),
    [
        ("2b4493f6-b1d5", True),
        ("a/b?c", True),
        ("", False),
        ("x" * 200, True),
        ("x" * 201, False),
        ("a\nb", False),
        ("a\x1b[2Jb", False),
        ("a b", False),
        ("a\ufffdb", False),
        ("a\u202eb", False),
        (7, False),
        (None, False),
        (True, False),
        (["x"], False),
    ],
)
def test_which_names_of_requests_can_be_used(name: object, usable: bool) -> None:  # noqa: FBT001 - a column
    assert is_id(name) is usable
