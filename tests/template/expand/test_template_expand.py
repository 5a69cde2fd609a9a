"""Variables, `when`, `each` and types, as the language page has them."""

from decimal import Decimal

import pytest
from expanding import codes, document_of, expanded, files_of, films

from storyboard.template import expand


def test_a_document_without_templates_is_the_very_same() -> None:
    document = document_of("storyboard: 1\nscenes:\n  - {id: a, shots: [{id: b, prompt: c}]}\n")
    result = expand(document, files_of({}))
    assert result.diagnostics == ()
    assert result.value is not None
    [one] = result.value
    assert one.document is document
    assert (one.name, one.row, one.number) == (None, None, 1)


def test_a_variable_stands_for_its_default_and_the_declaration_goes() -> None:
    text = 'title: "{{ offer }} today"\nvariables:\n  offer: {type: string, default: 2 for 1}\n'
    assert films(text) == [{"title": "2 for 1 today"}]


def test_the_command_line_beats_the_row_and_the_row_beats_the_default() -> None:
    text = (
        'title: "{{ a }}{{ b }}{{ c }}"\n'
        "variables:\n  a: {default: d}\n  b: {default: d}\n  c: {default: d}\n"
        "variations: {rows: [{b: r, c: r}]}\n"
    )
    assert films(text, c="g") == [{"title": "drg"}]


def test_an_empty_cell_leaves_a_declared_variable_its_default() -> None:
    text = 'title: "{{ a }}"\nvariables: {a: {default: d}}\nvariations: {rows: t.csv}\n'
    assert films(text, {"t.csv": "a,b\n,1\nx,2\n"}) == [{"title": "d"}, {"title": "x"}]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("n", 3),
        ("x", Decimal("2.50")),
        ("yes", True),
        ("text", "42"),
        ("n + 1", 4),
        ("x * 2", 5),
        ("7 / 2", Decimal("3.5")),
        ("19.99 * 0.9", Decimal("17.991")),
        ("0.1 + 0.2 == 0.3", True),
        ("n > 2 and not (n > 5)", True),
        ("words[1]", "b"),
        ("box.lid", "red"),
        ("none", None),
        ("n if n > 5", ""),
        ('"{{ n }}"', "{{ n }}"),
    ],
)
def test_a_scalar_of_one_expression_keeps_the_values_type(expression: str, value: object) -> None:
    text = (
        f"title: '{{{{ {expression} }}}}'\n"
        "variables:\n"
        "  n: {default: 3}\n  x: {default: 2.50}\n  yes: {default: true}\n"
        '  text: {default: "42"}\n  words: {default: [a, b]}\n  box: {default: {lid: red}}\n'
    )
    [film] = films(text)
    assert film["title"] == value
    assert type(film["title"]) is type(value)


def test_text_around_an_expression_makes_a_text() -> None:
    text = (
        'a: "{{ n }} of {{ x }} is {{ b }}"\n'
        "variables: {n: {default: 3}, x: {default: 2.50}, b: {default: true}}\n"
    )
    assert films(text)[0]["a"] == "3 of 2.50 is true"


def test_a_default_may_read_other_variables_in_any_order() -> None:
    text = (
        'title: "{{ line }}"\n'
        "variables:\n"
        '  line: {default: "{{ product }} now"}\n'
        '  product: {default: "{{ kind }} cup"}\n'
        "  kind: {default: blue}\n"
    )
    assert films(text) == [{"title": "blue cup now"}]


def test_variables_made_of_each_other_are_an_error() -> None:
    text = 'title: "{{ a }}"\nvariables: {a: {default: "{{ b }}"}, b: {default: "{{ a }}"}}\n'
    assert "SB615" in codes(expanded(text).diagnostics)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", "007", "007"),
        ("integer", " 7 ", 7),
        ("number", "2.50", Decimal("2.50")),
        ("boolean", "No", False),
    ],
)
def test_a_cell_takes_the_type_of_the_variable_of_its_name(
    kind: str, text: str, value: object
) -> None:
    story = (
        f'title: "{{{{ v }}}}"\nvariables: {{v: {{type: {kind}}}}}\nvariations: {{rows: t.csv}}\n'
    )
    [film] = films(story, {"t.csv": f"v\n{text}\n"})
    assert film["title"] == value


