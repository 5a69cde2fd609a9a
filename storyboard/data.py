"""A kind of file that travels with the package, to the folder it lies in."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data(kind: str) -> Path:
    """Return the folder of `schemas`, `templates` or `examples`.

    A wheel carries them in `storyboard/_data`; a checkout (and an editable install, which takes
    no notice of the wheel's mapping) has them at its top level.
    """
    inside = _PACKAGE / "_data" / kind
    return inside if inside.is_dir() else _PACKAGE.parent / kind
