"""Keep the clip of each request, drawn once: a request is complete only when its clip is there."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from storyboard.emulator.entry import RequestId


class Clips:
    """The files of clips in a stand-in's folder. Threads may draw and read them at once."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, made where it is not there."""
        self._folder = folder / "clips"
        self._folder.mkdir(exist_ok=True)
        self._drawn = {RequestId(one.stem) for one in self._folder.glob("*.mp4")}
        self._locks: defaultdict[RequestId, Lock] = defaultdict(Lock)

    def has(self, name: RequestId) -> bool:
        """Tell whether a request's clip is drawn."""
        return name in self._drawn

    def draw(self, name: RequestId, draw: Callable[[], bytes]) -> None:
        """Draw a request's clip and keep it, unless it is drawn; who comes meanwhile waits."""
        with self._locks[name]:
            if name in self._drawn:
                return
            # A process that is killed while it writes leaves no part of a clip under its name.
            temporary = self._path(name).with_suffix(".part")
            temporary.write_bytes(draw())
            temporary.replace(self._path(name))
            self._drawn.add(name)

    def data(self, name: RequestId) -> bytes:
        """Read a clip that is drawn."""
        return self._path(name).read_bytes()

    def size(self, name: RequestId) -> int:
        """Return the bytes of a clip that is drawn."""
        return self._path(name).stat().st_size

    def _path(self, name: RequestId) -> Path:
        return self._folder / f"{name}.mp4"
