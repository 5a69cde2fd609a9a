"""Find clips in a store by their content alone, whatever its journal knows of them."""

from collections.abc import Iterable
from pathlib import Path

from storyboard.model import ClipDigest
from storyboard.store.layout import Layout
from storyboard.store.links import check_links

_SUFFIX = 9
"""The most letters that the end of a clip's name has, with its dot."""


def clips_here(store: Path, clips: Iterable[ClipDigest]) -> dict[ClipDigest, Path]:
    """Return the files of those clips that are in a store, by their digests; it is not written.

    `store` is the `.storyboard` folder. A clip that somebody copied there counts like any other.

    Raises:
        StoreProblem: if the store holds a link.
    """
    layout = Layout(store)
    wanted = set(clips)
    if wanted:
        check_links(layout.root)
    found: dict[ClipDigest, Path] = {}
    for folder in sorted({layout.clip(one, "").parent for one in wanted}):
        for path in sorted(folder.glob("*")):
            digest = ClipDigest(path.stem)
            if digest in wanted and len(path.suffix) <= _SUFFIX and path.is_file():
                found.setdefault(digest, path)
    return found
