"""Read objects of a repository by name, all of them through one process."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from storyboard.git.command import Git, Running

MOST_BYTES = 64 << 20
"""A larger object is not read: no text that people review is."""

_AT_ONCE = 32
"""Names that are asked for before an answer is read: they fit into any pipe, so neither waits."""

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class GitObject:
    """An object: its id, its kind (`commit`, `tree`, `blob`), its bytes.

    `data` is None if it is larger than `MOST_BYTES`.
    """

    id: str
    kind: str
    data: bytes | None


class Objects:
    """The objects of a repository."""

    def __init__(self, running: Running) -> None:
        self._running = running

    def read(self, names: Sequence[str]) -> Iterator[GitObject | None]:
        """Read objects in the order of their names; None for one that is missing.

        Raises:
            EOFError: git has ended.
        """
        rest = iter(names)
        while some := [*islice(rest, _AT_ONCE)]:
            self._running.stdin.write("".join(f"{name}\n" for name in some).encode())
            self._running.stdin.flush()
            # All answers are read before anything is asked again.
            yield from [self._answer() for _ in some]

    def _answer(self) -> GitObject | None:
        head = self._running.stdout.readline()
        if not head.endswith(b"\n"):
            raise EOFError
        words = head.decode("ascii", "replace").split()
        if len(words) != 3 or not words[2].isdigit():  # noqa: PLR2004 -- id, kind, size
            return None
        size = int(words[2])
        data = self._exactly(size) if size <= MOST_BYTES else None
        if data is None:
            self._pass_over(size)
        self._exactly(1)
        return GitObject(words[0], words[1], data)

    def _pass_over(self, size: int) -> None:
        while size:
            size -= len(self._exactly(min(size, _CHUNK)))

    def _exactly(self, size: int) -> bytes:
        data = self._running.stdout.read(size)
        if len(data) < size:
            raise EOFError
        return data


@contextmanager
def objects_of(git: Git) -> Iterator[Objects]:
    """Open the objects of a repository.

    Raises:
        GitProblem: git refuses, finds damage, or takes too long.
    """
    with git.begun("cat-file", "--batch") as running:
        yield Objects(running)
