"""Measure how like its source every copied frame of an entered clip is: its PSNR and its SSIM.

    python benchmarks/likeness.py [--size 1920x1080] [--seconds 5 10 15] [--scenes WORD …]
        [--codings WORD …] [--chain 30]

Each clip is one group at 24 frames a second, entered at its 13th frame. A row tells how many frames
were made again, the size of the film and of those frames of the clip, and the least like frame.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np
from av.video.frame import VideoFrame
from imageio_ffmpeg import get_ffmpeg_exe
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).parent.parent / "tests/media/h264"))

from clips import ClipRecipe, pictures
from streams import FPS, NUMBER, WAYS, encoded_as
from streams import pictures as turning

from storyboard.media.entering import Entries, enter, plan_entries
from storyboard.media.h264 import entry_choice
from storyboard.media.packets import index
from storyboard.model.storyboard import Size

Scene = Callable[[int, Size], Iterator[NDArray[np.uint8]]]
ENTRY = 12
CODINGS = ("medium", "veryfast", "all-p", "all-p-ref4", "baseline")


def grainy(frames: int, size: Size) -> Iterator[NDArray[np.uint8]]:
    """Slide a texture with grain that no frame shares with the next."""
    recipe = ClipRecipe(frames, FPS, size.width, size.height, seed=3, grain=8)
    return pictures(recipe)


def dissolving(frames: int, size: Size) -> Iterator[NDArray[np.uint8]]:
    """Dissolve soft shapes into one flat colour, and out of it, again and again."""
    y, x = np.mgrid[: size.height, : size.width].astype(np.float32) / size.height
    for n in range(frames):
        wave = np.sin(9 * x + n / 30) + np.cos(7 * y - n / 25)
        shapes = np.stack([128 + 45 * wave, 110 + 40 * np.sin(wave), 140 - 35 * wave], axis=-1)
        seen = 0.5 + 0.5 * np.cos(n / 12)
        yield (shapes * seen + 90 * (1 - seen)).clip(0, 255).astype(np.uint8)


SCENES: dict[str, Scene] = {
    "turning": lambda frames, size: iter(turning(frames, size)),
    "grainy": grainy,
    "dissolving": dissolving,
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """Each copied frame's PSNR of luma, in dB, and SSIM of luma."""

    psnr: tuple[float, ...]
    ssim: tuple[float, ...]


def likeness(source: Path, film: Path, frames: int, folder: Path) -> Likeness:
    """Compare a film's frames with those of its source from the entry on, by ffmpeg's filters."""
    counted = f"settb=1/{FPS},setpts=N"
    part = f"trim=start_frame={ENTRY}:end_frame={ENTRY + frames}"
    graph = (
        f"[0:v]{part},{counted},split[d][e];[1:v]{counted},split[b][c];"
        "[b][d]psnr=stats_file=psnr.txt[f];[c][e]ssim=stats_file=ssim.txt[g]"
    )
    command = [get_ffmpeg_exe(), "-v", "error", "-i", source, "-i", film, "-lavfi", graph]
    to = ["-f", "null", "-"]
    subprocess.run([*command, "-map", "[f]", *to, "-map", "[g]", *to], cwd=folder, check=True)  # noqa: S603
    psnr = re.findall(r"psnr_y:(\S+)", (folder / "psnr.txt").read_text())
    ssim = re.findall(r"Y:(\S+)", (folder / "ssim.txt").read_text())
    return Likeness(
        tuple(99.0 if one == "inf" else float(one) for one in psnr), tuple(map(float, ssim))
    )


def measure(scene: str, coding: str, seconds: int, size: Size, folder: Path) -> str:
    """Make a clip, enter it, and return a row of the table."""
    frames = int(seconds * FPS)
    drawn = (VideoFrame.from_ndarray(one, format="rgb24") for one in SCENES[scene](frames, size))
    clip = encoded_as(folder / "clip.mp4", WAYS[coding], drawn, size)
    found = index(clip)
    entries = plan_entries(found, 0, len(found.packets), ENTRY, NUMBER)
    name = f"| {scene} | {coding} | {seconds}"
    if not isinstance(entries, Entries):
        return f"{name} | refused: {entries.reason} | | | | | |"
    film = folder / "film.mp4"
    enter(found, entries, NUMBER, FPS, film, iter)
    one = likeness(clip, film, entries.frames, folder)
    before = sum(packet.size for packet in found.packets if packet.shown >= ENTRY)
    after = film.stat().st_size
    return (
        f"{name} | {entries.made} of {entries.frames} | {before / 1e6:.2f} | {after / 1e6:.2f} | "
        f"{min(one.psnr):.1f} | {mean(one.psnr):.1f} | {min(one.ssim):.4f} |"
    )


def main() -> None:
    """Measure what is asked for, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="1920x1080")
    parser.add_argument("--seconds", nargs="*", type=int, default=[5, 10, 15])
    parser.add_argument("--scenes", nargs="*", default=list(SCENES), choices=list(SCENES))
    parser.add_argument("--codings", nargs="*", default=list(CODINGS), choices=list(WAYS))
    parser.add_argument("--chain", type=int, default=entry_choice.LONGEST_CHAIN)
    asked = parser.parse_args()
    entry_choice.LONGEST_CHAIN = asked.chain
    width, _, height = asked.size.partition("x")
    size = Size(int(width), int(height))
    print(
        "| scene | coding | s | made again | clip MB | film MB | PSNR worst | mean | SSIM worst |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for scene in asked.scenes:
        for coding in asked.codings:
            for seconds in asked.seconds:
                with tempfile.TemporaryDirectory() as folder:
                    row = measure(scene, coding, seconds, size, Path(folder))
                    print(row, flush=True)


if __name__ == "__main__":
    main()
