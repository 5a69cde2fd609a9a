"""Say what to write in a storyboard instead of a YAML tag of another program."""

import re

_SHARED = (
    "name the file under `use:` (elements, voices, brand, variables) "
    "or `extends:` (a whole storyboard)"
)
_HELPS = (
    (
        re.compile(
            r"!+(?:include\w*|imports?|inherit|extends?|use|file|merge|load|yaml)(?!\w)",
            re.IGNORECASE,
        ),
        _SHARED,
    ),
    (
        re.compile(
            r"!+(?:ref\w*|sub|getatt|env\w*|vars?|variable|secret|param\w*|config|join|concat|format"
            r"|fn|if|base64)(?!\w)",
            re.IGNORECASE,
        ),
        'declare the value under `variables:`, and write it as `"{{ name }}"`',
    ),
    (
        re.compile(r"!!|!<tag:yaml"),
        "delete it: a text is put in quotes, everything else is read as it looks",
    ),
)
_ELSE = "delete it, or put the whole text in quotes if it is meant to begin with `!`"


def instead_of(tag: str) -> str:
    """Return the help for a tag as it is written: `!include`, `!Sub`, `!!str`."""
    return next((help_ for pattern, help_ in _HELPS if pattern.match(tag)), _ELSE)