def test_a_cell_of_the_wrong_type_is_an_error_at_the_cell() -> None:
    story = 'title: "{{ v }}"\nvariables: {v: {type: integer}}\nvariations: {rows: t.csv}\n'
    found = expanded(story, {"t.csv": "a,v\n1,2\n3,4.5\n"}).diagnostics
    assert codes(found) == ["SB611"]
    assert found[0].span is not None
    assert (found[0].span.file, found[0].span.line, found[0].span.column) == ("t.csv", 3, 3)


def test_a_value_that_is_no_choice_is_an_error_with_the_nearest() -> None:
    story = 'title: "{{ v }}"\nvariables: {v: {choices: [red, blue], default: bleu}}\n'
    [found] = expanded(story).diagnostics
    assert found.code == "SB611"
    assert "did you mean `blue`?" in found.message


def test_var_for_an_unknown_variable_names_the_nearest() -> None:
    story = "title: '{{ offer }}'\nvariables: {offer: {default: a}}\n"
    [found] = expanded(story, ofer="b").diagnostics
    assert (found.code, found.help) == ("SB614", "did you mean `offer`?")


def test_a_variable_without_a_value_is_an_error_where_it_is_used() -> None:
    story = "title: '{{ offer }}'\nvariables: {offer: {type: string}}\n"
    [found] = expanded(story).diagnostics
    assert (found.code, found.span.line if found.span else 0) == ("SB612", 1)
    assert films(story, offer="now") == [{"title": "now"}]


WHEN = """\
scenes:
  - id: a
    when: locale == "de"
    shots:
      - {id: x, prompt: p, when: "{{ offer }}", titles: [{text: t, when: false}, {text: u}]}
      - {id: y, prompt: q, when: not offer}
variables: {locale: {default: de}, offer: {default: ""}}
"""


def test_when_keeps_scenes_shots_and_titles_or_leaves_them_out() -> None:
    [film] = films(WHEN)
    assert film["scenes"] == ({"id": "a", "shots": ({"id": "y", "prompt": "q"},)},)
    [film] = films(WHEN, offer="2 for 1")
    assert film["scenes"] == (
        {"id": "a", "shots": ({"id": "x", "prompt": "p", "titles": ({"text": "u"},)},)},
    )
    assert films(WHEN, locale="en") == [{"scenes": ()}]


@pytest.mark.parametrize("word", ["no", "No", "false", "off", "0", "", " "])
def test_a_cell_that_says_no_is_no(word: str) -> None:
    story = "scenes: [{id: a, when: row.show}]\nvariations: {rows: t.csv}\n"
    assert films(story, {"t.csv": f'show,b\n"{word}",1\nyes,1\n'}) == [
        {"scenes": ()},
        {"scenes": ({"id": "a"},)},
    ]


def test_each_repeats_and_keeps_ids_unique() -> None:
    story = """\
scenes:
  - each: {name: part, in: "{{ parts }}"}
    id: reason
    title: "{{ loop.index }} of {{ loop.length }}: {{ part.name }}"
    shots:
      - id: "{{ part.name }}"
        prompt: p
        each: {name: n, in: [1, 2]}
        when: part.name != "lid" or n == 1
variables: {parts: {default: [{name: lid}, {name: cup}]}}
"""
    [film] = films(story)
    assert film["scenes"] == (
        {"id": "reason-1", "title": "1 of 2: lid", "shots": ({"id": "lid", "prompt": "p"},)},
        {
            "id": "reason-2",
            "title": "2 of 2: cup",
            "shots": ({"id": "cup", "prompt": "p"}, {"id": "cup", "prompt": "p"}),
        },
    )


