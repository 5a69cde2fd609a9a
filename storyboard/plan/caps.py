"""Gather what storyboards say that they may cost, and find what an attempt counts against."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from storyboard.jobs import JobDigest
from storyboard.model import Usd
from storyboard.plan.film_names import film_label
from storyboard.plan.planned import Plan


@dataclass(frozen=True, slots=True)
class Cap:
    """A bound on the money for some jobs, by its name for people. `jobs` None is all of the run.

    It counts every attempt that was made for these jobs, and every one that was made for the
    storyboard or the film that it is of, whatever was asked: they are named as in an order.
    """

    name: str
    most: Usd
    jobs: frozenset[JobDigest] | None
    storyboard: str | None = None
    film: str | None = None


class CapKey(NamedTuple):
    """Which bound of a storyboard it is: the key of `budget`, and for `each` the variation."""

    key: Literal["max", "each"]
    storyboard: str
    variation: str | None


class CapIndex:
    """Finds the bounds that an attempt counts against, by their places."""

    def __init__(self, caps: Sequence[Cap]) -> None:
        self._of_job: dict[JobDigest, list[int]] = {}
        self._of_storyboard: dict[str, list[int]] = {}
        self._of_film: dict[str, list[int]] = {}
        for n, cap in enumerate(caps):
            for job in cap.jobs or ():
                self._of_job.setdefault(job, []).append(n)
            if cap.storyboard is not None:
                self._of_storyboard.setdefault(cap.storyboard, []).append(n)
            if cap.film is not None:
                self._of_film.setdefault(cap.film, []).append(n)

    def of(self, job: JobDigest, films: Iterable[str]) -> list[int]:
        """Return the bounds of the films that an attempt was made for, or whose job it is of."""
        found = set(self._of_job.get(job, ()))
        for film in films:
            found.update(self._of_film.get(film, ()))
            found.update(self._of_storyboard.get(film.partition("/")[0], ()))
        return sorted(found)


def film_caps(plan: Plan) -> Mapping[CapKey, Cap]:
    """Gather the bounds that storyboards name: for all films together, and for each variation."""
    former = {one.job.digest: one.job.former for one in plan.jobs}
    found: dict[CapKey, Cap] = {}
    for film in plan.films:
        board = film.storyboard
        title = f"the budget of {board.name}"
        own = {digest for job in film.jobs for digest in (job, *former.get(job, ()))}
        every = own | plan.among.get(board.name, frozenset())
        if board.budget is not None:
            whole = Cap(title, board.budget, frozenset(every), storyboard=board.name)
            _widen(found, CapKey("max", board.name, None), whole)
        if board.budget_each is not None:
            each = f"{title} for each film ({film.variation or board.name})"
            label = film_label(film.variation, board)
            by_itself = Cap(each, board.budget_each, frozenset(own), film=label)
            _widen(found, CapKey("each", board.name, film.variation), by_itself)
    return found


def _widen(found: dict[CapKey, Cap], key: CapKey, cap: Cap) -> None:
    """Let a bound hold for more jobs; where films name it differently, the least holds."""
    known = found.get(key, cap)
    jobs = (known.jobs or frozenset()) | (cap.jobs or frozenset())
    found[key] = replace(cap, most=min(cap.most, known.most), jobs=jobs)
