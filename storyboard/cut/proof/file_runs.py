"""Part the packets of a file into runs, each decoded by itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from storyboard.cut.proof.viewing import Run
from storyboard.media import CodedFrame, PacketIndex, ParameterSets


@dataclass(frozen=True, slots=True)
class FileRun:
    """The packets `first` to `end` of a file as a run.

    `low` is the place in the file of the run's picture 0.
    """

    run: Run
    first: int
    end: int
    low: int


def file_runs(
    index: PacketIndex, sets: ParameterSets, least: int, first: int, end: int
) -> Iterator[FileRun]:
    """Go through the runs that the packets `first` to `end` are in.

    A run is a group of pictures, or several until they have `least` packets. How a file is parted
    depends on the file alone, so that a run is known again in whatever part of it a film shows.
    """
    begin = None
    groups = list(index.groups())
    for start, stop in groups:
        begin = start if begin is None else begin
        if stop - begin >= least or stop == len(index.packets):
            if begin < end and stop > first:
                yield file_run(index, sets, begin, stop)
            begin = None


def file_run(index: PacketIndex, sets: ParameterSets, first: int, end: int) -> FileRun:
    """Make a run of the packets `first` to `end`, the first of which begins a group."""
    packets = index.packets[first:end]
    low = min(one.shown for one in packets)
    frames = tuple(
        CodedFrame(index.path, one.position, one.size, one.shown - low, one.anew) for one in packets
    )
    return FileRun(Run(frames, sets), first, end, low)
