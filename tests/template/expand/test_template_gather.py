"""Findings of many variations become one each, with a count, the first row, and its cells."""

from expanding import expanded

from storyboard.diagnostics import Code, Diagnostic, Severity, Span
from storyboard.template import Variation, gather

STORY = """\
title: "{{ offer }}"
style: plain
variations: {rows: t.csv}
"""
TABLE = "sku,offer\nA,one\nB,two\nC,one\n"
TITLE = Span("storyboard.yaml", 1, 8, 1, 21)
INSIDE = Span("storyboard.yaml", 1, 12, 1, 17)
STYLE = Span("storyboard.yaml", 2, 8, 2, 13)


def variations(story: str = STORY, table: str = TABLE) -> tuple[Variation, ...]:
    result = expanded(story, {"t.csv": table})
    assert result.value is not None
    return result.value


def wrong(message: str, span: Span | None = TITLE, code: str = "SB999") -> Diagnostic:
    return Diagnostic(Code(code), Severity.WARNING, message, span)


def test_what_all_rows_share_is_one_message_with_a_count() -> None:
    [found] = gather((one, (wrong("style is odd", STYLE),)) for one in variations())
    assert found.message == "style is odd (in all 3 rows)"
    assert found.related == ()


def test_messages_that_differ_in_values_only_are_one() -> None:
    films = variations()
    texts = [("`one` is 12 px wide",), ("`two` is 14.5 px wide",), ()]
    [found] = gather(
        (one, tuple(wrong(text, INSIDE) for text in some))
        for one, some in zip(films, texts, strict=True)
    )
    assert found.message == "`one` is 12 px wide (in 2 of 3 rows, first row 1)"
    assert [(one.message, one.span.line, one.span.column) for one in found.related] == [
        ("row 1: offer is 'one'", 2, 3),
        ("row 2: offer is 'two'", 3, 3),
    ]


def test_two_findings_of_one_variation_at_one_place_stay_two() -> None:
    films = variations()
    found = gather((one, (wrong("no `@a`"), wrong("no `@b`"))) for one in films[1:])
    assert [one.message for one in found] == [
        "no `@a` (in all 2 rows)",
        "no `@b` (in all 2 rows)",
    ]


def test_one_row_alone_is_named() -> None:
    films = variations()
    [found] = gather((one, (wrong("x"),) if one.number == 3 else ()) for one in films)
    assert found.message == "x (in 1 of 3 rows: row 3)"
    assert found.related[0].span.line == 4


def test_places_codes_and_severities_keep_findings_apart() -> None:
    films = variations()
    found = gather(
        (one, (wrong("x"), wrong("x", STYLE), wrong("x", code="SB998"), wrong("x", None)))
        for one in films
    )
    assert len(found) == 4


def test_a_storyboard_without_variations_keeps_its_findings_as_they_are() -> None:
    result = expanded("title: a\n")
    assert result.value is not None
    one = wrong("x")
    assert gather([(result.value[0], (one,))]) == (one,)


def test_with_a_matrix_variations_are_counted_by_name() -> None:
    story = STORY.replace(
        "{rows: t.csv}", "{rows: t.csv, matrix: {m: [a, b]}, name: '{{ sku }}{{ m }}'}"
    )
    films = variations(story)
    [found] = gather((one, (wrong("x"),) if one.number > 2 else ()) for one in films)
    assert found.message == "x (in 4 of 6 variations, first `Ba`)"
    assert found.related[0].span.file == "t.csv"


def test_cells_of_the_table_go_before_the_values_of_a_matrix() -> None:
    story = """\
title: "{{ m }} {{ offer }}"
variations: {rows: t.csv, matrix: {m: [a, b]}, name: "{{ sku }}{{ m }}"}
"""
    at = Span("storyboard.yaml", 1, 8, 1, 29)
    [found] = gather((one, (wrong("x", at),)) for one in variations(story))
    assert [(one.span.file, one.span.line) for one in found.related] == [
        ("t.csv", 2),
        ("t.csv", 3),
        ("t.csv", 4),
    ]
    alone = story.replace(" {{ offer }}", "").replace("{{ sku }}", "{{ offer }}{{ sku }}")
    at = Span("storyboard.yaml", 1, 8, 1, 17)
    [found] = gather((one, (wrong("x", at),)) for one in variations(alone))
    assert [one.message for one in found.related] == ["row 1: m is 'a'", "row 1: m is 'b'"]


def test_a_cell_is_shown_as_it_is_seen() -> None:
    table = "sku,offer\nA,1\u00a0299\u202f\u20ac\nB,it's\tnew\nC,\u0627\u0644\u200f\n"
    [found] = gather((one, (wrong("x"),)) for one in variations(table=table))
    assert [one.message for one in found.related] == [
        "row 1: offer is '1\u00a0299\u202f\u20ac'",
        'row 2: offer is "it\'s\\tnew"',
        "row 3: offer is '\u0627\u0644\\u200f'",
    ]


def test_a_value_that_several_cells_went_into_is_said_of_none_of_them() -> None:
    story = """\
title: "{{ both }}"
variables: {both: {default: "{{ sku }} {{ offer }}"}}
variations: {rows: t.csv}
"""
    at = Span("storyboard.yaml", 1, 8, 1, 20)
    [found] = gather(
        (one, (wrong("x", at),) if one.number == 1 else ()) for one in variations(story)
    )
    assert [(one.message, one.span.column) for one in found.related] == [
        ("row 1: both is made from it", 3),
        ("row 1: both is made from it", 1),
    ]
