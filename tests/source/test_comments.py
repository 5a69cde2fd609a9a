"""`#` in braces: values that were meant as such, and comments that hide a bracket."""

import pytest

from storyboard.source import Mapping, Node, Parser, Scalar, Sequence, read

BOTH = pytest.mark.parametrize("parser", list(Parser))


def plain(node: Node) -> object:
    match node:
        case Mapping():
            return {str(one.key.value): plain(one.value) for one in node.entries}
        case Sequence():
            return [plain(one) for one in node.items]
        case Scalar():
            return node.value


@BOTH
@pytest.mark.parametrize(
    ("text", "meant", "help_"),
    [
        ("a: {color: #e4572e}\nb: 1\n", {"a": {"color": "#e4572e"}, "b": 1}, '"#e4572e"'),
        ("a: {x: #abc, y: 2}\n", {"a": {"x": "#abc", "y": 2}}, '"#abc"'),
        ("a: [#fff, #000]\n", {"a": ["#fff", "#000"]}, '"#fff", "#000"'),
        (
            "a:\n  - {t: Hi, c: #fff}\n  - {t: Ho}\n",
            {"a": [{"t": "Hi", "c": "#fff"}, {"t": "Ho"}]},
            '"#fff"',
        ),
        ("a: {t: #sale}\n", {"a": {"t": "#sale"}}, '"#sale"'),
        ("a: {\n  x: #fff,\n  y: 1\n}\n", {"a": {"x": "#fff", "y": 1}}, '"#fff"'),
    ],
)
def test_a_value_that_begins_with_a_hash_is_read_as_meant(
    parser: Parser, text: str, meant: object, help_: str
) -> None:
    result = read(text.encode(), "f.yaml", parser=parser)
    (one,) = result.diagnostics
    assert one.code == "SB035"
    assert "begins a comment" in one.message
    assert one.help == f"put it in quotes: {help_}"
    assert result.value is not None
    assert plain(result.value.root) == meant


@BOTH
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a: {t: home # a note}\nb: 1\n", {"a": {"t": "home"}, "b": 1}),
        ("a: [{t: home # a note}]\nb: 1\n", {"a": [{"t": "home"}], "b": 1}),
        ("a: [x, y # and z]\n", {"a": ["x", "y"]}),
    ],
)
def test_a_comment_that_hides_a_bracket_is_left_out(
    parser: Parser, text: str, meant: object
) -> None:
    result = read(text.encode(), "f.yaml", parser=parser)
    (one,) = result.diagnostics
    assert (one.code, "hides" in one.message) == ("SB035", True)
    assert result.value is not None
    assert plain(result.value.root) == meant


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "a: {x: 1} # {y: 2}\n",
        "a: {  # the first\n  x: 1, # 2}\n  y: 2\n}\n",
        "a: ['#fff', \"#000\"]\n",
        "a: [b#c, d]\n",
    ],
)
def test_comments_that_hide_nothing_stay_comments(parser: Parser, text: str) -> None:
    result = read(text.encode(), "f.yaml", parser=parser)
    assert result.diagnostics == ()


@BOTH
@pytest.mark.parametrize(
    ("text", "code", "help_"),
    [
        (
            "a: {{ price\n",
            "SB013",
            'close it with `}}`, and put the whole text in quotes: "{{ price }}"',
        ),
        (
            "a: {% if x # why\n",
            "SB013",
            'close it with `%}`, and put the whole text in quotes: "{% if x %}"',
        ),
        ('a: "{{ price\nb: 1\n', "SB020", "close it; inside single quotes"),
    ],
)
def test_an_expression_that_is_not_closed_is_one_finding(
    parser: Parser, text: str, code: str, help_: str
) -> None:
    (one,) = read(text.encode(), "f.yaml", parser=parser).diagnostics
    assert (one.code, str(one.help)[: len(help_)]) == (code, help_)


@BOTH
@pytest.mark.parametrize("text", ["a: #fff\n", "a: #fff # white\n", "a:\n  - #fff\n"])
def test_an_empty_value_knows_the_comment_in_its_place(parser: Parser, text: str) -> None:
    root = read(text.encode(), "f.yaml", parser=parser).value
    assert root is not None
    found = root.root.entries[0].value
    item = found.items[0] if isinstance(found, Sequence) else found
    assert isinstance(item, Scalar)
    assert (item.value, item.comment) == (None, "#fff")


@BOTH
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("t: @home # why\n", '"@home"'),
        ("t: {{ x }} # why\n", '"{{ x }}"'),
        ("t: a: b # why\n", '"a: b"'),
        ("t: `b` # why\n", '"`b`"'),
        ("t: [@home # why\n]\n", '"@home"'),
    ],
)
def test_a_comment_is_no_part_of_a_suggestion(parser: Parser, text: str, meant: str) -> None:
    (one,) = read(text.encode(), "f.yaml", parser=parser).diagnostics
    assert one.help == f"put it in quotes: {meant}"
