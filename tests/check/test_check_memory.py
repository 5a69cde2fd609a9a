"""Checking variations one after the other finds what checking each alone finds."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from checking import CATALOGUE, assets, document, plain
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutating import mutated

from storyboard.check import Checker, asset_uses, check
from storyboard.model.asset import LocalFile, Unusable
from storyboard.source import Document, Entry, Mapping, Node, Scalar, Sequence, read
from storyboard.source.node import Route
from storyboard.template.expand.expand import expand

HERE = Path(__file__).parent
BOARDS = [
    (HERE / name).read_text(encoding="utf-8")
    for name in ("whole.yaml", "first_cup.yaml", "ad.yaml")
]
BOARDS += [
    (HERE / "wrong" / f"{name}.yaml").read_text(encoding="utf-8")
    for name in ("names", "time", "speech", "kinds")
]
Files = dict[str, LocalFile | Unusable]
VALUES: list[Any] = [
    *("front", "Only 9 EUR", "@mara", "16:9", "auto", "crossfade 1s", "kling-v3-pro", "3s", "zz"),
    *(0, 1, 2.5, True, None, "", "a.png", "lower-third", "none"),
]


def texts(value: Any, here: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401 # any YAML
    """Return the routes to everything that is neither a mapping nor a list."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return [route for key, inner in pairs for route in texts(inner, (*here, key))]
    return [here]


@st.composite
def campaigns(draw: st.DrawFn) -> tuple[Document, ...]:
    """Draw the plain documents of a storyboard whose texts partly come from a matrix."""
    root = json.loads(draw(mutated(BOARDS[draw(st.integers(0, len(BOARDS) - 1))])))
    for name in draw(st.lists(st.sampled_from(["first", "second"]), min_size=1, max_size=4)):
        routes = texts(root)
        if routes:
            *above, last = draw(st.sampled_from(routes))
            parent = root
            for step in above:
                parent = parent[step]
            parent[last] = draw(st.sampled_from(["{{ %s }}", "now {{ %s }}"])) % name
    some = st.lists(st.sampled_from(VALUES), min_size=1, max_size=3)
    matrix = {"first": draw(some), "second": draw(some)}
    root["variations"] = {"matrix": matrix, "name": "{{ first }} {{ second }}"}
    found = read(json.dumps(root, indent=1).encode(), "film/storyboard.yaml").value
    expanded = expand(found, lambda path: path.encode()).value if found else None
    return tuple(one.document for one in expanded or ())


def disk(documents: tuple[Document, ...]) -> Files:
    """Make up one file for each path: what a file is does not hang on the document that asks."""
    return {path: file for one in documents for path, file in assets(one, "").items()}


def together(documents: tuple[Document, ...], files: Files) -> list[Any]:
    """Check documents with one memory."""
    checker = Checker(CATALOGUE, "film")
    results = [checker.check(one, files) for one in documents]
    return [(one.value, one.diagnostics) for one in results]


def alone(one: Document, files: Files) -> Any:  # noqa: ANN401 # a storyboard and its diagnostics
    found = check(one, files, CATALOGUE, "film")
    return found.value, found.diagnostics


# A busy machine makes drawing slow, which is no finding.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(campaigns())
def test_memory_changes_nothing(documents: tuple[Document, ...]) -> None:
    files = disk(documents)
    expected = [alone(one, files) for one in documents]
    assert together(documents, files) == expected
    assert together(documents[::-1], files) == expected[::-1]


def replaced(node: Node, route: Route, value: Any) -> Node:  # noqa: ANN401 # any scalar
    """Put a value at a route; all that is not on the way stays the very same."""
    match node:
        case Scalar():
            return Scalar(value, str(value), node.span)
        case Sequence(items=items):
            made = [
                replaced(one, route[1:], value) if route[0] == n else one
                for n, one in enumerate(items)
            ]
            return Sequence(tuple(made), node.span)
        case Mapping(entries=entries):
            return Mapping(
                tuple(
                    Entry(one.key, replaced(one.value, route[1:], value))
                    if one.key.value == route[0]
                    else one
                    for one in entries
                ),
                node.span,
            )


SEEN_FIRST = """
storyboard: 1
model: kling-v3-pro
style: soft light on @mara
negative_prompt: blur
cfg_scale: 0.5
format: {aspect_ratio: "16:9", fps: 24}
elements: {mara: {about: a barista, voice: mara}}
voices: {mara: {id: "829824295735410756"}}
brand: {styles: {loud: {place: top, color: red}}, colors: {red: "#ff0000"}}
scenes:
  - id: one
    model: kling-v3-pro
    start: a.png
    end: z.png
    transition: crossfade 1s
    shots:
      - id: first
        duration: 36f
        prompt: "@mara pours."
        say: [{mara: "Hello."}]
        titles: [{text: One, at: 1s, style: loud}]
      - {id: second, duration: 2s, prompt: A cup., cfg_scale: 0.4, transition: crossfade 12f}
  - id: two
    shots:
      - {id: third, duration: 3s, prompt: "@mara smiles.", say: [{mara: "Yes."}]}
      - {id: card, still: card.png, duration: 2s}
cut: {transition: fade-black 1s, voiceover: {file: w.wav, at: 3s}}
"""


@pytest.mark.parametrize("value", ["kling-v2.5-turbo-pro", "9s", None, 60, False])
def test_a_change_of_any_value_is_seen_where_it_counts(value: object) -> None:
    """One checker looks at a storyboard, and at what each change of one value makes of it."""
    base = document(SEEN_FIRST)
    routes = [route for route in texts(plain(base.root)) if route]
    changed = [
        replace(base, root=cast("Mapping", replaced(base.root, route, value))) for route in routes
    ]
    documents = tuple(one for made in changed for one in (base, made))
    files = disk(documents)
    for one, found in zip(documents, together(documents, files), strict=True):
        assert found == alone(one, files)


def test_what_is_shared_is_looked_at_once() -> None:
    """Of two variations that differ in one shot, the other shots are the very same values."""
    text = (HERE / "ad.yaml").read_text(encoding="utf-8")
    first, second = document(text), document(text.replace("duration: 3s", "duration: 4s", 1))
    same = Checker(CATALOGUE, "film")
    one = same.check(first, assets(first, "")).value
    again = same.check(first, assets(first, "")).value
    other = same.check(second, assets(second, "")).value
    assert one is not None
    assert again is not None
    assert other is not None
    assert all(a is b for a, b in zip(one.scenes, again.scenes, strict=True))
    assert not any(a is b for a, b in zip(one.scenes, other.scenes, strict=True))


def test_a_file_that_only_a_later_variation_names_is_known_then() -> None:
    text = """
storyboard: 1
model: kling-v3-pro
variations: {matrix: {picture: [a, b]}, name: "{{ picture }}"}
scenes:
  - id: one
    shots:
      - {id: same, duration: 3s, prompt: A street.}
      - {id: card, still: "{{ picture }}.png", duration: 3s}
"""
    expanded = expand(document(text), lambda path: path.encode()).value
    assert expanded is not None
    checker = Checker(CATALOGUE, "film")
    for one in expanded:
        known = assets(one.document, "")
        assert set(known) == {use.path for use in checker.asset_uses(one.document)}
        assert checker.check(one.document, known).diagnostics == ()
        assert asset_uses(one.document) == checker.asset_uses(one.document)
