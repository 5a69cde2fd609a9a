"""What is wrong with a file: each mistake its own diagnostic, at its place, all at once."""

import random

import pytest

from storyboard.diagnostics import Diagnostic, Result, Severity
from storyboard.source import Document, Limits, Parser, Scalar, as_text, at, read

BOTH = pytest.mark.parametrize("parser", list(Parser))


def reading(text: str | bytes, parser: Parser = Parser.C, **limits: int) -> Result[Document]:
    data = text.encode() if isinstance(text, str) else text
    return read(data, "f.yaml", limits=Limits(**limits), parser=parser)


def places(result: Result[Document]) -> list[tuple[str, int, int]]:
    spans = [(one.code, one.span) for one in result.diagnostics]
    return [(code, span.line, span.column) for code, span in spans if span is not None]


def only(result: Result[Document]) -> Diagnostic:
    (one,) = result.diagnostics
    return one


@BOTH
@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("", "SB001", 1, 1),
        ("# only a comment\n", "SB001", 1, 1),
        ("---\n...\n", "SB001", 1, 1),
        ("- a\n", "SB002", 1, 1),
        ("just text\n", "SB002", 1, 1),
        ("a: 1\na: 2\n", "SB008", 2, 1),
        ("a: {b: 1, 'b': 2}\n", "SB008", 1, 11),
        ("1: x\n", "SB009", 1, 1),
        ("true: x\n", "SB009", 1, 1),
        ("? [a]\n: x\n", "SB009", 1, 3),
        ("a: &k b\n*k : x\n", "SB009", 2, 1),
        ("a: !!str 1\n", "SB010", 1, 4),
        ("a: !foo!bar x\n", "SB010", 1, 4),
        ("a: [!x {b: c}]\n", "SB010", 1, 5),
        ("a: 1\n---\nb: 2\n", "SB011", 2, 1),
        ("a: @mara walks\n", "SB012", 1, 4),
        ("a: [x, @mara]\n", "SB012", 1, 8),
        ("- @mara walks\n", "SB012", 1, 3),
        ("a: {{ x }}\n", "SB013", 1, 4),
        ("a: {{ x }} and\n", "SB013", 1, 4),
        ("a: {t: Only {{ x }}, at: 1}\n", "SB013", 1, 13),
        ("a: {% if x %}y{% endif %}\n", "SB013", 1, 4),
        ("a: {{ x if y else 'z: 1' }}\n", "SB013", 1, 4),
        ("a:\n\tb: 1\n", "SB014", 2, 1),
        ("a:\n  b:24\n", "SB015", 2, 4),
        ("a:24\nb: 1\n", "SB015", 1, 2),
        ("a: 1\nb:24\nc: 1\n", "SB015", 2, 2),
        ("title\nmodel: x\n", "SB015", 1, 1),
        ("a: 1\nb\nc: 2\n", "SB015", 2, 1),
        ("a: *nowhere\n", "SB016", 1, 4),
        ("a: *bold text\n", "SB016", 1, 4),
        ("a: &x {b: *x}\n", "SB017", 1, 11),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", "SB018", 3, 3),
        ('a: "open\nb: 1\n', "SB020", 1, 4),
        ("a: 'it's\nb: don't\nc: 1\n", "SB028", 1, 8),
        ("a: [1, 2\nb: 3\n", "SB021", 1, 4),
        ("a: {b: 1 c: 2}\n", "SB021", 1, 11),
        ("a: [1, , 2]\n", "SB021", 1, 8),
        ("a: 1\n  b: 2\n", "SB022", 2, 3),
        ("a:\n    b: 1\n  c: 2\n", "SB022", 3, 3),
        ("a:\n    - 1\n  - 2\n", "SB022", 3, 3),
        ("a: b: c\n", "SB023", 1, 5),
        ("- a: Macro: slow\n", "SB023", 1, 11),
        ("a: .inf\n", "SB024", 1, 4),
        ("a: 1e999\n", "SB024", 1, 4),
        ("a: `code`\n", "SB025", 1, 4),
        ("a: %off\n", "SB025", 1, 4),
        ("a: ,x\n", "SB025", 1, 4),
        ("%YAML 1.1\n---\na: 1\n", "SB026", 1, 1),
        ("%TAG ! x\n---\na: 1\n", "SB026", 1, 1),
        ("a: &x 1\nb: &x 2\n", "SB027", 2, 7),
        ('a: "b" c\n', "SB028", 1, 8),
        ('a: "\\d"\n', "SB029", 1, 5),
        ('a: "\\x4"\n', "SB029", 1, 5),
        ('a: "\\U00110000"\n', "SB029", 1, 5),
        ('a: "\\UFFFFFFFF b"\n', "SB029", 1, 5),
        ('a: "x\\0"\n', "SB029", 1, 4),
        ('a: "\\ud83d"\n', "SB029", 1, 4),
        ('a: "\\ude00\\ud83d"\n', "SB029", 1, 4),
        ("a: >50%\n", "SB030", 1, 4),
        ("a: >#1 cup\n", "SB030", 1, 4),
        ("a: | text\n", "SB030", 1, 4),
        ("a: - b\n", "SB031", 1, 4),
        ("a: 1\n\u3000b: 2\n", "SB032", 2, 1),
        ("a:\n\u00a0\u00a0b: 1\n", "SB032", 2, 1),
        ("a:\n  b: 1\n\u00a0\u00a0c: 2\n", "SB032", 3, 1),
        ("a: 1\nb:\u00a0x\n", "SB032", 2, 3),
        ("a:\n  -\u2003b: 1\n    c: 2\n", "SB032", 2, 4),
        ("a: {\u00a0b: 1}\n", "SB032", 1, 5),
        ("a: b\x07\n", "SB004", 1, 5),
    ],
)
def test_a_mistake_has_its_code_and_place(
    parser: Parser, text: str, code: str, line: int, column: int
) -> None:
    result = reading(text, parser)
    assert (code, line, column) in places(result)
    assert not result.ok
    assert all(one.help for one in result.diagnostics)


