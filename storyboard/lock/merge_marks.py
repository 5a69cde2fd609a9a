"""Find the conflicts that a git merge left in a lock, and read both of its sides."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from storyboard.diagnostics import Code, Diagnostic, Related, Severity, Span
from storyboard.source import Lines, unfinished_merge

HALF_MERGED = Code("SB921")

_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: .*)?")
_ENTRY = re.compile(r"  - shot: \"?([^\"]+)\"?")
_END = re.compile(r"    # end of |files:|libraries:")


class _In(Enum):
    """Where a line is."""

    BOTH = auto()
    OURS = auto()
    BASE = auto()
    THEIRS = auto()


_AFTER = {"<<<<<<<": _In.OURS, "|||||||": _In.BASE, "=======": _In.THEIRS, ">>>>>>>": _In.BOTH}


def sides(data: bytes) -> tuple[str, str] | None:
    """Return a half merged lock as each side has it, our own first; None if it has no conflict."""
    lines = Lines("", data.decode(errors="replace").replace("\r\n", "\n"))
    if unfinished_merge(lines) is None:
        return None
    placed = [*_placed(lines.text)]
    ours = (line for where, line in placed if where in {_In.BOTH, _In.OURS})
    theirs = (line for where, line in placed if where in {_In.BOTH, _In.THEIRS})
    return "\n".join(ours), "\n".join(theirs)


def conflicts(lines: Lines) -> tuple[Diagnostic, ...]:
    """Report each conflict of a half merged lock, with its shot; nothing if it has none."""
    whole = unfinished_merge(lines)
    if whole is None:
        return ()
    every = [*_conflicts(lines.text)]
    shots = [*dict.fromkeys(entry for _, _, entry in every if entry)]
    found = tuple(_report(lines.file, one, shots) for one in every)
    place = (whole.span.line if whole.span else 1, None, "")
    return found or (_report(lines.file, place, ()),)


def _report(file: str, place: tuple[int, int | None, str], shots: Sequence[str]) -> Diagnostic:
    """Report one conflict; `shots` are all that are in conflict: they are settled at once."""
    line, end, entry = place
    about = f"of shot `{entry}`" if entry else "of what is no shot's"
    words = " ".join(f"{one} TAKE" for one in shots)
    it = "it" if len(shots) == 1 else "all of them"
    settle = "keep"
    if entry:
        settle = (
            f"`storyboard pick FILE {words}` settles {it}, or `approve` or `reject` where the same "
            "take is picked on both; or keep"
        )
    near = () if end is None else (_related(file, end),)
    return Diagnostic(
        HALF_MERGED,
        Severity.ERROR,
        f"an unfinished git merge: two branches changed the entry {about}",
        Span(file, line, 1, line, 8),
        f"{settle} the lines of one side, and delete the others and the lines that begin with "
        "`<<<<<<<`, `=======` and `>>>>>>>`",
        near,
        about=entry or None,
    )


def _related(file: str, line: int) -> Related:
    return Related("the conflict ends here", Span(file, line, 1, line, 8))


def _conflicts(text: str) -> Iterator[tuple[int, int | None, str]]:
    """Yield the first and last line of each conflict, and the entry that it is in or begins."""
    entry, begun, inside = "", None, ""
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        mark = _MARK.fullmatch(line)
        if mark and mark[1] == "<<<<<<<":
            begun, inside = number, entry
        elif mark and mark[1] == ">>>>>>>" and begun is not None:
            yield begun, number, inside or entry
            begun = None
        elif found := _ENTRY.fullmatch(line):
            entry = found[1]
            inside = inside or entry
        elif _END.match(line):
            entry = ""
    if begun is not None:
        yield begun, None, inside or entry


def _placed(text: str) -> Iterator[tuple[_In, str]]:
    where = _In.BOTH
    for line in text.split("\n"):
        mark = _MARK.fullmatch(line)
        if mark and (where is not _In.BOTH or mark[1] == "<<<<<<<"):
            where = _AFTER[mark[1]]
        else:
            yield where, line
