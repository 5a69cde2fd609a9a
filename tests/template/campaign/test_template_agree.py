"""A price or percentage that differs between title, speech and table is found."""

from decimal import Decimal

import pytest
from expanding import expanded

from storyboard.template.campaign.agree import Agreement
from storyboard.template.campaign.amounts import amounts_in


@pytest.mark.parametrize(
    ("text", "language", "prices", "percents"),
    [
        ("Now 19.99 €", "en", ["19.99"], []),
        ("Jetzt 1.299,00 €!", "de", ["1299.00"], []),
        ("only $1,299", "en", ["1299"], []),
        ("1299 kr", "sv", ["1299"], []),
        ("nineteen ninety-nine", "en", ["19.99"], []),
        ("Only nineteen ninety-nine.", "en", ["19.99"], []),
        ("for nineteen dollars and ninety-nine cents", "en", ["19.99"], []),
        ("neunzehn Euro neunundneunzig", "de", ["19.99"], []),
        ("dix-neuf euros quatre-vingt-dix-neuf", "fr", ["19.99"], []),
        ("twenty percent off", "en", [], ["20"]),
        ("zwanzig Prozent Rabatt", "de-AT", [], ["20"]),
        ("vingt pour cent", "fr", [], ["20"]),
        ("veinte por ciento", "es", [], ["20"]),
        ("-15 %", "en", [], ["15"]),
        ("12,5% less", "de", [], ["12.5"]),
        ("since twenty twenty-four, two for one", "en", [], []),
        ("call 555 12 34", "en", [], []),
        ("two cups", "en", [], []),
    ],
)
def test_amounts_are_read_as_figures_and_as_words(
    text: str, language: str, prices: list[str], percents: list[str]
) -> None:
    found = amounts_in(text, language)
    assert [amount for amount, _ in found.prices] == [Decimal(one) for one in prices]
    assert [amount for amount, _ in found.percents] == [Decimal(one) for one in percents]


STORY = """\
scenes:
  - id: a
    shots:
      - prompt: a mug for 99 €
        say: [{mara: "LINE"}]
        titles: [{text: "TITLE"}]
variations: {rows: t.csv}
"""


def found(line: str, title: str, table: str) -> list[tuple[str, int, str]]:
    story = STORY.replace("LINE", line).replace("TITLE", title)
    result = expanded(story, {"t.csv": table})
    assert result.value is not None
    agreement = Agreement()
    return [
        (one.code, one.span.line if one.span else 0, one.message)
        for variation in result.value
        for one in agreement.disagreements(variation)
    ]


def test_speech_that_says_another_price_than_the_table_is_found() -> None:
    table = "sku,price\nA,19.99\nB,24.99\n"
    assert found("only nineteen ninety-nine", "{{ price }} €", table) == [
        (
            "SB660",
            5,
            "this line of speech says `19.99`, and the price elsewhere is `24.99`",
        )
    ]


def test_a_title_with_a_price_of_its_own_is_found() -> None:
    assert found("hello", "now 15 €", "sku,Variant Price\nA,19.99\n") == [
        ("SB660", 6, "this title shows `15 €`, and the price elsewhere is `19.99`")
    ]


def test_a_percentage_that_differs_is_found_in_words_too() -> None:
    assert found("twenty percent off", "-15 %", "sku,note\nA,x\n") == [
        ("SB661", 5, "this line of speech says `20 percent`, and the percentage elsewhere is `15`"),
        ("SB661", 6, "this title shows `15 %`, and the percentage elsewhere is `20`"),
    ]


@pytest.mark.parametrize(
    ("line", "title", "table"),
    [
        ("nineteen ninety-nine", "{{ price }} €", "price\n19.99\n"),
        ("neunzehn Euro neunundneunzig", "19,99 €", 'price,locale\n"19,99 €",de\n'),
        ("hello", "{{ (price | price * 0.9) | money('EUR') }}", "price\n19.99\n"),
        ("twenty percent off", "{{ discount }} % off", "discount\n20\n"),
        ("one cup for two", "2 for 1", "price\n19.99\n"),
        ("only 5 €", "hello", "sku\nA\n"),
    ],
)
def test_what_agrees_says_nothing(line: str, title: str, table: str) -> None:
    assert found(line, title, table) == []
