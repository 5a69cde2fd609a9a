"""What is not closed in a text is named, with what closes it, wherever it is."""

import pytest

from storyboard.template.codes import SYNTAX
from storyboard.template.expressions.failure import RenderError
from storyboard.template.expressions.program import Compiler
from storyboard.template.expressions.unclosed import find_unclosed


@pytest.mark.parametrize(
    ("text", "missing", "place", "help_"),
    [
        ("{{ price ", "}}", "{{ price", "write `{{ price }}`"),
        ("Now {{ price", "}}", "{{ price", "write `{{ price }}`"),
        ("{{ price }", "}}", "{{ price }", "write `{{ price }}`"),
        ("{{ a }} and {{ b", "}}", "{{ b", "write `{{ b }}`"),
        ("{{ a {{ b }}", "}}", "{{ a", "write `{{ a }}`"),
        ("{{ a %}", "}}", "{{ a", "write `{{ a }}`"),
        ("'tis {{ price and 'twas", "not closed", "'", "add ' where the text ends"),
        ("'tis {{ price and it was '", "not closed", "'", "add ' where the text ends"),
        ("'tis {{ price", "}}", "{{ price", "write `{{ price }}`"),
        ("{% if x", "%}", "{% if x", "write `{% if x %}`"),
        ("{% if x }}y{% endif %}", "%}", "{% if x", "write `{% if x %}`"),
        ("{# a note", "#}", "{# a note", "write `{# a note #}`"),
        ("{% if x %}y", "{% endif %}", "{% if x %}", "add `{% endif %}` where it ends"),
        (
            "{% for a in b %}y",
            "{% endfor %}",
            "{% for a in b %}",
            "add `{% endfor %}` where it ends",
        ),
        (
            "{% for a in b %}y{% endif %}",
            "{% endfor %}",
            "{% for a in b %}",
            "add `{% endfor %}` where it ends",
        ),
        ("{{ x | default('a) }}", "not closed", "'", "add ' where the text ends"),
        (
            "y{% endif %}",
            "closes nothing",
            "{% endif %}",
            "delete it, or open it with `{% if … %}`",
        ),
    ],
)
def test_what_is_missing_is_named_at_its_place(
    text: str, missing: str, place: str, help_: str
) -> None:
    with pytest.raises(RenderError) as raised:
        Compiler().text(text)
    failure = raised.value.failure
    assert failure.code == SYNTAX
    assert missing in failure.message
    assert failure.start is not None
    assert text[failure.start : failure.start + failure.length] == place
    assert failure.help == help_


@pytest.mark.parametrize(
    "text",
    [
        "{{ a }}",
        "{{ '}}' }}",
        "{% if x %}{% for a in b %}{{ a }}{% endfor %}{% else %}y{% endif %}",
        "{# {{ #} b",
        "a }} b",
        "{{ a | }}",
    ],
)
def test_what_is_closed_is_left_to_the_parser(text: str) -> None:
    assert find_unclosed(text) is None
