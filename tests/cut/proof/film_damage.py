"""Damage films, clips, kept stretches and kept viewings in many ways, each by a seed.

What is damaged is made again for no case: a film is written once for each kind of timeline.
"""

import shutil
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import numpy as np
from clips import ClipRecipe, make_clip
from films import QUICK, Take, timeline, title

from storyboard.cut.cut_film import cut, film_parts
from storyboard.cut.cut_report import CutError, CutReport
from storyboard.cut.findings import Findings
from storyboard.cut.options import Check
from storyboard.cut.proof.kept_viewings import Viewings
from storyboard.cut.proof.proving import Meant, prove
from storyboard.cut.sound import SoundReport, Write
from storyboard.cut.timeline import Timeline
from storyboard.cut.verify import verify
from storyboard.cut.workshop import DerivedFolder, Workshop
from storyboard.media.aac import AacTrack
from storyboard.media.film import FilmPicture, write_film
from storyboard.media.film_tables import read_tables
from storyboard.media.packets import index
from storyboard.model.cut import TransitionKind

FADE = TransitionKind.CROSSFADE


@dataclass(frozen=True, slots=True)
class Good:
    """A film as it should be, what it is meant to be, and the folders it was made from."""

    folder: Path
    film: Path
    timeline: Timeline
    meant: Meant


@dataclass(frozen=True, slots=True)
class Outcome:
    """What both checks found of a damaged film; `way` is how it was damaged."""

    way: str
    full: tuple[str, ...]
    proof: tuple[str, ...]
    odd_full: tuple[str, ...] = ()
    odd_proof: tuple[str, ...] = ()

    @property
    def missed(self) -> bool:
        """Tell whether the full check found something that the proof did not."""
        if self.proof:
            return False
        return bool(self.full) or not set(self.odd_full) <= set(self.odd_proof)


def clips_of(folder: Path) -> list[Path]:
    """Make clips of one group and of many, coded alike, and one that is coded otherwise."""
    folder.mkdir(parents=True)
    recipes = (
        ClipRecipe(frames=60, seed=1),
        ClipRecipe(frames=60, seed=2, first=100, gop=10),
        ClipRecipe(frames=60, seed=3, first=200),
        ClipRecipe(frames=48, seed=4, first=300, gop=1, bframes=0),
    )
    return [make_clip(folder / f"{n}.mp4", one) for n, one in enumerate(recipes)]


def timelines(clips: list[Path]) -> dict[str, Timeline]:
    """Lay out a film of each kind."""
    a, b, c, d = clips
    return {
        "hard": timeline([Take(a, 60), Take(b, 60), Take(c, 60), Take(d, 30)]),
        "trimmed": timeline([Take(a, 40), Take(b, 25), Take(c, 1), Take(b, 1, 20), Take(c, 33)]),
        "crossfades": timeline([Take(a, 60), Take(c, 60, 0, FADE, 8), Take(b, 60, 0, FADE, 8)]),
        "titled": timeline([Take(a, 53, 7), Take(c, 60)], titles=(title(60, 20),)),
    }


def good(folder: Path, name: str) -> Good:
    """Make a film of a kind, checked by both."""
    clips = clips_of(folder / "clips")
    film = timelines(clips)[name]
    parts = film_parts(film, shop(folder), QUICK, lambda _: None)
    out = folder / "film.mp4"
    write_film(parts.picture, parts.sound, out)
    assert parts.viewed is not None
    meant = Meant.of(film, parts.picture, parts.sound, parts.viewed)
    return Good(folder, out, film, meant)


def shop(folder: Path) -> Workshop:
    """Return a workshop whose derived files are in the folder."""
    work = folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    return Workshop(work, DerivedFolder(folder / "derived"), folder, noise)


def noise(film: Timeline, _: Path, write: Write) -> SoundReport:
    """Make as much noise as the film is long, of which no two packets are alike."""
    samples = round(film.duration * 48_000)
    write([np.random.default_rng(1).normal(0, 0.1, (samples, 2)).astype(np.float32)])
    return SoundReport(samples, None, None, None, Decimal(0), Decimal(0), ())


def viewings(folder: Path) -> Viewings:
    """Return the viewings kept in a folder."""
    return Viewings(DerivedFolder(folder / "derived"), folder / "work", threading.Event())


# --- the ways of damage ---------------------------------------------------------------------------

Damage = Callable[[Random, Good, Path], None]
"""Writes a damaged copy of a good film."""


