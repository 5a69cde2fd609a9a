"""View what a film is made from: its clips, its encoded stretches, the beginnings of entries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from storyboard.cut.cut_plan import Entered
from storyboard.cut.laid_stretch import LaidStretch
from storyboard.cut.proof.file_runs import FileRun, file_run, file_runs
from storyboard.cut.proof.kept_viewings import Viewings
from storyboard.cut.proof.viewing import Run, Viewing, digests_of
from storyboard.media import PacketIndex, ParameterSets
from storyboard.model import FrameRate

RUN_SECONDS = 5
"""Shorter groups of pictures are viewed together: a file for each would be one a frame at worst."""

BEHIND = 12
"""Copied packets behind the frames made again of an entry that are decoded."""


@dataclass(frozen=True, slots=True)
class ViewedRun:
    """A run of a stretch's file, its packets' digests, and what it shows, without its ends."""

    at: FileRun
    digests: tuple[bytes, ...]
    viewing: Viewing


@dataclass(frozen=True, slots=True)
class ViewedStretch:
    """A stretch with all runs that its packets are in, in coding order."""

    laid: LaidStretch
    runs: tuple[ViewedRun, ...]

    def digests(self) -> Iterator[bytes]:
        """Go through the digests of the packets that are in the film."""
        for one in self.runs:
            first = max(self.laid.first - one.at.first, 0)
            yield from one.digests[first : self.laid.end - one.at.first]


class StretchViewer:
    """Views stretches for one film, each run of a file once."""

    def __init__(
        self, clips: Mapping[Path, PacketIndex], viewings: Viewings, fps: FrameRate
    ) -> None:
        self._clips = clips
        self.viewings = viewings
        self._least = least_packets(fps)
        self._viewed: dict[tuple[Path, int, int], ViewedRun] = {}

    def parts(self, laid: Iterable[LaidStretch]) -> tuple[FileRun, ...]:
        """Return the runs of clips that stretches show or are entered in, each once."""
        found: dict[tuple[Path, int, int], FileRun] = {}
        for one in laid:
            match one.stretch:
                case Entered() as entered:
                    index = self._clips[entered.path]
                    span = entered.entries.first, entered.entries.end
                case _ if one.made is None:
                    index, span = one.source, (one.first, one.end)
                case _:
                    continue
            found |= {_key(run): run for run in self._runs(index, *span)}
        return tuple(found.values())

    def view(self, part: FileRun) -> None:
        """View a run that is one of `parts`. Raises as `viewing.view` does."""
        digests = digests_of(part.run.frames)
        viewing = self.viewings.of(part.run, digests)
        self._viewed[_key(part)] = ViewedRun(part, digests, viewing.without_ends())

    def stretch(self, laid: LaidStretch) -> ViewedStretch:
        """Return a stretch whose `parts` are viewed; one that was made is viewed here."""
        if laid.made is None:
            runs = self._runs(laid.source, laid.first, laid.end)
            return ViewedStretch(laid, tuple(self._viewed[_key(one)] for one in runs))
        sets = sets_of(laid.source)
        parts = [file_run(laid.source, sets, *group) for group in laid.source.groups()]
        if not _is_entered(laid, self._clips):
            return ViewedStretch(laid, tuple(map(self._whole, parts)))
        return ViewedStretch(
            laid, tuple(self._entered(laid, n, one) for n, one in enumerate(parts))
        )

    def _runs(self, index: PacketIndex, first: int, end: int) -> Iterator[FileRun]:
        return file_runs(index, sets_of(index), self._least, first, end)

    def _whole(self, part: FileRun) -> ViewedRun:
        digests = digests_of(part.run.frames)
        return ViewedRun(part, digests, self.viewings.of(part.run, digests).without_ends())

    def _entered(self, laid: LaidStretch, n: int, part: FileRun) -> ViewedRun:
        """View an entry that was just written: its beginning; of the rest its source tells.

        What it copies was held against the source when it was written. One that was kept from
        earlier may be damaged since: if it is not known, it is decoded whole.
        """
        digests = digests_of(part.run.frames)
        if laid.made is None or laid.made.reused or not isinstance(laid.stretch, Entered):
            return ViewedRun(part, digests, self.viewings.of(part.run, digests).without_ends())
        made = laid.stretch.entries.each[n].made

        def make() -> Viewing:
            seen = replace(part.run, frames=part.run.frames[: made + BEHIND])
            viewing = self.viewings.view(seen, digests[: made + BEHIND])
            return _continued(viewing, part.run, self._source(laid, part))

        return ViewedRun(
            part, digests, self.viewings.found_or(part.run, digests, make).without_ends()
        )

    def _source(self, laid: LaidStretch, part: FileRun) -> "_Source":
        if not isinstance(laid.stretch, Entered):
            raise TypeError("only an entered stretch has a clip that it is entered in")
        entries, clip = laid.stretch.entries, self._clips[laid.stretch.path]
        low = min(one.shown for one in clip.packets[entries.first : entries.end])
        runs = [self._viewed[_key(one)] for one in self._runs(clip, entries.first, entries.end)]
        return _Source(runs, low + entries.each[0].place + part.low)


def least_packets(fps: FrameRate) -> int:
    """Return how many packets a run has at least, but for a file's last one."""
    return round(fps * RUN_SECONDS)


def sets_of(index: PacketIndex) -> ParameterSets:
    """Return a file's parameter sets; what is in a film has them."""
    if index.coding.sets is None:
        raise OSError(f"{index.path} has no parameter sets where MP4 keeps them")
    return index.coding.sets


@dataclass(frozen=True, slots=True)
class _Source:
    """What a clip shows from place `start` on."""

    runs: Sequence[ViewedRun]
    start: int

    def has(self, name: str, place: int) -> bool:
        """Tell whether the picture that many places on is marked."""
        at = self.start + place
        return any(at - one.at.low in getattr(one.viewing, name) for one in self.runs)

    def lacks(self, place: int) -> bool:
        """Tell whether that picture did not come out of the clip."""
        at = self.start + place
        return not any(at - one.at.low in dict(one.viewing.looks) for one in self.runs)


def _continued(viewing: Viewing, run: Run, source: _Source) -> Viewing:
    """Join what an entry's beginning shows with what its source shows after that."""
    seen = {place for place, _ in viewing.looks} | viewing.lost
    rest = [one.shown for one in run.frames if one.shown not in seen]
    marked = {
        name: getattr(viewing, name) | {one for one in rest if source.has(name, one)}
        for name in ("damaged", "misplaced", "black")
    }
    # Whether a picture is still takes the one before it.
    alone = [one for one in seen if one and one - 1 not in seen]
    marked["still"] = viewing.still | {one for one in rest + alone if source.has("still", one)}
    lost = viewing.lost | {one for one in rest if source.lacks(one)}
    return replace(viewing, **marked, lost=lost, last=None)


def _is_entered(laid: LaidStretch, clips: Mapping[Path, PacketIndex]) -> bool:
    """Tell whether a stretch was entered as planned: it may have been encoded in the end."""
    if not isinstance(laid.stretch, Entered):
        return False
    clip, each = clips[laid.stretch.path].coding.sets, laid.stretch.entries.each
    sets = laid.source.coding.sets
    is_of_clip = clip is not None and sets is not None and sets.sps == clip.sps
    return is_of_clip and len(list(laid.source.groups())) == len(each)


def _key(part: FileRun) -> tuple[Path, int, int]:
    return part.run.frames[0].path, part.first, part.end
