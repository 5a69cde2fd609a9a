"""Films to one picture of their frames: the picture in the README.

    python docs/contact_sheet.py OUT.png WIDE.mp4 TALL.mp4

Six frames of the wide film stand in two rows, one frame of the tall one beside them.
"""

import sys
from pathlib import Path

import av
from PIL import Image

GAP = 14
WIDTH = 470
BACK = (17, 18, 22)


def frames(film: Path, parts: tuple[float, ...]) -> list[Image.Image]:
    """Return the frames that stand at these parts (0 to 1) of a film."""
    with av.open(film) as container:
        stream = container.streams.video[0]
        wanted = sorted(int(part * stream.frames) for part in parts)
        shown = (
            frame.to_image() for n, frame in enumerate(container.decode(stream)) if n in wanted
        )
        return list(shown)


def fitted(picture: Image.Image, width: int, height: int) -> Image.Image:
    """Bring a picture to a size."""
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def main(out: Path, wide: Path, tall: Path) -> None:
    """Lay the frames out and write the picture."""
    height = WIDTH * 9 // 16
    rows = 2
    tall_height = rows * height + (rows - 1) * GAP
    tall_width = tall_height * 9 // 16
    size = (3 * WIDTH + tall_width + 5 * GAP, tall_height + 2 * GAP)
    sheet = Image.new("RGB", size, BACK)
    for n, picture in enumerate(frames(wide, (0.08, 0.33, 0.52, 0.70, 0.82, 0.93))):
        column, row = n % 3, n // 3
        place = (GAP + column * (WIDTH + GAP), GAP + row * (height + GAP))
        sheet.paste(fitted(picture, WIDTH, height), place)
    (picture,) = frames(tall, (0.92,))
    sheet.paste(fitted(picture, tall_width, tall_height), (4 * GAP + 3 * WIDTH, GAP))
    sheet.save(out, optimize=True)


if __name__ == "__main__":
    main(*(Path(word) for word in sys.argv[1:4]))
