"""Pictures, sounds, clips and fonts that are broken somewhere, with a storyboard that uses one."""

import io
import json
import tempfile
import wave
from fractions import Fraction
from functools import cache
from pathlib import Path
from random import Random

import av
import numpy as np
from fuzz_values import spoil
from PIL import Image

from storyboard.media.text.fonts import FOLDER

USES = {
    "png": {"still": "front.png", "duration": "3s"},
    "jpg": {"prompt": "Rain.", "duration": "5s", "start": "front.jpg"},
    "webp": {"still": "front.webp", "duration": "3s"},
    "gif": {"still": "front.gif", "duration": "3s"},
    "mp4": {"footage": "clip.mp4", "from": 0, "to": "1s"},
    "mkv": {"footage": "clip.mkv"},
    "wav": {"prompt": "Rain.", "duration": "5s"},
    "mp3": {"prompt": "Rain.", "duration": "5s"},
    "ttf": {"prompt": "Rain.", "duration": "5s", "titles": [{"text": "Rain"}]},
}
NAMES = {
    **dict.fromkeys(("png", "jpg", "webp", "gif"), "front"),
    **dict.fromkeys(("mp4", "mkv"), "clip"),
    **dict.fromkeys(("wav", "mp3"), "theme"),
    "ttf": "own",
}


def media_case(luck: Random) -> dict[str, bytes]:
    """Draw a file that is spoilt, or is not what its name says."""
    kind = luck.choice(tuple(USES))
    data = good(kind if luck.random() < 0.9 else luck.choice(tuple(USES)))
    if luck.random() < 0.95:
        data = _spoilt(luck, data)
    name = f"{NAMES[kind]}.{kind}"
    story = {
        "storyboard": 1,
        "model": "kling-v3-standard",
        "scenes": [{"id": "s", "shots": [{"id": "a", **USES[kind]}]}],
    }
    if kind in {"wav", "mp3"}:
        story["cut"] = {"music": {"file": name}}
    if kind == "ttf":
        story["brand"] = {"font": name}
    return {"storyboard.yaml": json.dumps(story).encode(), name: data}


def _spoilt(luck: Random, data: bytes) -> bytes:
    """Spoil the head most of all: that is where a file says what it is."""
    match luck.randrange(4):
        case 0:
            return spoil(luck, data)
        case 1:
            return data[: luck.randrange(len(data) + 1)]
        case 2:
            head = luck.choice((40, 200, 1000))
            return spoil(luck, data[:head]) + data[head:]
        case _:
            tail = luck.choice((200, 1000, 3000))
            return data[:-tail] + spoil(luck, data[-tail:])


@cache
def good(kind: str) -> bytes:
    """Return a file of a kind that is as it should be."""
    if kind in {"png", "jpg", "webp", "gif"}:
        written = io.BytesIO()
        picture = Image.fromarray(
            np.arange(360 * 640 * 3, dtype=np.uint32).astype(np.uint8).reshape(360, 640, 3)
        )
        picture.save(written, {"jpg": "jpeg"}.get(kind, kind))
        return written.getvalue()
    if kind == "wav":
        written = io.BytesIO()
        with wave.open(written, "wb") as sound:
            sound.setnchannels(1)
            sound.setsampwidth(2)
            sound.setframerate(16000)
            sound.writeframes(bytes(160_000))
        return written.getvalue()
    if kind == "ttf":
        return (FOLDER / "NotoSans-Bold.ttf").read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        return _encoded(Path(folder) / f"clip.{kind}").read_bytes()


def _encoded(path: Path) -> Path:
    with av.open(str(path), "w") as out:
        if path.suffix != ".mp3":
            video = out.add_stream("libx264", rate=Fraction(24))
            video.width, video.height, video.pix_fmt = 64, 36, "yuv420p"
            for number in range(48):
                shade = np.full((36, 64, 3), number * 5, dtype=np.uint8)
                out.mux(video.encode(av.VideoFrame.from_ndarray(shade, format="rgb24")))
            out.mux(video.encode(None))
        else:
            sound = out.add_stream("libmp3lame", rate=44100)
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1152), dtype=np.int16), "s16p", "mono")
            frame.sample_rate = 44100
            for _ in range(80):
                frame.pts = None
                out.mux(sound.encode(frame))
            out.mux(sound.encode(None))
    return path
