"""Titles, burnt-in captions and the watermark of a timeline to pictures over its frames.

Names are imported when they are first asked for: titles are measured without what draws them.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.cut.overlay.measure import measure_titles
    from storyboard.cut.overlay.overlay import Overlay
    from storyboard.cut.overlay.overlays import overlays

__all__ = ["Overlay", "measure_titles", "overlays"]

_HOMES = {"Overlay": "overlay", "measure_titles": "measure", "overlays": "overlays"}


def __getattr__(name: str) -> object:
    """Import what is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    # The import has left the module `overlays` under the name of its function.
    globals()[name] = found
    return found
