"""Whatever a row holds, the structure is that of the storyboard, and equal values share nodes."""

import json

from expanding import document_of, expanded, files_of, shape
from hypothesis import given
from hypothesis import strategies as st

from storyboard.source import Mapping, Node, Scalar, Sequence, at
from storyboard.template import Variation, expand

STORY = """\
title: "{{ a }}"
style: "film: {{ b }} - #{{ a }}"
scenes:
  - id: one
    shots:
      - prompt: "{{ row.a }}, {{ row['b'] }}"
        titles:
          - {text: "{{ c }}", style: 'x {{ a | upper }}'}
      - prompt: plain
  - id: two
    shots:
      - prompt: 'It''s {{ "{" ~ a ~ "}" }}'
variations:
  rows: t.json
"""
PLAIN = document_of(STORY)
ANYTHING = st.text(max_size=30) | st.sampled_from(
    [
        '"quoted"',
        "it's",
        "a: b",
        "- x\n- y",
        "{{ 1 }}",
        "{% for %}",
        "&anchor",
        "*alias",
        "!!python/object:os.system",
        "<<",
        "null",
        "no",
        "16:9",
        "# comment",
        "=HYPERLINK(1)",
        "\u202e\u0645\u0631\u062d\u0628\u0627",
        "👩‍👩‍👧",
        "{a: 1}",
        "[1, 2]",
        "|\n  x",
        "---",
        "\x00",
    ]
)
ATOM = ANYTHING | st.integers() | st.booleans() | st.none() | st.decimals(allow_nan=False).map(str)
ROWS = st.lists(st.fixed_dictionaries({"a": ATOM, "b": ATOM, "c": ATOM}), min_size=1, max_size=4)


def without_variations(root: Mapping) -> Mapping:
    kept = tuple(one for one in root.entries if one.key.value != "variations")
    return Mapping(kept, root.span)


@given(ROWS)
def test_a_row_never_changes_the_structure(rows: list[dict[str, object]]) -> None:
    data = json.dumps(rows).encode("utf-8", "surrogatepass")
    result = expand(PLAIN, files_of({"t.json": data}))
    assert result.value is not None
    assert len(result.value) == len(rows)
    for variation in result.value:
        assert shape(variation.document.root) == shape(without_variations(PLAIN.root))
        spans_are_kept(PLAIN.root, variation.document.root)


def spans_are_kept(before: Node, after: Node) -> None:
    """Each node stands where it stood."""
    assert before.span == after.span
    match before, after:
        case Sequence(), Sequence():
            for one, other in zip(before.items, after.items, strict=True):
                spans_are_kept(one, other)
        case Mapping(), Mapping():
            for entry in after.entries:
                inner = before.get(str(entry.key.value))
                assert inner is not None
                spans_are_kept(inner, entry.value)
        case _:
            assert isinstance(before, Scalar)
            assert isinstance(after, Scalar)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=40))
def test_a_lone_expression_gives_the_text_of_the_cell_as_it_is(text: str) -> None:
    cell = '"' + text.replace('"', '""') + '"'
    story = "title: '{{ a }}'\nvariations: {rows: t.csv}\n"
    result = expanded(story, {"t.csv": f"a,b\r\n{cell},1\r\n"})
    assert result.value is not None
    title = at(result.value[0].document.root, ("title",))
    assert isinstance(title, Scalar)
    assert title.value == text


MANY = """\
style: 35mm
scenes:
  - id: fixed
    shots: [{prompt: plain}, {prompt: "plain {{ 1 + 1 }}"}]
  - id: product
    shots: [{prompt: "{{ product }}"}, {prompt: plain}]
  - id: locale
    shots: [{prompt: p, titles: [{text: "{{ locale }}"}]}]
  - id: both
    shots: [{prompt: "{{ row.product }}", titles: [{text: "{{ locale }}"}]}]
variations:
  rows: [{product: cup, price: 1}, {product: mug, price: 2}, {product: cup, price: 3}]
  matrix: {locale: [de, en, fr]}
"""


def test_subtrees_that_read_the_same_values_are_the_very_same() -> None:
    result = expanded(MANY)
    assert result.value is not None
    assert [objects(result.value, ("scenes", scene)) for scene in range(4)] == [1, 2, 3, 6]
    assert objects(result.value, ("scenes", 1, "shots", 1)) == 1
    assert objects(result.value, ("style",)) == 1


def objects(variations: tuple[Variation, ...], route: tuple[str | int, ...]) -> int:
    return len({id(at(one.document.root, route)) for one in variations})


@given(st.lists(st.tuples(st.sampled_from([1, "1", True, 0, "", None]), st.integers(0, 2))))
def test_sharing_is_what_expanding_each_row_alone_gives(rows: list[tuple[object, int]]) -> None:
    """Values that are equal to Python and not to people (1, true) are never mixed up."""
    story = (
        "title: '{{ a }}'\nscenes: [{id: x, title: '{{ row.b }}', when: a}]\n"
        "variations: {rows: t.json}\n"
    )
    document = document_of(story)
    dicts = [{"a": a, "b": b} for a, b in rows]
    together = expand(document, files_of({"t.json": json.dumps(dicts)})).value or ()
    alone = [expand(document, files_of({"t.json": json.dumps([one])})).value for one in dicts]
    for one, only in zip(together, alone, strict=True):
        assert only is not None
        assert texts(one.document.root) == texts(only[0].document.root)


def texts(node: Node) -> object:
    match node:
        case Scalar():
            return (type(node.value), node.value)
        case Sequence():
            return [texts(item) for item in node.items]
        case Mapping():
            return [(entry.key.value, texts(entry.value)) for entry in node.entries]


def test_a_scalar_knows_the_cells_whose_values_went_into_it() -> None:
    story = "title: '{{ a }} and {{ row.b }}'\nstyle: '{{ a }}'\nvariations: {rows: t.csv}\n"
    result = expanded(story, {"t.csv": 'a,b\n"x\ny",2\n'})
    assert result.value is not None
    root = result.value[0].document.root
    title, style = root.get("title"), root.get("style")
    assert isinstance(title, Scalar)
    assert isinstance(style, Scalar)
    assert [(c.file, c.line, c.column, c.end_line, c.end_column) for c in title.cells] == [
        ("t.csv", 2, 1, 3, 3),
        ("t.csv", 3, 4, 3, 5),
    ]
    assert style.cells == title.cells[:1]
    assert dict(result.value[0].document.texts)["t.csv"] == 'a,b\n"x\ny",2\n'
