"""A page's recipes to media files: small, still, silent, of the size and length asked for."""

import re
import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image

PICTURE = re.compile(r"picture (\d+)x(\d+)")
SOUND = re.compile(r"sound (\d+(?:\.\d+)?)s")
CLIP = re.compile(r"clip (\d+)x(\d+) (\d+)fps (\d+(?:\.\d+)?)s(?: header (\d)s)?(?: (\d) sounds)?")
TEXT = re.compile(r"text (.+)")


def make(path: Path, recipe: str) -> None:
    """Make the file that a recipe asks for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if found := PICTURE.fullmatch(recipe):
        Image.new("RGB", (int(found[1]), int(found[2])), "teal").save(path)
    elif found := SOUND.fullmatch(recipe):
        make_sound(path, float(found[1]))
    elif found := CLIP.fullmatch(recipe):
        sounds = int(found[6] or 0)
        make_clip(path, int(found[1]), int(found[2]), int(found[3]), float(found[4]), sounds)
        if found[5]:
            tell_another_length(path, int(found[5]))
    elif found := TEXT.fullmatch(recipe):
        path.write_text(found[1], encoding="utf-8")
    else:
        raise ValueError(f"no recipe: {recipe!r}")


def make_sound(path: Path, seconds: float) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(bytes(2 * round(seconds * 16000)))


def make_clip(  # noqa: PLR0913, PLR0917 - what a recipe may say
    path: Path, width: int, height: int, fps: int, seconds: float, sounds: int
) -> None:
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=fps, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        heard = [file.add_stream("aac", rate=48000, layout="mono") for _ in range(sounds)]
        picture = np.zeros((height, width, 3), np.uint8)
        for number in range(round(seconds * fps)):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, fps)
            file.mux(stream.encode(frame))
        file.mux(stream.encode())
        for one in heard:
            quiet = np.zeros((1, round(seconds * 48000)), np.float32)
            sound = av.AudioFrame.from_ndarray(quiet, format="fltp", layout="mono")
            sound.sample_rate = 48000
            file.mux(one.encode(sound))
            file.mux(one.encode())


def tell_another_length(path: Path, seconds: int) -> None:
    """Write another length into the header of the picture, the first of the media."""
    data = bytearray(path.read_bytes())
    at = data.index(b"mdhd") + 16
    scale = int.from_bytes(data[at : at + 4], "big")
    data[at + 4 : at + 8] = (seconds * scale).to_bytes(4, "big")
    path.write_bytes(data)
