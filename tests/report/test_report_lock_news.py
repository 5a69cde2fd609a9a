"""What a run wrote into the lock is told in words and to programs."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from storyboard.catalogue import EndpointId
from storyboard.jobs import JobDigest
from storyboard.lock import LockedTake
from storyboard.model import ClipDigest, Usd
from storyboard.report.lock_news import LockNews, SupersededShot, lock_to_json, lock_words

TAKE = LockedTake(
    number=2,
    clip=ClipDigest("ab" * 32),
    at=Fraction(0),
    used=Fraction(3),
    endpoint=EndpointId("fal-ai/kling"),
    request="r",
    price=Usd(Decimal("0.42")),
    job=JobDigest("cd" * 32),
    rendering=2,
    size=1,
    length=Fraction(3),
)
PATH = Path("film.lock.yaml")


def test_what_gave_way_is_told_with_the_way_back() -> None:
    news = LockNews(PATH, (SupersededShot("one/cup", "spring", TAKE),))
    (line,) = lock_words(news)
    assert line == (
        "one/cup [spring]: take 2 gave way to the clip of the new words; "
        "`storyboard pick FILE one/cup abababababab` brings it back"
    )
    assert lock_to_json(news) == {
        "path": "film.lock.yaml",
        "superseded": [
            {"shot": "one/cup", "film": "spring", "take": 2, "clip": "ab" * 32},
        ],
        "error": None,
        "help": None,
    }


def test_a_refusal_is_told_and_nothing_else_is_nothing() -> None:
    assert [*lock_words(LockNews(PATH))] == []
    assert [*lock_words(LockNews(PATH, (), "no", "do this"))] == [
        "error: film.lock.yaml was not written: no",
        "  help: do this",
    ]
    assert [*lock_words(LockNews(PATH, (), "no"))][1] == "  the clips are kept"
    assert lock_to_json(LockNews(PATH, (), "no", "do this"))["error"] == "no"
