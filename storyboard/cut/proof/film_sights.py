"""Merge what the runs of a film's stretches show into what each of its frames shows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from storyboard.cut.proof.kept_viewings import Viewings
from storyboard.cut.proof.stretch_views import ViewedRun, ViewedStretch
from storyboard.cut.proof.viewing import look_at
from storyboard.cut.watching import Look, alike
from storyboard.model import FrameRate


@dataclass(frozen=True, slots=True)
class Sight:
    """What a frame of the film shows: the picture at `place` of a run.

    `is_lost` tells that it does not come out of a decoder; `look` is a checksum of what is looked
    at, None if it was not decoded.
    """

    run: ViewedRun
    place: int
    is_lost: bool
    look: int | None

    def marked(self, name: str) -> bool:
        """Tell whether its viewing has it `damaged`, `misplaced`, `black` or `still`."""
        return self.place in getattr(self.run.viewing, name)

    def follows(self, before: "Sight") -> bool:
        """Tell whether both are of one run, one directly after the other."""
        return before.run is self.run and before.place == self.place - 1

    def pixels(self, viewings: Viewings) -> Look | None:
        """Return what is looked at of it; decode it if it is not an end of its run."""
        if self.is_lost:
            return None
        run = self.run.at.run
        known = viewings.find(run, self.run.digests)
        ends = known.ends() if known is not None else {}
        if (look := ends.get(self.place)) is not None:
            return look
        return look_at(run, self.place, viewings.stop)


def sights_of(stretches: Iterable[ViewedStretch]) -> dict[int, Sight]:
    """Return what each frame of a film shows, by its number."""
    return {n: sight for one in stretches for n, sight in _stretch(one)}


def _stretch(one: ViewedStretch) -> Iterator[tuple[int, Sight]]:
    laid = one.laid
    start = laid.stretch.start - laid.low
    for run in one.runs:
        viewing, looks = run.viewing, dict(run.viewing.looks)
        for n in range(max(laid.first, run.at.first), min(laid.end, run.at.end)):
            place = laid.source.packets[n].shown
            at = place - run.at.low
            is_past = viewing.stopped is not None and n - run.at.first >= viewing.stopped
            sight = Sight(run, at, is_past or at in viewing.lost, looks.get(at))
            yield start + place, sight


def still_frames(sights: Sequence[Sight], fps: FrameRate, viewings: Viewings) -> tuple[bool, ...]:
    """Say of each frame whether it is the one before it again, if that may matter.

    Inside a run that is known. Over a border of two runs both pictures are held against each
    other, but only if frames that may stand still for a second lie there.
    """
    flags: list[bool | None] = [False] if sights else []
    for before, one in pairwise(sights):
        flags.append(one.marked("still") if one.follows(before) else None)
    for first, end in _maybe_still(flags):
        for n in range(first, end):
            if flags[n] is None:
                is_long = end - first >= fps
                flags[n] = is_long and _are_alike(sights[n - 1], sights[n], viewings)
    return tuple(bool(one) for one in flags)


def _maybe_still(flags: Sequence[bool | None]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for n, flag in enumerate([*flags, False]):
        if flag is False and start is not None:
            yield start, n
            start = None
        elif flag is not False and start is None:
            start = n


def _are_alike(before: Sight, after: Sight, viewings: Viewings) -> bool:
    if before.look is not None and before.look == after.look:
        return True
    first, second = before.pixels(viewings), after.pixels(viewings)
    return first is not None and second is not None and alike(first, second)
