"""Why a job is to be rendered, in the words of whoever writes the storyboard."""

import re
from dataclasses import replace

import pytest
from boards import board, catalogue, element, scene, shot, still

from storyboard.jobs import ClipJob, pack, shown
from storyboard.model.storyboard import AspectRatio, Pack, Storyboard
from storyboard.plan import Requested, StoreView, Wanted, plan

TURBO = "kling-v3-turbo-pro"
V3 = "kling-v3-pro"
HERO = element("hero", "a tall woman", frontal="hero.png")
NEW_HERO = element("hero", "a tall woman", frontal="other.png")
SHORT_HERO = element("hero", "a short woman", frontal="hero.png")
VOICES = {"narrator": "v1"}
SAY = [("narrator", "narrator", "Hello there.")]


def one(
    prompt: str = "Rain.", duration: str | int = 5, model: str = TURBO, **more: object
) -> Storyboard:
    return board(scene(shot("s/rain", duration, prompt, model=model, **more)))  # type: ignore[arg-type]


def heroic(hero: object = HERO, prompt: str = "@hero runs.", **more: object) -> Storyboard:
    made = shot("s/run", 5, prompt, model=V3, start="a.png", **more)  # type: ignore[arg-type]
    return board(scene(made), elements=[hero], voices=VOICES)  # type: ignore[list-item]


def two(pack_: Pack, first: str | int = 10, *, start: str | None = "a.png") -> Storyboard:
    return board(
        scene(
            shot("s/rain", first, model=V3, start=start),
            shot("s/run", 10, model=V3),
            pack=pack_,
        )
    )


def rendered(film: Storyboard, *, lengths: bool = True, variation: str | None = None) -> StoreView:
    """Return what the store holds after a film was rendered."""
    jobs = pack(film, catalogue(), frozenset()).value
    assert jobs is not None
    clips = [job for job in jobs if isinstance(job, ClipJob)]
    requested = {
        job.digest: Requested(
            job.endpoint,
            shown(job.body),
            tuple(shot.name for shot in job.shots),
            tuple(shot.used for shot in job.shots) if lengths else (),
            (f"{film.name}/{variation}" if variation else film.name,),
        )
        for job in clips
    }
    return StoreView(
        rendered=frozenset(requested),
        earlier={job.id: job.digest for job in clips},
        requested=requested,
    )


def reasons(before: StoreView, film: Storyboard, ratio: AspectRatio | None = None) -> list[str]:
    jobs = pack(film, catalogue(), before.rendered, ratio).value
    assert jobs is not None
    made = plan([Wanted(None, film, ("wide",), jobs)], before, (), catalogue())
    return [one.reason for one in made.jobs]


TALL = AspectRatio(9, 16)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (one(), one("Snow."), ["the prompt of `rain` changed"]),
        (one("Rain. Wind."), one("Rain."), ["the prompt of `rain` changed"]),
        (one(), one(style="grainy"), ["the style changed"]),
        (one(), one("Snow.", style="old"), ["the prompt of `rain` changed; the style changed"]),
        (one(duration=3), one(duration="3.5"), ["`rain` is longer: 3 s to 3.5 s"]),
        (one(duration="3.5"), one(duration=3), ["`rain` is shorter: 3.5 s to 3 s"]),
        (one(duration="2.5"), one(duration="3.5"), ["`rain` is longer: 2.5 s to 3.5 s"]),
        (
            one(start="a.png"),
            one(model=V3, start="a.png"),
            [f"another model: `{V3}`, before `{TURBO}`"],
        ),
        (one(), one(start="a.png"), ["`rain` has a start frame now"]),
        (one(start="a.png"), one(), ["`rain` has no start frame any more"]),
        (one(start="a.png"), one(start="b.png"), ["the start frame of `rain` changed"]),
        (heroic(end="b.png"), heroic(), ["`run` has no end frame any more"]),
        (heroic(), heroic(end="b.png"), ["`run` has an end frame now"]),
        (heroic(end="c.png"), heroic(end="b.png"), ["the end frame of `run` changed"]),
        (heroic(), heroic(audio=False), ["its sound is off now"]),
        (heroic(audio=False), heroic(), ["its sound is on now"]),
        (heroic(), heroic(negative_prompt="blur"), ["`negative_prompt` changed"]),
        (heroic(), heroic(NEW_HERO), ["the pictures of `hero` changed"]),
        (heroic(), heroic(SHORT_HERO), ["rendered"]),  # it is shown, and its words are not sent
        (one("@hero."), one("@hero!"), ["the prompt of `rain` changed"]),
        (
            heroic(),
            heroic(say=SAY),
            ["what `run` says changed; the voice `narrator` is another one"],
        ),
        (
            heroic(),
            heroic(prompt="She runs."),
            ["the prompt of `run` changed; an element is no longer in it"],
        ),
        (
            heroic(prompt="She runs."),
            heroic(),
            ["the prompt of `run` changed; `hero` is in it now"],
        ),
        (
            two(Pack.SHOT),
            two(Pack.SHOT, 9),
            ["`rain` is shorter: 10 s to 9 s", "the job before it changed"],
        ),
        (
            two(Pack.SHOT),
            two(Pack.SHOT, start="b.png"),
            ["the start frame of `rain` changed", "the job before it changed"],
        ),
    ],
)
def test_each_change_has_its_words(before: Storyboard, after: Storyboard, said: list[str]) -> None:
    assert reasons(rendered(before), after) == said


