"""What edition 2026-12 asks for and costs otherwise than the one before it, and what it leaves."""

from dataclasses import replace
from decimal import Decimal

import pytest
from boards import board, element, pictured, scene, settings, shot

from storyboard.catalogue import Catalogue, EditionId, Mode, PerSecond, load, packaged, priced
from storyboard.catalogue.endpoint import EndpointId
from storyboard.catalogue.prices import read_prices
from storyboard.catalogue.writing import read, write
from storyboard.cli.commands.models import price as price_in_words
from storyboard.emulator.price import price as charged
from storyboard.emulator.validate import validate
from storyboard.jobs import ClipJob, JobDigest, Reading, pack
from storyboard.model.storyboard import Element, PromptShot, Storyboard

BEFORE, NOW = (packaged().at(EditionId(one)) for one in ("2026-11", "2026-12"))
STANDARD = "kling-v3-standard"
REFERENCE = "kling-o3-pro-reference"
O3 = EndpointId("fal-ai/kling-video/o3/pro/reference-to-video")
NONE: frozenset[JobDigest] = frozenset()
MARA = element("mara", "a barista", frontal="f.png", voice="v")
SHOWN = element("cup", "a cup", video="https://a/cup.mp4")
LINE = [("mara", "v", "good morning")]


def film(one: PromptShot, *elements: Element) -> Storyboard:
    return board(scene(one), elements=elements or [MARA, SHOWN], voices={"v": "77"})


def asked(one: PromptShot, catalogue: Catalogue = NOW, *elements: Element) -> ClipJob | list[str]:
    result = pack(film(one, *elements), catalogue, frozenset())
    if result.value is None:
        return [str(it.code) for it in result.diagnostics]
    (job,) = result.value
    assert isinstance(job, ClipJob)
    return job


def test_the_endpoints_of_the_providers_own_pages_are_the_same() -> None:
    changed = {one.id for one in NOW.endpoints if one not in BEFORE.endpoints}
    assert changed == {
        "fal-ai/kling-video/o3/pro/reference-to-video",
        "fal-ai/kling-video/o3/standard/reference-to-video",
        "fal-ai/kling-video/v3/standard/image-to-video",
        "fal-ai/kling-video/v3/standard/text-to-video",
    }
    assert {one.id for one in NOW.endpoints} == {one.id for one in BEFORE.endpoints}


def test_a_voice_goes_on_its_element_and_no_ratio_is_sent_with_a_start_frame() -> None:
    job = asked(shot("s/a", 5, "@mara waves.", model=STANDARD, start="a.png", say=LINE))
    assert isinstance(job, ClipJob)
    assert "voice_ids" not in job.body
    assert "aspect_ratio" not in job.body
    (mara,) = job.body["elements"]  # type: ignore[misc]
    assert mara["voice_id"] == "77"  # type: ignore[call-overload, index]
    assert (job.mode, job.cost) == (Mode.VOICE, Decimal("0.77"))


def test_words_alone_take_no_voice_which_would_be_paid_for_and_ignored() -> None:
    spoken = shot("s/a", 5, "A street.", model=STANDARD, say=LINE)
    assert isinstance(asked(spoken, BEFORE), ClipJob)
    assert asked(spoken) == ["SB457"]
    (told,) = pack(film(spoken), NOW, frozenset()).diagnostics
    assert told.message == (
        "shot `s/a` speaks with a voice: its request begins without a start frame, and "
        "`fal-ai/kling-video/v3/standard/text-to-video` takes no voices"
    )
    assert told.help == (
        "give shot `s/a` a `start`; or remove the voice, or lay the line over the film as "
        "`voiceover`"
    )
    of_its_own = shot("s/a", 5, "A street.", model=STANDARD, say=[("mara", None, "hello")])
    free = asked(of_its_own)
    assert isinstance(free, ClipJob)
    assert (free.mode, free.cost) == (Mode.AUDIO, Decimal("0.63"))


@pytest.mark.parametrize(
    ("pictures", "videos", "wanted"),
    [(7, 0, None), (8, 0, ["SB438"]), (3, 1, None), (4, 1, ["SB438"])],
)
@pytest.mark.parametrize("singles", [0, 2])
def test_seven_elements_and_pictures_and_four_beside_a_video(
    pictures: int, videos: int, singles: int, wanted: list[str] | None
) -> None:
    names = "abcdefgh"[:pictures]
    cast = [pictured(one, one, f"{one}.png") for one in names[:singles]]
    cast += [element(one, one, frontal="f.png") for one in names[singles:]] + [SHOWN] * videos
    prompt = " ".join(f"@{one.name}" for one in cast)
    known = read_prices(PRICES, "storyboard-prices.yaml", NOW).value
    found = asked(shot("s/a", 5, prompt, model=REFERENCE), priced(NOW, known), *cast)
    assert found == wanted if wanted else isinstance(found, ClipJob)
    face = {"frontal_image_url": "https://a/a.png"}
    shown = [face] * (pictures - singles) + [{"video_url": "https://a/a.mp4"}] * videos
    body = {"prompt": "x", "elements": shown, "image_urls": ["https://a/b.png"] * singles}
    endpoint = NOW.get(O3)
    assert endpoint is not None
    assert bool(validate(endpoint, body, lambda _: True)) is bool(wanted)


