"""Keep a film's sound by what it is mixed from: films that share it, and later cuts, take it."""

import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from os import SEEK_END
from pathlib import Path
from struct import calcsize, pack, unpack
from struct import error as StructError  # noqa: N812 - its own name says nothing here

import av

from storyboard.cut.sound import SoundReport, total_samples
from storyboard.cut.sound.segments import Segment, dialogue, music, voiceover
from storyboard.cut.timeline import Timeline
from storyboard.cut.workshop import SOUND, Derived
from storyboard.media import AacTrack

_EDITION = 1
"""Raised when the same sound would be mixed, measured or encoded otherwise than before."""

_LIBRARIES = ("libavcodec", "libswresample")
_LENGTH = ">I"
_DAMAGED = (OSError, ValueError, LookupError, TypeError, ArithmeticError, StructError)
_LEVELS = ("loudness", "true_peak", "target", "gain", "lowered")


def sound_recipe(timeline: Timeline) -> str:
    """Return a digest that two films share only if their sound is the same.

    Files are known by size and time: to hash a film's clips would take longer than to mix some.
    """
    buses = (dialogue(timeline), voiceover(timeline), music(timeline))
    versions = [av.library_versions.get(one) for one in _LIBRARIES]
    whole = (total_samples(timeline), timeline.loudness, timeline.pages is not None)
    parts = (_EDITION, versions, whole, [[_part(one) for one in bus] for bus in buses])
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _part(segment: Segment) -> tuple[object, ...]:
    """Say what is heard of a segment, and when."""
    if isinstance(segment.sound, Path):
        found = segment.sound.stat()
        return (segment, found.st_size, found.st_mtime_ns)
    return (replace(segment, sound=Path()), segment.sound.drawing.heard())


def find_sound(derived: Derived, recipe: str) -> tuple[AacTrack, SoundReport] | None:
    """Return the sound that was made by a recipe, None if there is none that is whole."""
    path = derived.find(recipe, SOUND)
    if path is None:
        return None
    try:
        return _read(path)
    except _DAMAGED:  # it is made again
        derived.drop(recipe, SOUND)
        return None


def keep_sound(derived: Derived, recipe: str, track: AacTrack, report: SoundReport) -> AacTrack:
    """Keep a sound that was just made, and return it where it is: another may have been first."""
    told = json.dumps(_told(track, report)).encode()
    with track.path.open("ab") as file:
        file.write(told + pack(_LENGTH, len(told)))
    return _read(derived.keep(recipe, track.path, SOUND))[0]


def _told(track: AacTrack, report: SoundReport) -> dict[str, object]:
    """Say all that the packets do not say themselves."""
    levels = {name: getattr(report, name) for name in _LEVELS}
    return {
        "sizes": track.sizes,
        "config": track.config.hex(),
        "priming": track.priming,
        "coded": track.samples,
        "samples": report.samples,
        "notes": report.notes,
        "levels": {name: None if one is None else str(one) for name, one in levels.items()},
    }


def _read(path: Path) -> tuple[AacTrack, SoundReport]:
    """Read what stands behind the packets: how long it is stands at the end."""
    with path.open("rb") as file:
        end = file.seek(0, SEEK_END) - calcsize(_LENGTH)
        file.seek(max(end, 0))
        (length,) = unpack(_LENGTH, file.read())
        file.seek(max(end - length, 0))
        told = json.loads(file.read(length))
    sizes = tuple(told["sizes"])
    if sum(sizes) != end - length:
        raise ValueError("packets are missing")
    config = bytes.fromhex(told["config"])
    track = AacTrack(path, sizes, config, told["priming"], told["coded"])
    loudness, true_peak, target, gain, lowered = (_level(told["levels"][one]) for one in _LEVELS)
    notes = tuple(told["notes"])
    if gain is None or lowered is None:
        raise ValueError("levels are missing")
    return track, SoundReport(told["samples"], loudness, true_peak, target, gain, lowered, notes)


def _level(told: str | None) -> Decimal | None:
    return None if told is None else Decimal(told)