def spoil(luck: Random, data: bytearray, first: int, end: int) -> None:
    """Flip bits, or zero, swap or overwrite bytes, somewhere between two places."""
    at = luck.randrange(first, end)
    size = min(luck.choice((1, 1, 2, 8, 64, 1000)), end - at)
    match luck.randrange(4):
        case 0:
            data[at] ^= 1 << luck.randrange(8)
        case 1:
            data[at : at + size] = bytes(size)
        case 2:
            other = luck.randrange(first, end - size + 1)
            one, two = data[at : at + size], data[other : other + size]
            data[at : at + size], data[other : other + size] = two, one
        case _:
            data[at : at + size] = luck.randbytes(size)


def in_packet(luck: Random, good: Good, out: Path) -> None:
    """Damage the bytes of a picture or of a sound."""
    data = bytearray(good.film.read_bytes())
    track = luck.choice(read_tables(good.film).tracks)
    for _ in range(luck.choice((1, 1, 3))):
        n = luck.randrange(len(track.sizes))
        spoil(luck, data, track.places[n], track.places[n] + track.sizes[n])
    out.write_bytes(data)


def whole_packet(luck: Random, good: Good, out: Path) -> None:
    """Zero all of a picture but its length."""
    data = bytearray(good.film.read_bytes())
    track = read_tables(good.film).tracks[0]
    n = luck.randrange(len(track.sizes) - 3)
    for one in range(n, n + luck.choice((1, 3))):
        at, size = track.places[one], track.sizes[one]
        data[at + 5 : at + size] = bytes(size - 5)
    out.write_bytes(data)


BOXES = (b"stsz", b"stco", b"stts", b"ctts", b"stss", b"stsc", b"elst", b"avcC", b"esds", b"mdhd")


def in_index(luck: Random, good: Good, out: Path) -> None:
    """Damage a number in a box of the index."""
    data = bytearray(good.film.read_bytes())
    kind = luck.choice([one for one in BOXES if one in data])
    places = [n for n in range(len(data)) if data.startswith(kind, n)][:2]
    at = luck.choice(places)
    (size,) = struct.unpack_from(">I", data, at - 4)
    numbers = range(at + 8, at - 4 + size - 3, 4)
    place = luck.choice(numbers)
    (value,) = struct.unpack_from(">I", data, place)
    changed = luck.choice(
        (value + 1, value - 1, value * 2, 0, luck.getrandbits(32), value ^ 1 << 8)
    )
    struct.pack_into(">I", data, place, changed % (1 << 32))
    out.write_bytes(data)


def anywhere_in_index(luck: Random, good: Good, out: Path) -> None:
    """Damage any bytes of the index."""
    data = bytearray(good.film.read_bytes())
    end = read_tables(good.film).data[0]
    spoil(luck, data, 0, end)
    out.write_bytes(data)


