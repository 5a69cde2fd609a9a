"""An entry for every shot, in the film's order, and nothing that was decided is lost."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from lock_values import TALL, approved, asked, asks, entry, picked

from storyboard.lock.arranging import arranged
from storyboard.lock.decision import UNDECIDED, Decision, Superseded
from storyboard.lock.finding import AskedShot, Entries
from storyboard.lock.locked import Lock, LockedFile, Override
from storyboard.model import FileDigest

ONE = entry("a/one", Decision(picked("a/one"), (), approved("a/one")))
TWO = entry("a/two", Decision(picked("a/two")))


def names(lock: Lock) -> list[str]:
    return [str(one.name) for one in lock.shots]


def test_every_shot_has_an_entry_in_the_order_of_the_film() -> None:
    lock = Lock((TWO, ONE), (LockedFile("a.png", FileDigest("0" * 64)),), (("av", "18"),))
    made = arranged(lock, [asked("a/one"), asked("a/new"), asked("a/two"), asked("b/card", None)])
    still = arranged(Lock(), [asked("b/card", None)]).shots[0]
    assert made == replace(lock, shots=(ONE, entry("a/new"), TWO, still))
    assert still.kind == "still"


def test_a_renamed_shot_keeps_what_was_decided() -> None:
    made = arranged(Lock((ONE, TWO)), [asked("a/uno", "a/one"), asked("a/two")])
    assert made.shots == (entry("a/uno", ONE.decision), TWO)


def test_a_shot_that_is_gone_stays_behind_the_one_that_it_followed() -> None:
    lock = Lock((ONE, TWO, entry("a/empty"), entry("b/three")))
    shots = [asked("b/three"), asked("a/one")]
    assert names(arranged(lock, shots)) == ["b/three", "a/one", "a/two"]
    assert names(arranged(lock, [asked("b/three")])) == ["a/one", "a/two", "b/three"]


def test_what_is_arranged_stays_so() -> None:
    shots = [asked("b/three"), asked("a/one", "new words")]
    once = arranged(Lock((ONE, TWO)), shots)
    assert arranged(once, shots) == once


def test_ratios_have_entries_of_their_own() -> None:
    made = arranged(Lock((ONE,)), [asked("a/one"), asked("a/one", ratio=TALL)])
    assert made.shots == (ONE, entry("a/one", ratio=TALL))


def films(**words: str) -> list[AskedShot]:
    return [asked("a/one", text, film) for film, text in words.items()]


def test_films_that_ask_for_the_same_share_an_entry() -> None:
    assert arranged(Lock((ONE,)), films(p1="", p2="", p3="")).shots == (ONE,)


def test_films_that_ask_for_different_things_have_an_entry_each_with_what_was_decided() -> None:
    made = arranged(Lock((ONE,)), films(p1="", p2="new", p3=""))
    assert made.shots == (replace(ONE, films=("p1", "p3")), replace(ONE, films=("p2",)))


def test_films_that_ask_for_the_same_again_share_what_was_chosen_for_it() -> None:
    other = entry("a/one", Decision(picked("a/one", 2, "new")), films=("p2",))
    lock = Lock((other, replace(ONE, films=("p1",))))
    made = arranged(lock, films(p1="", p2=""))
    former = Superseded(picked("a/one", 2, "new"), asks("a/one"))
    assert made.shots == (entry("a/one", replace(ONE.decision, superseded=(former,))),)


def test_an_override_goes_with_its_film() -> None:
    own = Override("p2", Decision(picked("a/one", 3)))
    gone = Override("p9", Decision(picked("a/one", 4)))
    lock = Lock((replace(ONE, overrides=(own, gone)),))
    one, other = arranged(lock, films(p1="", p2="new")).shots
    assert (one.overrides, other.overrides) == ((gone,), (own,))


def test_shots_of_one_film_stand_where_that_film_has_them() -> None:
    shots = [asked(name, film="p1") for name in ("a/one", "a/two")]
    shots += [asked(name, film="p2") for name in ("z/first", "a/one", "a/mid", "a/two")]
    assert names(arranged(Lock(), shots)) == ["z/first", "a/one", "a/mid", "a/two"]


TEXTS = st.sampled_from(["x", "y", "z"])
BOARDS = st.lists(
    st.dictionaries(st.sampled_from(["a/one", "a/two", "a/three"]), TEXTS, max_size=3),
    min_size=1,
    max_size=3,
)


@given(BOARDS, BOARDS, st.data())
def test_no_take_is_lost_whatever_becomes_of_the_storyboard(
    before: list[dict[str, str]], after: list[dict[str, str]], data: st.DataObject
) -> None:
    lock = arranged(Lock(), _shots(before))
    entries = tuple(
        replace(one, decision=Decision(picked(f"{place}", 1, data.draw(TEXTS))))
        if data.draw(st.booleans())
        else one
        for place, one in enumerate(lock.shots)
    )
    lock = replace(lock, shots=entries)
    shots = _shots(after)
    made = arranged(lock, shots)
    assert made.named_clips == lock.named_clips
    assert arranged(made, shots) == made
    found = Entries(made, frozenset(one.name for one in shots))
    former = Entries(lock, frozenset(one.name for one in shots))
    for one in shots:
        now, then = found.find(one), former.find(one)
        assert now is not None
        assert now.entry.films is None or one.film in now.entry.films
        if then is not None and then.decision != UNDECIDED:
            assert now.decision.pick is not None


def _shots(board: list[dict[str, str]]) -> list[AskedShot]:
    return [
        asked(name, words, f"p{film}")
        for film, shots in enumerate(board)
        for name, words in shots.items()
    ]
