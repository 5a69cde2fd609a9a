"""Find entries of a lock whose shots were renamed, or are gone from the storyboard."""

from collections.abc import Iterator, Sequence

from storyboard.diagnostics import Code, Diagnostic, Severity
from storyboard.lock.finding import AskedShot, Entries, FoundBy
from storyboard.lock.locked import Lock, LockedShot, entry_name

SHOT_GONE = Code("SB925")
RENAMED = Code("SB926")


def shot_findings(lock: Lock, shots: Sequence[AskedShot]) -> Iterator[Diagnostic]:
    """Find them; `shots` are all shots of all films. What was not decided for is not missed."""
    present = frozenset(one.name for one in shots)
    entries = Entries(lock, present)
    renamed: dict[int, AskedShot] = {}
    for one in shots:
        match = entries.find(one)
        if match is not None and match.found_by is FoundBy.WORDS:
            renamed.setdefault(id(match.entry), one)
    keys = {(one.name, one.ratio) for one in shots}
    for entry in lock.shots:
        if id(entry) in renamed:
            yield _renamed(entry, renamed[id(entry)])
        elif (entry.name, entry.ratio) not in keys and not entry.is_undecided:
            yield _gone(entry)


def _renamed(entry: LockedShot, asked: AskedShot) -> Diagnostic:
    was = entry_name(entry.name, entry.ratio)
    now = entry_name(asked.name, asked.ratio)
    return Diagnostic(
        RENAMED,
        Severity.NOTE,
        f"shot `{was}` is `{now}` now: it asks for the same, so what was decided for it stays",
        entry.span,
        "the next command that writes the lock writes the new name",
        about=asked.name,
    )


def _gone(entry: LockedShot) -> Diagnostic:
    name = entry_name(entry.name, entry.ratio)
    return Diagnostic(
        SHOT_GONE,
        Severity.WARNING,
        f"the storyboard has no shot `{name}`; what was decided for it is kept in the lock",
        entry.span,
        f"`storyboard pick FILE {name} none` removes it; if the shot has a new name and new "
        "words, pick a take for it",
        about=entry.name,
    )
