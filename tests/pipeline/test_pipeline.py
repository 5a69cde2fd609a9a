"""The pipeline without a disk: what it knows of the world is handed in."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from storyboard import compile_storyboard
from storyboard.catalogue import packaged
from storyboard.check import SILENT, TITLES_TOGETHER
from storyboard.diagnostics import (
    Code,
    Diagnostic,
    Follows,
    Related,
    Same,
    Severity,
    Span,
    page,
    parse_page,
)
from storyboard.model.asset import (
    FileDigest,
    LocalFile,
    PictureFacts,
    Unusable,
)
from storyboard.model.storyboard import Storyboard
from storyboard.pipeline import Ask, Compiled, World, compile_in
from storyboard.plan import StoreView

NOWHERE = Path("no/such/folder/storyboard.yaml")
HEAD = "storyboard: 1\nmodel: kling-v3-turbo-pro\n"
VOICES = 'voices: {mara: {id: "829824295735410756"}}\n'
TWO = (
    HEAD
    + VOICES
    + """
scenes:
  - id: one
    shots:
      - {id: a, duration: 3s, prompt: A street., say: [{mara: Hello.}]}
      - {id: b, duration: 3s, prompt: A door.}
"""
)


def facts(names: Iterable[str]) -> dict[str, LocalFile | Unusable]:
    """Make up a picture for every name."""
    picture = PictureFacts("PNG", 1280, 720)
    return {name: LocalFile(name, FileDigest("a" * 64), 1000, picture) for name in names}


def world(text: str, *measured: Diagnostic, **files: bytes) -> World:
    return World(
        project=Path("no/such/folder"),
        held=StoreView(frozenset()),
        storyboard=text.encode(),
        settings=None,
        prices=None,
        editions=packaged(),
        facts=facts,
        read=lambda name: files.get(Path(name).stem, Unusable("missing", "")),
        texts={},
        measure=lambda _: measured,
    )


def compiled(text: str, *measured: Diagnostic) -> Compiled:
    return compile_in(world(text, *measured), Ask(NOWHERE))


def codes(result: Compiled) -> list[str]:
    return [one.code for one in result.diagnostics]


def test_a_storyboard_compiles_without_a_disk() -> None:
    result = compiled(TWO.replace(", say: [{mara: Hello.}]", ""))
    assert [one for one in result.diagnostics if one.severity is Severity.ERROR] == []
    assert result.plan is not None
    assert result.plan.to_pay > 0


def test_that_a_model_is_mute_is_reported_where_the_shot_speaks_and_not_again() -> None:
    assert codes(compiled(TWO)).count("SB493") == 1
    assert "SB435" not in codes(compiled(TWO))


@pytest.mark.parametrize(("shot", "shown"), [("one/a", False), ("one/b", True)])
def test_another_shot_without_sound_is_not_hidden_by_it(shot: str, *, shown: bool) -> None:
    """The request of one shot is refused for want of sound; another shot speaks without any."""
    refused = Diagnostic(
        Code("SB435"),
        Severity.ERROR,
        f"no sound for {shot}",
        Span("storyboard.yaml", 9, 1, 9, 2),
        about=shot,
        follows=Follows(frozenset({SILENT}), Same.ABOUT),
    )
    result = compiled(TWO, refused)
    assert "SB493" in codes(result)
    assert ("SB435" in codes(result)) == shown
    (found,) = [found for _, found in result.findings]
    assert ("SB435" in {one.code for one in found}) == shown


def test_a_mute_shot_of_one_variation_hides_nothing_of_another() -> None:
    text = TWO.replace("say: [{mara: Hello.}]", 'say: [{mara: Hello.}], model: "{{ model }}"')
    text += 'variations:\n  name: "{{ model }}"\n'
    text += "  matrix: {model: [kling-v3-turbo-pro, kling-v3-pro]}\n"

    def measured(board: Storyboard) -> tuple[Diagnostic, ...]:
        shot = board.shots[0]
        follows = Follows(frozenset({SILENT}), Same.ABOUT)
        message = f"no sound for {shot.name}"
        return (
            Diagnostic(
                Code("SB435"), Severity.ERROR, message, shot.span, about=shot.name, follows=follows
            ),
        )

    result = compile_in(replace(world(text), measure=measured), Ask(NOWHERE))
    told = [one.message for one in result.diagnostics if one.code == "SB435"]
    assert told == ["no sound for one/a (in 1 of 2 variations: `kling-v3-pro`)"]


def test_the_files_of_all_variations_are_looked_at_together() -> None:
    text = (
        HEAD + "scenes: [{id: one, shots: [{id: a, duration: 3s, still: '{{ picture }}.png'}]}]\n"
    )
    text += "variations: {matrix: {picture: [cup, pot, bag]}, name: '{{ picture }}'}\n"
    asked: list[list[str]] = []

    def noted(names: Iterable[str]) -> dict[str, LocalFile | Unusable]:
        listed = [*names]
        asked.append([Path(name).stem for name in listed])
        return facts(listed)

    compile_in(replace(world(text), facts=noted), Ask(NOWHERE))
    assert asked[0] == ["cup", "pot", "bag"]


def test_two_titles_in_one_place_are_reported_once_and_other_pairs_too() -> None:
    titles = "titles: [{text: One, at: 0s, for: 2s}, {text: Two, at: 1s, for: 2s}]"
    text = HEAD + f"scenes: [{{id: one, shots: [{{id: a, duration: 3s, prompt: A., {titles}}}]}}]\n"
    (told,) = [one for one in compiled(text).diagnostics if one.code == TITLES_TOGETHER]
    follows = Follows(frozenset({TITLES_TOGETHER}), Same.PAIR)
    same = Diagnostic(
        Code("SB757"), Severity.WARNING, "over it", told.span, None, told.related, follows=follows
    )
    here = Span("storyboard.yaml", 9, 1, 9, 2)
    other = Diagnostic(
        Code("SB757"),
        Severity.WARNING,
        "over another",
        told.span,
        None,
        (Related("the other one", here),),
        follows=follows,
    )
    found = compiled(text, same, other).diagnostics
    assert [one.message for one in found if one.code == "SB757"] == ["over another"]


def test_titles_that_are_measured_follow_in_the_same_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = parse_page(page("SB517") or "").example.written["storyboard.yaml"]
    Path("storyboard.yaml").write_bytes(text)
    assert {"SB517", "SB757"} & {*codes(compile_storyboard(Ask(Path("storyboard.yaml"))))} == {
        "SB517"
    }


def test_what_the_reader_refuses_is_not_reported_as_a_wrong_value() -> None:
    found = codes(compiled(HEAD + "cfg_scale: .inf\n"))
    assert "SB024" in found
    assert "SB103" not in found


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("storyboard: 1\nmodel: !env MODEL\n", "SB010"),
        ("storyboard: 1\ntitle: *nowhere\n", "SB016"),
        (HEAD + "elements: {mara: {about: a, voice: !env V}}\n", "SB010"),
        (HEAD + "brand: {font: !file a.ttf}\n", "SB010"),
        (HEAD + "cut: {music: {file: !include a.wav}}\n", "SB010"),
    ],
)
def test_a_tag_or_an_alias_without_its_anchor_is_one_error(text: str, code: str) -> None:
    shots = "scenes: [{id: s, shots: [{id: a, still: a.png, duration: 2s}]}]\n"
    found = compiled(text + shots).diagnostics
    assert [one.code for one in found if one.severity is Severity.ERROR] == [code]


@pytest.mark.parametrize("voice", ["{}", "x", "[]", "{sample: ''}", "{sample: 3}", "{ids: a}"])
def test_a_voice_with_a_mistake_that_a_shot_speaks_is_only_a_mistake(voice: str) -> None:
    text = TWO.replace("kling-v3-turbo-pro", "kling-v2.6-pro")
    result = compiled(text.replace(VOICES, f"voices: {{mara: {voice}}}\n"))
    errors = [one for one in result.diagnostics if one.severity is Severity.ERROR]
    assert errors
    assert all(one.span is not None and one.span.line == 3 for one in errors)
    assert result.plan is None
