"""A path that a storyboard names to the bytes that the shell has for it."""

from collections.abc import Callable
from posixpath import dirname, join, normpath
from typing import TypeAlias

from storyboard.diagnostics import Code, Diagnostic, Severity
from storyboard.model import Unusable
from storyboard.source import IS_POINTER, PULL, Scalar, did_you_mean

Files: TypeAlias = Callable[[str], bytes | Unusable]
"""Reads a file by its path as spans name it: relative to where the storyboard's own path is."""

_ELSE = "look whether the file can be opened"
_HELP = {
    "missing": "paths are relative to the file that names them",
    "outside": "it is outside of the project; copy it in, or give `--allow-outside`",
    "url": "download it into the project: a storyboard is checked without network",
}


def path_beside(file: str, path: str) -> str:
    """Return the path of what a file names: relative to the folder of that file."""
    return normpath(join(dirname(file), path.replace("\\", "/")))


def read_named(at: Scalar, files: Files, code: Code) -> tuple[str, bytes] | Diagnostic:
    """Read the file that a scalar names, relative to the file that the scalar stands in."""
    path = at.value
    if not isinstance(path, str) or not path.strip():
        return Diagnostic(
            code, Severity.ERROR, "a path of a file is expected here", at.span, _HELP["missing"]
        )
    if "://" in path:
        message = f"`{path}` is an address, and a file is expected here"
        return Diagnostic(code, Severity.ERROR, message, at.span, _HELP["url"])
    name = path_beside(at.span.file, path)
    data = files(name)
    if isinstance(data, Unusable) and data.reason == "missing":
        help_ = did_you_mean(at, data.near) if data.near else _HELP["missing"]
        return Diagnostic(code, Severity.ERROR, f"there is no file `{path}`", at.span, help_)
    if isinstance(data, Unusable) and data.reason == "lfs-pointer":
        return Diagnostic(code, Severity.ERROR, f"`{path}` {IS_POINTER}", at.span, PULL)
    if isinstance(data, Unusable):
        message = f"`{path}` cannot be read: {data.detail or data.reason}"
        return Diagnostic(code, Severity.ERROR, message, at.span, _HELP.get(data.reason, _ELSE))
    return name, data
