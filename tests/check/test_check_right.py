"""Storyboards that are right, and what they mean."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from checking import checked, document

from storyboard.check import AssetKind, AssetUse, asset_uses
from storyboard.diagnostics import Severity
from storyboard.model.cut import DARK_SHADOW, LIGHT_SHADOW, Place, TransitionKind
from storyboard.model.prompt import Mention, Words
from storyboard.model.storyboard import (
    AspectRatio,
    Captions,
    Fit,
    FootageShot,
    PromptShot,
    Size,
    StillShot,
    Storyboard,
)

HERE = Path(__file__).parent


def right(text: str) -> Storyboard:
    found = checked(text)
    assert [one for one in found.diagnostics if one.severity is Severity.ERROR] == []
    assert found.value is not None
    return found.value


def one_shot(shot: str, top: str = "") -> Storyboard:
    return right(
        f"storyboard: 1\nmodel: kling-v3-pro\n{top}\n"
        f"scenes:\n  - id: one\n    start: a.png\n    shots:\n      - {{id: a, {shot}}}\n"
    )


def test_the_language_pages_example_is_clean() -> None:
    found = checked((HERE / "first_cup.yaml").read_text(encoding="utf-8"))
    assert [(one.code, one.severity) for one in found.diagnostics] == [
        ("SB204", Severity.WARNING),  # the narrator is there and says nothing
    ]


def test_every_key_is_taken() -> None:
    found = checked((HERE / "whole.yaml").read_text(encoding="utf-8"))
    assert found.diagnostics == ()


def test_a_storyboard_is_resolved() -> None:
    story = right((HERE / "whole.yaml").read_text(encoding="utf-8"))
    pour, exact, card, own = story.shots
    assert isinstance(pour, PromptShot)
    assert isinstance(exact, PromptShot)
    assert isinstance(card, StillShot)
    assert isinstance(own, FootageShot)
    assert pour.prompt[:4] == (
        Words("Macro on "),
        Mention("cup"),
        Words(" as "),
        Mention("mara"),
    )
    assert pour.prompt[4] == Words(" pours milk, mail@example.com and @handle.")
    assert (pour.settings.style, pour.settings.field("cfg_scale")) == ("handheld", Decimal("0.2"))
    assert [line.voice for line in pour.say] == ["mara", "narrator"]
    assert [title.duration for title in pour.look.titles] == [Fraction(1001, 1000), Fraction(7, 2)]
    assert pour.look.titles[0].style.place is Place.TOP
    assert pour.look.titles[0].style.color == "#e4572e"
    assert pour.look.titles[0].style.shadow is None
    assert exact.duration == 65
    assert exact.settings.model == "kling-v3-pro"
    assert exact.settings.endpoint == "fal-ai/kling-video/v3/pro/image-to-video"
    assert exact.look.transition.duration == Fraction(12 * 1001, 24000)
    assert card.look.transition.kind is TransitionKind.CROSSFADE
    assert (own.start, own.duration) == (1, Fraction(7, 2))
    assert story.format.size == Size(1920, 1080)
    assert story.format.fps == Fraction(24000, 1001)
    assert story.budget == 25
    wide, vertical = story.outputs
    assert (wide.captions, vertical.captions) == (Captions.BURN, Captions.OFF)
    assert vertical.format.size == Size(720, 1280)
    assert vertical.fit is Fit.BLUR
    assert story.cut.watermark is not None
    assert story.cut.watermark.opacity == 1


def test_the_scenes_frames_belong_to_its_first_and_last_rendered_shot() -> None:
    story = right(
        """
storyboard: 1
model: kling-v3-pro
scenes:
  - id: one
    start: first.png
    end: last.png
    shots:
      - {id: card, still: card.png, duration: 2s}
      - {id: a, prompt: A, duration: 3s}
      - {id: b, prompt: B, duration: 3s, start: own.png}
      - {id: c, prompt: C, duration: 3s}
"""
    )
    _, *rendered = story.shots
    shots = [one for one in rendered if isinstance(one, PromptShot)]
    starts = [getattr(one.start, "path", None) for one in shots]
    assert starts == ["film/first.png", "film/own.png", None]
    assert [getattr(one.end, "path", None) for one in shots] == [None, None, "film/last.png"]


def test_a_default_that_a_model_does_not_take_is_left_out_and_told() -> None:
    text = """
storyboard: 1
model: kling-v3-pro
negative_prompt: blur
scenes:
  - {id: a, start: a.png, shots: [{id: a, prompt: A, duration: 3s}]}
  - {id: b, model: kling-v3-turbo-pro, shots: [{id: a, prompt: B, duration: 3s}]}
"""
    story = right(text)
    taken = [
        shot.settings.field("negative_prompt")
        for shot in story.shots
        if isinstance(shot, PromptShot)
    ]
    assert taken == ["blur", None]
    assert [one.code for one in checked(text).diagnostics] == ["SB492"]


def test_a_shot_that_is_broken_hides_no_other_and_stays_in_the_film() -> None:
    found = checked(
        """
#: gone.png: missing
storyboard: 1
model: kling-v3-por
scenes:
  - id: one
    start: gone.png
    shots:
      - {id: a, prompt: Look at @nobody, duration: soon}
      - {id: b, still: gone.png, duration: 2s, titles: [{text: Hi, at: 5s}]}
      - {id: c, prompt: A cup, duration: 3s, style: [1]}
