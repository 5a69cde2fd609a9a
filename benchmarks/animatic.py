"""How fast the animatic's clips are drawn: against real time, and against moviepy drawing the same.

Run it with `python benchmarks/animatic.py [--runs N]`. Pictures are made here, textured so that
they are not easier to encode than real ones. moviepy gets the picture as a clip, moves it by its
own `Resize`, and encodes with the same encoder, preset and quality. The ways are run by turns, and
medians are printed.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from statistics import median

import numpy as np
from moviepy import AudioArrayClip, CompositeVideoClip, ImageClip
from moviepy.video.fx import Resize
from PIL import Image, ImageFilter

from storyboard.backends.animatic import AnimaticClip, Card, Picture, Portrait, Spoken, draw_clip
from storyboard.backends.animatic.camera import camera_of
from storyboard.backends.animatic.sound import RATE, samples
from storyboard.media.picture import covering, open_picture
from storyboard.model.asset import FileDigest
from storyboard.model.storyboard import Size

PROMPTS = (
    "Macro on @cup as milk is poured into it, slow push in.",
    "@mara looks up from the counter, sees us, and smiles. Slow pan right, shallow focus.",
    "Handheld: a street in the early morning rain, neon signs in the puddles.",
)
SHOT = 4
CLIPS = 4
SIZES = (Size(1280, 720), Size(720, 1280), Size(192, 108))


def textured(path: Path, seed: int) -> Picture:
    """Make a picture with light, soft shapes and grain."""
    random = np.random.default_rng(seed)
    soft = Image.fromarray(random.integers(0, 256, (18, 32, 3), np.uint8)).resize((1920, 1080), 3)
    grain = random.normal(0, 6, (1080, 1920, 1))
    noisy = np.clip(np.asarray(soft.filter(ImageFilter.GaussianBlur(4))) + grain, 0, 255)
    Image.fromarray(noisy.astype(np.uint8)).save(path)
    return Picture(FileDigest(f"{seed:064d}"), path)


def clip(size: Size, pictures: list[Picture], turn: int) -> AnimaticClip:
    """Make a clip of three shots: a start frame, a face on a card, words on a card."""
    cards = tuple(
        Card(
            name=f"scene-{turn}/shot-{n}",
            scene=n,
            start=Fraction(n * SHOT),
            seconds=Fraction(SHOT),
            prompt=prompt,
            camera=camera_of(prompt),
            picture=pictures[0] if n == 0 else None,
            portraits=(Portrait("@mara", pictures[1]),) if n == 1 else (),
            lines=(Spoken("mara", "first cup's on the house.", Fraction(0), Fraction(2)),),
        )
        for n, prompt in enumerate(PROMPTS)
    )
    return AnimaticClip(size, Fraction(24), Fraction(SHOT * len(cards)), cards)


def with_moviepy(whole: AnimaticClip, out: Path) -> None:
    """Draw one shot of the clip's first card with moviepy."""
    card, size = whole.cards[0], whole.size
    seconds = float(card.seconds)
    still = covering(open_picture(card.picture.path), size, None, 1.0) if card.picture else None
    seen = ImageClip(np.asarray(still), duration=seconds).with_effects(
        [Resize(lambda t: 1 + 0.12 * t / seconds)]
    )
    window = CompositeVideoClip([seen.with_position("center")], size=(size.width, size.height))
    mono = samples(replace(whole, seconds=card.seconds, cards=(card,)))
    sound = AudioArrayClip(np.stack([mono, mono], axis=1), fps=RATE)
    film = window.with_duration(seconds)
    film.with_audio(sound).write_videofile(
        str(out),
        fps=24,
        codec="libx264",
        preset="ultrafast",
        audio_fps=RATE,
        threads=2,
        ffmpeg_params=["-crf", "25"],
        logger=None,
    )


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall, and seconds of all cores: other programs change only the first."""

    wall: float
    cpu: float


def took(work: Callable[[], object]) -> Spent:
    """Measure something, with the programs that it starts."""
    start, before = time.perf_counter(), os.times()
    work()
    after = os.times()
    return Spent(time.perf_counter() - start, sum(after[:4]) - sum(before[:4]))


def shown(size: Size, way: str, spent: list[Spent], length: int) -> None:
    """Print medians as multiples of real time: as it went, and for a second of one core."""
    wall, cpu = median(one.wall for one in spent), median(one.cpu for one in spent)
    label = f"{size.width}x{size.height}"
    print(f"{label:>10}  {way:<12} {length / wall:8.2f} {length / cpu:10.2f}")


def together(size: Size, pictures: list[Picture], folder: Path) -> None:
    """Draw several clips at once, as a film of several jobs does."""
    clips = [clip(size, pictures, turn) for turn in range(CLIPS)]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda one: draw_clip(one, folder / f"{one.cards[0].name[:7]}.mp4"), clips))


def main() -> None:
    """Measure, and print a line for each size and way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pictures = [textured(folder / f"{seed}.png", seed) for seed in (1, 2)]
        out = folder / "out.mp4"
        length = SHOT * len(PROMPTS)
        print(f"{'':>10}  {'':<12} {'x real time':>8} {'a core':>7}")
        for size in SIZES:
            one = clip(size, pictures, 0)
            draw_clip(one, out)  # fonts and pictures are read once a run, not once a clip
            alone, four, peer = [], [], []
            for _ in range(runs):
                alone.append(took(lambda one=one: draw_clip(one, out)))
                four.append(took(lambda size=size: together(size, pictures, folder)))
                peer.append(took(lambda one=one: with_moviepy(one, out)))
            shown(size, "one clip", alone, length)
            shown(size, "four at once", four, CLIPS * length)
            shown(size, "moviepy", peer, SHOT)


if __name__ == "__main__":
    main()
