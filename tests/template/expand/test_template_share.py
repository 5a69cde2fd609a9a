"""`extends` and `use`: what is merged, what wins, and where each node stands."""

import pytest
from expanding import codes, expanded, films

BASE = """\
title: Base
style: film
cut: {captions: burn, loudness: -14 LUFS}
scenes:
  - id: one
    title: First
    shots:
      - {id: a, prompt: old a}
      - {prompt: old second}
  - id: two
outputs: [{name: wide}, {name: tall}]
"""


def test_mappings_merge_things_with_ids_merge_by_id_other_lists_are_replaced() -> None:
    story = """\
extends: base.yaml
title: Own
cut: {captions: off}
scenes:
  - {id: three}
  - id: one
    shots: [{id: "2", prompt: new second}, {id: a, duration: 4s}, {id: z, prompt: last}]
outputs: [{name: square}]
"""
    [film] = films(story, {"base.yaml": BASE})
    assert film == {
        "title": "Own",
        "style": "film",
        "cut": {"captions": "off", "loudness": "-14 LUFS"},
        "scenes": (
            {
                "id": "one",
                "title": "First",
                "shots": (
                    {"id": "a", "prompt": "old a", "duration": "4s"},
                    {"prompt": "new second", "id": "2"},
                    {"id": "z", "prompt": "last"},
                ),
            },
            {"id": "two"},
            {"id": "three"},
        ),
        "outputs": ({"name": "square"},),
    }


def test_use_shares_what_can_be_shared_and_the_storyboard_wins() -> None:
    story = """\
use: [cast/a.yaml, cast/b.yaml]
title: "{{ offer }}"
elements: {mara: {about: own}}
"""
    files = {
        "cast/a.yaml": (
            "use: deep/c.yaml\nelements: {mara: {about: a, voice: m}, cup: {about: a}}\n"
        ),
        "cast/b.yaml": "elements: {cup: {about: b}}\nvariables: {offer: {default: 2 for 1}}\n",
        "cast/deep/c.yaml": "voices: {m: {id: '1'}}\nelements: {cup: {about: c, voice: m}}\n",
    }
    [film] = films(story, files)
    assert film == {
        "voices": {"m": {"id": "1"}},
        "elements": {
            "cup": {"about": "b", "voice": "m"},
            "mara": {"about": "own", "voice": "m"},
        },
        "title": "2 for 1",
    }


def test_nodes_stand_in_the_file_they_came_from() -> None:
    result = expanded("extends: sub/base.yaml\n", {"sub/base.yaml": "title: '{{ x }}'\n"})
    [found] = result.diagnostics
    assert found.span is not None
    assert (found.span.file, found.span.line, found.span.column) == ("sub/base.yaml", 1, 12)
    assert result.value is not None
    assert dict(result.value[0].document.texts)["sub/base.yaml"] == "title: '{{ x }}'\n"


def test_files_that_take_each_other_are_an_error_that_shows_the_circle() -> None:
    files = {"a.yaml": "extends: b.yaml\n", "b.yaml": "extends: ./a.yaml\n"}
    [found] = expanded("extends: a.yaml\n", files).diagnostics
    assert found.code == "SB651"
    assert "a.yaml → b.yaml → a.yaml" in found.message


def test_what_is_wrong_in_shared_files_is_told() -> None:
    files = {"a.yaml": "scenes: []\nelements: {m: {about: a}}\n", "b.yaml": "a: b: c\n"}
    found = expanded("use: [a.yaml, b.yaml, gone.yaml, 3]\n", files).diagnostics
    told = codes(found)
    assert told.count("SB652") == 2
    assert told.count("SB650") == 2
    assert any(one.startswith("SB0") for one in told)
    assert codes(expanded("extends: [a]\nuse: {a: b}\n").diagnostics) == ["SB650", "SB650"]


def test_an_id_that_stands_twice_stays_twice() -> None:
    base = "scenes: [{id: a, title: old}, {id: b}]\n"
    story = "extends: base.yaml\nscenes: [{id: c}, {id: a, style: x}, {id: a, style: y}]\n"
    [film] = films(story, {"base.yaml": base})
    assert film["scenes"] == (
        {"id": "a", "title": "old", "style": "x"},
        {"id": "b"},
        {"id": "c"},
        {"id": "a", "style": "y"},
    )


def test_what_is_no_mapping_in_a_base_is_replaced_or_kept_as_it_is() -> None:
    story = "extends: base.yaml\nscenes: [{id: '1', title: x}]\n"
    [film] = films(story, {"base.yaml": "scenes: [7, 8]\n"})
    assert film["scenes"] == ({"id": "1", "title": "x"}, 8)


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "- mara\n"])
def test_a_shared_file_without_keys_is_told_what_belongs_into_it(text: str) -> None:
    found = expanded("use: cast.yaml\n", {"cast.yaml": text}).diagnostics
    helps = [one.help for one in found]
    assert helps == ["write in it what is shared: `elements`, `voices`, `brand`, `variables`"]
    (base,) = expanded("extends: base.yaml\n", {"base.yaml": text}).diagnostics
    assert "begin it with `storyboard: 1`" in (base.help or "")


def test_shared_variables_may_rest_and_ones_own_may_not() -> None:
    shared = {"copy.yaml": "variables: {call: {default: Buy}, offer: {default: 2 for 1}}\n"}
    story = 'use: copy.yaml\ntitle: "{{ call }}"\nvariables: {idle: {default: x}}\n'
    found = expanded(story, shared).diagnostics
    assert [(one.code, one.message) for one in found] == [
        ("SB613", "the variable `idle` is used nowhere")
    ]
    base = {"base.yaml": 'title: "{{ call }}"\nvariables: {call: {default: Buy}}\n'}
    assert expanded("extends: base.yaml\ntitle: Own\n", base).diagnostics == ()
