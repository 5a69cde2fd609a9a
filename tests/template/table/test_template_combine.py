"""Rows, matrix, `include` and `exclude` combine as CI matrices do; names are unique."""

import pytest
from expanding import codes, expanded, films
from hypothesis import given
from hypothesis import strategies as st

from storyboard.diagnostics import Span
from storyboard.template.expand.naming import file_name
from storyboard.template.table.combine import combine

HERE = Span("s.yaml", 1, 1, 1, 2)


def placed(**values: str) -> dict[str, tuple[str, Span]]:
    return {name: (value, HERE) for name, value in values.items()}


def test_the_example_of_ci_matrices_comes_out_as_documented() -> None:
    matrix = {
        "fruit": (("apple", HERE), ("pear", HERE)),
        "animal": (("cat", HERE), ("dog", HERE)),
    }
    include = [
        placed(color="green"),
        placed(color="pink", animal="cat"),
        placed(fruit="apple", shape="circle"),
        placed(fruit="banana"),
        placed(fruit="banana", animal="cat"),
    ]
    combined = combine(None, matrix, [], include)
    assert [dict(row) for row in combined.rows] == [
        {"fruit": "apple", "animal": "cat", "color": "pink", "shape": "circle"},
        {"fruit": "apple", "animal": "dog", "color": "green", "shape": "circle"},
        {"fruit": "pear", "animal": "cat", "color": "pink"},
        {"fruit": "pear", "animal": "dog", "color": "green"},
        {"fruit": "banana"},
        {"fruit": "banana", "animal": "cat"},
    ]


AXES = st.dictionaries(
    st.sampled_from("abc"),
    st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True),
    min_size=1,
)
SOME = st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), min_size=1), max_size=3)


@given(AXES, SOME)
def test_what_is_left_is_the_product_without_what_matches(
    axes: dict[str, list[int]], exclude: list[dict[str, int]]
) -> None:
    matrix = {name: tuple((value, HERE) for value in values) for name, values in axes.items()}
    items = [{name: (value, HERE) for name, value in one.items()} for one in exclude]
    combined = combine(None, matrix, items, [])
    every = combine(None, matrix, [], []).rows
    expected = [
        dict(row)
        for row in every
        if not any(all(row.get(k, object()) == v for k, v in one.items()) for one in exclude)
    ]
    assert [dict(row) for row in combined.rows] == expected


def test_a_table_is_multiplied_with_the_matrix_and_filtered() -> None:
    story = """\
title: "{{ sku }} {{ locale }}"
variations:
  rows: t.csv
  matrix: {locale: [de, en]}
  exclude: [{sku: 2, locale: de}]
  where: stock | number_of > 0
  name: "{{ sku }}/{{ locale }}"
"""
    table = "sku,stock\n1,5\n2,1\n3,0\n"
    result = expanded(story, {"t.csv": table})
    assert result.diagnostics == ()
    assert result.value is not None
    assert [one.name for one in result.value] == ["1-de", "1-en", "2-en"]
    assert [one.row["locale"] for one in result.value if one.row] == ["de", "en", "en"]
    assert [one.number for one in result.value] == [1, 2, 3]
    assert [one.row.number for one in result.value if one.row] == [1, 1, 2]


def test_a_matrix_may_take_its_list_from_a_variable() -> None:
    story = """\
title: "{{ place.code }}"
variables: {places: {type: list, default: [{code: de}, {code: en}]}}
variations: {matrix: {place: "{{ places }}"}}
"""
    assert films(story) == [{"title": "de"}, {"title": "en"}]


def test_names_are_made_of_row_and_matrix_where_none_is_given() -> None:
    story = (
        "title: '{{ a }}{{ m.code }}'\n"
        "variations: {rows: t.csv, matrix: {m: [{code: x/y}, {code: é}]}}\n"
    )
    table = "a\n" + "v\n" * 10
    result = expanded(story, {"t.csv": table})
    assert result.value is not None
    assert [one.name for one in result.value][:3] == ["row-01-x-y", "row-01-é", "row-02-x-y"]


def test_two_variations_of_one_name_are_an_error_that_counts_them() -> None:
    story = "title: '{{ a }}'\nvariations: {rows: t.csv, name: '{{ a }}'}\n"
    [found] = expanded(story, {"t.csv": "a\nx\ny\nX\nx\n"}).diagnostics
    assert found.code == "SB621"
    assert "rows 1 and 3; 2 names in all" in found.message
    assert [one.span.line for one in found.related] == [2, 4]


def test_what_is_wrong_with_variations_is_told_at_its_place() -> None:
    story = """\
title: "{{ a }}"
variations:
  row: t.csv
  matrix: {a: [1], b: red, "c d": [1]}
  include: {a: 2}
  exclude: [{a: 7}]
"""
    found = expanded(story).diagnostics
    assert [
        (one.code, one.span.line if one.span else 0) for one in found if one.code != "SB613"
    ] == [
        ("SB620", 3),
        ("SB620", 4),
        ("SB620", 4),
        ("SB620", 5),
    ]
    assert found[0].help == "did you mean `rows`?"


def test_when_nothing_is_left_there_is_no_value() -> None:
    story = "title: '{{ a }}'\nvariations: {rows: [{a: 1}], where: a > 1}\n"
    result = expanded(story)
    assert (result.value, codes(result.diagnostics)) == (None, ["SB622"])


@pytest.mark.parametrize(("one", "other"), [("Café", "CAFE\u0301"), ("が", "か\u3099")])
def test_names_that_differ_only_in_their_form_are_one(one: str, other: str) -> None:
    rows = f'name: "{{{{ a }}}}", rows: [{{a: "{one}"}}, {{a: "{other}"}}]'
    assert codes(expanded(f'title: "{{{{ a }}}}"\nvariations: {{{rows}}}\n').diagnostics) == [
        "SB621"
    ]


@pytest.mark.parametrize("name", ["CON", "nul", "com1.x"])
def test_a_name_that_windows_keeps_is_refused(name: str) -> None:
    rows = f'name: "{{{{ a }}}}", rows: [{{a: x}}, {{a: "{name}"}}]'
    assert codes(expanded(f'title: "{{{{ a }}}}"\nvariations: {{{rows}}}\n').diagnostics) == [
        "SB625"
    ]


def test_a_name_keeps_its_accents_and_fits_a_disk() -> None:
    assert file_name("cafe\u0301 / eins.") == "café-eins"
    assert len(file_name("語" * 200).encode()) <= 160
    assert file_name("語" * 200).startswith("語" * 50)