def test_a_single_picture_is_sent_beside_the_elements_and_named_as_a_picture() -> None:
    place = pictured("place", "a harbour", "https://a/p.png")
    cup = pictured("cup", "a cup", "https://a/c.png")
    one = shot("s/a", 5, "@place at dusk, @mara lifts @cup.", model=REFERENCE, start="a.png")
    job = asked(one, NOW, MARA, place, cup)
    assert isinstance(job, ClipJob)
    assert job.body["prompt"] == "@Image1 at dusk, @Element1 lifts @Image2."
    assert job.body["image_urls"] == ("https://a/p.png", "https://a/c.png")
    result = pack(film(replace(one, settings=settings("kling-v3-pro")), place, cup), NOW, NONE)
    assert [(str(it.code), it.message.partition(":")[0]) for it in result.diagnostics] == [
        ("SB443", "`kling-v3-pro` takes no pictures of elements"),
        ("SB443", "`kling-v3-pro` takes no pictures of elements"),
    ]


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_references_take_the_formats_of_their_page(format_: str) -> None:
    for one in NOW.videos:
        takes = format_ in one.images.formats
        assert takes is ("reference" in one.id or format_ in {"PNG", "JPEG"})


# --- a price that is not known

PRICES = b"""\
prices: 1
endpoints:
  fal-ai/kling-video/o3/pro/reference-to-video:
    per_second: {silent: 0.112, audio: 0.14}
    with_video: {silent: 0.2}
"""


def test_what_has_no_known_price_is_not_asked_for_and_says_so() -> None:
    moving = shot("s/a", 5, "@cup steams.", model=REFERENCE)
    assert isinstance(asked(moving, BEFORE), ClipJob)
    assert asked(moving) == ["SB458"]
    (told,) = pack(film(moving), NOW, frozenset()).diagnostics
    assert told.message == (
        f"the price of `{O3}` with an element shown by a video is not known, and shot `s/a` has one"
    )
    assert "`with_video: {silent: …}`" in (told.help or "")
    still = asked(shot("s/a", 5, "@mara waits.", model=REFERENCE))
    assert isinstance(still, ClipJob)
    assert still.cost == Decimal("0.56")


def test_a_price_that_the_user_knows_is_used() -> None:
    moving = shot("s/a", 5, "@cup steams.", model=REFERENCE)
    known = read_prices(PRICES, "storyboard-prices.yaml", NOW).value
    job = asked(moving, priced(NOW, known))
    assert isinstance(job, ClipJob)
    assert job.cost == Decimal("1.0")
    loud = shot("s/a", 5, "@cup steams.", model=REFERENCE, audio=True)
    assert asked(loud, priced(NOW, known)) == ["SB458"]
    endpoint = priced(NOW, known).get(O3)
    assert endpoint is not None
    body = {"duration": "5", "elements": [{"video_url": "https://a/cup.mp4"}]}
    assert charged(endpoint, body).dollars == Decimal("1.0")


def test_a_price_of_seconds_alone_says_nothing_of_videos() -> None:
    text = PRICES.replace(b"    with_video: {silent: 0.2}\n", b"")
    known = read_prices(text, "storyboard-prices.yaml", NOW).value
    assert known == {O3: PerSecond({Mode.SILENT: Decimal("0.112"), Mode.AUDIO: Decimal("0.14")})}  # type: ignore[dict-item]
    assert asked(shot("s/a", 5, "@cup.", model=REFERENCE), priced(NOW, known)) == ["SB458"]
    assert asked(shot("s/a", 5, "@cup.", model=REFERENCE), priced(BEFORE, known))


def test_a_price_that_is_not_known_is_kept_and_shown_as_that() -> None:
    assert read(write(NOW)) == NOW
    known = priced(NOW, read_prices(PRICES, "storyboard-prices.yaml", NOW).value)
    assert read(write(known)).get(O3) == known.get(O3)
    endpoint, own = NOW.get(O3), known.get(O3)
    assert endpoint is not None
    assert own is not None
    assert price_in_words(endpoint.price) == (
        "0.112/s silent, 0.14/s audio, not known for silent and audio with a video"
    )
    assert price_in_words(own.price) == (
        "0.112/s silent, 0.14/s audio, 0.20/s silent with a video, not known for audio with a video"
    )


# --- nobody pays again


@pytest.mark.parametrize(
    "one",
    [
        shot("s/a", 5, "@mara waves.", model=STANDARD, start="a.png", say=LINE),
        shot("s/a", 5, "A street.", model=STANDARD, say=LINE),
        shot("s/a", 5, "@cup steams.", model=REFERENCE),
        shot("s/a", 5, "@cup and @mara.", model=REFERENCE, start="a.png"),
    ],
)
def test_what_the_edition_before_rendered_stays_and_costs_nothing(one: PromptShot) -> None:
    before = pack(film(one), BEFORE, frozenset()).value
    assert before is not None
    kept = frozenset(job.digest for job in before)
    again = pack(film(one), NOW, kept, earlier=[Reading(film(one), BEFORE)]).value
    assert again is not None
    assert {job.digest for job in again} == kept


def test_the_newest_edition_is_used_unless_a_project_pins_another() -> None:
    assert load() == NOW == packaged().newest


def test_the_stand_in_takes_a_voice_on_an_element_and_nowhere_else() -> None:
    endpoint = NOW.get("fal-ai/kling-video/v3/standard/image-to-video")
    assert endpoint is not None
    face = {"frontal_image_url": "https://a/a.png", "reference_image_urls": ["https://a/b.png"]}
    body = {"prompt": "x", "start_image_url": "https://a/a.png", "duration": "5"}
    spoken = body | {"elements": [face | {"voice_id": "77"}]}
    assert validate(endpoint, spoken, lambda _: True) == ()
    for field in ("voice_id", "voice_ids", "aspect_ratio"):
        (found,) = validate(endpoint, body | {field: "x"}, lambda _: True)
        assert field in str(found)
