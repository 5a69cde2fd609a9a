"""Draws the pictures, the turntable clip and the sounds of this example, always the same.

Run it with `python examples/first-cup/make_assets.py`; the results are kept in git, so that
nobody has to.
"""

import math
import wave
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

ASSETS = Path(__file__).resolve().parent / "assets"
SCALE = 2
RATE = 48_000

CREAM, ESPRESSO, WOOD, WOOD_DARK = "#f2e4cf", "#2a1b15", "#9b6a43", "#6e4529"
GREEN, GREEN_DARK, BLUE, BLUE_DARK, BLUE_LIGHT = (
    "#39594a",
    "#27402f",
    "#4f7597",
    "#365672",
    "#86a9c4",
)
SKIN, SKIN_DARK, HAIR, SILVER, MILK = "#c98d68", "#a96f4e", "#3a241c", "#d8dce0", "#fdf8ee"

Point = tuple[float, float]


def rgb(colour: str) -> np.ndarray:
    """Turn `#rrggbb` into three numbers from 0 to 255."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], float)


class Board:
    """A picture drawn at twice its size, in units of its height, and brought down at the end."""

    def __init__(self, width: int, height: int, top: str, bottom: str) -> None:
        self.width, self.height = width * SCALE, height * SCALE
        ramp = np.linspace(0, 1, self.height)[:, None, None]
        rows = rgb(top) * (1 - ramp) + rgb(bottom) * ramp
        self.picture = Image.fromarray(
            np.broadcast_to(rows, (self.height, self.width, 3)).astype("uint8")
        )

    def at(self, x: float, y: float) -> Point:
        """Turn units (0,0 is the middle, 1 the height) into pixels."""
        return self.width / 2 + x * self.height, self.height / 2 + y * self.height

    def draw(
        self,
        paint: Callable[[ImageDraw.ImageDraw], None],
        colour: str,
        blur: float = 0,
        alpha: float = 1,
    ) -> None:
        """Paint on a layer of its own, soften it, and lay it on the picture."""
        layer = Image.new("RGBA", (self.width, self.height), colour + "00")
        paint(ImageDraw.Draw(layer))
        if blur:
            layer = layer.filter(ImageFilter.GaussianBlur(blur * self.height))
        if alpha < 1:
            layer.putalpha(layer.getchannel("A").point(lambda value: int(value * alpha)))
        self.picture.paste(layer, (0, 0), layer)

    def ellipse(
        self, x: float, y: float, w: float, h: float, colour: str, blur: float = 0, alpha: float = 1
    ) -> None:
        """Draw an ellipse around a point."""
        box = (*self.at(x - w / 2, y - h / 2), *self.at(x + w / 2, y + h / 2))
        self.draw(lambda pen: pen.ellipse(box, fill=colour), colour, blur, alpha)

    def shape(self, points: list[Point], colour: str, blur: float = 0, alpha: float = 1) -> None:
        """Draw a filled outline."""
        self.draw(
            lambda pen: pen.polygon([self.at(*p) for p in points], fill=colour), colour, blur, alpha
        )

    def box(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        colour: str,
        round_: float = 0,
        blur: float = 0,
        alpha: float = 1,
    ) -> None:
        """Draw a rectangle around a point."""
        box = (*self.at(x - w / 2, y - h / 2), *self.at(x + w / 2, y + h / 2))
        self.draw(
            lambda pen: pen.rounded_rectangle(box, round_ * self.height, fill=colour),
            colour,
            blur,
            alpha,
        )

    def arc(
        self, x: float, y: float, w: float, h: float, angles: Point, colour: str, thick: float
    ) -> None:
        """Draw a stretch of an ellipse's outline."""
        box = (*self.at(x - w / 2, y - h / 2), *self.at(x + w / 2, y + h / 2))
        self.draw(
            lambda pen: pen.arc(box, *angles, fill=colour, width=int(thick * self.height)), colour
        )

    def done(self, vignette: float = 0.25) -> Image.Image:
        """Darken the corners, and bring the picture down to its size."""
        small = self.picture.resize(
            (self.width // SCALE, self.height // SCALE), Image.Resampling.LANCZOS
        )
        rows, columns = np.mgrid[-1 : 1 : small.height * 1j, -1 : 1 : small.width * 1j]
        shade = 1 - vignette * np.clip((rows**2 + columns**2) / 2, 0, 1)
        return Image.fromarray((np.asarray(small, float) * shade[..., None]).astype("uint8"))


def curve(start: Point, control: Point, end: Point, steps: int = 24) -> list[Point]:
    """Return points of a quadratic curve."""
    parts = [step / steps for step in range(steps + 1)]
    return [
        tuple(
            (1 - t) ** 2 * a + 2 * (1 - t) * t * b + t * t * c
            for a, b, c in zip(start, control, end, strict=True)
        )
        for t in parts
    ]  # type: ignore[misc] -- pairs in, pairs out


def cafe(board: Board) -> None:
    """Draw the room: a bright window, shelves out of focus, a wooden counter."""
    board.box(-0.52, -0.16, 0.62, 0.62, "#ffeecb", 0.01, blur=0.012)
    for x in (-0.68, -0.36):
        board.box(x, -0.16, 0.018, 0.64, "#b98a5e", blur=0.006)
    board.box(-0.52, -0.17, 0.64, 0.016, "#b98a5e", blur=0.006)
    for y in (-0.32, -0.10):
        board.box(0.5, y + 0.075, 0.66, 0.022, "#5b3a26", blur=0.008)
        for n, colour in enumerate((GREEN, "#c9a26b", BLUE, "#7d4c35", "#d9c3a0", GREEN_DARK)):
            board.box(
                0.25 + n * 0.1,
                y,
                0.055 + 0.012 * (n % 3),
                0.11 + 0.018 * (n % 2),
                colour,
                0.012,
                blur=0.008,
            )
    for n, (x, y) in enumerate(((0.16, -0.4), (0.42, -0.43), (0.72, -0.4))):
        board.ellipse(x, y, 0.09, 0.09, "#ffdf9e", blur=0.014 + n * 0.002, alpha=0.75)
    board.box(0, 0.42, 2.4, 0.4, WOOD, blur=0)
    board.box(0, 0.235, 2.4, 0.03, "#b58055")
    for n in range(5):
        board.box(0.2 - 0.1 * n, 0.30 + n * 0.045, 2.4, 0.004, WOOD_DARK, alpha=0.35)
    board.shape(
        [(-0.85, -0.45), (-0.2, -0.45), (0.75, 0.55), (-0.35, 0.55)],
        "#fff3d6",
        blur=0.05,
        alpha=0.22,
    )


def cup(
    board: Board, x: float, y: float, s: float, turn: float = 0.0, *, fill: str = "#6b3f26"
) -> None:
    """Draw the blue stoneware cup, its handle turned by an angle in radians."""
    board.ellipse(x, y + 0.27 * s, 0.62 * s, 0.11 * s, ESPRESSO, blur=0.02 * s, alpha=0.45)
    reach, near = math.cos(turn), math.sin(turn)
    handle = (x + 0.27 * s * reach, y + 0.02 * s)
    if near < 0:
        board.arc(
            *handle, max(0.05 * s, 0.3 * s * abs(reach)), 0.27 * s, (0, 360), BLUE_DARK, 0.05 * s
        )
    body = [
        (x - 0.29 * s, y - 0.2 * s),
        *curve((x - 0.28 * s, y), (x - 0.25 * s, y + 0.27 * s), (x - 0.12 * s, y + 0.28 * s)),
        *curve((x + 0.12 * s, y + 0.28 * s), (x + 0.25 * s, y + 0.27 * s), (x + 0.28 * s, y)),
        (x + 0.29 * s, y - 0.2 * s),
    ]
    board.shape(body, BLUE)
    board.shape(
        [
            (x + 0.29 * s, y - 0.2 * s),
            *curve((x + 0.28 * s, y), (x + 0.25 * s, y + 0.27 * s), (x + 0.12 * s, y + 0.28 * s)),
            *curve(
                (x + 0.10 * s, y + 0.28 * s),
                (x + 0.16 * s, y + 0.1 * s),
                (x + 0.12 * s, y - 0.2 * s),
            ),
        ],
        BLUE_DARK,
        blur=0.012 * s,
        alpha=0.7,
    )
    board.shape(
        [
            (x - 0.235 * s, y - 0.13 * s),
            *curve((x - 0.235 * s, y), (x - 0.2 * s, y + 0.17 * s), (x - 0.16 * s, y + 0.2 * s)),
            *curve((x - 0.15 * s, y + 0.17 * s), (x - 0.19 * s, y), (x - 0.185 * s, y - 0.13 * s)),
        ],
        BLUE_LIGHT,
        blur=0.012 * s,
        alpha=0.8,
    )
    for n, (dx, dy) in enumerate(
        ((-0.1, 0.05), (0.06, 0.11), (0.0, -0.04), (0.14, 0.01), (-0.04, 0.17), (0.19, -0.08))
    ):
        angle = turn + n
        board.ellipse(
            x + (dx + 0.02 * math.sin(angle)) * s,
            y + dy * s,
            0.016 * s,
            0.011 * s,
            BLUE_DARK,
            alpha=0.6,
        )
    board.ellipse(x, y - 0.2 * s, 0.58 * s, 0.17 * s, BLUE_LIGHT)
    board.ellipse(x, y - 0.197 * s, 0.53 * s, 0.145 * s, BLUE_DARK)
    board.ellipse(x, y - 0.185 * s, 0.49 * s, 0.12 * s, fill)
    if near >= 0:
        board.arc(*handle, max(0.05 * s, 0.3 * s * abs(reach)), 0.27 * s, (0, 360), BLUE, 0.05 * s)


def latte(board: Board, x: float, y: float, s: float) -> None:
    """Draw a heart of milk on the coffee."""
    for side in (-1, 1):
        board.ellipse(x + side * 0.05 * s, y - 0.195 * s, 0.13 * s, 0.05 * s, MILK)
    board.shape(
        [(x - 0.11 * s, y - 0.188 * s), (x + 0.11 * s, y - 0.188 * s), (x, y - 0.142 * s)], MILK
    )


def steam(board: Board, x: float, y: float, s: float) -> None:
    """Draw three soft wisps."""
    for n in (-1, 0, 1):
        for k in range(12):
            px = x + n * 0.09 * s + 0.03 * s * math.sin(k * 0.7 + n)
            board.ellipse(
                px,
                y - k * 0.035 * s,
                0.035 * s,
                0.06 * s,
                "#ffffff",
                blur=0.012,
                alpha=0.10 - k * 0.006,
            )


def head(board: Board, x: float, y: float, s: float, turn: float, *, smile: float = 1.0) -> None:
    """Draw Mara: `turn` -1 looks left, 0 at us, 1 right."""
    shift = 0.07 * s * turn
    board.ellipse(x - shift * 0.5, y - 0.04 * s, 0.56 * s, 0.66 * s, HAIR)
    board.ellipse(x - 0.02 * s - shift * 1.6, y - 0.40 * s, 0.24 * s, 0.2 * s, HAIR)
    board.shape(
        [
            (x - 0.5 * s, y + 0.95 * s),
            *curve(
                (x - 0.5 * s, y + 0.6 * s),
                (x - 0.42 * s, y + 0.42 * s),
                (x - 0.1 * s, y + 0.36 * s),
            ),
            *curve(
                (x + 0.1 * s, y + 0.36 * s),
                (x + 0.42 * s, y + 0.42 * s),
                (x + 0.5 * s, y + 0.6 * s),
            ),
            (x + 0.5 * s, y + 0.95 * s),
        ],
        CREAM,
    )
    board.shape(
        [
            (x - 0.1 * s, y + 0.2 * s),
            (x + 0.1 * s, y + 0.2 * s),
            (x + 0.115 * s, y + 0.4 * s),
            (x, y + 0.46 * s),
            (x - 0.115 * s, y + 0.4 * s),
        ],
        SKIN_DARK,
    )
    board.shape(
        [
            (x - 0.27 * s, y + 0.95 * s),
            (x - 0.24 * s, y + 0.56 * s),
            (x + 0.24 * s, y + 0.56 * s),
            (x + 0.27 * s, y + 0.95 * s),
        ],
        GREEN,
    )
    for side in (-1, 1):
        board.shape(
            [
                (x + side * 0.24 * s, y + 0.57 * s),
                (x + side * 0.19 * s, y + 0.57 * s),
                (x + side * 0.1 * s, y + 0.37 * s),
                (x + side * 0.135 * s, y + 0.365 * s),
            ],
            GREEN_DARK,
        )
        if side * turn <= 0.5:
            board.ellipse(
                x + side * 0.225 * s - shift * 0.4, y + 0.06 * s, 0.055 * s, 0.1 * s, SKIN_DARK
            )
            board.arc(
                x + side * 0.235 * s - shift * 0.4,
                y + 0.165 * s,
                0.085 * s,
                0.12 * s,
                (0, 360),
                SILVER,
                0.013 * s,
            )
    board.ellipse(x, y + 0.03 * s, 0.42 * s, 0.54 * s, SKIN)
    board.ellipse(
        x + 0.12 * s, y + 0.08 * s, 0.16 * s, 0.36 * s, SKIN_DARK, blur=0.03 * s, alpha=0.45
    )
    board.shape(
        [
            (x - 0.205 * s, y - 0.02 * s),
            *curve((x - 0.22 * s, y - 0.26 * s), (x, y - 0.36 * s), (x + 0.21 * s, y - 0.05 * s)),
            (x + 0.205 * s, y - 0.02 * s),
            *curve(
                (x + 0.18 * s, y - 0.12 * s),
                (x + 0.08 * s + shift, y - 0.2 * s),
                (x - 0.04 * s + shift, y - 0.19 * s),
            ),
            *curve(
                (x - 0.1 * s + shift, y - 0.18 * s),
                (x - 0.19 * s, y - 0.12 * s),
                (x - 0.205 * s, y - 0.02 * s),
            ),
        ],
        HAIR,
    )
    for side in (-1, 1):
        ex = x + side * 0.092 * s + shift
        board.ellipse(ex, y - 0.005 * s, 0.072 * s, 0.044 * s, "#fff8f0")
        board.ellipse(ex + 0.012 * s * turn, y - 0.004 * s, 0.036 * s, 0.04 * s, ESPRESSO)
        board.ellipse(
            ex + 0.02 * s * turn + 0.008 * s, y - 0.013 * s, 0.01 * s, 0.01 * s, "#ffffff"
        )
        board.arc(ex, y - 0.035 * s, 0.11 * s, 0.07 * s, (200, 340), HAIR, 0.014 * s)
        board.ellipse(
            ex + side * 0.015 * s,
            y + 0.105 * s,
            0.08 * s,
            0.05 * s,
            "#d97862",
            blur=0.012 * s,
            alpha=0.5,
        )
    board.shape(
        [
            (x + shift * 1.25 - 0.012 * s, y + 0.02 * s),
            (x + shift * 1.25 + 0.012 * s, y + 0.02 * s),
            (x + shift * 1.5 + 0.028 * s, y + 0.105 * s),
            (x + shift * 1.5 - 0.022 * s, y + 0.105 * s),
        ],
        SKIN_DARK,
        blur=0.004 * s,
        alpha=0.75,
    )
    board.arc(x + shift, y + 0.115 * s, 0.16 * s, 0.13 * s * smile, (25, 155), "#8d3f35", 0.017 * s)


def opening() -> Image.Image:
    """Draw the first frame: the cup on the counter in window light, milk about to be poured."""
    board = Board(1280, 720, "#6f4f38", "#4a3122")
    cafe(board)
    cup(board, 0.02, 0.19, 0.92, turn=0.25)
    latte(board, 0.02, 0.19, 0.92)
    board.shape([(-0.012, -0.27), (0.02, -0.27), (0.024, 0.02), (0.004, 0.02)], MILK)
    board.shape([(0.03, -0.3), (0.34, -0.50), (0.52, -0.26), (0.22, -0.13)], SILVER)
    board.shape([(0.22, -0.13), (0.52, -0.26), (0.50, -0.32), (0.18, -0.19)], "#9aa3ab", blur=0.006)
    board.shape([(0.03, -0.3), (-0.03, -0.3), (0.01, -0.25), (0.1, -0.27)], "#eef1f3")
    steam(board, -0.12, 0.0, 0.9)
    return board.done(0.42)


def counter() -> Image.Image:
    """Draw the second scene's first frame: Mara behind the counter, the cup before her."""
    board = Board(1280, 720, "#7a583f", "#4a3122")
    cafe(board)
    head(board, 0.1, -0.13, 0.62, -0.3)
    board.box(0, 0.43, 2.4, 0.34, WOOD)
    board.box(0, 0.265, 2.4, 0.025, "#b58055")
    cup(board, -0.36, 0.2, 0.38, turn=2.6)
    steam(board, -0.36, 0.08, 0.4)
    board.shape(
        [(-0.85, -0.45), (-0.2, -0.45), (0.75, 0.55), (-0.35, 0.55)],
        "#fff3d6",
        blur=0.05,
        alpha=0.14,
    )
    return board.done(0.4)


def packshot() -> Image.Image:
    """Draw the closing card: the cup alone, room for words above it."""
    board = Board(1280, 720, "#e9d7bb", "#cfae85")
    board.ellipse(0, 0.1, 1.1, 1.1, "#f8ecd7", blur=0.09, alpha=0.9)
    board.box(0, 0.47, 2.4, 0.2, "#b98f65", blur=0.015)
    cup(board, 0, 0.22, 0.62, turn=0.15)
    latte(board, 0, 0.22, 0.62)
    steam(board, 0, 0.04, 0.6)
    return board.done(0.3)


def portrait(turn: float) -> Image.Image:
    """Draw Mara against plain paper, as a reference."""
    board = Board(640, 640, "#efe3d0", "#d9c5a8")
    board.ellipse(0, -0.05, 0.9, 0.9, "#fbf3e6", blur=0.08, alpha=0.8)
    head(board, 0, -0.06, 0.82, turn)
    return board.done(0.15)


def turntable(frames: int) -> Iterator[Image.Image]:
    """Draw the cup turning once."""
    for n in range(frames):
        board = Board(720, 720, "#e6dccd", "#c9b79c")
        board.ellipse(0, 0.3, 0.9, 0.22, "#d8c8ae", alpha=0.9)
        cup(board, 0, 0.05, 0.9, turn=2 * math.pi * n / frames)
        yield board.done(0.12)


def film(path: Path, pictures: Iterator[Image.Image], rate: int) -> None:
    """Write pictures as an H.264 clip."""
    with av.open(path, "w", options={"movflags": "+faststart", "fflags": "+bitexact"}) as out:
        stream = out.add_stream(
            "libx264", rate=rate, options={"crf": "24", "preset": "slow", "threads": "1"}
        )
        stream.width = stream.height = 720
        stream.pix_fmt = "yuv420p"
        stream.time_base = Fraction(1, rate)
        for picture in pictures:
            out.mux(stream.encode(av.VideoFrame.from_image(picture)))
        out.mux(stream.encode())


def note(pitch: float, length: float, soft: float = 1.0) -> np.ndarray:
    """Make a felt-piano note: a few partials that die away, the higher ones sooner."""
    time = np.arange(int(length * RATE)) / RATE
    tone = sum(
        np.sin(2 * np.pi * pitch * k * time * (1 + 0.0004 * k))
        * np.exp(-time * (1.3 + 0.9 * k))
        / k**1.6
        for k in range(1, 7)
    )
    return soft * tone * np.minimum(1, time / 0.008)


def theme(seconds: float) -> np.ndarray:
    """Make a quiet waltz of four chords, once around and again."""
    chords = (
        (130.81, 164.81, 196.00, 246.94),
        (110.00, 164.81, 196.00, 261.63),
        (87.31, 174.61, 220.00, 261.63),
        (98.00, 146.83, 220.00, 246.94),
    )
    sound, beat = np.zeros(int(seconds * RATE)), 0.52
    for bar in range(int(seconds / (3 * beat)) + 1):
        low, *rest = chords[bar % 4]
        played = [
            (0, low, 1.0),
            (1, rest[0], 0.45),
            (1, rest[1], 0.45),
            (2, rest[1], 0.4),
            (2, rest[2], 0.4),
            (0, rest[2] * 2, 0.5 if bar % 2 else 0.3),
            (1.5, rest[1] * 2, 0.25),
        ]
        for when, pitch, soft in played:
            first = int((bar * 3 + when) * beat * RATE)
            tone = note(pitch, 2.4, soft)[: max(0, len(sound) - first)]
            sound[first : first + len(tone)] += tone
    return 0.5 * sound / np.abs(sound).max()


def speech(seconds: float) -> np.ndarray:
    """Make a stand-in for a speaker: syllables of vowels, sung by no one, at the pace of talk."""
    time = np.arange(int(seconds * RATE)) / RATE
    pitch = 118 + 14 * np.sin(2 * np.pi * 0.45 * time) + 6 * np.sin(2 * np.pi * 1.3 * time)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    vowels = ((730, 1090), (270, 2290), (530, 1840), (570, 840), (300, 870))
    sound = np.zeros_like(time)
    syllable = 0.21
    for n in range(int(seconds / syllable)):
        first, last = int(n * syllable * RATE), min(len(time), int((n + 1) * syllable * RATE))
        if n % 9 == 8:
            continue
        one, two = vowels[(n * 7 + n // 3) % 5]
        part = sum(
            np.sin(k * phase[first:last])
            * (
                np.exp(-(((k * 118 - one) / 130) ** 2))
                + 0.5 * np.exp(-(((k * 118 - two) / 190) ** 2))
                + 0.03
            )
            for k in range(1, 26)
        )
        sound[first:last] = part * np.sin(np.linspace(0, np.pi, last - first)) ** 0.7
    return 0.4 * sound / np.abs(sound).max()


def write_wav(path: Path, sound: np.ndarray) -> None:
    """Write mono 16-bit samples at 24 kHz."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE // 2)
        file.writeframes((sound[::2] * 32767).astype("<i2").tobytes())


def write_mp3(path: Path, sound: np.ndarray) -> None:
    """Write stereo MP3 at 128 kbit/s."""
    late = np.concatenate([np.zeros(480), sound[:-480]])
    both = np.stack([0.75 * sound + 0.25 * late, 0.25 * sound + 0.75 * late]).astype("float32")
    with av.open(path, "w", options={"fflags": "+bitexact"}) as out:
        stream = out.add_stream("libmp3lame", rate=RATE, layout="stereo", bit_rate=128_000)
        for first in range(0, both.shape[1], 1152):
            block = np.ascontiguousarray(both[:, first : first + 1152])
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = RATE, first
            out.mux(stream.encode(frame))
        out.mux(stream.encode())


def main() -> None:
    """Draw everything."""
    (ASSETS / "mara").mkdir(parents=True, exist_ok=True)
    for name, picture in (("opening", opening()), ("counter", counter()), ("packshot", packshot())):
        picture.save(ASSETS / f"{name}.png", optimize=True)
    for name, turn in (("front", 0.0), ("left", -1.0), ("right", 1.0)):
        portrait(turn).save(ASSETS / "mara" / f"{name}.png", optimize=True)
    film(ASSETS / "cup-turntable.mp4", turntable(96), 24)
    write_mp3(ASSETS / "theme.mp3", theme(24))
    write_wav(ASSETS / "narrator.wav", speech(6.5))


if __name__ == "__main__":
    main()
