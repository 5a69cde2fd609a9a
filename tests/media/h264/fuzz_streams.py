"""Damage slice headers and parameter sets: what comes of it is right, or refused with a reason.

    python tests/media/h264/fuzz_streams.py --cases 10000 --seed 1

A clip that a strict decoder still reads without a fault must come out exact to the bit after an
entry with raw samples. Nothing may fail otherwise than by a refusal, nor take long.
"""

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import av
from exact import enter_exactly
from streams import FPS, NUMBER, WAYS, coded, packets_of, planes_of

from storyboard.media.avc import ParameterSets, units
from storyboard.media.coded import Packet, PacketIndex
from storyboard.media.entering import Entries, plan_entries
from storyboard.media.film import FilmPicture, write_film
from storyboard.media.film_times import CodedFrame
from storyboard.media.h264.bits import Refused
from storyboard.media.h264.coded_pictures import packed
from storyboard.media.packets import index
from storyboard.model.storyboard import Size

LONGEST = 5.0
"""Seconds of CPU that one case may take."""

FRAMES, SIZE = 24, Size(64, 48)
CLIPS = ("medium", "veryfast", "cavlc", "baseline", "slices", "direct-temporal", "all-p-ref4")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case went: `refused`, `exact`, or `unread` if no strict decoder reads the clip itself.

    `why` tells what is wrong, if anything is.
    """

    kind: str
    why: str = ""


@cache
def good(way: str) -> tuple[PacketIndex, tuple[bytes, ...]]:
    """Return a clip that is as it should be, and its packets."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-streams-"))
    found = index(coded(folder / "clip.mp4", WAYS[way], FRAMES, SIZE))
    return found, tuple(packets_of(found))


def damaged(luck: Random, unit: bytes) -> bytes:
    """Spoil a NAL unit near its beginning, where its header is."""
    data = bytearray(unit)
    near = min(len(data), luck.choice((6, 9, 12, 30)))
    for _ in range(luck.choice((1, 1, 1, 1, 1, 3))):
        at = luck.randrange(near)
        match luck.randrange(8):
            case 0 | 1 | 2 | 3 | 4:
                data[at] ^= 1 << luck.randrange(8)
            case 5:
                data[at] = luck.choice((0, 1, 3, 255, luck.randrange(256)))
            case _ if luck.random() < 0.5 and len(data) > near:
                del data[at]
            case _:
                data.insert(at, luck.randrange(256))
    return bytes(data[: luck.randrange(1, len(data) + 1)]) if luck.random() < 0.05 else bytes(data)


def spoilt(luck: Random, path: Path) -> PacketIndex:
    """Write a clip's packets, one or more of them spoilt, and return their index."""
    found, packets = good(luck.choice(CLIPS))
    sets = found.coding.sets
    assert sets is not None
    written = list(packets)
    match luck.randrange(5):
        case 0:
            sets = replace(sets, sps=(damaged(luck, sets.sps[0]),))
        case 1:
            sets = replace(sets, pps=(damaged(luck, sets.pps[0]),))
        case _:
            for _ in range(luck.choice((1, 1, 1, 4))):
                at = luck.randrange(len(written))
                parts = list(units(written[at], 4))
                which = luck.randrange(len(parts))
                parts[which] = damaged(luck, parts[which])
                written[at] = packed(parts)
    return _written(found, sets, written, path)


def _written(
    found: PacketIndex, sets: ParameterSets, packets: list[bytes], path: Path
) -> PacketIndex:
    path.write_bytes(b"".join(packets))
    placed: list[Packet] = []
    at = 0
    for one, packet in zip(found.packets, packets, strict=True):
        placed.append(replace(one, position=at, size=len(packet)))
        at += len(packet)
    return replace(found, path=path, packets=tuple(placed), coding=replace(found.coding, sets=sets))


def boxed(found: PacketIndex, out: Path) -> Path:
    """Put packets into an MP4, so that a decoder reads them."""
    frames = [
        CodedFrame(found.path, one.position, one.size, one.shown, anew=n == 0)
        for n, one in enumerate(found.packets)
    ]
    assert found.coding.sets is not None
    write_film(FilmPicture(frames, SIZE, FPS, found.coding.sets, found.coding.color), None, out)
    return out


def read_strictly(path: Path) -> list[bytes] | None:
    """Decode a film; None if a decoder that forgives nothing finds a fault."""
    shown: list[bytes] = []
    try:
        with av.open(str(path)) as film:
            stream = film.streams.video[0]
            stream.codec_context.options = {"err_detect": "explode+bitstream+buffer+crccheck"}
            stream.codec_context.thread_count = 1
            for frame in film.decode(stream):
                if frame.is_corrupt:
                    return None
                shown.append(planes_of(frame))
    except (av.FFmpegError, ValueError):
        return None
    return shown


def reads_past_the_end(path: Path) -> bool:
    """Tell whether a slice's data are read beyond their end.

    FFmpeg lets up to four bytes pass, more or fewer as they are aligned in memory, with a word in
    its log. What is read there is of the next packet, so after an entry it is something else.
    """
    before = av.logging.get_level()
    av.logging.set_level(av.logging.DEBUG)
    try:
        with av.logging.Capture() as said:
            read_strictly(path)
    finally:
        av.logging.set_level(before)
    return any("overread" in message for *_, message in said)


def run(seed: int, number: int, folder: Path) -> Outcome:
    """Run the case of a number."""
    luck = Random(f"{seed}:{number}")
    began = time.process_time()
    try:
        outcome = _run(luck, folder)
    except Exception:  # noqa: BLE001 -- to find any is what this is for
        outcome = Outcome("failed", traceback.format_exc())
    took = time.process_time() - began
    if not outcome.why and took > LONGEST:
        return Outcome("failed", f"it took {took:.1f} s of CPU")
    return outcome


def _run(luck: Random, folder: Path) -> Outcome:
    found = spoilt(luck, folder / "clip.raw")
    place = luck.randrange(1, FRAMES * 2 // 3)
    planned = plan_entries(found, 0, len(found.packets), place, NUMBER)
    if not isinstance(planned, Entries):
        return Outcome("refused", "" if planned.reason else "it is refused without a reason")
    source = read_strictly(boxed(found, folder / "source.mp4"))
    if source is None or len(source) != FRAMES:
        return Outcome("unread")
    whole = index(folder / "source.mp4")
    try:
        entered = enter_exactly(whole, planned, folder / "exact.mp4")
    except Refused as refused:
        return Outcome("refused", "" if str(refused) else "it is refused without a reason")
    if read_strictly(entered) != source[place:]:
        if reads_past_the_end(folder / "source.mp4"):
            return Outcome("unread")
        return Outcome("wrong", f"its frames from {place} on are not its source's: {planned}")
    return Outcome("exact")


def main() -> int:
    """Run cases, and print how many there were of each outcome, and those that are wrong."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    outcomes: Counter[str] = Counter()
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(asked.cases):
            outcome = run(asked.seed, number, Path(folder))
            outcomes[outcome.kind] += 1
            if outcome.why:
                failed += 1
                print(f"case {number}: {outcome.why}", flush=True)
    print(", ".join(f"{count:,} {kind}" for kind, count in sorted(outcomes.items())))
    print(f"{failed:,} of {asked.cases:,} cases failed (seed {asked.seed})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
