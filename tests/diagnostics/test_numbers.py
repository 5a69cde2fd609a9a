"""Numbers of things with their nouns, and decimals whose halves go up."""

from fractions import Fraction

import pytest

from storyboard.diagnostics import counted, decimal, shortened, suggest


@pytest.mark.parametrize(
    ("count", "noun", "nouns", "said"),
    [
        (0, "piece", None, "0 pieces"),
        (1, "piece", None, "1 piece"),
        (2, "piece", None, "2 pieces"),
        (1_000, "byte", None, "1,000 bytes"),
        (1, "entry", "entries", "1 entry"),
        (3, "entry", "entries", "3 entries"),
    ],
)
def test_a_noun_has_the_form_of_its_number(
    count: int, noun: str, nouns: str | None, said: str
) -> None:
    assert counted(count, noun, nouns) == said


@pytest.mark.parametrize(
    ("value", "above", "said"),
    [
        (Fraction(69, 4), None, "17.3"),
        (Fraction(35, 2), 17, "17.5"),
        (Fraction(17), None, "17"),
        (Fraction(1701, 100), None, "17"),
        (Fraction(1701, 100), 17, "17.1"),
        (Fraction(200, 3), None, "66.7"),
        (Fraction(100), None, "100"),
        (Fraction(1, 20), None, "0.1"),
    ],
)
def test_a_decimal_is_rounded_half_up_and_not_to_the_limit(
    value: Fraction, above: int | None, said: str
) -> None:
    assert decimal(value, above=above) == said


def test_names_in_a_list_are_cut_after_40_letters_and_the_one_meant_is_whole() -> None:
    header = "Product description as it is shown in the shop, at most 9,999 characters"
    listed = suggest("sku", [header, "price"], "columns")
    assert listed == f"the columns are `{header[:39]}\u2026`, `price`"
    assert suggest(header.replace("shop", "shup"), [header]) == f"did you mean `{header}`?"
    assert (shortened("x" * 40), len(shortened("x" * 41))) == ("x" * 40, 40)


def test_names_that_differ_only_in_capitals_are_told_so() -> None:
    assert suggest("Mara", ["mara"]) == "did you mean `mara`? Capitals count"
    assert suggest("marra", ["mara"]) == "did you mean `mara`?"
