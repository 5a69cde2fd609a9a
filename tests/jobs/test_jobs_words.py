"""What becomes of a shot's words: elements, speech, style."""

import pytest
from boards import board, catalogue, element, picture, scene, shot, sound

from storyboard.jobs import ClipJob, VoiceJob, pack
from storyboard.jobs.job import FileRef, VoiceRef
from storyboard.model.storyboard import Element, Scene
from storyboard.model.storyboard import SampledVoice as Sampled

MARA = element("mara", "barista in a green apron", frontal="front.png", voice="mara")
CUP = element("cup", "blue cup", video="cup.mp4")
TURBO = "kling-v3-turbo-pro"


def clip(one: Scene, *elements: Element, **voices: str) -> ClipJob:
    jobs = pack(board(one, elements=elements, voices=voices), catalogue(), frozenset()).value
    assert jobs is not None
    (job,) = (it for it in jobs if isinstance(it, ClipJob))
    return job


def prompt(text: str, style: str = "", model: str = TURBO, **more: object) -> str:
    job = clip(scene(shot("s/a", 5, text, style=style, model=model, **more)), MARA, CUP, mara="8")  # type: ignore[arg-type]
    return job.shots[0].prompt


@pytest.mark.parametrize(
    ("text", "style", "sent"),
    [
        ("A boat.", "", "A boat."),
        ("A boat", "", "A boat"),
        ("A boat", "35mm film", "A boat. 35mm film"),
        ("A boat.", "35mm film.", "A boat. 35mm film."),
        ("Is it a boat?", "noir", "Is it a boat? noir"),
        ("船が来る。", "noir", "船が来る。 noir"),
        ("\n  A boat\n  at sea  \n", "noir", "A boat\n  at sea. noir"),
    ],
)
def test_style_is_a_sentence_after_the_prompt(text: str, style: str, sent: str) -> None:
    assert prompt(text, style) == sent


def test_elements_are_put_into_words_where_a_model_takes_none() -> None:
    assert prompt("@mara lifts @cup.") == "barista in a green apron lifts blue cup."


def test_elements_are_numbered_by_first_use() -> None:
    job = clip(
        scene(shot("s/a", 5, "@cup stands before @mara, @cup steams.", start="a.png")), MARA, CUP
    )
    assert job.shots[0].prompt == "@Element1 stands before @Element2, @Element1 steams."
    assert job.body["elements"] == (
        {"video_url": FileRef(picture("cup.mp4"))},
        {
            "frontal_image_url": FileRef(picture("front.png")),
            "reference_image_urls": (FileRef(picture("mara-side.png")),),
        },
    )


def test_elements_are_numbered_through_all_shots_of_a_job() -> None:
    one = scene(shot("s/a", 3, "@cup steams.", start="a.png"), shot("s/b", 3, "@mara takes @cup."))
    job = clip(one, MARA, CUP)
    assert [it.prompt for it in job.shots] == ["@Element1 steams.", "@Element2 takes @Element1."]


def test_an_unused_element_is_not_sent() -> None:
    assert "elements" not in clip(scene(shot("s/a", 5, start="a.png")), MARA, CUP).body


def test_an_element_without_a_likeness_is_put_into_words() -> None:
    sea = element("sea", "a grey sea")
    job = clip(scene(shot("s/a", 5, "@sea, @cup.", start="a.png")), sea, CUP)
    assert job.shots[0].prompt == "a grey sea, @Element1."


def test_speech_follows_the_prompt_in_the_form_the_model_documents() -> None:
    one = scene(
        shot(
            "s/a",
            5,
            "@mara turns",
            start="a.png",
            style="noir",
            say=[("mara", "mara", " hello "), ("narrator", "narrator", 'she said "no".')],
        )
    )
    job = clip(one, MARA, mara="8", narrator="9")
    assert job.shots[0].prompt == (
        '@Element1 turns. @Element1 <<<voice_1>>> says, "hello" '
        "Narrator <<<voice_2>>> says, \"she said 'no'.\" noir"
    )
    assert job.body["voice_ids"] == ("8", "9")
    assert job.mode == "voice"


def test_speech_without_a_voice_is_sound_only() -> None:
    one = scene(shot("s/a", 5, "A crowd.", start="a.png", say=[("crowd", None, "hurray")]))
    job = clip(one)
    assert job.shots[0].prompt == 'A crowd. Crowd says, "hurray"'
    assert job.mode == "audio"
    assert "voice_ids" not in job.body


def test_a_voice_of_a_sample_is_created_first_and_once() -> None:
    say = [("narrator", "narrator", "hello")]
    film = board(
        scene(shot("s/a", 5, start="a.png", say=say), id_="s"),
        scene(shot("t/a", 5, start="b.png", say=say), id_="t"),
        voices={"narrator": "narrator.wav", "unused": "unused.wav"},
    )
    jobs = pack(film, catalogue(), frozenset()).value
    assert jobs is not None
    voice, first, second = jobs
    assert isinstance(voice, VoiceJob)
    assert (voice.id, voice.body) == (
        "voice/narrator",
        {"voice_url": FileRef(sound("narrator.wav"))},
    )
    assert str(voice.cost) == "0.007"
    for job in (first, second):
        assert isinstance(job, ClipJob)
        assert job.after == (voice.digest,)
        assert job.body["voice_ids"] == (VoiceRef(voice.digest),)
    assert isinstance(film.voices["unused"], Sampled)


def test_any_voice_raises_the_whole_job_to_its_price() -> None:
    say = [("mara", "mara", "hi")]
    one = scene(shot("s/a", 5, start="a.png", say=say))
    assert str(clip(one, MARA, mara="8").cost) == "1.960"
    assert str(clip(scene(shot("s/a", 5, start="a.png"))).cost) == "1.680"
    assert str(clip(scene(shot("s/a", 5, start="a.png", audio=False))).cost) == "1.120"
