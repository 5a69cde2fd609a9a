"""Ask the system whether a file is still what it was, without reading it."""

import os
from pathlib import Path
from typing import NamedTuple


class FileStamp(NamedTuple):
    """What the system says of a file: a file that has the same stamp is taken to be the same.

    `size` is in bytes; `modified` and `changed` are in nanoseconds since 1970. Modified is what may
    be set, as `touch` does; changed is the last change of content, name or rights, which may not.
    A copy has another inode. A file that changes twice within two seconds may keep its stamp.
    """

    size: int
    modified: int
    changed: int
    inode: int

    @property
    def latest(self) -> int:
        """When the file last changed in any way, in nanoseconds since 1970."""
        return max(self.modified, self.changed)


def file_stamp(path: Path) -> FileStamp:
    """Ask the system about a file, or about what a link leads to.

    Raises:
        OSError: it cannot be asked.
    """
    found = os.stat(path)  # noqa: PTH116 -- as Path.stat, which follows links too
    return FileStamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