def test_each_over_a_text_is_an_error_that_says_to_split() -> None:
    story = "scenes: [{id: a, each: {name: x, in: '{{ t }}'}}]\nvariables: {t: {default: a;b}}\n"
    [found] = expanded(story).diagnostics
    assert found.code == "SB654"
    assert found.help is not None
    assert "split" in found.help


def test_the_name_of_each_is_not_known_outside() -> None:
    story = "title: '{{ x }}'\nscenes: [{id: a, title: '{{ x }}', each: {name: x, in: [1]}}]\n"
    found = expanded(story).diagnostics
    assert [(one.code, one.span.line if one.span else 0) for one in found] == [("SB601", 1)]


@pytest.mark.parametrize(
    ("style", "line", "column"),
    [
        ('title: "Buy {{ ofer }} now"', 1, 16),
        ("title: 'It''s {{ ofer }}'", 1, 18),
        ('title: "a\\tb {{ ofer }}"', 1, 17),
        ("title: Buy {{ ofer }} now", 1, 15),
        ("title: >\n  Buy this\n  {{ ofer }} now", 3, 6),
        ("title: |\n  Buy\n\n  {{ offer }} {{ ofer }}", 4, 18),
        ('title: "ofer {{ ofer }}"', 1, 17),
    ],
)
def test_an_undefined_name_is_shown_at_its_place(style: str, line: int, column: int) -> None:
    [found] = [
        one
        for one in expanded(f"{style}\nvariables: {{offer: {{default: a}}}}\n").diagnostics
        if one.code == "SB601"
    ]
    assert found.help == "did you mean `offer`?"
    assert found.span is not None
    assert (found.span.line, found.span.column) == (line, column)
    assert found.span.end_column - found.span.column == len("ofer")


def test_a_scalar_without_a_value_stays_as_it_was_written() -> None:
    result = expanded("title: '{{ ofer }}'\nstyle: '{{ 1 / 0 }}'\n")
    assert codes(result.diagnostics) == ["SB601", "SB604"]
    assert result.value is not None
    [one] = result.value
    assert one.document.root.get("title") is not None
    assert not result.ok


def test_values_are_never_rendered_again() -> None:
    story = "title: '{{ a }}'\nstyle: 'in {{ a }}'\nvariations: {rows: t.csv}\n"
    [film] = films(story, {"t.csv": "a\n{{ 1 + 1 }} {% x %}\n"})
    assert film == {"title": "{{ 1 + 1 }} {% x %}", "style": "in {{ 1 + 1 }} {% x %}"}


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("12,90", []),
        ("soon", ["SB604"]),
        ("", ["SB604", "SB640"]),
    ],
)
def test_what_follows_from_a_wrong_variable_is_not_told_again(cell: str, found: list[str]) -> None:
    story = """\
title: "{{ price | money('EUR') }}"
scenes:
  - when: half > 3
    shots: [{each: {name: n, in: "{{ range(half | int) | list }}"}, prompt: "{{ n }}"}]
variables:
  price: {default: "{{ row.Cost | price }}"}
  half: {default: "{{ price / 2 }}"}
variations: {rows: t.csv, name: "{{ price | round }}", where: price > 0}
"""
    table = f'sku,Cost\nA,"{cell}"\n'
    assert sorted(codes(expanded(story, {"t.csv": table}).diagnostics)) == found


def test_a_value_that_is_no_choice_is_told_where_it_stands_alone() -> None:
    story = """\
title: "{{ words[lang] }}"
variables:
  lang: {choices: [de, en]}
  words: {default: {de: Hallo, en: Hello}}
variations: {matrix: {lang: [de, en, it]}}
"""
    assert codes(expanded(story).diagnostics) == ["SB611"]