@BOTH
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("a: @mara walks\n", "@mara walks"),
        ("a: {{ x }}\n", "{{ x }}"),
        ("a: {{ x }} now\n", "{{ x }} now"),
        ("a: Macro: slow\n", "Macro: slow"),
        ("a: Mara: looks: up: hello\n", "Mara: looks: up: hello"),
        ("a: Mara: looks: up # why: this\n", "Mara: looks: up"),
        ("a: %off\n", "%off"),
        ("a: `b`\n", "`b`"),
        ("a: *bold text\n", "*bold text"),
        ("a: >50%\n", ">50%"),
        ('a: "C:\\dir"\n', "C:\\dir"),
    ],
)
def test_where_it_is_clear_what_was_meant_reading_goes_on(
    parser: Parser, text: str, meant: str
) -> None:
    result = reading(text, parser)
    assert len(result.diagnostics) == 1
    assert result.value is not None
    node = at(result.value.root, ("a",))
    assert isinstance(node, Scalar)
    assert node.value == meant


@BOTH
def test_mistakes_of_all_kinds_are_found_at_once(parser: Parser) -> None:
    text = (
        "title: One\ntitle: Two\na: !x 1\nb: @mara\nc: {{ offer }}\nd: Macro: slow\n"
        "e: &k 1\nf: *l\ng: {1: x}\nh: '@ok'\n"
    )
    result = reading(text, parser)
    assert places(result) == [
        ("SB008", 2, 1),
        ("SB010", 3, 4),
        ("SB012", 4, 4),
        ("SB013", 5, 4),
        ("SB023", 6, 9),
        ("SB016", 8, 4),
        ("SB009", 9, 5),
    ]
    assert result.value is not None


