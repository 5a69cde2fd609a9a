"""Name the libraries that a film's bytes depend on, with their versions, and compare them."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import TypeAlias

Libraries: TypeAlias = tuple[tuple[str, str], ...]
"""Names and versions, sorted by name."""

_DISTRIBUTIONS = {
    "av": "av",
    "fonttools": "fonttools",
    "imageio-ffmpeg": "imageio-ffmpeg",
    "moviepy": "moviepy",
    "numpy": "numpy",
    "pillow": "pillow",
    "python-bidi": "python-bidi",
    "storyboard": "storyboard-compiler",
    "uharfbuzz": "uharfbuzz",
}
"""What decodes, encodes, draws, sets words and measures loudness, by the name that a lock has."""


def film_libraries() -> Libraries:
    """Return what films are made with here; what is not installed as a package is left out."""
    return tuple(_found())


def _found() -> Iterator[tuple[str, str]]:
    for name, distribution in _DISTRIBUTIONS.items():
        try:
            yield name, version(distribution)
        except PackageNotFoundError:
            continue


def other_versions(locked: Libraries, here: Libraries) -> tuple[str, ...]:
    """Say which libraries of a lock are here in other versions: `av 18.0.0, here 19.0.0`."""
    known = dict(here)
    return tuple(
        f"{name} {was}, here {known.get(name, 'not installed')}"
        for name, was in locked
        if known.get(name) != was
    )
