import pytest

from storyboard.media.text.scripts import scripts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("aд", ["Latn", "Cyrl"]),
        ("1 a, b", ["Latn"] * 6),
        ("क 5", ["Deva"] * 3),
        ("12", ["Zyyy", "Zyyy"]),
        ("の直", ["Hira", "Hani"]),
        ("한가", ["Hang", "Hang"]),
        ("", []),
    ],
)
def test_what_every_script_uses_has_the_script_beside_it(text: str, found: list[str]) -> None:
    assert scripts(list(text)) == found
