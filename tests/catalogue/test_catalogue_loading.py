"""Reading the endpoints' files, and a user's own prices."""

from dataclasses import replace
from decimal import Decimal

import pytest

from storyboard.catalogue import cost, load
from storyboard.catalogue.endpoint import (
    DurationForm,
    EndpointId,
    FirstThenPerSecond,
    Mode,
    PerCall,
    PerSecond,
    VideoEndpoint,
    VoicePassing,
)
from storyboard.catalogue.loading import parse
from storyboard.catalogue.prices import read_prices
from storyboard.model.money import Usd

V3 = EndpointId("fal-ai/kling-video/v3/pro/image-to-video")
KLING4 = b"""
endpoint: kling/v4/pro/image-to-video
since: 2026-11
family: kling4
model: kling-v4-pro
durations: {from: 3, to: 30}
duration: {form: sum}
prompt: {field: prompt, required: false, max_length: 3000}
shots:
  field: shots
  max_shots: 10
  min_seconds: 1
  max_seconds: 30
  max_length: 800
  prompt_field: text
  duration_field: seconds
  duration_form: number
start: {field: first_frame, required: true}
audio: {field: sound, default: true}
voices: {field: voice, passing: element, max_voices: 4}
elements: {field: cast, max_elements: 4, max_videos: 2, frontal_field: face, video_field: clip}
dialect: {element: "@Element{number}", voiced: "{who}", speech: "{who}: {text}"}
images: {formats: [PNG, JPEG], min_side: 300, max_ratio: 2.5, max_bytes: 10000000}
price: {per_second: {silent: 0.1, audio: 0.2, voice: 0.25}}
typical_seconds: 200
longest_wait: 7200
source: {text: invented, read: 2026-11-01}
"""


def usd(text: str) -> Usd:
    return Usd(Decimal(text))


def test_an_endpoint_of_another_family_is_only_data() -> None:
    made = parse(KLING4)
    assert isinstance(made, VideoEndpoint)
    assert (made.durations[0], made.durations[-1]) == (3, 30)
    assert made.duration_form is DurationForm.SUM
    assert made.shots is not None
    assert made.shots.duration_form is DurationForm.NUMBER
    assert made.voices is not None
    assert made.voices.passing is VoicePassing.ELEMENT
    assert made.elements is not None
    assert (made.elements.frontal_field, made.elements.references_field) == (
        "face",
        "reference_image_urls",
    )


@pytest.mark.parametrize(
    ("price", "seconds", "wanted"),
    [
        (PerSecond({Mode.SILENT: usd("0.14")}), 5, "0.70"),
        (FirstThenPerSecond(5, usd("0.35"), usd("0.07")), 5, "0.35"),
        (FirstThenPerSecond(5, usd("0.35"), usd("0.07")), 10, "0.70"),
        (FirstThenPerSecond(5, usd("0.35"), usd("0.07")), 3, "0.35"),
        (PerCall(usd("0.007")), 12, "0.007"),
    ],
)
def test_a_price_is_exact(price: PerSecond, seconds: int, wanted: str) -> None:
    assert cost(price, Mode.SILENT, seconds) == Decimal(wanted)


def test_a_mode_without_a_price_has_none() -> None:
    assert cost(PerSecond({Mode.SILENT: usd("1")}), Mode.VOICE, 5) is None


def test_loading_twice_gives_one_value() -> None:
    assert load() is load()


def test_a_price_can_be_overridden() -> None:
    mine = load({V3: PerCall(usd("1"))})
    found = mine.get(V3)
    assert found is not None
    assert found.price == PerCall(usd("1"))
    original = load().get(V3)
    assert original is not None
    assert mine.videos != load().videos
    assert replace(found, price=original.price) == original


def test_prices_are_read_from_a_file() -> None:
    data = b"""\
prices: 1
endpoints:
  fal-ai/kling-video/v3/pro/image-to-video:
    per_second: {silent: 0.112, audio: 0.168, voice: 0.196}
  fal-ai/kling-video/v2.5-turbo/pro/image-to-video:
    {first_seconds: 5, first: 0.30, then_per_second: 0.06}
  fal-ai/kling-video/create-voice: {per_call: 0.01}
"""
    result = read_prices(data, "prices.yaml", load())
    assert result.diagnostics == ()
    assert result.value is not None
    assert result.value[V3] == PerSecond(
        {Mode.SILENT: usd("0.112"), Mode.AUDIO: usd("0.168"), Mode.VOICE: usd("0.196")}
    )
    assert load(result.value).voices[0].price == PerCall(usd("0.01"))


@pytest.mark.parametrize(
    ("line", "message", "place"),
    [
        ("fal-ai/kling-video/v3/pro/image-to-vidoe: {per_call: 1}", "there is no endpoint", 3),
        ("fal-ai/kling-video/create-voice: {per_call: cheap}", "this is no price", 36),
        ("fal-ai/kling-video/create-voice: {per_call: -1}", "this is no price", 36),
        ("fal-ai/kling-video/create-voice: {per_call: 'NaN'}", "this is no price", 36),
        ("fal-ai/kling-video/create-voice: {per_clal: 1}", "this is no price", 36),
        ("fal-ai/kling-video/create-voice: {first: 1}", "this is no price", 36),
        ("fal-ai/kling-video/create-voice: 12", "this is no price", 36),
        ("fal-ai/kling-video/create-voice: {per_call: '1e30'}", "this is no price", 36),
        ("fal-ai/kling-video/create-voice: {per_call: '1e999999'}", "this is no price", 36),
        ("fal-ai/kling-video/create-voice: {per_call: '1e-400000'}", "this is no price", 36),
        ("fal-ai/kling-video/create-voice: {per_call: 1, first: 2}", "this is no price", 36),
        ("fal-ai/kling-video/create-voice: {per_second: {}}", "this is no price", 36),
        ("fal-ai/kling-video/create-voice: {per_second: {loud: 1}}", "this is no price", 36),
        ("fal-ai/kling-video/create-voice: {per_second: [1]}", "this is no price", 36),
    ],
)
def test_mistakes_in_prices_are_found(line: str, message: str, place: int) -> None:
    data = f"prices: 1\nendpoints:\n  {line}\n".encode()
    (found,) = read_prices(data, "prices.yaml", load()).diagnostics
    assert found.message.startswith(message)
    assert found.span is not None
    assert (found.span.line, found.span.column) == (3, place)
    assert found.help


@pytest.mark.parametrize("data", [b"", b"- 1\n", b"prices: 2\nendpoints: {}\n", b"prices: 1\n"])
def test_a_file_that_is_none_of_prices_is_refused(data: bytes) -> None:
    result = read_prices(data, "prices.yaml", load())
    assert not result.ok
    assert not any("storyboard" in (one.help or "") for one in result.diagnostics)
