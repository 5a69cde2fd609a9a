"""Tell what a run wrote into the lock, or why it wrote nothing: to words and to JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from storyboard.diagnostics import Diagnostic
from storyboard.lock import LockedTake


@dataclass(frozen=True, slots=True)
class SupersededShot:
    """A shot whose pick gave way to the clip of its new words; `name` is that of its entry."""

    name: str
    film: str | None
    take: LockedTake


@dataclass(frozen=True, slots=True)
class LockNews:
    """What became of the lock after a run.

    `refusal` is why it could not be written, `help` what to do; what is wrong with a lock that has
    mistakes is in `mistakes`, which point into `texts`. All clips are kept in any case.
    """

    path: Path
    superseded: tuple[SupersededShot, ...] = ()
    refusal: str = ""
    help: str = ""
    mistakes: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


def lock_words(news: LockNews) -> Iterator[str]:
    """Write it for people; nothing if nothing gave way and all went well."""
    for one in news.superseded:
        film = f" [{one.film}]" if one.film is not None else ""
        yield (
            f"{one.name}{film}: take {one.take.number} gave way to the clip of the new words; "
            f"`storyboard pick FILE {one.name} {one.take.clip[:12]}` brings it back"
        )
    if news.refusal:
        yield f"error: {news.path} was not written: {news.refusal}"
        yield f"  help: {news.help}" if news.help else "  the clips are kept"


def lock_to_json(news: LockNews) -> dict[str, object]:
    """Write it for programs."""
    return {
        "path": str(news.path),
        "superseded": [
            {
                "shot": one.name,
                "film": one.film,
                "take": one.take.number,
                "clip": one.take.clip,
            }
            for one in news.superseded
        ],
        "error": news.refusal or None,
        "help": news.help or None,
    }
