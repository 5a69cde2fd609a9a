"""What can go wrong with the store that the program cannot mend: a message, and what to do."""

from pathlib import Path

from storyboard.diagnostics import Code
from storyboard.writing import is_full

NEWER = Code("SB910")
DAMAGED = Code("SB911")
FULL = Code("SB912")
UNWRITABLE = Code("SB913")
BUSY = Code("SB914")
LINK = Code("SB915")


class StoreProblem(Exception):  # noqa: N818 - it is told to users as a problem, exit code 7
    """The store cannot be used as it is. `kept` says what of it is safe."""

    def __init__(self, code: Code, message: str, advice: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = advice


class Conflict(Exception):  # noqa: N818 - no fault of anyone: another run went ahead
    """The journal has gone on since: another run has recorded something about the same job."""


def newer(path: Path, theirs: int, ours: int) -> StoreProblem:
    """Tell that a later version of the program wrote the journal."""
    return StoreProblem(
        NEWER,
        f"{path} was written by a newer storyboard: journal version {theirs}, not {ours}",
        "upgrade storyboard in the way it was installed; nothing was changed",
    )


def old_and_in_use(path: Path, theirs: int, ours: int) -> StoreProblem:
    """Tell that a run of an earlier version may be at work in a journal of its version."""
    return StoreProblem(
        BUSY,
        f"{path} is a journal of version {theirs}, and another run is using it",
        f"wait until that run has ended; the next one brings the journal to version {ours}, and "
        "nothing in it is lost",
    )


def damaged(path: Path, detail: str) -> StoreProblem:
    """Tell that the journal does not read as one."""
    return StoreProblem(
        DAMAGED,
        f"{path} is damaged: {detail}",
        "do not delete it: it says what was paid for. Restore it from a backup, or rename the "
        "folder and start anew; clips in `clips/` stay playable",
    )


def lost_catalogue(path: Path, detail: str) -> StoreProblem:
    """Report that a catalogue kept beside the journal cannot be read."""
    return StoreProblem(
        DAMAGED,
        f"{path} cannot be used: {detail}",
        "upgrade if a later version wrote it; else restore it from a backup. Without it, clips "
        "that were rendered by it may be paid for again: remove it only if you accept that",
    )


def removed(path: Path) -> StoreProblem:
    """Tell that the journal that a run writes is not the one that others would read."""
    return StoreProblem(
        UNWRITABLE,
        f"{path} was moved, removed or replaced while this run was at work",
        "nothing more was sent. Put it back before you run again; without it, nobody here knows "
        "what was sent: look at the provider's own list of requests first",
    )


def link(path: Path) -> StoreProblem:
    """Tell that something in a store is a link."""
    return StoreProblem(
        LINK,
        f"{path} is a link, and a store holds none",
        "nothing was read, written or removed through it. See where it leads; then remove it, or "
        "put the file or folder itself there. Only the whole `.storyboard` may be a link",
    )


def link_elsewhere(path: Path) -> StoreProblem:
    """Tell that a store as a whole is a link to something that is not one."""
    return StoreProblem(
        LINK,
        f"{path} is a link to what is not a store",
        "nothing was written there. Remove the link, or link to an empty folder or to the "
        "`.storyboard` of another work tree",
    )


def disk(path: Path, error: OSError) -> StoreProblem:
    """Tell what the disk refused."""
    if is_full(error):
        return StoreProblem(
            FULL,
            f"the disk is full: {path} could not be written",
            "free some space and run the same command again; what was paid for is in the journal "
            "and is fetched then, not paid again",
        )
    return StoreProblem(
        UNWRITABLE,
        f"{path} could not be written: {error.strerror or error}",
        "make the folder writable, or move the project to a disk that is",
    )
