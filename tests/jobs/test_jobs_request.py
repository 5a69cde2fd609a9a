"""One request for some shots: the reason where there is none, and its bounds to the letter."""

from dataclasses import replace

import pytest
from boards import WIDE, catalogue, element, shot, sound

from storyboard.catalogue.endpoint import VideoEndpoint
from storyboard.jobs.body import voice_job
from storyboard.jobs.choose import Entry
from storyboard.jobs.digest import digest
from storyboard.jobs.job import FileRef
from storyboard.jobs.refusal import Refusal
from storyboard.jobs.request import Request, ask
from storyboard.jobs.words import Cast
from storyboard.model.money import Usd, exact
from storyboard.model.storyboard import AspectRatio, KnownVoice, PromptShot, SampledVoice

TURBO = "kling-v3-turbo-pro"
ELEMENTS = {name: element(name, name, frontal="f.png") for name in "abcd"}
VIDEOS = {name: element(name, name, video="v.mp4") for name in "xy"}
VOICES = {name: KnownVoice(name) for name in ("one", "two", "three")}
CAST = Cast({**ELEMENTS, **VIDEOS}, VOICES)


def asked(
    *shots: PromptShot, entry: Entry = Entry.OWN, ratio: AspectRatio | None = None
) -> Request | Refusal:
    return ask(shots, entry, CAST, catalogue(), ratio)


def refused(
    *shots: PromptShot, entry: Entry = Entry.OWN, ratio: AspectRatio | None = None
) -> Refusal:
    found = asked(*shots, entry=entry, ratio=ratio)
    assert isinstance(found, Refusal)
    return found


def pro() -> VideoEndpoint:
    (found,) = catalogue().of_model("kling-v3-pro")
    return found


def first(duration: int = 2, **more: object) -> PromptShot:
    return shot("s/a", duration, start="a.png", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("later", "brief"),
    [
        ([shot("s/b", 2), shot("s/c", 2, style="x")], "settings differ: style"),
        (
            [shot("s/b", 2, style="x", audio=False), shot("s/c", 2, style="x", takes=2)],
            "settings differ: style, audio",
        ),
        ([shot("s/b", 2), shot("s/c", 2, start="c.png")], "a start frame of its own"),
        ([shot("s/b", 2, start="b.png"), shot("s/c", 2)], "a start frame of its own"),
        ([shot("s/b", 2, end="e.png")], "an end frame needs a job of its own"),
        ([shot(f"s/{n}", 1) for n in range(6)], "6 shots are full"),
    ],
)
def test_what_parts_shots_is_said_in_words(later: list[PromptShot], brief: str) -> None:
    assert refused(first(), *later).brief == brief


def test_a_model_of_one_shot_says_so() -> None:
    shots = [shot(name, 5, model="kling-v2.5-turbo-pro") for name in ("s/a", "s/b")]
    start = replace(shots[0], start=first().start)
    assert refused(start, shots[1]).brief == "kling-v2.5-turbo-pro renders one shot a job"


def test_what_is_just_within_every_bound_is_asked_for() -> None:
    six = asked(first(), *(shot(f"s/{n}", 1) for n in range(5)))
    assert isinstance(six, Request)
    assert six.seconds == 7
    most = pro().elements
    assert most is not None
    named = " ".join(f"@{name}" for name in list(ELEMENTS)[: most.max_elements])
    full = asked(first(5, prompt=named))
    assert isinstance(full, Request)
    assert len(full.numbers.elements) == most.max_elements
    one = asked(first(5, prompt="@x turns"))
    assert isinstance(one, Request)
    voices = asked(first(5, say=[("one", "one", "hi"), ("two", "two", "ho")]))
    assert isinstance(voices, Request)
    assert exact(voices.cost) == "1.96"


