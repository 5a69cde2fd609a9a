"""Shots and takes are found by what people type; what is not there is told with what is."""

from dataclasses import replace

import pytest
from offers import TALL, offered, slate, take

from storyboard.session.errors import AskError
from storyboard.session.shots_to_decide import not_to_judge, shots_named, take_named

POUR, CARD = offered("opening/pour"), slate("closing/card")
FILMS = tuple(offered("one/cup", film=film) for film in ("spring", "autumn"))


def refusal(*words: str, film: str | None = None) -> str:
    (name,) = words
    with pytest.raises(AskError) as told:
        shots_named((POUR, CARD, *FILMS) if film is None else FILMS, name, film)
    return f"{told.value.message}; {told.value.help}"


def test_a_shot_is_found_in_all_films_or_in_one() -> None:
    assert shots_named((POUR, *FILMS), "one/cup") == FILMS
    assert shots_named(FILMS, "one/cup", "autumn") == FILMS[1:]


def test_what_is_not_there_is_told_with_what_is() -> None:
    assert refusal("opening/poor") == "there is no shot `opening/poor`; did you mean opening/pour?"
    assert refusal("card") == "there is no shot `card`; name its scene as well: closing/card"
    assert "there are opening/pour, closing/card, one/cup" in refusal("zzzzzzzz")
    assert refusal("one/cup", film="sprung").endswith("did you mean spring?")
    assert refusal("one/cup", film="zzzzzzzz").endswith("there are spring, autumn")
    with pytest.raises(AskError) as told:
        shots_named((POUR,), "opening/pour", "spring")
    assert "no variations" in told.value.help


def test_a_ratio_is_named_if_there_are_several() -> None:
    tall = replace(POUR, asked=replace(POUR.asked, ratio=TALL))
    assert shots_named((POUR, tall), "opening/pour") == (POUR,)
    assert shots_named((POUR, tall), "opening/pour@9:16") == (tall,)
    assert shots_named((tall,), "opening/pour") == (tall,)
    wide = replace(POUR, asked=replace(POUR.asked, ratio=replace(TALL, width=1, height=1)))
    with pytest.raises(AskError) as told:
        shots_named((tall, wide), "opening/pour")
    assert told.value.help == "name opening/pour@9:16 or opening/pour@1:1"


def test_a_take_is_found_by_its_number_or_its_clip() -> None:
    second = take("opening/pour", 2)
    assert take_named("2", (POUR,)) == second
    assert take_named(second.clip[:6], (POUR,)) == second
    assert take_named(second.clip.upper(), (POUR,)) == second


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("3", "shot `opening/pour` has no take 3"),
        ("12345g", "`12345g` is not a take"),
        ("abc", "`abc` is not a take"),
        ("\u0663", "`\u0663` is not a take"),
        ("0" * 6, "shot `opening/pour` has no take with a clip 000000…"),
    ],
)
def test_a_take_that_is_not_there_is_told_with_those_that_are(word: str, message: str) -> None:
    with pytest.raises(AskError) as told:
        take_named(word, (POUR,))
    assert told.value.message == message


def test_several_takes_are_told_apart_by_their_clips() -> None:
    one, two = (
        replace(take("a"), clip="abcdef1" + "0" * 57),
        replace(take("b"), clip="abcdef2" * 9 + "0"),
    )
    films = (replace(FILMS[0], takes=(one,)), replace(FILMS[1], takes=(two,)))
    for word in ("1", "abcdef"):
        with pytest.raises(AskError) as told:
            take_named(word, films)
        assert told.value.help == "name one by its clip: abcdef100000 or abcdef2abcde"
    with pytest.raises(AskError) as told:
        take_named("1", (CARD,))
    assert told.value.help == "nothing is rendered of it yet: storyboard render FILE"


def test_a_slate_and_a_clip_of_older_words_cannot_be_judged() -> None:
    not_to_judge((POUR,))
    with pytest.raises(AskError) as told:
        not_to_judge((POUR, CARD, offered("one/cup", is_stale=True)))
    assert told.value.message == (
        "there is no clip of closing/card, and a clip of older words is shown of one/cup: "
        "nothing was changed"
    )
    assert "storyboard pick FILE one/cup --keep accepts it" in told.value.help
