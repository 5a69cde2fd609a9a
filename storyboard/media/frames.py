"""A clip into the one frame that the next shot begins with."""

from pathlib import Path

from PIL import Image

from storyboard.media.decoding import decode
from storyboard.media.packets import index
from storyboard.media.shape import upright
from storyboard.model import Seconds


def last_frame(clip: Path, at: Seconds, out: Path) -> None:
    """Write the last frame shown before `at` as PNG; the clip's last where `at` is past its end.

    The same clip gives the same bytes: no time or name is written into the picture. Raises
    `av.FFmpegError` where the clip cannot be decoded.
    """
    packets = index(clip)
    shown = [n for n, time in enumerate(packets.times) if time < at]
    place = shown[-1] if shown else 0
    frame = next(decode(packets, place, place + 1, threads=0))
    picture = Image.fromarray(upright(frame, packets.coding).to_ndarray(format="rgb24"))
    picture.save(out, format="PNG", compress_level=3)
