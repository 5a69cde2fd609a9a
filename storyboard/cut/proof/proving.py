"""Prove that a finished film is what was asked for: decode what is new, compare the rest.

What a decoder shows of packets that begin with an IDR picture depends on them and on their
parameter sets alone. So what was once seen of a clip is true wherever its packets are, if they are
those packets, if the index gives each its time, and if the parameter sets are the same. That is
compared; it is much less work than decoding.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Self

import av

from storyboard.cut.findings import (
    Findings,
    Heard,
    broken,
    count_fault,
    drift_fault,
    drift_of,
    frames_fault,
    oddities,
    place_of,
)
from storyboard.cut.laid_stretch import LaidStretch
from storyboard.cut.options import Check
from storyboard.cut.proof.film_packets import Compared, compare
from storyboard.cut.proof.film_sights import Sight, sights_of, still_frames
from storyboard.cut.proof.index_rules import index_faults
from storyboard.cut.proof.joins import JoinedFilm, joins
from storyboard.cut.proof.kept_viewings import Viewings
from storyboard.cut.proof.stretch_views import StretchViewer, ViewedStretch
from storyboard.cut.proof.viewing import packet_digest, picture_of
from storyboard.cut.timeline import Timeline
from storyboard.cut.verify import listen_to
from storyboard.media import (
    AacTrack,
    BrokenIndex,
    CodedFrame,
    FilmPicture,
    FilmTables,
    as_written,
    read_tables,
)

_TRACKS = 2

Told = Callable[[int, int], None]
"""Hears how many runs of packets have been viewed, of how many."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a film is meant to be: its timeline, and the packets that it was written from."""

    timeline: Timeline
    picture: FilmPicture
    sound: AacTrack
    stretches: tuple[ViewedStretch, ...]
    digests: tuple[bytes, ...]
    rewritten: tuple[tuple[CodedFrame, CodedFrame], ...]

    @classmethod
    def of(
        cls,
        timeline: Timeline,
        picture: FilmPicture,
        sound: AacTrack,
        stretches: tuple[ViewedStretch, ...],
    ) -> Self:
        """Put together what a film is meant to be.

        `digests` are those of its pictures' packets, and `rewritten` the pictures, each as in its
        file and as in the film, that are written otherwise there. Raises `OSError` if a file
        has changed, or a stretch cannot be decoded by itself.
        """
        frames = as_written(picture).frames
        viewed = [digest for one in stretches for digest in one.digests()]
        if len(viewed) != len(frames):
            raise OSError("a stretch does not begin with a picture that needs none before it")
        digests = tuple(
            digest if one.data is None else packet_digest(one.data)
            for one, digest in zip(frames, viewed, strict=True)
        )
        pairs = zip(picture.frames, frames, strict=True)
        rewritten = tuple((one, other) for one, other in pairs if other.data is not None)
        return cls(timeline, replace(picture, frames=frames), sound, stretches, digests, rewritten)

    def changed(self) -> Iterator[int]:
        """Go through the frames whose rewritten picture shows something else than in its file."""
        for one, other in self.rewritten:
            shown = picture_of(other, self.picture.sets)
            if shown is None or shown != picture_of(one, self.picture.sets):
                yield one.shown


