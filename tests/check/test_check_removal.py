"""What `extends` gives to a shot of another kind is shown at both places, and can be removed."""

from pathlib import Path

import pytest
from PIL import Image

from storyboard import compile_storyboard
from storyboard.check.removal import removal
from storyboard.diagnostics import Diagnostic, Span
from storyboard.pipeline import Ask
from storyboard.source import Entry, Mapping, Scalar

BASE = """\
storyboard: 1
model: kling-v3-turbo-pro
elements:
  cup: {about: a cup, frontal: card.png, references: [card.png]}
cut: {watermark: {image: card.png}}
scenes:
  - id: s
    shots:
      - {id: card, still: card.png, move: in, duration: 2s}
      - {id: pour, prompt: "@cup on a table.", takes: 2, duration: 3s}
"""


def found(folder: Path, *shots: str, more: str = "") -> list[Diagnostic]:
    Image.new("RGB", (640, 640)).save(folder / "card.png")
    (folder / "base.yaml").write_text(BASE, encoding="utf-8")
    film = folder / "film.yaml"
    text = "storyboard: 1\nextends: base.yaml\n" + more
    if shots:
        text += "scenes:\n  - id: s\n    shots:\n" + "".join(f"      - {one}\n" for one in shots)
    film.write_text(text, encoding="utf-8")
    return [one for one in compile_storyboard(Ask(film)).diagnostics if one.severity == "error"]


@pytest.mark.parametrize(
    ("shot", "codes", "keys"),
    [
        ("{id: pour, still: card.png}", ["SB108"], ["prompt"]),
        ("{id: card, prompt: A card.}", ["SB108"], ["still"]),
        ("{id: pour, prompt: null, still: card.png}", ["SB109"], ["takes"]),
        ("{id: card, still: null, prompt: A card.}", ["SB109"], ["move"]),
    ],
)
def test_both_places_are_shown_with_the_way_out(
    tmp_path: Path, shot: str, codes: list[str], keys: list[str]
) -> None:
    errors = found(tmp_path, shot)
    assert [one.code for one in errors] == codes
    for one, key in zip(errors, keys, strict=True):
        assert str(one.help).startswith(f"write `{key}: null` here")
        assert "base.yaml" in str(one.help)
        places = [one.span, *(near.span for near in one.related)]
        assert {Path(place.file).name for place in places if place} == {"base.yaml", "film.yaml"}


@pytest.mark.parametrize(
    ("shots", "more"),
    [
        (("{id: pour, prompt: null, takes: null, still: card.png}",), "elements: null\n"),
        (("{id: card, still: null, move: ~, prompt: A card.}",), ""),
        ((), "cut: {watermark: null}\n"),
        ((), "cut: ~\n"),
    ],
)
def test_null_removes_what_the_base_has(tmp_path: Path, shots: tuple[str, ...], more: str) -> None:
    assert found(tmp_path, *shots, more=more) == []


def test_a_forgotten_value_removes_nothing(tmp_path: Path) -> None:
    (one,) = found(tmp_path, more="cut:\n")
    assert (one.code, one.message) == (
        "SB103",
        "`cut` is empty; it must be a cut, written as keys and values",
    )


def test_null_without_a_base_is_a_key_without_a_value(tmp_path: Path) -> None:
    (one,) = found(tmp_path, "{id: card, transition: null}")
    assert one.code == "SB103"


def test_an_element_shown_in_two_ways_is_told_the_same(tmp_path: Path) -> None:
    more = "elements: {cup: {video: card.png}}\n"
    errors = [one for one in found(tmp_path, more=more) if one.code == "SB108"]
    assert [str(one.help).startswith("write `frontal: null` here") for one in errors] == [True]


@pytest.mark.parametrize(
    ("file", "told"), [("base.yaml", "write `a: null` here"), ("film.yaml", "None")]
)
def test_only_what_another_file_gave_is_removed_by_null(file: str, told: str) -> None:
    key = Scalar("a", "a", Span(file, 1, 1, 1, 2))
    entry = Entry(key, key)
    assert str(removal(entry, Mapping((entry,), Span("film.yaml", 3, 1, 3, 9)))).startswith(told)
