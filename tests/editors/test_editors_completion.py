"""What a language server offers and shows in a storyboard, and in the project's other files."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from language_server import Item, LanguageServer

from storyboard.catalogue import load
from storyboard.check.rules.other_kind import KEYS_OF_OTHERS
from storyboard.data import data
from storyboard.model.cut import TransitionKind

SHOT = "storyboard: 1\nscenes:\n  - id: a\n    shots:\n      - "
IN_SHOT = f"{SHOT}id: b\n        "

PLACES = {
    "storyboard": ("", "|"),
    "storyboard after a line": ("", "storyboard: 1\n|"),
    "element": ("definitions/element", "storyboard: 1\nelements:\n  mara:\n    |"),
    "voice": ("definitions/voice", "storyboard: 1\nvoices:\n  mara:\n    |"),
    "brand": ("definitions/brand", "storyboard: 1\nbrand:\n  |"),
    "title style": ("definitions/title_style", "brand:\n  styles:\n    shout:\n      |"),
    "watermark": ("definitions/watermark", "storyboard: 1\ncut:\n  watermark:\n    |"),
    "format": ("definitions/format", "storyboard: 1\nformat:\n  |"),
    "budget": ("definitions/budget", "storyboard: 1\nbudget:\n  |"),
    "cut": ("definitions/cut", "storyboard: 1\ncut:\n  |"),
    "music": ("definitions/music", "storyboard: 1\ncut:\n  music:\n    |"),
    "one of the music": ("definitions/music", "storyboard: 1\ncut:\n  music:\n    - |"),
    "voice-over": ("definitions/voiceover", "storyboard: 1\ncut:\n  voiceover:\n    - |"),
    "output": ("definitions/output", "storyboard: 1\noutputs:\n  - |"),
    "variable": ("definitions/variable", "storyboard: 1\nvariables:\n  offer:\n    |"),
    "variations": ("definitions/variations", "storyboard: 1\nvariations:\n  |"),
    "rows": (
        "definitions/variations/properties/rows/anyOf/2",
        "storyboard: 1\nvariations:\n  rows:\n    |",
    ),
    "scene": ("definitions/scene", "storyboard: 1\nscenes:\n  - |"),
    "a scene's second key": ("definitions/scene", "storyboard: 1\nscenes:\n  - id: a\n    |"),
    "shot": ("definitions/shot", f"{SHOT}|"),
    "a shot's second key": ("definitions/shot", f"{IN_SHOT}|"),
    "loop": ("definitions/each", f"{IN_SHOT}each:\n          |"),
    "focus": ("definitions/focus/anyOf/1", f"{IN_SHOT}focus:\n          |"),
    "title": ("definitions/title", f"{IN_SHOT}titles:\n          - |"),
    "a title's second key": (
        "definitions/title",
        f"{IN_SHOT}titles:\n          - text: a\n            |",
    ),
}
OTHERS = {
    "project": ("project", "", "|"),
    "scenario": ("scenario", "", "|"),
    "account": ("scenario", "properties/account", "scenario: 1\naccount:\n  |"),
    "list": ("scenario", "properties/account/properties/list", "account:\n  list:\n    |"),
    "rule": ("scenario", "definitions/rule", "scenario: 1\nrules:\n  - |"),
}


def schema(kind: str = "storyboard") -> Any:  # noqa: ANN401 # a part of a schema
    return json.loads((data("schemas") / f"{kind}-1.schema.json").read_text("utf-8"))


def part(route: str, kind: str = "storyboard") -> Any:  # noqa: ANN401 # a part of a schema
    found = schema(kind)
    for step in filter(None, route.split("/")):
        found = found[int(step) if isinstance(found, list) else step]
    return found


def keys(items: list[Item]) -> dict[str, Item]:
    """Return the keys that are offered, each of them once."""
    found = [one for one in items if one.is_key]
    assert len({one.label for one in found}) == len(found)
    return {one.label: one for one in found}


def values(items: list[Item]) -> set[str]:
    return {one.label.strip('"') for one in items if not one.is_key}


def written(text: str) -> set[str]:
    """Return the keys that a place has already."""
    last = text.splitlines()[-2:]
    return {line.strip(" -").partition(":")[0] for line in last if not line.endswith(("|", ":"))}


def mappings(found: Any) -> Iterator[Any]:  # noqa: ANN401 # a part of a schema
    """Go through the closed mappings of a schema."""
    if isinstance(found, dict):
        if found.get("additionalProperties") is False:
            yield found
        found = list(found.values())
    for one in found if isinstance(found, list) else ():
        yield from mappings(one)


@pytest.mark.parametrize("place", PLACES)
def test_every_key_completes_with_its_colon_and_says_what_it_is(
    server: LanguageServer, place: str
) -> None:
    route, text = PLACES[place]
    offered = keys(server.complete(text))
    assert {*offered} == {*part(route)["properties"]} - written(text)
    for key, item in offered.items():
        assert item.text.startswith(f"{key}:")
        assert item.about
        assert "[object" not in item.text


@pytest.mark.parametrize("place", OTHERS)
def test_other_files_complete_too(server: LanguageServer, place: str) -> None:
    kind, route, text = OTHERS[place]
    offered = keys(server.complete(text, kind))
    assert {*offered} == {*part(route, kind)["properties"]} - written(text)
    assert all(item.about and item.text.startswith(f"{key}:") for key, item in offered.items())


def test_no_closed_mapping_is_left_out_of_these_tests() -> None:
    known = [part(route) for route, _ in PLACES.values()]
    assert all(one in known for one in mappings(schema()))
    for kind in ("project", "scenario"):
        known = [part(route, of) for of, route, _ in OTHERS.values() if of == kind]
        assert all(one in known for one in mappings(schema(kind)))


@pytest.mark.parametrize("kind", KEYS_OF_OTHERS)
@pytest.mark.parametrize("before", ["id: b\n        ", ""])
def test_a_shot_is_offered_the_keys_of_its_kind_and_no_other(
    server: LanguageServer, kind: str, before: str
) -> None:
    every = {*part("definitions/shot")["properties"]}
    offered = {*keys(server.complete(f"{SHOT}{before}{kind}: a\n        |"))}
    foreign = {*KEYS_OF_OTHERS, *KEYS_OF_OTHERS[kind]}
    assert offered == every - foreign - ({"id"} if before else set())


@pytest.mark.parametrize("kind", KEYS_OF_OTHERS)
def test_a_key_of_another_kind_is_refused_where_it_is_written(
    server: LanguageServer, kind: str
) -> None:
    values = {"say": "[{mara: Hello.}]", "takes": "2", "audio": "true", "cfg_scale": "0.5"}
    for key in sorted(KEYS_OF_OTHERS[kind]):
        line = f"{kind}: a.png\n        duration: 4s\n        {key}: {values.get(key, '2s')}\n"
        assert server.wrong(IN_SHOT + line) == [f"Property {key} is not allowed."]


@pytest.mark.parametrize(
    "place", ["model: |", "storyboard: 1\nscenes:\n  - model: |", f"{IN_SHOT}model: |"]
)
def test_every_model_of_the_catalogue_is_offered(server: LanguageServer, place: str) -> None:
    assert values(server.complete(place)) == {one.model for one in load().videos}


def test_every_endpoint_of_the_catalogue_is_offered(server: LanguageServer) -> None:
    assert values(server.complete("endpoint: |")) == {one.id for one in load().videos}


@pytest.mark.parametrize("place", ["cut:\n  transition: |", f"{IN_SHOT}transition: |"])
def test_every_transition_is_offered(server: LanguageServer, place: str) -> None:
    offered = {one.split()[0] for one in values(server.complete(place)) if "{" not in one}
    assert offered == {one.value for one in TransitionKind}


def test_a_line_begins_with_who_speaks(server: LanguageServer) -> None:
    (item,) = server.complete(f"{IN_SHOT}say:\n          - |")
    assert (item.label, item.text) == ("speaker", "${1:speaker}: ")
    assert item.about
    assert keys(server.complete(f"{IN_SHOT}|"))["say"].text == "say:\n  - $1\n"
    assert keys(server.complete(f"{SHOT}|"))["say"].text == "say:\n    - $1\n"


@pytest.mark.parametrize("key", ["elements", "voices", "variables"])
def test_a_name_of_ones_own_says_what_it_names(server: LanguageServer, key: str) -> None:
    (item,) = server.complete(f"{key}:\n  |")
    assert item.text == f"${{1:{key.removesuffix('s')}}}: "
    assert item.about


@pytest.mark.parametrize("key", ["budget", "focus", "say", "music", "colors", "matrix"])
def test_no_value_is_offered_that_is_not_yaml(server: LanguageServer, key: str) -> None:
    places = {
        "music": "cut:\n  music: |",
        "colors": "brand:\n  colors: |",
        "matrix": "variations:\n  matrix: |",
        "budget": "budget: |",
    }
    for item in server.complete(places.get(key, f"{IN_SHOT}{key}: |")):
        assert "[object" not in item.label + item.text


@pytest.mark.parametrize("key", ["when", "model", "shots", "titles", "focus"])
def test_what_is_inserted_for_a_title_a_scene_and_a_shot_is_indented(
    server: LanguageServer, key: str
) -> None:
    """After `- ` the key stands two blanks further in, and so do the lines below it."""
    for text in ("storyboard: 1\nscenes:\n  - |", f"{SHOT}|"):
        item = keys(server.complete(text)).get(key)
        lines = item.text.rstrip("\n").split("\n")[1:] if item else []
        assert all(line.startswith("    ") for line in lines)


def test_hovering_shows_what_a_key_is(server: LanguageServer) -> None:
    shown = server.hover(f"{IN_SHOT}dura|tion: 4s\n")
    assert "How long it is seen." in shown
    assert "A family and tier" in server.hover("mo|del: kling-v3-pro\n")
    assert "last frame of the one before" in server.hover("scenes:\n  - contin|uity: auto\n")
    assert "How closely to follow" in server.hover(f"{IN_SHOT}cfg_|scale: 1\n")
    assert "The words" in server.hover(f"{IN_SHOT}prompt: a\n        say: [{{mar|a: Hello.}}]\n")