def view_stretches(
    laid: Sequence[LaidStretch], viewer: StretchViewer, workers: int, told: Told
) -> tuple[ViewedStretch, ...]:
    """View what a film's stretches are made from, so many runs at once, each on one thread.

    Needs no film yet. Raises `OSError` if a file cannot be read. When the program is interrupted,
    all end at their next packet.
    """
    parts = viewer.parts(laid)
    with ThreadPoolExecutor(workers) as pool:
        try:
            viewing = [pool.submit(viewer.view, one) for one in parts]
            for n, one in enumerate(as_completed(viewing)):
                told(n, len(parts))
                one.result()
            return tuple(pool.map(viewer.stretch, laid))
        except BaseException:
            viewer.viewings.stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def prove(film: Path, meant: Meant, viewings: Viewings, workers: int) -> Findings:
    """Hold a film, as it was written, against what it is meant to be."""
    try:
        tables = read_tables(film)
        with ThreadPoolExecutor(1) as beside:
            listening = beside.submit(listen_to, film)
            compared, faults = _read(film, tables, meant)
            heard = listening.result()
        sights = sights_of(meant.stretches)
        faults += tuple(_seen(sights, meant))
        if not faults:
            joined = JoinedFilm(film, tables.tracks[0].places, meant.picture, meant.digests)
            other = _other(joined, meant.stretches, sights, viewings, workers)
            what = "decoded otherwise once joined"
            faults = tuple(frames_fault(other, what, meant.timeline))
    except BrokenIndex:
        return broken(Check.PROOF, "its index cannot be read")
    except (av.FFmpegError, OSError) as problem:
        return broken(Check.PROOF, f"it cannot be read: {problem}")
    timeline = meant.timeline
    drift = drift_of(heard, Fraction(compared.pictures) / timeline.shape.fps)
    return Findings(
        check=Check.PROOF,
        decoded=viewings.decoded,
        frames=compared.pictures,
        samples=heard.samples,
        drift=drift,
        faults=(*faults, *drift_fault(heard, drift, timeline)),
        oddities=_oddities(sights, heard, timeline, viewings),
    )


def _read(film: Path, tables: FilmTables, meant: Meant) -> tuple[Compared, tuple[str, ...]]:
    """Hold the index and the packets against those meant, and say what is wrong with them."""
    timeline = meant.timeline
    wrong = tuple(index_faults(tables, meant.picture, meant.sound))
    told = [one.what + _place(timeline, one.frame) for one in wrong]
    if len(tables.tracks) != _TRACKS:
        return Compared(), tuple(told)
    compared = compare(film, meant.picture, meant.digests, meant.sound, tables.tracks)
    told += compared.faults
    told += frames_fault(compared.foreign, "altered", timeline)
    told += frames_fault(compared.misplaced, "shown at the wrong time", timeline)
    told += count_fault(compared.pictures, timeline)
    if compared.sounds != len(meant.sound.sizes) and not compared.faults:
        told.append("its sound is not whole")
    return compared, tuple(told)


def _place(timeline: Timeline, frame: int | None) -> str:
    return "" if frame is None else place_of(timeline, Fraction(frame) / timeline.shape.fps)


def _seen(sights: Mapping[int, Sight], meant: Meant) -> Iterator[str]:
    """Say which frames do not come out of a decoder as they should, wherever they are decoded."""
    timeline = meant.timeline
    for name, what in (("damaged", "damaged"), ("misplaced", "shown at the wrong time")):
        found = [n for n, sight in sights.items() if sight.marked(name)]
        yield from frames_fault(found, what, timeline)
    lost = [n for n, sight in sights.items() if sight.is_lost]
    yield from frames_fault(lost, "lost", timeline)
    yield from frames_fault(tuple(meant.changed()), "decoded otherwise than in the clip", timeline)


def _other(
    film: JoinedFilm,
    stretches: Sequence[ViewedStretch],
    sights: Mapping[int, Sight],
    viewings: Viewings,
    workers: int,
) -> frozenset[int]:
    """Decode a film across its joins; return the frames that show something else than before."""
    with ThreadPoolExecutor(workers) as pool:
        found = joins(film.picture, stretches)
        viewed = tuple(pool.map(lambda one: film.view(one, viewings), found))
    other: set[int] = set()
    for one in viewed:
        other |= one.damaged | one.lost | one.misplaced
        other |= {n for n, look in one.looks if sights[n].look not in {None, look}}
    return frozenset(other)


def _oddities(
    sights: Mapping[int, Sight], heard: Heard, timeline: Timeline, viewings: Viewings
) -> tuple[str, ...]:
    ordered = [sights[n] for n in sorted(sights)]
    still = still_frames(ordered, timeline.shape.fps, viewings)
    return oddities(timeline, (one.marked("black") for one in ordered), still, heard.levels)
