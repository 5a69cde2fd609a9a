"""Cards, clips of them, and pictures on them."""

import hashlib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from PIL import Image

from storyboard.backends.animatic import AnimaticClip, Card, Picture
from storyboard.backends.animatic.camera import Camera, Motion
from storyboard.model.asset import FileDigest
from storyboard.model.storyboard import Size

TINY = Size(192, 108)


def card(name: str, start: int, seconds: int, prompt: str = "a cup", **more: object) -> Card:
    length = Fraction(seconds)
    plain = Card(
        name,
        0,
        Fraction(start),
        length,
        prompt,
        Camera(Motion.DRIFT),
    )
    return replace(plain, **more)


def clip(*cards: Card, size: Size = TINY, fps: Fraction = Fraction(24)) -> AnimaticClip:
    shown = cards or (card("a/one", 0, 2), card("a/two", 2, 1, "another", scene=1))
    length = sum((one.seconds for one in shown), Fraction(0))
    return AnimaticClip(size, fps, length, shown)


def picture(path: Path, colour: str) -> Picture:
    Image.new("RGB", (640, 360), colour).save(path)
    return Picture(FileDigest(hashlib.sha256(path.read_bytes()).hexdigest()), path)
