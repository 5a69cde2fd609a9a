"""How fast animatics are made: against real time, and against moviepy drawing the same picture.

Run it with `python benchmarks/animatic.py [--runs N]`. Pictures are made here, textured so that
they are not easier to encode than real ones. An animatic is drawn, encoded, given its sound and
checked, each time in a project of its own, so that nothing of it is kept from before. moviepy gets
the picture as a clip, moves it by its own `Resize`, and encodes one shot with the same encoder and
preset. The ways are run by turns, and medians are printed.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
from moviepy import CompositeVideoClip, ImageClip
from moviepy.video.fx import Resize
from PIL import Image, ImageFilter

from storyboard import Ask
from storyboard.media.picture import covering, open_picture
from storyboard.model.storyboard import Size
from storyboard.session import Backend, RenderOptions, render_storyboard

SHOT = 4
SIZES = (Size(1280, 720), Size(720, 1280), Size(192, 108))
BOARD = """\
storyboard: 1
model: kling-v3-turbo-pro
format: {{aspect_ratio: '{ratio}', resolution: {width}x{height}, fps: 24}}
elements:
  cup: {{about: a cup, frontal: cup.png, references: [cup.png]}}
scenes:
  - id: opening
    start: start.png
    shots:
      - {{id: pour, duration: 4s, prompt: 'Milk is poured into @cup, slow push in.'}}
  - id: counter
    shots:
      - {{id: smile, duration: 4s, prompt: '@cup on a counter. Slow pan right, shallow focus.'}}
  - id: street
    shots:
      - {{id: rain, duration: 4s, prompt: 'Handheld: a street in the early morning rain.'}}
"""
SHOTS = 3


def textured(path: Path, seed: int) -> Path:
    """Make a picture with light, soft shapes and grain."""
    random = np.random.default_rng(seed)
    soft = Image.fromarray(random.integers(0, 256, (18, 32, 3), np.uint8)).resize((1920, 1080), 3)
    grain = random.normal(0, 6, (1080, 1920, 1))
    noisy = np.clip(np.asarray(soft.filter(ImageFilter.GaussianBlur(4))) + grain, 0, 255)
    Image.fromarray(noisy.astype(np.uint8)).save(path)
    return path


def animatic(size: Size, start: Path, cup: Path) -> None:
    """Make the animatic of three shots: a start frame, a face on a card, words on a card."""
    with tempfile.TemporaryDirectory() as name:
        project = Path(name)
        for picture, as_ in ((start, "start.png"), (cup, "cup.png")):
            (project / as_).hardlink_to(picture)
        ratio = "16:9" if size.width > size.height else "9:16"
        board = BOARD.format(ratio=ratio, width=size.width, height=size.height)
        (project / "storyboard.yaml").write_text(board, "utf-8")
        ask = Ask(project / "storyboard.yaml")
        made = render_storyboard(ask, options=RenderOptions(Backend.ANIMATIC))
        if not all(one.order.path.is_file() for one in made.films):
            raise RuntimeError("the animatic was not made")


def with_moviepy(size: Size, start: Path, out: Path) -> None:
    """Draw the first shot with moviepy, without a page, titles or sound."""
    still = covering(open_picture(start), size, None, 1.0)
    seen = ImageClip(np.asarray(still), duration=SHOT).with_effects(
        [Resize(lambda t: 1 + 0.12 * t / SHOT)]
    )
    window = CompositeVideoClip([seen.with_position("center")], size=(size.width, size.height))
    window.with_duration(SHOT).write_videofile(
        str(out), fps=24, codec="libx264", preset="ultrafast", threads=2, logger=None
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


def main() -> None:
    """Measure, and print a line for each size and way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start, cup = (textured(folder / f"{seed}.png", seed) for seed in (1, 2))
        animatic(SIZES[-1], start, cup)  # what is imported and read once a run is not counted
        print(f"{'':>10}  {'':<12} {'x real time':>8} {'a core':>7}")
        for size in SIZES:
            ours, peer = [], []
            for _ in range(runs):
                ours.append(took(lambda size=size: animatic(size, start, cup)))
                peer.append(took(lambda size=size: with_moviepy(size, start, folder / "out.mp4")))
            shown(size, "animatic", ours, SHOT * SHOTS)
            shown(size, "moviepy", peer, SHOT)


if __name__ == "__main__":
    main()