def test_one_over_each_bound_is_refused_with_its_count() -> None:
    most = pro().elements
    assert most is not None
    named = " ".join(f"@{name}" for name in list(ELEMENTS)[: most.max_elements + 1])
    many = refused(first(5, prompt=named))
    count = most.max_elements
    assert (many.code, many.brief) == ("SB438", f"{count} elements are full")
    assert many.message == (
        f"shot `s/a` needs {count + 1} elements; `kling-v3-pro` takes {count} a request"
    )
    assert many.help == f"use at most {count} in one shot, or make it two shots"
    videos = refused(first(5, prompt="@x and @y"))
    assert (videos.code, videos.brief) == ("SB439", "1 elements shown by a video are full")
    voices = refused(first(5, say=[(one, one, "hi") for one in VOICES]))
    assert (voices.code, voices.brief) == ("SB436", "2 voices are full")


@pytest.mark.parametrize("over", [0, 1])
def test_a_prompt_may_be_as_long_as_the_field_and_no_longer(over: int) -> None:
    alone = asked(first(5, prompt="x" * (2500 + over)))
    among = asked(first(2, prompt="x" * 512), shot("s/b", 2, prompt="x" * (512 + over)))
    negative = asked(first(5, negative_prompt="x" * (2500 + over)))
    if not over:
        assert isinstance(alone, Request)
        assert isinstance(among, Request)
        assert isinstance(negative, Request)
        return
    assert isinstance(alone, Refusal)
    assert isinstance(among, Refusal)
    assert isinstance(negative, Refusal)
    assert (alone.code, alone.brief) == ("SB440", "prompt too long")
    assert alone.message == (
        "the `prompt` sent for shot `s/a` has 2501 characters; `kling-v3-pro` takes 2500"
    )
    assert alone.help == "shorten it by 1; style, speech and the words of elements count"
    assert among.brief == "a prompt of over 512 characters needs a job of its own"
    assert (negative.code, negative.brief) == ("SB440", "negative_prompt too long")
    assert "`negative_prompt` sent for shot `s/a` has 2501" in negative.message


def test_a_ratio_that_is_not_rendered_names_those_that_are() -> None:
    wide = AspectRatio(21, 9)
    no = refused(shot("s/a", 5, model=TURBO), entry=Entry.NONE, ratio=wide)
    assert (no.code, no.brief) == ("SB441", "no ratio 21:9")
    assert no.message == (f"`{TURBO}` renders no 21:9 picture without a start frame")
    assert no.help == (
        "take one of 16:9, 9:16, 1:1, with `fit: crop`, `pad` or `blur` in the output; "
        "or give a start frame of that ratio"
    )
    from_picture = shot("s/a", 5, model=TURBO, start="a.png")
    assert isinstance(asked(from_picture, ratio=wide), Request)
    plain = asked(shot("s/a", 5, model=TURBO), entry=Entry.NONE)
    assert isinstance(plain, Request)
    assert plain.ratio == WIDE


def test_a_model_without_sound_names_the_shot_that_asks_for_it() -> None:
    no = refused(shot("s/a", 5, model=TURBO, audio=True), entry=Entry.NONE)
    assert no.code == "SB435"
    assert no.brief == f"{TURBO} renders no audio"
    assert "which shot `s/a` asks for" in no.message


def test_a_voice_is_asked_for_once_by_its_sample() -> None:
    endpoint, sample = catalogue().voices[0], sound("narrator.wav")
    job = voice_job("narrator", SampledVoice(sample), endpoint)
    assert job.id == "voice/narrator"
    assert job.endpoint == endpoint.id == "fal-ai/kling-video/create-voice"
    assert job.voice == "narrator"
    assert job.body == {"voice_url": FileRef(sample)}
    assert job.digest == digest(endpoint.id, job.body, 1)
    assert job.digest != digest(endpoint.id, job.body, 2)
    assert job.cost == Usd(job.cost)
    assert exact(job.cost) == "0.007"
    assert voice_job("other", SampledVoice(sample), endpoint).digest == job.digest
