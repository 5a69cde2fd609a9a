"""What `@name` means in a prompt."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyboard.model.prompt import Mention, Words, parse

NAMES = ("mara", "cup", "old-cup", "\u5c0f\u7f8e", "mara2")


def shown(text: str) -> str:
    """Write a parsed prompt with elements in brackets."""
    return "".join(
        part.text if isinstance(part, Words) else f"[{part.element}]"
        for part in parse(text, NAMES).prompt
    )


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("", ""),
        ("A cup.", "A cup."),
        ("@mara", "[mara]"),
        ("Macro on @cup as @mara pours.", "Macro on [cup] as [mara] pours."),
        ("@mara's @cup, (@mara)", "[mara]'s [cup], ([mara])"),
        ("@mara- and @cup-", "[mara]- and [cup]-"),
        ("@old-cup", "[old-cup]"),
        ("@mara2 and @mara", "[mara2] and [mara]"),
        ("@@mara @@ @ @", "@mara @ @ @"),
        ("write to info@mara or a.b+c@cup.com", "write to info@mara or a.b+c@cup.com"),
        ('a sign that reads "@mara"', 'a sign that reads "@mara"'),
        (
            "a sign: \u201c@mara \u00b7 @cup\u201d and @cup",
            "a sign: \u201c@mara \u00b7 @cup\u201d and [cup]",
        ),
        (
            "tagged '@mara' by 'Tis @mara's hand, the girls' @cup",
            "tagged '@mara' by 'Tis [mara]'s hand, the girls' [cup]",
        ),
        ('5" tall @mara and 6" tall @cup', '5" tall [mara] and 6" tall [cup]'),
        (
            "@mara\u62ac\u5934\u5fae\u7b11\uff0c@\u5c0f\u7f8e\u6309\u4e0b",
            "[mara]\u62ac\u5934\u5fae\u7b11\uff0c[\u5c0f\u7f8e]\u6309\u4e0b",
        ),
        ("\u770b@cup", "\u770b[cup]"),
        ("@mara\n@cup", "[mara]\n[cup]"),
    ],
)
def test_names_are_found(text: str, meaning: str) -> None:
    parsed = parse(text, NAMES)
    assert shown(text) == meaning
    assert parsed.unknown == ()


def test_names_that_are_no_element_are_told_and_stay() -> None:
    parsed = parse("@marra and @cup and @cupé", NAMES)
    assert [(at.name, at.offset) for at in parsed.unknown] == [("marra", 0), ("cupé", 20)]
    assert parsed.prompt == (Words("@marra and "), Mention("cup"), Words(" and @cupé"))


def test_names_inside_quotes_are_told() -> None:
    parsed = parse('"@mara @brand" @cup', NAMES)
    assert [(at.name, at.offset) for at in parsed.quoted] == [("mara", 1)]
    assert parsed.unknown == ()


ANY = st.text(st.sampled_from("@mar cup-\"'.\u5c0f\u7f8e\u201c\u201d\n"), max_size=40)


@given(ANY)
def test_no_word_is_lost_and_no_words_stand_side_by_side(text: str) -> None:
    prompt = parse(text, NAMES).prompt
    again = "".join(part.text if isinstance(part, Words) else f"@{part.element}" for part in prompt)
    assert len(again) == len(text) - text.count("@@")
    kinds = [type(part) for part in prompt]
    assert all(pair != (Words, Words) for pair in pairwise(kinds))
    assert all(part.text for part in prompt if isinstance(part, Words))


@given(ANY)
def test_a_text_with_doubled_signs_means_itself(text: str) -> None:
    parsed = parse(text.replace("@", "@@"), NAMES)
    assert parsed.prompt == ((Words(text),) if text else ())
