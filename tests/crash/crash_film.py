"""A small storyboard with all that can be paid for: chains, a voice, uploads, two outputs."""

import math
import struct
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image

from storyboard.catalogue import load
from storyboard.emulator.clip import draw_plain
from storyboard.emulator.desk import Settings, World
from storyboard.emulator.fault import Scenario
from storyboard.emulator.serve import StandIn, serving, stand_in

KEY = "a-key-that-must-not-leak"
HEIGHT = 72

STORYBOARD = """\
storyboard: 1
title: Small
model: kling-v3-pro
format: {resolution: 128x72, fps: 24, aspect_ratio: "16:9"}
voices:
  narrator: {sample: assets/voice.wav}
scenes:
  - id: one
    start: assets/a.png
    pack: shot
    continuity: chain
    shots:
      - {id: a, duration: 3s, prompt: Rain on a window.}
      - {id: b, duration: 3s, prompt: A hand wipes it.}
      - {id: c, duration: 3s, prompt: A street behind it.}
  - id: two
    start: assets/b.png
    shots:
      - id: d
        duration: 3s
        prompt: A door opens.
        say: [{narrator: come in.}]
  - id: three
    model: kling-v3-turbo-pro
    shots:
      - {id: e, duration: 3s, prompt: A lamp is lit.}
  - id: four
    model: kling-v3-turbo-pro
    shots:
      - {id: f, duration: 3s, prompt: The lamp goes out.}
outputs:
  - {name: wide}
  - {name: square, aspect_ratio: "1:1", resolution: 128x128, fit: crop}
"""
JOBS = 7

TWIN = """\
storyboard: 1
title: Twin
model: kling-v3-turbo-pro
format: {resolution: 128x72, fps: 24, aspect_ratio: "16:9"}
scenes:
  - id: three
    shots:
      - {id: e, duration: 3s, prompt: A lamp is lit., takes: 2}
  - id: four
    shots:
      - {id: f, duration: 3s, prompt: The lamp goes out., takes: 2}
"""
"""A film in the same project: it wants two takes of two jobs of the other film, and all requests
for them have equal bodies.
"""
TWINS = 2
"""How many takes it adds."""


def write_film(folder: Path) -> Path:
    """Write the storyboard and what it needs; return the storyboard."""
    assets = folder / "assets"
    assets.mkdir(parents=True)
    Image.new("RGB", (640, 360), (30, 60, 90)).save(assets / "a.png")
    Image.new("RGB", (640, 360), (90, 60, 30)).save(assets / "b.png")
    with wave.open(str(assets / "voice.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        samples = (int(8000 * math.sin(n / 10)) for n in range(8000 * 6))
        sound.writeframes(b"".join(struct.pack("<h", one) for one in samples))
    storyboard = folder / "storyboard.yaml"
    storyboard.write_text(STORYBOARD, encoding="utf-8")
    (folder / "twin.yaml").write_text(TWIN, encoding="utf-8")
    # The project ends here: without this the folder above might be taken for it.
    (folder / ".git").mkdir()
    return storyboard


def settings(folder: Path, *, speed: float = 20_000.0, tls: bool = False) -> Settings:
    """Make the settings of a stand-in that is quick and gives equal clips for equal work."""
    folder.mkdir(parents=True, exist_ok=True)
    return Settings(
        folder=folder,
        ledger=folder / "ledger.jsonl",
        speed=speed,
        concurrency=4,
        height=HEIGHT,
        same_clips=True,
        tls=tls,
    )


@contextmanager
def provider(
    folder: Path, scenario: Scenario, *, speed: float = 20_000.0, tls: bool = False
) -> Iterator[StandIn]:
    """Run a stand-in in this process; with `tls`, at fal's own names."""
    world = World(load(), scenario, draw_plain)
    with serving(stand_in(settings(folder, speed=speed, tls=tls), world)) as standing:
        yield standing


def environment(standing: StandIn) -> dict[str, str]:
    """Return the environment that leads the program to a stand-in."""
    urls = standing.urls
    if urls.proxy_url is not None and urls.ca_file is not None:
        proxied = {"HTTPS_PROXY": urls.proxy_url, "SSL_CERT_FILE": urls.ca_file}
        return {"FAL_KEY": KEY, **proxied}
    return {
        "FAL_KEY": KEY,
        "STORYBOARD_FAL_QUEUE_URL": standing.urls.queue_url,
        "STORYBOARD_FAL_REST_URL": standing.urls.rest_url,
        "STORYBOARD_FAL_API_URL": standing.urls.api_url,
    }
