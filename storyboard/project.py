"""Read a project's own settings: `storyboard-project.yaml`, in the project's folder.

    project: 1
    catalogue: 2026-11
    account: studio

Its schema is `schemas/project-1.schema.json`; every key but `project` may be missing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storyboard.catalogue import EditionId
from storyboard.diagnostics import Code, Diagnostic, Result, Severity, Span, suggest
from storyboard.source import Entry, Mapping, Scalar, read

PROJECT = "storyboard-project.yaml"
"""The file's name."""

WRONG = Code("SB452")
NO_EDITION = Code("SB453")

_BEGIN = "begin it with `project: 1`"
_KEYS = ("project", "catalogue", "account")


@dataclass(frozen=True, slots=True)
class Project:
    """What a project's file says.

    `catalogue` is the edition that new requests are made by, None for the newest. `account` is the
    user's own name for the account that pays; work of another one is left alone.
    """

    catalogue: EditionId | None = None
    account: str | None = None


def read_project(data: bytes, file: str, editions: Sequence[EditionId]) -> Result[Project]:
    """Read a project's file; what is wrong in it is left out of the value.

    `editions` are those that there are, the earliest first.
    """
    document = read(data, file, begin=_BEGIN)
    if document.value is None:
        return Result(Project(), document.diagnostics)
    root = document.value.root
    found = [*document.diagnostics, *_heading(root)]
    values: dict[str, str] = {}
    for entry in root.entries:
        mistake = _mistake(entry, editions)
        if mistake is not None:
            found.append(mistake)
        elif entry.key.value in _KEYS[1:] and isinstance(entry.value, Scalar):
            values[str(entry.key.value)] = str(entry.value.value)
    edition = values.get("catalogue")
    made = Project(EditionId(edition) if edition else None, values.get("account"))
    return Result(made, tuple(found))


def pinned(text: str, edition: EditionId) -> str:
    """Return a project's file with its catalogue pinned; nothing else in it is touched."""
    lines = text.splitlines(keepends=True) or ["project: 1\n"]
    line = f"catalogue: {edition}\n"
    for place, one in enumerate(lines):
        if one.startswith("catalogue:"):
            comment = one.partition(" #")[2].rstrip("\n")
            lines[place] = f"catalogue: {edition} #{comment}\n" if comment else line
            return "".join(lines)
    if not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    return "".join([*lines, line])


def _heading(root: Mapping) -> Iterator[Diagnostic]:
    version = root.get("project")
    if not isinstance(version, Scalar) or version.value != 1:
        span = version.span if version else root.span
        yield _error(WRONG, "this is not a project file of version 1", span, _BEGIN)


def _mistake(entry: Entry, editions: Sequence[EditionId]) -> Diagnostic | None:
    key, value = str(entry.key.value), entry.value
    if key not in _KEYS:
        help_ = suggest(key, _KEYS, "keys")
        return _error(WRONG, f"a project file has no key `{key}`", entry.key.span, help_)
    if key == "project":
        return None
    if not isinstance(value, Scalar) or not isinstance(value.value, str) or not value.value.strip():
        wanted = f"write one, like `{key}: {editions[-1] if key == 'catalogue' else 'studio'}`"
        return _error(WRONG, f"`{key}` must be a text", value.span, wanted)
    if key == "catalogue" and value.value not in editions:
        help_ = suggest(value.value, editions, "editions")
        message = f"there is no catalogue edition `{value.value}`"
        return _error(NO_EDITION, message, value.span, help_)
    return None


def _error(code: Code, message: str, span: Span, help_: str | None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, span, help_)
