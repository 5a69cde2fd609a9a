"""A prompt's text into words and the elements they mean."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text; `@@` has become `@`."""

    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """`@name`: an element of the storyboard."""

    element: str


PromptPart: TypeAlias = Words | Mention
Prompt: TypeAlias = tuple[PromptPart, ...]
"""A prompt; no two `Words` stand side by side."""


@dataclass(frozen=True, slots=True)
class At:
    """An `@name` in a text: the name without its sign, and how many characters stand before it."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class ParsedPrompt:
    """A prompt, the names in it that are no element, and the elements named inside quotes.

    `unknown` names stand in `prompt` as words. `quoted` ones too: a handle inside quotes is text
    to be seen or said.
    """

    prompt: Prompt
    unknown: tuple[At, ...] = ()
    quoted: tuple[At, ...] = ()


_SIGN = re.compile(r"@@|@([\w-]+)")
_QUOTED = re.compile(
    r"""(?:(?<=^)|(?<=[\s(\[{,;:-]))"[^"\n]*"  # straight quotes open after a space: 5" is inches
    | \u201c[^\u201d]*\u201d | \u201e[^\u201c\u201d]*[\u201c\u201d] | \u00ab[^\u00bb]*\u00bb
    | \u300c[^\u300d]*\u300d | \u300e[^\u300f]*\u300f
    | (?<![\w@])'@[\w.-]+'(?!\w) | \u2018@[\w.-]+\u2019 | `[^`\n]*`""",
    re.VERBOSE,
)
_ADDRESS = frozenset(".+-_%")
_FIRST_WITHOUT_SPACES = 0x0E00
_LATIN_AND_GREEK = range(0x1E00, 0x2000)


def parse(text: str, names: Collection[str]) -> ParsedPrompt:
    """Find the elements of `names` in a text.

    `@name` is an element, `@@` a plain at sign. In an e-mail address and inside quotes an at sign
    is text. In scripts that put no space between words a name ends where a known name does.
    """
    if "@" not in text:
        return ParsedPrompt((Words(text),) if text else ())
    quotes = [(one.start(), one.end()) for one in _QUOTED.finditer(text)]
    parts: list[PromptPart] = []
    unknown: list[At] = []
    quoted: list[At] = []
    end = 0
    for sign in _SIGN.finditer(text):
        if sign[0] == "@@":
            parts.append(Words(text[end : sign.start()] + "@"))
            end = sign.end()
            continue
        if _in_address(text, sign.start()):
            continue
        name = _longest(sign[1], names)
        here = At(name or sign[1].rstrip("-"), sign.start())
        if any(first < sign.start() < last for first, last in quotes):
            quoted.extend([here] if name else [])
        elif name is None:
            unknown.append(here)
        else:
            parts += [Words(text[end : sign.start()]), Mention(name)]
            end = sign.start() + 1 + len(name)
    parts.append(Words(text[end:]))
    return ParsedPrompt(tuple(_joined(parts)), tuple(unknown), tuple(quoted))


def _longest(run: str, names: Collection[str]) -> str | None:
    """Return the known name that a run of letters begins with, where it may end there."""
    if run in names:
        return run
    fitting = [one for one in names if run.startswith(one) and _may_end(run, len(one))]
    return max(fitting, key=len, default=None)


def _may_end(run: str, length: int) -> bool:
    following = run[length:]
    code = ord(following[0])
    spaceless = code >= _FIRST_WITHOUT_SPACES and code not in _LATIN_AND_GREEK
    return spaceless or not following.strip("-")


def _in_address(text: str, place: int) -> bool:
    """Tell whether an at sign stands inside an e-mail address: `info@brand.com`."""
    before = text[place - 1] if place else " "
    return (before.isascii() and before.isalnum()) or before in _ADDRESS


def _joined(parts: list[PromptPart]) -> Iterator[PromptPart]:
    words = ""
    for part in parts:
        match part:
            case Words():
                words += part.text
            case Mention():
                if words:
                    yield Words(words)
                yield part
                words = ""
    if words:
        yield Words(words)
