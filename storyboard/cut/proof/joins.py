"""Choose the joins of a film that are decoded in it, across the join, and view them there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from storyboard.cut.proof.kept_viewings import Viewings
from storyboard.cut.proof.stretch_views import ViewedStretch
from storyboard.cut.proof.viewing import Run, Viewing
from storyboard.media import CodedFrame, FilmPicture

_LONGEST_BEFORE = 24
"""Packets of the group before a join. Where it is longer it has been decoded as it is, from the
same beginning, and there is nothing about the join that a decoder would have to be asked."""

_BEHIND = 4
"""Packets behind a join that are decoded with what is before it: more show nothing new."""


@dataclass(frozen=True, slots=True)
class Join:
    """Packets of the film, `first` to `end` in coding order, in which stretches meet."""

    first: int
    end: int


def joins(picture: FilmPicture, stretches: Sequence[ViewedStretch]) -> Iterator[Join]:
    """Go through the joins behind a short group; those that touch are one."""
    open_: Join | None = None
    for at, one in zip(picture.joints[1:], stretches[1:], strict=True):
        first = max(n for n in range(at) if picture.frames[n].anew)
        if at - first > _LONGEST_BEFORE:
            continue
        end = min(at + _BEHIND, at + one.laid.end - one.laid.first)
        if open_ is not None and first <= open_.end:
            open_ = Join(open_.first, end)
            continue
        if open_ is not None:
            yield open_
        open_ = Join(first, end)
    if open_ is not None:
        yield open_


@dataclass(frozen=True, slots=True)
class JoinedFilm:
    """A film that was written, where it has its packets, and what their digests are meant to be."""

    path: Path
    places: Sequence[int]
    picture: FilmPicture
    digests: Sequence[bytes]

    def view(self, join: Join, viewings: Viewings) -> Viewing:
        """View the packets of a join as they are in the film, its pictures named by its frames.

        It is kept by content like any run: the same stretches meet in other films. Raises as
        `viewing.view` does.
        """
        span = slice(join.first, join.end)
        frames = self.picture.frames[span]
        low = min(one.shown for one in frames)
        written = tuple(
            CodedFrame(self.path, place, one.size, one.shown - low, one.anew)
            for place, one in zip(self.places[span], frames, strict=True)
        )
        viewing = viewings.of(Run(written, self.picture.sets), self.digests[span])
        return replace(
            viewing,
            damaged=_moved(viewing.damaged, low),
            lost=_moved(viewing.lost, low),
            misplaced=_moved(viewing.misplaced, low),
            looks=tuple((place + low, look) for place, look in viewing.looks),
        )


def _moved(places: frozenset[int], by: int) -> frozenset[int]:
    return frozenset(one + by for one in places)
