"""Digests of shots: what is in them, what is not, and a table of them that must never change.

If a test of the table fails, every pick of every user becomes stale. Do not change a digest here;
find what changed the canonical form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from boards import board, crossfade, element, picture, pictured, scene, shot, span

from storyboard.jobs.shot_digest import ShotDigest, ShotDigests, digest_of_shot, shot_text
from storyboard.model.asset import Url
from storyboard.model.cut import CUT, DARK_SHADOW, Look, Place, Title, TitleStyle
from storyboard.model.storyboard import AspectRatio, Element, PromptShot

MARA = element("mara", "a barista", frontal="mara.png")
CUP = element("the_cup", "")
VOICES = {"warm": "voice-7", "rough": "rough.wav"}

FROZEN: list[tuple[str, PromptShot, str]] = [
    (
        "a prompt",
        shot("s/a", 5, "A boat."),
        "f310fe28a5304ea852bca57b4487f0cbec93c586375e45acf989d3c879a9ca92",
    ),
    (
        "an exact length",
        shot("s/a", Fraction(125, 24), "A boat."),
        "45e1b65fd88ea3a3a9c14de672db579d4cfb1068235c6ed64bbba5b452694ba4",
    ),
    (
        "other letters",
        shot("s/a", 5, '船が来る — “now” \\ "x"\n', style=" noir "),
        "afe3bbcf297668ccd94bf98c7858e26238116895fa50fe9849db3ab2bf407db9",
    ),
    (
        "elements",
        shot("s/a", 5, "@mara lifts @the_cup."),
        "a2293a98d8652c116bffa9321f93bd7a030bb5a75b240a46cba75ca0e13b5200",
    ),
    (
        "speech",
        shot("s/a", 5, "@mara.", say=[("mara", "warm", "Hi."), ("narrator", "rough", "So.")]),
        "a8196df1cfa9442bb3ce1cafe57ca0a4bc99af19209510c38ad5869b1951e689",
    ),
    (
        "pictures",
        shot("s/a", 5, "A boat.", start="a.png", end="https://a/b.png"),
        "946cf4dad831fc783d7d8022abbe332c6611d54a74fd0bb243922c517623547c",
    ),
    (
        "settings",
        shot("s/a", 5, "A boat.", cfg_scale=Decimal("0.50"), negative_prompt="fog", audio=False),
        "c46cf6f82b6084f87d33bf0de555080312b3391ccfdb08f8710fc721fe67699e",
    ),
    (
        "an endpoint",
        shot("s/a", 5, "A boat.", endpoint="fal-ai/kling-video/v3/pro/text-to-video"),
        "7639e1003b92ec38ab82414154f0d112d6c903919c827f48593155fbc625e13f",
    ),
]


def made(
    one: PromptShot,
    elements: Sequence[Element] = (MARA, CUP),
    voices: Mapping[str, str] = VOICES,
    ratio: AspectRatio | None = None,
) -> ShotDigest:
    return digest_of_shot(one, board(scene(one), elements=elements, voices=voices), ratio)


@pytest.mark.parametrize(("one", "wanted"), [row[1:] for row in FROZEN], ids=[r[0] for r in FROZEN])
def test_a_shot_digest_never_changes(one: PromptShot, wanted: str) -> None:
    assert made(one) == wanted


def test_the_canonical_form_is_as_it_is_documented() -> None:
    one = shot("s/a", "2.5", "@mara pours.", say=[("mara", "warm", "Hello.")], start="a.png")
    likeness = (
        f'"frontal":"asset:sha256:{picture("mara.png").digest}",'
        f'"references":["asset:sha256:{picture("mara-side.png").digest}"]'
    )
    mara = f'{{"about":"a barista",{likeness}}}'
    assert shot_text(one, board(scene(one), elements=[MARA], voices=VOICES)) == (
        f'{{"audio":true,"fields":{{}},"model":"kling-v3-pro","prompt":[{mara}," pours."],'
        f'"ratio":"16:9","say":[{{"text":"Hello.","voice":{{"id":"voice-7"}},"who":{mara}}}],'
        f'"start":"asset:sha256:{picture("a.png").digest}","style":"","used":"2.5","version":1}}'
    )


def test_what_does_not_reach_a_request_is_not_in_it() -> None:
    plain = shot("s/a", 3, "@mara pours @the_cup.", say=[("mara", "warm", "Hello.")], start="a.png")
    style = TitleStyle("t", Place.TOP, shadow=DARK_SHADOW)
    title = Title("Words", Fraction(0), Fraction(1), style, span())
    same = [
        replace(plain, name=shot("other/name").name, span=span(9)),
        replace(plain, look=crossfade("0.5")),
        replace(plain, look=Look(CUT, (title,), "A caption.")),
        replace(plain, takes=4),
        replace(plain, start=replace(picture("a.png"), path="elsewhere/b.png")),
        replace(plain, settings=replace(plain.settings, audio=True)),  # lines ask for it as well
        shot("s/a", 3, " @mara pours @the_cup. ", say=[("mara", "warm", "Hello. ")], start="a.png"),
    ]
    assert {made(one) for one in same} == {made(plain)}


def test_names_of_elements_and_voices_are_not_in_it() -> None:
    one = shot("s/a", 3, "@mara pours.", say=[("mara", "warm", "Hello.")])
    other = shot("s/a", 3, "@eve pours.", say=[("eve", "soft", "Hello.")])
    eve = replace(MARA, name="eve")
    assert made(one) == made(other, [eve], {"soft": "voice-7"})


def test_a_name_that_is_sent_as_words_is_in_it() -> None:
    one = shot("s/a", 3, "@cup stands.", say=[("narrator", "warm", "Hello.")])
    cup, mug = element("cup", ""), element("mug", "")
    assert made(one, [cup]) != made(shot("s/a", 3, "@mug stands.", say=_said(one)), [mug])
    assert made(one, [cup]) != made(
        shot("s/a", 3, "@cup stands.", say=[("speaker", "warm", "Hello.")]), [cup]
    )


def _said(one: PromptShot) -> list[tuple[str, str | None, str]]:
    return [(line.speaker, line.voice, line.text) for line in one.say]


def test_what_is_asked_is_in_it() -> None:
    said = [("mara", "warm", "Hello.")]
    plain = shot("s/a", 3, "@mara pours.", say=said, start="a.png")
    others = [
        shot("s/a", "2.5", "@mara pours.", say=said, start="a.png"),
        shot("s/a", 3, "@mara waits.", say=said, start="a.png"),
        shot("s/a", 3, "mara pours.", say=said, start="a.png"),
        shot("s/a", 3, "@mara pours.", say=[("mara", "rough", "Hello.")], start="a.png"),
        shot("s/a", 3, "@mara pours.", say=[("mara", None, "Hello.")], start="a.png"),
        shot("s/a", 3, "@mara pours.", say=[("mara", "warm", "Bye.")], start="a.png"),
        shot("s/a", 3, "@mara pours.", say=said),
        shot("s/a", 3, "@mara pours.", say=said, start="b.png"),
        shot("s/a", 3, "@mara pours.", say=said, start="https://a/b.png"),
        shot("s/a", 3, "@mara pours.", say=said, start="a.png", end="b.png"),
        shot("s/a", 3, "@mara pours.", say=said, start="a.png", style="noir"),
        shot("s/a", 3, "@mara pours.", say=said, start="a.png", audio=False),
        shot("s/a", 3, "@mara pours.", say=said, start="a.png", cfg_scale=Decimal("0.7")),
        shot("s/a", 3, "@mara pours.", say=said, start="a.png", model="kling-v3-standard"),
        shot("s/a", 3, "@mara pours.", say=said, start="a.png", endpoint="a/b"),
    ]
    digests = [made(plain), *map(made, others)]
    digests += [made(plain, ratio=AspectRatio(9, 16))]
    digests += [made(plain, [replace(MARA, about="a waiter")])]
    digests += [made(plain, [element("mara", "a barista", frontal="other.png")])]
    digests += [made(plain, [element("mara", "a barista", video="mara.mp4")])]
    digests += [made(plain, [pictured("mara", "a barista", "mara.png")])]
    digests += [made(plain, [element("mara", "a barista")])]
    digests += [made(plain, voices={"warm": "voice-8"})]
    digests += [made(plain, voices={"warm": "warm.wav"})]
    assert len(set(digests)) == len(digests)


def test_a_ratio_that_is_the_shots_own_changes_nothing() -> None:
    assert made(shot("s/a"), ratio=AspectRatio(16, 9)) == made(shot("s/a"))


def test_an_address_is_known_by_its_text() -> None:
    here = shot("s/a", start=Url("https://a/b.png"))
    assert made(here) == made(replace(here, start=Url("https://a/b.png")))


def test_a_digest_that_is_known_is_not_taken_for_that_of_others() -> None:
    """Films of a campaign may share a shot, and mean someone else by a name in it."""
    asked = shot("s/a", 5, "@mara.")
    first = board(scene(asked), elements=[MARA])
    other = replace(first, elements={**first.elements, "mara": element("mara", "a sailor")})
    digests = ShotDigests()
    for film in (first, other, first):
        for ratio in (None, AspectRatio(9, 16)):
            assert digests.of(asked, film, ratio) == digest_of_shot(asked, film, ratio)
    assert digests.of(asked, first) != digests.of(asked, other)
