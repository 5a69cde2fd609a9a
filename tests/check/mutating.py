"""A storyboard's text to the text of one with parts taken out, doubled, moved or retyped."""

import json
from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from checking import document, plain
from hypothesis import strategies as st

ODD: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    7,
    2.5,
    1e300,
    "",
    " ",
    "{{ x }}",
    "@mara",
    "@",
    "@@",
    "4s",
    "0s",
    "12f",
    "auto",
    "none",
    "16:9",
    "0:0",
    "1080p",
    "crossfade 9s",
    "a\nb\n",
    "\u00e9\u4e2d\U0001f600",
    "x" * 300,
    "https://example.com/a.png",
    [],
    {},
    [[]],
    [{}],
    {"a": "b"},
    {"": ""},
    {"id": "a"},
]


def _routes(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 # any YAML
    found = [here] if here else []
    pairs: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for key, inner in pairs:
        found += _routes(inner, (*here, key))
    return found


def _parent(value: Any, route: tuple[Any, ...]) -> Any:  # noqa: ANN401 # any YAML
    for step in route[:-1]:
        value = value[step]
    return value


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """Draw the text after one to four changes, as JSON, which is YAML too."""
    root = plain(document(text).root)
    for _ in range(draw(st.integers(1, 4))):
        routes = _routes(root)
        if not routes:
            break
        route = draw(st.sampled_from(routes))
        parent, key = _parent(root, route), route[-1]
        match draw(st.sampled_from(["delete", "double", "retype", "rename", "move"])):
            case "delete":
                del parent[key]
            case "double" if isinstance(parent, list):
                parent.append(deepcopy(parent[key]))
            case "rename" if isinstance(parent, dict):
                parent[draw(st.sampled_from(["id", "prompt", "zz", "titles", "1"]))] = deepcopy(
                    parent[key]
                )
            case "move":
                other = draw(st.sampled_from(routes))
                moved = _parent(root, other)[other[-1]]
                parent[key] = deepcopy(moved)
            case _:
                parent[key] = deepcopy(draw(st.sampled_from(ODD)))
    return json.dumps(root, indent=1, ensure_ascii=False)
