"""Whatever a user writes under the keys of templates, there are diagnostics and no exception."""

import json

from expanding import files_of
from hypothesis import given
from hypothesis import strategies as st

from storyboard.source import read
from storyboard.template import expand, gather

WORDS = st.sampled_from(
    [
        *("rows", "matrix", "where", "name", "include", "exclude", "group_by", "file", "encoding"),
        *(
            "t.csv",
            "t.json",
            "u.yaml",
            "b.yaml",
            "gone.csv",
            "a",
            "b",
            "row",
            "group",
            "id",
            "item",
        ),
        *("string", "integer", "list", "type", "default", "choices", "about", "in", "each", "when"),
        *("{{ a }}", "{{ row.b }}", "{{ group }}", "{{ 1 / 0 }}", "{{ a", "{% if a %}x{% endif %}"),
        *("a > 1", "1 +", "", "no", "x-{{ b }}", "scenes", "shots", "titles", "text", "klingon"),
    ]
)
ATOMS = WORDS | st.integers(-3, 3) | st.booleans() | st.none()
VALUES = st.recursive(
    ATOMS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)
ITEM = st.fixed_dictionaries(
    {"id": ATOMS},
    optional={
        "when": VALUES,
        "each": VALUES | st.fixed_dictionaries({"name": st.sampled_from(["x", "a"]), "in": VALUES}),
        "title": WORDS,
        "titles": VALUES,
        "shots": VALUES,
    },
)
DOCUMENTS = st.fixed_dictionaries(
    {},
    optional={
        "title": VALUES,
        "variables": VALUES | st.dictionaries(WORDS, VALUES, max_size=3),
        "variations": VALUES
        | st.fixed_dictionaries(
            {"rows": VALUES | st.just("t.csv")},
            optional={
                "matrix": VALUES,
                "where": VALUES,
                "name": VALUES,
                "include": VALUES,
                "exclude": VALUES,
                "group_by": VALUES,
            },
        ),
        "use": VALUES,
        "extends": VALUES,
        "scenes": VALUES | st.lists(ITEM, max_size=3),
    },
)
FILES = {
    "t.csv": "a,b\n1,x\n,y\n2,\n",
    "t.json": '[{"a": 1}, {"b": [1, {"c": null}]}]',
    "u.yaml": "variables: {a: {default: 3}}\nelements: [1]\n",
    "b.yaml": "scenes: [{id: a}, 7, {shots: [1]}]\ntitle: [x]\nvariations: {rows: t.json}\n",
}


@given(DOCUMENTS, st.dictionaries(WORDS, WORDS, max_size=2))
def test_expanding_never_raises(document: dict[str, object], given_values: dict[str, str]) -> None:
    data = json.dumps(document or {"title": "a"}).encode()
    result = read(data, "storyboard.yaml")
    if result.value is None:
        return
    expanded = expand(result.value, files_of(FILES), given_values)
    for one in expanded.diagnostics:
        assert one.message
        assert one.help or one.severity != "error" or not one.code.startswith("SB6")
        assert one.span is None or one.span.line >= 1
    again = gather((one, one.found) for one in expanded.value or ())
    assert len(again) <= sum(len(one.found) for one in expanded.value or ())


BYTES = st.binary(max_size=60) | st.text(max_size=40).map(lambda text: text.encode("utf-16"))


@given(BYTES, st.sampled_from(["t.csv", "t.tsv", "t.json", "t.jsonl", "t.yaml", "t.txt", "t"]))
def test_a_table_of_any_bytes_never_raises(data: bytes, name: str) -> None:
    story = f"title: a\nvariations: {{rows: {name}}}\n"
    document = read(story.encode(), "storyboard.yaml").value
    assert document is not None
    result = expand(document, files_of({name: data}))
    assert result.value is not None or result.diagnostics