"""
    )
    assert [one.code for one in found.diagnostics] == [
        "SB205",
        "SB301",
        "SB201",
        "SB105",
        "SB301",
        "SB503",
        "SB103",
    ]
    assert found.value is not None
    assert [shot.name for shot in found.value.shots] == ["one/a", "one/b", "one/c"]
    first = found.value.shots[0]
    assert isinstance(first, PromptShot)
    assert first.settings.model == "kling-v3-pro"  # as meant


def test_shapes_are_what_is_written_or_what_the_film_is() -> None:
    still = "still: a.png, duration: 2s"
    assert one_shot(still).format.aspect_ratio == AspectRatio(16, 9)
    assert one_shot(still).format.size is None
    sized = one_shot(still, "format: {resolution: 1080x1920}")
    assert sized.format.aspect_ratio == AspectRatio(9, 16)
    square = one_shot(still, 'format: {aspect_ratio: "1:1", resolution: 4k}')
    assert square.format.size == Size(2160, 2160)
    cinema = one_shot(still, 'format: {aspect_ratio: "2.39:1", resolution: 1080p}')
    assert cinema.format.size == Size(2582, 1080)
    odd = "#: a.png: picture 1088x1904\n"
    auto = one_shot("prompt: A, duration: 3s", odd + "format: {aspect_ratio: auto}")
    assert auto.format.aspect_ratio == AspectRatio(9, 16)
    assert one_shot(still, "format: {fps: 29.97}").format.fps == Fraction(30000, 1001)


def test_outputs_take_their_shape_from_the_film() -> None:
    story = one_shot(
        "still: a.png, duration: 2s",
        'format: {resolution: 720p}\noutputs: [{name: a}, {name: b, aspect_ratio: "4:5"}]',
    )
    assert [one.format.size for one in story.outputs] == [Size(1280, 720), Size(720, 900)]
    plain = one_shot("still: a.png, duration: 2s")
    assert [one.name for one in plain.outputs] == ["film"]


def test_lines_of_speech_turn_sound_on() -> None:
    top = "elements: {mara: {about: m, voice: mara}}\nvoices: {mara: {id: '1'}}"
    story = one_shot('prompt: "@mara", duration: 4s, say: [{mara: hello}]', top)
    (shot,) = story.shots
    assert isinstance(shot, PromptShot)
    assert shot.settings.audio is True


def test_an_element_without_a_voice_may_speak_where_the_model_takes_none() -> None:
    top = "elements: {mara: {about: m}}"
    shot = 'model: kling-o3-standard, prompt: "@mara", duration: 4s, say: [{mara: hello}]'
    assert checked_codes(shot, top) == []
    assert checked_codes(shot.replace("o3-standard", "v3-pro"), top) == ["SB211"]


def checked_codes(shot: str, top: str) -> list[str]:
    text = (
        f"storyboard: 1\n{top}\nscenes:\n  - id: one\n    start: a.png\n    shots:\n"
        f"      - {{id: a, {shot}}}\n"
    )
    return [str(one.code) for one in checked(text).diagnostics]


def test_shared_elements_and_voices_may_rest() -> None:
    """What stands in another file is a library: that a film uses only some of it is no mistake."""
    text = "storyboard: 1\nscenes: [{id: a, shots: [{id: a, still: a.png, duration: 2s}]}]\n"
    assert checked(text).diagnostics == ()


def test_files_are_named_from_the_folder_of_the_file_that_names_them() -> None:
    found = document(
        """
storyboard: 1
elements: {cup: {about: c, video: ../shared/./cup.mp4}}
scenes:
  - id: one
    start: https://example.com/a.png
    shots:
      - {id: a, still: cards/a.png, duration: 2s}
      - {id: b, footage: 7, duration: 2s}
cut: {music: {file: theme.mp3}}
brand: {font: brand.ttf}
"""
    )
    assert [(use.path, use.kind) for use in asset_uses(found)] == [
        ("shared/cup.mp4", AssetKind.CLIP),
        ("film/cards/a.png", AssetKind.PICTURE),
        ("film/theme.mp3", AssetKind.SOUND),
        ("film/brand.ttf", AssetKind.FONT),
    ]
    first: AssetUse = asset_uses(found)[0]
    assert (first.span.line, first.span.column) == (3, 35)


def test_a_shadow_that_is_left_out_goes_by_the_letters() -> None:
    brand = (
        'brand: {colors: {ink: "#222"}, styles: {lower-third: {color: ink}, top: {size: 9%},'
        ' bottom: {color: "#4a2c1d", shadow: "#102030"}, centre: {color: ink, shadow: none}}}'
    )
    names = ("lower-third", "top", "bottom", "centre")
    titles = ", ".join(f"{{text: Cup, style: {name}}}" for name in names)
    shot = one_shot(f"prompt: Steam, duration: 3s, titles: [{titles}]", brand).shots[0]
    shadows = [one.style.shadow for one in shot.look.titles]
    assert shadows == [LIGHT_SHADOW, DARK_SHADOW, "#102030", None]