def cut_off(luck: Random, good: Good, out: Path) -> None:
    """Cut off the end of the file, or put something behind it."""
    data = good.film.read_bytes()
    less = luck.choice((1, 100, len(data) // 3))
    out.write_bytes(data[:-less])


def other_frames(luck: Random, good: Good, out: Path) -> None:
    """Drop, double or reorder pictures, or show them at other times."""
    frames = list(good.meant.picture.frames)
    n = luck.randrange(1, len(frames) - 4)
    match luck.randrange(5):
        case 0:
            gone = frames.pop(n).shown
            frames = [replace(one, shown=one.shown - (one.shown > gone)) for one in frames]
        case 1:
            shown = frames[n].shown
            frames = [replace(one, shown=one.shown + (one.shown > shown)) for one in frames]
            frames.insert(n + 1, replace(frames[n], shown=shown + 1))
        case 2:
            other = luck.randrange(len(frames))
            one, two = frames[n], frames[other]
            frames[n], frames[other] = replace(two, shown=one.shown), replace(one, shown=two.shown)
        case 3:
            one, two = frames[n], frames[n + luck.randrange(1, 4)]
            at = frames.index(two)
            frames[n], frames[at] = replace(one, shown=two.shown), replace(two, shown=one.shown)
        case _:
            frames[n] = replace(frames[n], anew=not frames[n].anew)
    _write(replace(good.meant.picture, frames=frames, joints=()), good.meant.sound, out)


def other_picture(luck: Random, good: Good, out: Path) -> None:
    """Write another rate, or other parameter sets."""
    picture = good.meant.picture
    match luck.randrange(2):
        case 0:
            rate = luck.choice((Fraction(25), Fraction(24000, 1001), Fraction(12)))
            picture = replace(picture, fps=rate)
        case _:
            sets = bytearray(luck.choice((*picture.sets.sps, *picture.sets.pps)))
            spoil(luck, sets, 1, len(sets))
            known = (picture.sets.sps, picture.sets.pps)
            broken = tuple(
                tuple(bytes(sets) if one[:1] == sets[:1] else one for one in part) for part in known
            )
            picture = replace(picture, sets=replace(picture.sets, sps=broken[0], pps=broken[1]))
    _write(picture, good.meant.sound, out)


def other_sound(luck: Random, good: Good, out: Path) -> None:
    """Cut the sound short, shift it, leave out a packet of it, or damage its description."""
    sound = good.meant.sound
    some = luck.choice((1, 2, 10, 60))
    match luck.randrange(5):
        case 0:
            sizes = sound.sizes[:-some]
            sound = replace(sound, sizes=sizes, samples=sound.samples - 1024 * some)
        case 1:
            sound = replace(sound, priming=max(0, sound.priming + luck.choice((-1024, 1, 512))))
        case 2:
            sound = replace(sound, samples=sound.samples - luck.choice((1, 3000, 20000)))
        case 3:
            n = luck.randrange(len(sound.sizes) - some)
            sizes = (*sound.sizes[:n], *sound.sizes[n + 1 :], sound.sizes[n])
            sound = replace(sound, sizes=sizes)
        case _:
            sound = replace(sound, sizes=sound.sizes[:-1], samples=sound.samples - 1024)
    _write(good.meant.picture, sound, out)


def _write(picture: FilmPicture, sound: AacTrack, out: Path) -> None:
    write_film(picture, sound, out)


IN_FILM: tuple[Damage, ...] = (
    in_packet,
    in_packet,
    whole_packet,
    in_index,
    in_index,
    anywhere_in_index,
    cut_off,
    other_frames,
    other_frames,
    other_picture,
    other_sound,
)


def damaged_film(luck: Random, good: Good, out: Path) -> Outcome:
    """Damage a film that was written, and check it both ways."""
    damage = luck.choice(IN_FILM)
    damage(luck, good, out)
    full = verify(out, good.timeline, 1)
    proof = prove(out, good.meant, viewings(good.folder), 1)
    return _outcome(damage.__name__, full, proof)


def _outcome(way: str, full: Findings, proof: Findings) -> Outcome:
    return Outcome(way, full.faults, proof.faults, full.oddities, proof.oddities)


# --- what a film is made from ---------------------------------------------------------------------


def spoil_pictures(luck: Random, path: Path) -> None:
    """Damage packets of a clip or of a stretch."""
    packets = index(path).packets
    data = bytearray(path.read_bytes())
    n = luck.randrange(len(packets))
    for one in packets[n : n + luck.choice((1, 1, 3))]:
        if luck.random() < 0.4:
            data[one.position + 5 : one.position + one.size] = bytes(one.size - 5)
        else:
            spoil(luck, data, one.position + 4, one.position + one.size)
    path.write_bytes(data)


def damaged_source(luck: Random, good: Good, folder: Path) -> Outcome:
    """Damage a clip, a kept stretch or viewing, and cut the film again, checked both ways."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("clips", "derived"):
        shutil.copytree(good.folder / name, folder / name)
    film = _moved(good.timeline, folder / "clips")
    kept = sorted((folder / "derived").rglob("*.mp4"))
    seen = sorted((folder / "derived").rglob("*.seen"))
    ways = ["clip", "clip and viewing", "viewing", *(["stretch", "stretch"] if kept else [])]
    way = luck.choice(ways)
    if "clip" in way:
        spoil_pictures(luck, luck.choice(sorted((folder / "clips").glob("*.mp4"))))
    if way == "stretch":
        spoil_pictures(luck, luck.choice(kept))
    if "viewing" in way:
        for path in luck.sample(seen, min(len(seen), 2)):
            data = bytearray(path.read_bytes())
            spoil(luck, data, 0, len(data))
            path.write_bytes(data[: luck.choice((len(data), len(data) // 2, 0))])
    full, odd_full = _cut(film, folder, Check.FULL)
    proof, odd_proof = _cut(film, folder, Check.PROOF)
    return Outcome(way, full, proof, odd_full, odd_proof)


def _cut(film: Timeline, folder: Path, check: Check) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        report: CutReport = cut(
            film, folder / "film.mp4", shop(folder), replace(QUICK, check=check), lambda _: None
        )
    except CutError as error:
        return (str(error),), ()
    assert report.findings is not None
    return (), report.findings.oddities


def _moved(film: Timeline, clips: Path) -> Timeline:
    pieces = tuple(
        replace(one, source=replace(one.source, path=clips / one.source.path.name))  # type: ignore[union-attr,arg-type]
        for one in film.pieces
    )
    return replace(film, pieces=pieces)
