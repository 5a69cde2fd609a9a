"""Keep the part of a download that came, so that the next one can go on where it stopped."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx

from storyboard.store import problem

_RANGE = re.compile(r"bytes (\d{1,19})-(\d{1,19})/(\d{1,19}|\*)")
_MOST_NOTE = 4096


@dataclass(frozen=True, slots=True)
class Start:
    """Where a download begins: `size` bytes are there, of what `validator` names."""

    size: int = 0
    validator: str = ""

    @property
    def headers(self) -> Mapping[str, str]:
        """Return what asks for the rest, if it is still the rest of the same."""
        if not self.size:
            return {}
        return {"Range": f"bytes={self.size}-", "If-Range": self.validator}

    def is_followed_by(self, got: httpx.Response) -> bool:
        """Tell whether a part that came is the one that was asked for."""
        found = _RANGE.fullmatch(got.headers.get("content-range", ""))
        if not self.size or found is None or int(found[1]) != self.size:
            return False
        # To the end: a server may give less, and call that an answer.
        to_the_end = found[3] == "*" or int(found[2]) + 1 == int(found[3])
        return to_the_end and _validator(got) in {"", self.validator}

    def goes_on(self, got: httpx.Response) -> bool:
        """Tell whether an answer is a part, and not the whole."""
        return got.status_code == httpx.codes.PARTIAL_CONTENT


def _validator(got: httpx.Response) -> str:
    """Return what names these very bytes, as a server says; empty where nothing does."""
    etag = got.headers.get("etag", "").strip()
    if etag.startswith('"') and etag.endswith('"'):
        return str(etag)
    return "" if etag else str(got.headers.get("last-modified", "")).strip()


class Part:
    """A file that is being downloaded, and a note beside it of what is safely on the disk.

    The note is there only between two downloads: one that was killed, or lost its power, leaves
    none, and starts again, because what the disk has of it is not known.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._note = path.with_suffix(".note")

    def start(self) -> Start:
        """Read where to go on, and forget it: it holds for this download alone."""
        try:
            found = self._read()
            self._note.unlink(missing_ok=True)
        except OSError as error:
            raise problem.disk(self._note, error) from error
        return found

    def _read(self) -> Start:
        if not self._note.is_file() or not self._path.is_file():
            return Start()
        try:
            with self._note.open("rb") as file:
                said = json.loads(file.read(_MOST_NOTE))
            size, validator = said["size"], said["validator"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return Start()
        if type(size) is not int or not isinstance(validator, str) or not validator.isascii():
            return Start()
        known = 0 < size <= self._path.stat().st_size and validator.isprintable()
        return Start(size, validator) if known and validator else Start()

    @contextmanager
    def written(self, got: httpx.Response, start: Start, *, resumable: bool) -> Iterator["Writing"]:
        """Write an answer: the rest after what is there, or the whole from the beginning."""
        size = start.size if start.goes_on(got) else 0
        validator = _validator(got) or (start.validator if size else "")
        try:
            file = self._path.open("rb+" if size else "wb")
        except OSError as error:
            raise problem.disk(self._path, error) from error
        with file:
            writing = Writing(self._path, file, size)
            try:
                yield writing
            finally:
                if resumable and validator and not writing.is_whole:
                    self._leave(writing, validator)

    def _leave(self, writing: "Writing", validator: str) -> None:
        """Note what is there, once it is on the disk."""
        try:
            writing.flush()
            note = json.dumps({"size": writing.size, "validator": validator})
            self._note.write_text(note, encoding="utf-8")
        except OSError:
            # A full disk is told by whoever meets it; without a note, the download starts again.
            self._note.unlink(missing_ok=True)


class Writing:
    """The bytes of one download on their way to the disk."""

    def __init__(self, path: Path, file: BinaryIO, size: int) -> None:
        self._path = path
        self._file = file
        self.size = size
        self.is_whole = False
        self._on_disk(lambda: (file.seek(size), file.truncate()))

    def add(self, data: bytes) -> None:
        """Append bytes.

        Raises:
            StoreProblem: where the disk refuses.
        """
        self._on_disk(lambda: self._file.write(data))
        self.size += len(data)

    def flush(self) -> None:
        """Bring what came to the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def whole(self) -> None:
        """Note that nothing is missing."""
        self._on_disk(self._file.flush)
        self.is_whole = True

    def _on_disk(self, act: Callable[[], object]) -> None:
        try:
            act()
        except OSError as error:
            raise problem.disk(self._path, error) from error
