"""Say what a reader of films is, and judge what it read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from entered_film import EnteredFilm


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a film: the numbers of all its frames, and of those that were sought.

    Each is None if the reader cannot do that. `said` is what it complained of.
    """

    frames: tuple[int, ...] | None
    sought: tuple[int, ...] | None
    said: str = ""


Read: TypeAlias = Callable[[Sequence[EnteredFilm], Path], Iterator[Reading]]
"""Read films one after the other, with a folder for what is written on the way."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A program or library that reads films; `absent` names what it lacks on this machine."""

    name: str
    read: Read
    absent: str = ""


def judge(film: EnteredFilm, reading: Reading, plain: Reading, clip: EnteredFilm) -> str:
    """Say in a few words what a reader made of a film: `ok` and counts, or what is wrong.

    `plain` is what it read of a clip of that film as its encoder wrote it. A reader that reads that
    wrong too is not a judge; what it keeps back of the clip's end it may keep back of the film's.
    """
    late = _short(clip, plain)
    if faults := _faults(film, reading, late):
        own = _faults(clip, plain, late)
        return f"no judge: {'; '.join(own)}" if own else f"WRONG: {'; '.join(faults)}"
    counts = [f"{len(one)}" for one in (reading.frames, reading.sought) if one is not None]
    return "ok " + "+".join(counts)


def _short(film: EnteredFilm, reading: Reading) -> int:
    """Count the last frames that a reader keeps back, if all before them are right."""
    if reading.frames is None:
        return 0
    missing = len(film.wanted) - len(reading.frames)
    return missing if 0 < missing <= MOST_KEPT_BACK else 0


MOST_KEPT_BACK = 4
"""A decoder may end without the frames that it holds to put them into order."""


def _faults(film: EnteredFilm, reading: Reading, late: int) -> list[str]:
    faults: list[str] = []
    if reading.frames is not None:
        count = len(film.wanted) - late
        if len(reading.frames) != count:
            faults.append(f"{len(reading.frames)} frames for {count}")
        faults += _differing(film, range(count), reading.frames)
    if reading.sought is not None:
        if len(reading.sought) != len(film.places):
            faults.append(f"{len(reading.sought)} seeks ended of {len(film.places)}")
        faults += [f"sought {one}" for one in _differing(film, film.places, reading.sought)]
    if reading.said:
        faults.append(reading.said)
    return faults


def _differing(film: EnteredFilm, asked: Sequence[int], seen: Sequence[int]) -> list[str]:
    pairs = zip(asked, seen, strict=False)
    found = [(n, one) for n, one in pairs if film.wanted[n] not in {None, one}]
    told = [f"frame {n} shows {one} for {film.wanted[n]}" for n, one in found[:2]]
    return [*told, f"{len(found)} in all"] if len(found) > len(told) else told
