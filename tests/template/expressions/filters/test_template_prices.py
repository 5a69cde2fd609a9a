"""Prices in a table: a column is read in one way, and what can be read in two is a warning."""

import pytest
from expanding import expanded

TITLED = "title: \"{{ price | price | string }}\"\nvariations: {rows: rows.csv, name: '{{ id }}'}\n"


def read(*cells: str, story: str = TITLED) -> tuple[list[str], list[str]]:
    """Return what cells of a column are read as, and the warnings."""
    rows = "".join(f'{number},"{cell}"\n' for number, cell in enumerate(cells, 1))
    result = expanded(story, {"rows.csv": f"id,price\n{rows}"})
    titles = [one.document.root.get("title") for one in result.value or ()]
    assert not [one for one in result.diagnostics if one.severity == "error"], result.diagnostics
    assert {one.code for one in result.diagnostics} <= {"SB663"}
    return [str(getattr(one, "value", None)) for one in titles], [
        one.message for one in result.diagnostics
    ]


@pytest.mark.parametrize(
    ("cells", "amounts"),
    [
        (("19,99", "1.299"), ["19.99", "1299"]),
        (("19.99", "1,299"), ["19.99", "1299"]),
        (("0.500", "1.299"), ["0.500", "1.299"]),
        (("1250.500", "1.299", "2,000"), ["1250.500", "1.299", "2000"]),
        (("1,299,000", "1,299"), ["1299000", "1299"]),
        (("1'299.50", "1,299"), ["1299.50", "1299"]),
        (("1,250.500 TND", "49,900 TND"), ["1250.500", "49900"]),
        (("9.99 USD", "9,99 EUR", "1.299 EUR", "1,299 USD"), ["9.99", "9.99", "1299", "1299"]),
        (("1.299 €", "2.499 €"), ["1299", "2499"]),
        (("1.250 KWD", "12,500 JOD"), ["1.250", "12.500"]),
        (("1.299 Euro", "2.499 eur"), ["1299", "2499"]),
        (("Rp 25.000", "Rp 1.500"), ["25000", "1500"]),
        (("$1,299", "£2,499", "¥1.980"), ["1299", "2499", "1980"]),
        (("99¢", "$1.50"), ["0.99", "1.50"]),
    ],
)
def test_a_column_is_read_in_one_way(cells: tuple[str, ...], amounts: list[str]) -> None:
    assert read(*cells) == (amounts, [])


@pytest.mark.parametrize(
    ("cells", "amounts", "rows"),
    [
        (("1.299", "2.499"), ["1299", "2499"], "(in all 2 rows)"),
        (("9.99", "1.299"), ["9.99", "1.299"], "(in 1 of 2 rows: row 2)"),
        (("9.99", "9,99", "1.299"), ["9.99", "9.99", "1299"], "(in 1 of 3 rows: row 3)"),
        (("1,250.500 USD", "49,900 TND"), ["1250.500", "49.900"], "(in 1 of 2 rows: row 2)"),
        (("9.99 EUR", "1.299 EUR"), ["9.99", "1.299"], "(in 1 of 2 rows: row 2)"),
        (("49.900 USD", "15.000 USD"), ["49900", "15000"], "(in all 2 rows)"),
        (("£1.250",), ["1250"], "(in row 1)"),
    ],
)
def test_what_can_be_read_both_ways_is_a_warning(
    cells: tuple[str, ...], amounts: list[str], rows: str
) -> None:
    found, [told] = read(*cells)
    assert found == amounts
    assert told.endswith(rows)


def test_a_doubt_is_told_once_however_often_a_cell_is_read() -> None:
    story = (
        "title: \"{{ price | price | string }}\"\nscenes: [{id: a, when: 'price | price > 5', "
        "shots: [{id: b, titles: [{text: \"{{ row.price | price | money('EUR') }}\"}]}]}]\n"
        "variations: {rows: rows.csv, where: 'price | price > 1', name: 'p{{ price | price }}'}\n"
    )
    found, told = read("1.299", "2.499", story=story)
    assert found == ["1299", "2499"]
    assert len(told) == 1


@pytest.mark.parametrize(
    "story",
    [
        """\
title: "{{ amount }}"
variables: {amount: {default: "{{ price | price | string }}"}}
variations: {rows: rows.csv, name: "{{ id }}"}
""",
        """\
title: "{{ group | pluck('price') | first | price | string }}"
variations: {rows: rows.csv, group_by: id, name: "{{ id }}"}
""",
        """\
title: "{{ price | price | string }}"
variations: {matrix: {id: [1], price: ["19,99", "1.299"]}}
""",
    ],
)
def test_a_column_is_known_wherever_its_cells_come_from(story: str) -> None:
    assert read("19,99", "1.299", story=story) == (["19.99", "1299"], [])


def test_columns_are_read_each_by_itself() -> None:
    story = (
        'title: "{{ price | price | string }} {{ weight | price | string }}"\n'
        "variations: {rows: rows.csv, name: '{{ id }}'}\n"
    )
    table = "id;price;weight\n1;19,99;0.500\n2;1.299;1.250\n"
    result = expanded(story, {"rows.csv": table})
    assert result.diagnostics == ()
    titles = [one.document.root.get("title") for one in result.value or ()]
    assert [getattr(one, "value", None) for one in titles] == ["19.99 0.500", "1299 1.250"]
