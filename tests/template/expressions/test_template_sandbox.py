"""An expression reads names and filters, and neither reaches further nor goes on without end."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyboard.template.expressions.failure import Failure, RenderError
from storyboard.template.expressions.filters import Prices, filters_with
from storyboard.template.expressions.meter import MAX_TEXT
from storyboard.template.expressions.program import Compiler
from storyboard.template.expressions.value import Value
from storyboard.template.table.row import Row

NAMES = {
    "text": "A mug",
    "number": 3,
    "money": Decimal("19.99"),
    "words": ("a", "b"),
    "box": {"lid": "red", "items": "own"},
    "row": Row(1, {"Variant Price": "9", "keys": "k"}, {}, {"variant_price": "Variant Price"}),
}

REACHING = [
    "{{ text.__class__ }}",
    "{{ text['__class__'] }}",
    "{{ text | attr('__class__') }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ text.format }}",
    "{{ '{0.__class__}'.format(text) }}",
    "{{ '{0.__class__}'.format_map(box) }}",
    "{{ '%s' % text }}",
    "{{ '%c' | format(1) }}",
    "{{ text.encode('utf-8') }}",
    "{{ text.join(words) }}",
    "{{ text.center(10 ** 9) }}",
    "{{ text.zfill(10 ** 9) }}",
    "{{ text.ljust(9999999) }}",
    "{{ text.expandtabs(9999999) }}",
    "{{ text.translate(box) }}",
    "{{ number.to_bytes(3) }}",
    "{{ number.real }}",
    "{{ money.as_tuple() }}",
    "{{ words.append('c') }}",
    "{{ words.__len__() }}",
    "{{ box.update({}) }}",
    "{{ box.pop('lid') }}",
    "{{ row.cells }}",
    "{{ row.values_by_column }}",
    "{{ row.column('x') }}",
    "{{ row._abc_impl }}",
    "{{ range.__self__ }}",
    "{{ range(3).start }}",
    "{{ self }}",
    "{{ self._TemplateReference__context }}",
    "{{ super() }}",
    "{{ caller() }}",
    "{{ lipsum() }}",
    "{{ cycler('a') }}",
    "{{ joiner() }}",
    "{{ namespace(a=1) }}",
    "{{ dict(a=1) }}",
    "{{ config }}",
    "{{ open('/etc/passwd') }}",
    "{{ text.upper.__func__ }}",
    "{{ text.upper.__self__ }}",
    "{{ text() }}",
    "{{ words | map('upper') | first }}",
    "{{ words | random }}",
    "{{ text | safe }}",
    "{{ text | pprint }}",
    "{{ text | tojson }}",
    "{{ text | xmlattr }}",
    "{{ text | urlize }}",
    "{{ text | _joined }}",
    "{{ text | _exact }}",
    "{{ text | upper(*words) }}",
    "{{ text | upper(**box) }}",
    "{% include 'a' %}",
    "{% import 'a' as b %}",
    "{% from 'a' import b %}",
    "{% extends 'a' %}",
    "{% block a %}{% endblock %}",
    "{% macro a() %}{% endmacro %}",
    "{% call text() %}{% endcall %}",
    "{% filter upper %}a{% endfilter %}",
    "{% set a = 1 %}",
    "{% set a %}x{% endset %}",
    "{% with a = 1 %}{% endwith %}",
    "{% autoescape true %}{% endautoescape %}",
    "{% do text %}",
    "{% for a in words recursive %}{{ loop(words) }}{% endfor %}",
    "{% for a in words %}{{ loop.__init__ }}{{ loop._iterator }}{% endfor %}",
    "{% for a in words %}{{ loop.changed(a) }}{% endfor %}",
]

ENDLESS = [
    "{{ 'x' * 10 ** 9 }}",
    "{{ words * 10 ** 9 }}",
    "{{ 9 ** 64 ** 64 }}",
    "{{ 10 ** -10000 }}",
    "{{ range(10 ** 9) }}",
    "{{ range(10 ** 30) }}",
    "{% for a in range(1000) %}{% for b in range(1000) %}{% endfor %}{% endfor %}",
    "{% for a in range(1000) %}{% for b in range(1000) if false %}{% endfor %}{% endfor %}",
    "{% for a in words %}" * 4 + "{% endfor %}" * 4,
    "{% for a in range(1000) %}{{ text" + " ~ text" * 11 + " }}{% endfor %}",
    "{{ range(1000) | join(text" + " ~ text" * 11 + ") }}",
    "{{ (range(1000) | join('aaaaaaaaaa')) | replace('a', range(100) | join('a')) }}",
    "{{ range(1000) | join(range(1000) | join('xx')) }}",
    "{{ " + "(" * 500 + "1" + ")" * 500 + " }}",
    "{{ " + "-" * 5000 + "1 }}",
    "{{ " + "[" * 500 + "]" * 500 + " }}",
    "{{ text" + " | upper" * 5000 + " }}",
    "{{ 1" + " + 1" * 5000 + " }}",
    "{% if text %}" * 200 + "{% endif %}" * 200,
    "{{ " + "9" * 100_000 + " }}",
    "{{ 1e999999999 }}",
    "{{ 5 | round(10 ** 9) }}",
]


@pytest.mark.parametrize("text", REACHING)
def test_what_reaches_further_is_refused(text: str) -> None:
    with pytest.raises(RenderError) as caught:
        Compiler().text(text).value(NAMES)
    assert caught.value.failure.code in {"SB601", "SB602", "SB603", "SB604"}
    assert "0x" not in caught.value.failure.message


@pytest.mark.parametrize("text", ENDLESS, ids=lambda text: text[:40])
def test_what_would_not_end_is_stopped(text: str) -> None:
    with pytest.raises(RenderError) as caught:
        Compiler().text(text).value(NAMES)
    assert caught.value.failure.code in {"SB602", "SB603", "SB604", "SB606"}


def test_keys_of_a_row_win_over_methods_and_slugs_lead_to_columns() -> None:
    one = Compiler()
    assert one.text("{{ row.keys }}").value(NAMES) == "k"
    assert one.text("{{ box.items }}").value(NAMES) == "own"
    assert one.text("{{ row.variant_price }}").value(NAMES) == "9"
    assert one.text("{{ row['Variant Price'] }}").value(NAMES) == "9"
    assert one.text("{{ box.keys() }}").value(NAMES) == ("lid", "items")
    assert one.text("{{ row.get('x', 'y') }}").value(NAMES) == "y"
    assert one.text("{{ text.upper() }}").value(NAMES) == "A MUG"


ATOMS = st.sampled_from(
    [*NAMES, "1", "0", "2.5", "'a'", "none", "true", "[]", "{}", "range(3)", "missing", "loop"]
)
SIGNS = st.sampled_from(
    ["+", "-", "*", "/", "//", "%", "**", "~", "==", "!=", "<", ">=", "in", "and", "or"]
)
NAMES_OF_FILTERS = st.sampled_from(sorted(filters_with(Prices())))


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.tuples(inner, SIGNS, inner).map(" ".join).map("({})".format),
        st.tuples(inner, NAMES_OF_FILTERS).map(lambda two: f"({two[0]} | {two[1]})"),
        st.tuples(inner, NAMES_OF_FILTERS, inner).map(
            lambda three: f"({three[0]} | {three[1]}({three[2]}))"
        ),
        st.tuples(inner, inner).map(lambda two: f"{two[0]}[{two[1]}]"),
        st.tuples(inner, st.sampled_from(["upper()", "lid", "split", "x"])).map(".".join),
        st.tuples(inner, inner, inner).map(lambda three: "({} if {} else {})".format(*three)),
    )


def outcome(text: str) -> Value | Failure:
    """Return what a text comes to, or why it has no value."""
    try:
        return Compiler().text(text).value(NAMES)
    except RenderError as error:
        return error.failure


@settings(max_examples=300, deadline=None)
@given(st.recursive(ATOMS, grown, max_leaves=6))
def test_any_expression_has_a_value_or_an_error_in_our_words(expression: str) -> None:
    for text in (f"{{{{ {expression} }}}}", f"x {{{{ {expression} }}}}"):
        found = outcome(text)
        if isinstance(found, Failure):
            assert found.message
            assert " object at 0x" not in found.message
        else:
            assert len(str(found)) < 10 * MAX_TEXT


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="{}%#| .a'\"()[]1-+", max_size=25))
def test_any_text_can_be_read_or_is_an_error_in_our_words(text: str) -> None:
    found = outcome(text)
    assert not isinstance(found, Failure) or found.code
