"""Bodies: every one is valid and costs what its job says; other families of models; JSON."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from boards import board, catalogue, element, picture, scene, shot
from hypothesis import given
from hypothesis import strategies as st

from storyboard.catalogue.endpoint import VideoEndpoint
from storyboard.catalogue.loading import parse
from storyboard.emulator.price import price
from storyboard.emulator.validate import validate
from storyboard.jobs import ClipJob, JobDigest, pack, references, seconds_text, shown, wire
from storyboard.jobs.job import FileRef, FrameRef, VoiceRef
from storyboard.jobs.wire_form import Reference
from storyboard.model.storyboard import AspectRatio, Scene

KLING4 = parse(
    b"""
endpoint: kling/v4/pro/image-to-video
since: 2026-11
family: kling
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
dialect:
  element: "@Element{number}"
  voiced: "{who} <<<voice_{number}>>>"
  speech: '{who} says, "{text}"'
images: {formats: [PNG], min_side: 300, max_ratio: 2.5, max_bytes: 10000000}
price: {per_second: {silent: 0.1, audio: 0.2, voice: 0.25}}
typical_seconds: 200
longest_wait: 7200
source: {text: invented, read: 2026-11-01}
"""
)
MODELS = [one for one in catalogue().models if catalogue().of_model(one)]


def jobs(one: Scene, **voices: str) -> list[ClipJob]:
    mara = element("mara", "barista", frontal="front.png", voice="mara")
    cup = element("cup", "cup", video="cup.mp4")
    assert isinstance(KLING4, VideoEndpoint)
    models = catalogue(KLING4, *catalogue().videos)
    made = pack(board(one, elements=[mara, cup], voices=voices), models, frozenset())
    assert made.value is not None, made.diagnostics
    return [job for job in made.value if isinstance(job, ClipJob)]


def url(reference: Reference) -> str:
    match reference:
        case VoiceRef():
            return "829"
        case _:
            return "https://files/a.png"


@given(
    model=st.sampled_from(MODELS),
    lengths=st.lists(st.integers(1, 40), min_size=1, max_size=5),
    spoken=st.booleans(),
    mentioned=st.booleans(),
)
def test_a_body_is_valid_and_costs_what_its_job_says(
    model: str,
    lengths: list[int],
    spoken: bool,  # noqa: FBT001 -- drawn
    mentioned: bool,  # noqa: FBT001 -- drawn
) -> None:
    sounding = any(one.audio for one in catalogue().of_model(model))
    starts = any(one.start for one in catalogue().of_model(model))
    text = "@mara lifts @cup." if mentioned else "A harbour."
    shots = [
        shot(
            f"s/{place}",
            str(Fraction(length, 4)),
            text,
            model=model,
            start="a.png" if place == 0 and starts else None,
            say=[("mara", "mara", "hello")] if spoken and sounding and place == 1 else (),
        )
        for place, length in enumerate(lengths)
    ]
    for job in jobs(scene(*shots), mara="829"):
        endpoint = catalogue().get(job.endpoint)
        assert endpoint is not None
        body = wire(job.body, url)
        assert validate(endpoint, body, lambda _: True) == ()
        assert price(endpoint, body).dollars == job.cost
        assert sum(one.asked for one in job.shots) == job.seconds
        assert all(one.used <= one.asked for one in job.shots)


def test_another_family_is_only_data() -> None:
    one = scene(
        shot(
            "s/a",
            20,
            "@mara waits.",
            model="kling-v4-pro",
            start="a.png",
            say=[("mara", "mara", "oh.")],
        ),
        shot("s/b", "9.5", "Rain.", model="kling-v4-pro", say=[("mara", "mara", "late again.")]),
    )
    (job,) = jobs(one, mara="829")
    assert job.seconds == 30
    assert job.cost == Decimal("7.50")
    assert wire(job.body, url) == {
        "shots": [
            {"text": '@Element1 waits. @Element1 says, "oh."', "seconds": 20},
            {"text": 'Rain. @Element1 says, "late again."', "seconds": 10},
        ],
        "first_frame": "https://files/a.png",
        "sound": True,
        "cast": [
            {
                "face": "https://files/a.png",
                "reference_image_urls": ["https://files/a.png"],
                "voice": "829",
            }
        ],
    }


def test_a_single_shot_of_a_model_without_a_length_is_a_list_of_one() -> None:
    (job,) = jobs(scene(shot("s/a", 2, "Rain.", model="kling-v4-pro", start="a.png")))
    assert job.body["shots"] == ({"text": "Rain.", "seconds": 3},)
    assert "prompt" not in job.body


def test_references_are_shown_by_content() -> None:
    front = picture("a.png")
    body = {
        "a": FileRef(front),
        "b": (FrameRef(JobDigest("j" * 64), Fraction(5, 2)), {"c": VoiceRef(JobDigest("v" * 64))}),
        "d": Decimal("0.5"),
        "e": Decimal("1.0"),
        "f": None,
    }
    assert shown(body) == {
        "a": f"asset:sha256:{front.digest}",
        "b": ["frame:sha256:" + "j" * 64 + "@2.5", {"c": "voice:sha256:" + "v" * 64}],
        "d": 0.5,
        "e": 1,
        "f": None,
    }
    assert len(references(body)) == 3


@pytest.mark.parametrize(
    ("time", "text"),
    [
        ("4", "4"),
        ("5/2", "2.5"),
        ("1/10", "0.1"),
        ("125/24", "125/24"),
        ("0", "0"),
        ("1/8", "0.125"),
    ],
)
def test_seconds_are_written_exactly(time: str, text: str) -> None:
    assert seconds_text(Fraction(time)) == text


@given(st.fractions(min_value=0, max_value=1000))
def test_written_seconds_mean_the_same(time: Fraction) -> None:
    assert Fraction(seconds_text(time)) == time


def test_an_output_of_its_own_ratio_asks_for_that_ratio() -> None:
    film = board(scene(shot("s/a", 5, model="kling-v3-turbo-pro")))
    tall = pack(film, catalogue(), frozenset(), AspectRatio(9, 16)).value
    wide = pack(film, catalogue(), frozenset()).value
    assert tall is not None
    assert wide is not None
    assert tall[0].body["aspect_ratio"] == "9:16"
    assert (wide[0].id, tall[0].id) == ("s/a", "s/a@9:16")
    assert tall[0].digest != wide[0].digest


def test_the_body_of_a_start_frame_does_not_change_with_a_ratio_the_model_cannot_be_told() -> None:
    film = board(scene(shot("s/a", 5, model="kling-v3-turbo-pro", start="a.png")))
    tall = pack(film, catalogue(), frozenset(), AspectRatio(9, 16))
    wide = pack(film, catalogue(), frozenset())
    assert tall.value is not None
    assert wide.value is not None
    assert tall.value[0].digest == wide.value[0].digest
    assert [one.code for one in tall.diagnostics] == ["SB446"]
    assert wide.diagnostics == ()


def test_sound_is_always_said_where_the_price_depends_on_it() -> None:
    for one in catalogue().videos:
        if one.audio is not None:
            start = "a.png" if one.start else None
            (job,) = jobs(scene(shot("s/a", 5, model=one.model, endpoint=one.id, start=start)))
            assert job.body[one.audio.name] is one.audio.default


def test_the_same_storyboard_gives_the_same_jobs() -> None:
    one = scene(*(shot(f"s/{n}", 3, model="kling-v3-turbo-pro") for n in range(9)))
    assert jobs(one) == jobs(replace(one))