def test_words_that_stand_for_an_element_are_told_from_the_prompt() -> None:
    def film(about: str) -> Storyboard:
        made = shot("s/run", 5, "@hero runs.", model=TURBO)
        return board(scene(made), elements=[element("hero", about)])

    assert reasons(rendered(film("a tall woman")), film("a short man")) == [
        "the words for `hero` changed"
    ]


def test_a_length_that_no_journal_knows_is_what_was_asked_for() -> None:
    before = rendered(one(duration=3), lengths=False)
    assert reasons(before, one(duration="3.5")) == ["`rain` is longer: 3 s to 3.5 s"]
    before = rendered(one(duration="3.5"), lengths=False)
    assert reasons(before, one(duration=3)) == ["`rain` is shorter: 4 s to 3 s"]


def test_shots_that_are_put_together_otherwise_say_with_which() -> None:
    def film(*names: str) -> Storyboard:
        first, *rest = names
        start = shot(f"s/{first}", 3, model=V3, start="a.png")
        return board(scene(start, *(shot(f"s/{name}", 3, model=V3) for name in rest)))

    def forgotten(film: Storyboard) -> StoreView:
        """What is rendered would be kept, and stay together."""
        return replace(rendered(film), rendered=frozenset())

    assert reasons(forgotten(film("rain")), film("rain", "run")) == [
        "rendered together with `run` now"
    ]
    assert reasons(forgotten(film("rain", "run")), film("rain")) == [
        "no longer together with `run`"
    ]
    assert reasons(forgotten(film("rain", "run")), film("run", "rain")) == [
        "its shots are in another order"
    ]


def test_another_ratio_is_named() -> None:
    before = rendered(one())
    assert reasons(before, one(), TALL) == ["its aspect ratio is 9:16, before 16:9"]


def test_a_shot_of_another_film_or_variation_is_not_what_was_there_before() -> None:
    before = rendered(one("Snow."), variation="red")
    assert reasons(StoreView(requested=before.requested), one()) == ["new"]


def test_several_changes_are_told_at_most_three_and_counted() -> None:
    film = heroic(NEW_HERO, "@hero sits.", negative_prompt="blur", end="b.png", audio=False)
    (said,) = reasons(rendered(heroic()), film)
    assert said == (
        "the prompt of `run` changed; `run` has an end frame now; its sound is off now; and 2 more"
    )


def test_no_reason_is_empty_or_names_a_field() -> None:
    fields = re.compile(r"multi_prompt|_url|generate_audio|image_|duration|voice_ids|elements")
    films = [one(), one("Snow.", 7), heroic(), heroic(NEW_HERO, say=SAY), two(Pack.SHOT)]
    films += [two(Pack.SCENE), board(scene(still("s/a"), shot("s/rain", 5, model=TURBO)))]
    for before in films:
        for after in films:
            for said in reasons(rendered(before), after):
                assert said
                assert not fields.search(said)


def test_an_unknown_endpoint_is_another_model() -> None:
    before = rendered(one())
    (digest,) = before.requested
    odd = Requested("gone/away", {"text": "Rain."}, ("s/rain",), (), ("film",))  # type: ignore[arg-type]
    view = StoreView(earlier=before.earlier, requested={digest: odd})
    assert reasons(view, one("Snow.")) == [f"another model: `{TURBO}`, before `gone/away`"]
