"""A picture or the beginning of a clip to pixels, opened once for all the cards that show it."""

from functools import lru_cache
from pathlib import Path

import av
from PIL import Image

from storyboard.backends.animatic.clip import Picture
from storyboard.media import decode, index, open_picture, upright

_LONGEST = 2200
"""Larger pictures are kept scaled down to this: no page shows more of them."""


def opened(picture: Picture) -> Image.Image | None:
    """Open a picture, or take the first frame of a clip.

    None where it cannot be read: the check has told of that, and a card is drawn in its place.
    """
    return _open(picture.path, picture.digest)


@lru_cache(maxsize=12)
def _open(path: Path, digest: str) -> Image.Image | None:
    """Open a file; one that changes has another digest, so it is opened anew."""
    del digest
    try:
        picture = _first_frame(path) if _is_clip(path) else open_picture(path)
    except (OSError, av.FFmpegError):
        return None
    picture.thumbnail((_LONGEST, _LONGEST), Image.Resampling.LANCZOS)
    return picture


def _is_clip(path: Path) -> bool:
    return path.suffix.lower() in {".mp4", ".mov", ".m4v", ".webm", ".mkv"}


def _first_frame(path: Path) -> Image.Image:
    packets = index(path)
    frame = next(decode(packets, 0, 1))
    return Image.fromarray(upright(frame, packets.coding).to_ndarray(format="rgb24"))
