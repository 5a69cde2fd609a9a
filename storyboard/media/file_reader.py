"""Read stretches of many files, such as the packets of a film."""

from pathlib import Path
from typing import BinaryIO, Self

from storyboard.media.film_times import CodedFrame


class FileReader:
    """Reads stretches of files, with few of them open at once however many there are."""

    _MOST = 8

    def __init__(self) -> None:
        self._open: dict[Path, BinaryIO] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._open.values():
            file.close()

    def read(self, path: Path, at: int, size: int) -> bytes:
        """Read `size` bytes; raises `OSError` where the file has become shorter."""
        file = self._open.get(path)
        if file is None:
            while len(self._open) >= self._MOST:
                self._open.pop(next(iter(self._open))).close()
            file = self._open[path] = path.open("rb")
        file.seek(at)
        data = file.read(size)
        if len(data) != size:
            raise OSError(f"{path} has changed while it was being read")
        return data

    def bytes_of(self, frame: CodedFrame) -> bytes:
        """Return a frame's packet; raises `OSError` as `read`."""
        if frame.data is not None:
            return frame.data
        return self.read(frame.path, frame.position, frame.size)