def test_a_key_that_stands_twice_points_at_the_first_and_keeps_it() -> None:
    result = reading("title: One\nx: 1\ntitle: Two\n")
    (first,) = only(result).related
    assert (first.span.line, first.span.column, first.span.end_column) == (1, 1, 6)
    assert result.value is not None
    title = result.value.root.get("title")
    assert isinstance(title, Scalar)
    assert title.value == "One"


def test_a_misspelt_alias_is_told_the_anchor_that_was_meant() -> None:
    assert "did you mean `opening`" in (only(reading("a: &opening 1\nb: *openign\n")).help or "")


@BOTH
def test_an_alias_bomb_is_stopped_while_it_is_small(parser: Parser) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    result = reading("\n".join(lines), parser)
    assert places(result) == [("SB007", 5, 10)]
    assert result.value is None


@BOTH
@pytest.mark.parametrize("text", ["a: " + "[" * 3000, "a: " + "{b: " * 3000, "- " * 3000 + "x"])
def test_depth_is_stopped_before_anything_overflows(parser: Parser, text: str) -> None:
    assert "SB006" in [one.code for one in reading(text, parser).diagnostics]


@BOTH
def test_aliases_count_for_depth(parser: Parser) -> None:
    text = "a: &a [[[x]]]\nb: [[[*a]]]\n"
    assert reading(text, parser, depth=8).ok
    assert places(reading(text, parser, depth=7)) == [("SB006", 2, 7)]


def test_a_large_file_is_refused_before_it_is_decoded() -> None:
    assert only(reading(b"\xff" * 30, bytes=20)).code == "SB005"


@pytest.mark.parametrize(
    ("data", "line", "column", "words"),
    [
        ("a: 1\nb: Café\n".encode("latin-1"), 2, 7, "`é`"),
        (b"a: \xff\n", 1, 4, "0xFF"),
        ("a: é👍\nb: ".encode() + b"\x80", 2, 4, "0x80"),
        ("a: 1\n".encode("utf-16-le"), 1, 1, "UTF-16"),
        ("\ufeffa: 1".encode("utf-16-le") + b"\x00", 1, 1, "UTF-16-LE"),
    ],
)
def test_a_wrong_encoding_is_told_with_the_bytes_place(
    data: bytes, line: int, column: int, words: str
) -> None:
    one = only(reading(data))
    assert one.code == "SB003"
    assert one.span is not None
    assert (one.span.line, one.span.column) == (line, column)
    assert words in one.message
    as_text(data).encode()


def test_a_control_character_is_told_once_with_its_count() -> None:
    one = only(reading("a: x\x00y\x00\nb: \x00\n"))
    assert (one.code, one.severity) == ("SB004", Severity.ERROR)
    assert "U+0000" in one.message
    assert "2 times more" in one.message


def test_a_quote_left_open_is_found_where_it_was_opened() -> None:
    text = 'a:\n  - text: "First\n    at: 1\n  - text: "Second"\n    at: 2\n'
    assert places(reading(text)) == [("SB020", 2, 11)]


def test_the_parsers_words_are_never_shown() -> None:
    for text in ["a: [1", "a: 'x", "a: b: c", "a: @x", "a:\n\tb: c", "%FOO\n---\n", "a: !<x"]:
        for one in reading(text).diagnostics:
            said = f"{one.message} {one.help}"
            assert "token" not in said
            assert "while" not in said
            assert "block mapping" not in said
            assert "<block end>" not in said


SAMPLE = """\
storyboard: 1
title: "First: Cup"   # comment
scenes:
  - id: opening
    shots:
      - {text: "a b", at: 0.5s, z: [1, 2, {q: r}]}
      - &n id: smile
        prompt: >-
          folded text
          more
      - |+
        kept

      - *n
a: &m {k: v}
b: *m
c: 'it''s'
"""
PIECES = [
    *"\t\n\r :-,[]{}#&*!|>'\"%@`~=\\ab1.\x85\u2028\ufeff\x00é👍",
    *["  ", "\n  ", "- ", ": ", "\n\n", "{{ x }}", "---\n", "...\n", "&a ", "*a ", "!t ", " #c\n"],
    *["\\u12", "\r\n", "\t\t", "%YAML 1.1\n", "<<: ", "is it? "],
]


