"""Lay the stretches of a plan one after the other: which packets of which file each is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from storyboard.cut.cut_plan import Copied, CutPlan, Stretch
from storyboard.cut.making import MadeStretch
from storyboard.media import CodedFrame, PacketIndex


@dataclass(frozen=True, slots=True)
class LaidStretch:
    """A stretch of the film: the packets `first` to `end` of a clip, or of a file of its own.

    `made` is None for what is copied.
    """

    stretch: Stretch
    source: PacketIndex
    first: int
    end: int
    made: MadeStretch | None

    @property
    def low(self) -> int:
        """The place in the source of the picture that is shown first."""
        return min(one.shown for one in self.source.packets[self.first : self.end])

    def coded(self) -> Iterator[CodedFrame]:
        """Number the stretch's packets by the film's frames."""
        start, low = self.stretch.start, self.low
        for one in self.source.packets[self.first : self.end]:
            shown = start + one.shown - low
            yield CodedFrame(self.source.path, one.position, one.size, shown, one.anew)


def laid(
    plan: CutPlan, indexes: Mapping[Path, PacketIndex], made: Mapping[int, MadeStretch]
) -> tuple[LaidStretch, ...]:
    """Lay out a plan; `made` are its stretches that are files, by the frame they begin at."""
    return tuple(laid_stretch(one, indexes, made) for one in plan.stretches)


def laid_stretch(
    one: Stretch, indexes: Mapping[Path, PacketIndex], made: Mapping[int, MadeStretch]
) -> LaidStretch:
    """Lay out one stretch of a plan."""
    if isinstance(one, Copied):
        return LaidStretch(one, indexes[one.path], one.first, one.end, None)
    file = made[one.start]
    return LaidStretch(one, file.index, 0, len(file.index.packets), file)
