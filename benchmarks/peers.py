"""Trim clips of one group with programs that claim to copy what they can, and with ours.

    python benchmarks/peers.py [--size 1280x720] [--seconds 5]

smartcut is installed from PyPI, pinned, into a temporary folder. LosslessCut is in no registry, and
auto-editor's package only fetches a program from elsewhere. ffmpeg encodes all again, to compare
with. Each is asked for a clip without its first 7 frames, and without a second of its middle; a row
tells how many frames stand where they should, how many are not packets of the clip, seconds of CPU,
the size, and how like its source the worst frame is.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests/cut"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests/media/h264"))

from clips import ClipRecipe, Picture, numbers, pictures
from films import Take, make, timeline
from imageio_ffmpeg import get_ffmpeg_exe
from streams import FPS, WAYS, encoded_as

from storyboard.cut.options import CutOptions
from storyboard.media import avc
from storyboard.media.packets import index
from storyboard.model.storyboard import Size

SMARTCUT = "smartcut==1.7"
CODINGS = ("medium", "all-p")
Spans = tuple[tuple[int, int], ...]
"""The frames that stay: from, to."""


@dataclass(frozen=True, slots=True)
class Trim:
    """What is asked for: which frames of a clip are to stay, and where the film goes."""

    clip: Path
    spans: Spans
    size: Size
    out: Path

    @property
    def wanted(self) -> list[int]:
        """Return the number that each frame of the film should show."""
        return [n for first, end in self.spans for n in range(first, end)]


def ours(trim: Trim) -> None:
    """Cut by storyboard, in a process of its own, as the peers are."""
    command = [sys.executable, __file__, "--ours", str(trim.clip), str(trim.out)]
    command += [f"{trim.size.width}x{trim.size.height}", *(f"{a}-{b}" for a, b in trim.spans)]
    subprocess.run(command, check=True)  # noqa: S603 - our own


def cut_by_us(clip: Path, out: Path, size: Size, spans: Spans) -> None:
    """Lay the frames that stay one after the other, and cut."""
    takes = [Take(clip, end - first, first) for first, end in spans]
    with tempfile.TemporaryDirectory() as folder:
        report = make(timeline(takes, FPS, size), Path(folder) / "film", CutOptions())
        report.path.rename(out)


def smartcut(program: Path) -> Callable[[Trim], None]:
    """Cut by smartcut, at times: by frame numbers its version cannot keep the last frame."""

    def run(trim: Trim) -> None:
        # A little before each frame, which rounding would else leave out; "e" is the clip's end.
        times = [f"{max(0, (n - 0.25) / FPS):.4f}" for span in trim.spans for n in span]
        command = [program, trim.clip, trim.out, "--keep", ",".join([*times[:-1], "e"])]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own

    return run


def encode(trim: Trim) -> None:
    """Encode all again, as ffmpeg does by default but finer."""
    chosen = "+".join(f"between(n,{first},{end - 1})" for first, end in trim.spans)
    graph = f"select='{chosen}',setpts=N/{FPS}/TB"
    command = [get_ffmpeg_exe(), "-v", "error", "-i", trim.clip, "-vf", graph, "-crf", "18"]
    subprocess.run([*command, "-y", trim.out], check=True)  # noqa: S603 - our own


def measure(name: str, run: Callable[[Trim], None], trim: Trim) -> str:
    """Run one program and return its cells of a row."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(trim)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    seen = numbers(trim.out)
    right = sum(a == b for a, b in zip(seen, trim.wanted, strict=False))
    return (
        f"{name} | {right} of {len(trim.wanted)}, {len(seen)} in all | {made(trim)} | "
        f"{cpu:.1f} | {trim.out.stat().st_size / 1e6:.2f} | {worst(trim):.1f}"
    )


def made(trim: Trim) -> int:
    """Count the frames whose coded data are not the clip's: slices are compared by their ends.

    An entry writes the headers of slices again and leaves the data behind them as they are.
    """
    known = set(tails(trim.clip))
    return sum(tail not in known for tail in tails(trim.out))


def tails(path: Path) -> list[bytes]:
    """Return the last bytes of each picture."""
    found, data = index(path), path.read_bytes()
    size = found.coding.sets.length_size if found.coding.sets else 4
    packets = (data[one.position : one.position + one.size] for one in found.packets)
    return [list(avc.units(packet, size))[-1][-48:] for packet in packets]


def worst(trim: Trim) -> float:
    """Return the lowest PSNR of luma, in dB, of a frame to the frame of its number in the clip."""
    with av.open(str(trim.clip)) as clip:
        source = [samples(one) for one in clip.decode(video=0)]
    least = 99.0
    with av.open(str(trim.out)) as film:
        for n, frame in zip(trim.wanted, film.decode(video=0), strict=False):
            error = float(((samples(frame).astype(float) - source[n]) ** 2).mean())
            least = min(least, 99.0 if error == 0 else 10 * np.log10(255**2 / error))
    return least


def samples(frame: av.VideoFrame) -> Picture:
    """Return the luma of a frame as it is coded: as "gray" it would be stretched to full range."""
    return frame.to_ndarray(format="yuv420p")[: frame.height]


def main() -> None:
    """Install the peers, trim each clip by each program in turn, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="1280x720")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--ours", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.ours:
        clip, out, size, *spans = asked.ours
        pairs = tuple((int(a), int(b)) for a, _, b in (one.partition("-") for one in spans))
        cut_by_us(Path(clip), Path(out), size_of(size), pairs)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)  # noqa: S603
        pip = [folder / "env/bin/python", "-m", "pip", "install", "--quiet", SMARTCUT]
        subprocess.run(pip, check=True)  # noqa: S603 - our own
        peers = {
            "storyboard": ours,
            SMARTCUT: smartcut(folder / "env/bin/smartcut"),
            "ffmpeg, all encoded": encode,
        }
        show(peers, size_of(asked.size), int(asked.seconds * FPS), folder)


def size_of(text: str) -> Size:
    """Read a size as it is written: WIDTHxHEIGHT."""
    width, _, height = text.partition("x")
    return Size(int(width), int(height))


def show(peers: dict[str, Callable[[Trim], None]], size: Size, frames: int, folder: Path) -> None:
    """Print a row for each clip, task and program."""
    tasks: dict[str, Spans] = {
        "without its first 7 frames": ((7, frames),),
        "without a second of its middle": ((0, frames // 2), (frames // 2 + 24, frames)),
    }
    print("| clip | asked | program | frames right | not the clip's | CPU s | MB | worst dB |")
    print("|---|---|---|---|---|---|---|---|")
    for coding in CODINGS:
        clip = folder / f"{coding}.mp4"
        recipe = ClipRecipe(frames, FPS, size.width, size.height, seed=4, grain=8)
        drawn = (av.VideoFrame.from_ndarray(one, format="rgb24") for one in pictures(recipe))
        encoded_as(clip, WAYS[coding], drawn, size)
        for task, spans in tasks.items():
            for name, run in peers.items():
                trim = Trim(clip, spans, size, folder / "out.mp4")
                print(f"| {coding} | {task} |", measure(name, run, trim), "|", flush=True)


if __name__ == "__main__":
    main()