def damaged(seed: int) -> str:
    """The sample with a few slips in it."""
    rnd = random.Random(seed)  # noqa: S311 -- slips, not secrets
    text = SAMPLE
    for _ in range(rnd.randrange(1, 5)):
        place = rnd.randrange(len(text) + 1)
        cut = place + rnd.choice([0, 0, 0, 1, 3])
        text = text[:place] + rnd.choice(["", *PIECES]) + text[cut:]
    return text


@pytest.mark.parametrize("start", range(0, 600, 100))
def test_whatever_slips_in_both_parsers_end_alike_and_name_places_in_the_file(start: int) -> None:
    for seed in range(start, start + 100):
        text = damaged(seed)
        by_c, by_python = (reading(text, one) for one in Parser)
        assert by_c == by_python, text
        assert by_c.value is not None or by_c.diagnostics, text
        count = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        assert all(1 <= line <= count for _, line, _ in places(by_c)), text


@BOTH
@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("a: @home, sweet: home # note\nb: 1\n", "SB012", "@home, sweet: home"),
        ("a: `x: y: z`\nb: 1\n", "SB025", "`x: y: z`"),
        ("k: {a: @home: sweet, b: 1}\n", "SB012", "@home: sweet"),
        ("- a: @home: sweet\n  b: 1\n", "SB012", "@home: sweet"),
    ],
)
def test_colons_in_a_text_that_needs_quotes_are_the_same_mistake(
    parser: Parser, text: str, code: str, value: str
) -> None:
    result = reading(text if text[0] != "-" else f"k:\n{text}", parser)
    assert [one.code for one in result.diagnostics] == [code]
    assert result.value is not None
    root = result.value.root
    path = ("a",) if text[0] == "a" else ("k", 0, "a") if text[0] == "-" else ("k", "a")
    node = at(root, path)
    assert isinstance(node, Scalar)
    assert node.value == value


def test_a_broken_large_file_is_parsed_only_a_few_times() -> None:
    text = "".join(f"k{n}: @x\n" for n in range(60))
    few = reading(text).diagnostics
    assert {one.code for one in few} == {"SB012"}
    assert len(few) == 20


@BOTH
def test_strange_spaces_are_told_once_and_read_as_they_were_meant(parser: Parser) -> None:
    text = "a:\n  - b: 1\n\u00a0\u00a0\u00a0 c:\u00a02\nd:\n\u3000\u3000e: x\u3000y\n"
    result = reading(text, parser)
    assert [one.message for one in result.diagnostics] == [
        "a no-break space (U+00A0) stands where a space should, here and 3 times more",
        "an ideographic space (U+3000) stands where a space should, here and 1 time more",
    ]
    assert [one.span and (one.span.column, one.span.end_column) for one in result.diagnostics] == [
        (1, 4),
        (1, 3),
    ]
    assert result.value is not None
    node = at(result.value.root, ("d", "e"))
    assert isinstance(node, Scalar)
    assert node.value == "x\u3000y"


@BOTH
@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  one\n  \u00a0b: two\n",
        "a: x\u00a0y\n",
        "a: \u3000y\n",
        'a: {"\u00a0b": 1}\n',
        "a: one\n  \u00a0two\n",
    ],
)
def test_strange_spaces_in_a_text_are_left_alone(parser: Parser, text: str) -> None:
    assert reading(text, parser).diagnostics == ()
    broken = reading(text + "c: @x\n", parser)
    assert [one.code for one in broken.diagnostics] == ["SB012"]
