r"""A code's page in Markdown to its title, its stage, and examples that can be run.

A page is `pages/SBnnn.md`, written like this (`docs/diagnostics.md` shows a whole one):

- the first line is `# SBnnn: Title`;
- then header lines, `name: value`, up to the first blank line: `stage: read`, `check`, `lock` or
  `world` (what finds it: the reader alone, the whole compile without network, the reader of locks,
  or the outside world, which has no example to run), and for `read` optionally
  `limits: bytes=60 depth=4 nodes=20`;
- then what it means, in one to three sentences;
- `## Example`: fenced blocks that are files. `yaml` without a name is `storyboard.yaml`; a block
  with `file=rows.csv` after the language is that file; with the word `escaped`, `\xe9`, `\t`,
  `\r` and the like in it are bytes; an `assets` block has a line for each picture, sound or clip
  to be made: `assets/a.png: picture 640x480`;
- `## What to do`: words, and the mended files, in the same way. A file of the example that is not
  mended stays as it is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from storyboard.diagnostics.diagnostic import Code

MAIN_FILE = "storyboard.yaml"
LOCK_FILE = "storyboard.lock.yaml"

_TITLE = re.compile(r"^# (?P<code>SB\d{3}): (?P<title>\S.*)$")
_HEADER = re.compile(r"^(?P<name>[a-z]+): (?P<value>\S.*)$")
_SECTION = re.compile(r"^## (?P<name>\S.*)$")
_FENCE = re.compile(r"^```(?P<info>.*)$")
_FENCE_END = "```"
_EXAMPLE = "Example"
_MENDED = "What to do"


class Stage(StrEnum):
    """What finds the code: a reader alone, the compile, or only the outside world."""

    READ = "read"
    CHECK = "check"
    LOCK = "lock"
    WORLD = "world"


@dataclass(frozen=True, slots=True)
class Files:
    """Files of an example by name: bytes as they are, and recipes of media to be made.

    A recipe is `picture 640x480`, `sound 6s`, `clip 1280x720 24fps 5s`, or `text anything`.
    """

    written: Mapping[str, bytes]
    recipes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page taken apart. `mended` is None where the page shows no mended files.

    `meaning` is what is said before the first section, on one line.
    """

    code: Code
    title: str
    meaning: str
    stage: Stage
    limits: Mapping[str, int]
    example: Files
    mended: Files | None


class PageError(ValueError):
    """A page is not written as pages are: a mistake in the program, not in a storyboard."""


@cache
def codes() -> tuple[Code, ...]:
    """Return every code that has a page, in order."""
    folder = resources.files(__package__) / "pages"
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(Code(name[:-3]) for name in names if name.endswith(".md")))


def page(code: str) -> str | None:
    """Return the text of a code's page in Markdown; None where there is no such code.

    `sb12` and `12` find `SB012`.
    """
    wanted = re.fullmatch(r"(?:SB)?(\d{1,3})", code.strip(), re.IGNORECASE)
    if wanted is None or (name := f"SB{int(wanted[1]):03}") not in codes():
        return None
    return (resources.files(__package__) / "pages" / f"{name}.md").read_text("utf-8")


def parse_page(text: str) -> Page:
    """Take a page apart; PageError where it is not written as the module says."""
    lines = text.split("\n")
    title = _TITLE.match(lines[0])
    if title is None:
        raise PageError("the first line of a page is `# SBnnn: Title`")
    headers = _headers(lines)
    if headers.get("stage") not in set(Stage):
        raise PageError("`stage: read`, `check`, `lock` or `world` stands under the title")
    sections = _sections(lines)
    if _MENDED not in sections:
        raise PageError(f"a page has a section `## {_MENDED}`")
    stage = Stage(headers["stage"])
    example = _files(sections.get(_EXAMPLE, []))
    main = LOCK_FILE if stage is Stage.LOCK else MAIN_FILE
    if (main in example.written) is (stage is Stage.WORLD):
        raise PageError("every page has a yaml example of its stage, `world` pages have none")
    changed = _files(sections[_MENDED])
    return Page(
        code=Code(title["code"]),
        title=title["title"],
        meaning=_meaning(lines),
        stage=stage,
        limits=_limits(headers.get("limits", "")),
        example=example,
        mended=_laid_over(example, changed) if changed.written or changed.recipes else None,
    )


def _headers(lines: list[str]) -> dict[str, str]:
    """Read `name: value` lines under the title; one blank line may stand before them."""
    found = {}
    for line in lines[2:] if len(lines) > 1 and not lines[1] else lines[1:]:
        header = _HEADER.match(line)
        if header is None:
            break
        found[header["name"]] = header["value"]
    return found


def _meaning(lines: list[str]) -> str:
    """Return the words between the header lines and the first section."""
    words: list[str] = []
    for line in lines[1:]:
        if _SECTION.match(line):
            break
        if not _HEADER.match(line) or words:
            words += line.split()
    return " ".join(words)


def _limits(text: str) -> dict[str, int]:
    return {name: int(value) for name, _, value in (part.partition("=") for part in text.split())}


def _sections(lines: list[str]) -> dict[str, list[str]]:
    """Split by `## ` headings that stand outside fences."""
    sections: dict[str, list[str]] = {}
    here: list[str] = []
    fenced = False
    for line in lines:
        fenced ^= bool(_FENCE.match(line))
        if not fenced and (section := _SECTION.match(line)):
            here = sections.setdefault(section["name"], [])
        else:
            here.append(line)
    return sections


def _files(lines: list[str]) -> Files:
    written: dict[str, bytes] = {}
    recipes: dict[str, str] = {}
    for info, body in _fences(lines):
        language, *words = info.split() or [""]
        named = next((word[5:] for word in words if word.startswith("file=")), None)
        name = named or (MAIN_FILE if language == "yaml" else None)
        if language == "assets":
            recipes |= dict(_recipe(line) for line in body.splitlines())
        elif name is not None:
            written[name] = _bytes(body) if "escaped" in words else body.encode()
    return Files(written, recipes)


def _fences(lines: list[str]) -> Iterator[tuple[str, str]]:
    info: str | None = None
    body: list[str] = []
    for line in lines:
        if info is None and (fence := _FENCE.match(line)):
            info, body = fence["info"], []
        elif info is not None and line == _FENCE_END:
            yield info, "".join(f"{one}\n" for one in body)
            info = None
        else:
            body.append(line)
    if info is not None:
        raise PageError(f"the block ```{info} is not closed")


def _recipe(line: str) -> tuple[str, str]:
    name, _, recipe = line.partition(": ")
    if not recipe:
        raise PageError(f"an asset is written `name: recipe`, not {line!r}")
    return name, recipe


def _bytes(body: str) -> bytes:
    r"""Turn `caf\xe9` into the bytes it names; everything else is UTF-8."""
    return re.sub(
        rb"\\(?:x([0-9a-fA-F]{2})|([rnt\\]))",
        lambda found: (
            bytes([int(found[1], 16)])
            if found[1]
            else {b"r": b"\r", b"n": b"\n", b"t": b"\t", b"\\": b"\\"}[found[2]]
        ),
        body.encode(),
    )


def _laid_over(below: Files, above: Files) -> Files:
    return Files({**below.written, **above.written}, {**below.recipes, **above.recipes})
