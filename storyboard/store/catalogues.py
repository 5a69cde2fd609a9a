"""Keep the catalogue that requests were made by, beside the journal, and read what was kept.

An endpoint's file may change or go after a clip was rendered by it. Only with the file as it was
can the same request be made again, and be seen to be rendered already. So what requests to a model
depend on is kept before the first one is sent, under the name of its content.
"""

import hashlib
import os
import re
from pathlib import Path
from threading import get_native_id

from storyboard.catalogue import Catalogue, read, write
from storyboard.store import problem
from storyboard.store.layout import Layout, replace

_SUFFIX = ".json"

CATALOGUE_PART = re.compile(r"[0-9a-f]{64}\.json\.\d+-\d+\.part")
"""What a run that was killed while it kept a catalogue leaves aside."""


def keep_catalogue(layout: Layout, catalogue: Catalogue) -> None:
    """Keep a catalogue; one that is kept already is not written again.

    Raises:
        StoreProblem: the disk refuses.
    """
    data = write(catalogue)
    target = layout.catalogues / f"{_digest(data)}{_SUFFIX}"
    if target.exists():
        return
    part = layout.aside / f"{target.name}.{os.getpid()}-{get_native_id()}.part"
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise problem.disk(part, error) from error
    replace(part, target)


def kept_catalogues(layout: Layout) -> tuple[Catalogue, ...]:
    """Return every catalogue that was kept, ordered by content.

    Raises:
        StoreProblem: one cannot be read, is damaged, or was written by a later version.
    """
    return tuple(_read(path) for path in sorted(layout.catalogues.glob(f"*{_SUFFIX}")))


def _read(path: Path) -> Catalogue:
    try:
        data = path.read_bytes()
        if _digest(data) == path.stem:
            return read(data)
    except (OSError, ValueError) as error:
        raise problem.lost_catalogue(path, str(error)) from error
    raise problem.lost_catalogue(path, "its content is not what its name says")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
