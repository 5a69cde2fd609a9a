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
    # no more than 2,000 characters: else every quote that is not closed is searched for to the end
    | \u201c[^\u201d]{0,2000}\u201d | \u201e[^\u201c\u201d]{0,2000}[\u201c\u201d]
    | \u00ab[^\u00bb]{0,2000}\u00bb | \u300c[^\u300d]{0,2000}\u300d | \u300e[^\u300f]{0,2000}\u300f
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
    quotes = [(one.start(), one.end()) for one in _QUOTED.finditer(text)][::-1]
    longest = max(map(len, names), default=0)
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
        name = _longest(sign[1], names, longest)
        here = At(name or sign[1].rstrip("-"), sign.start())
        while quotes and quotes[-1][1] <= sign.start():
            quotes.pop()
        if quotes and quotes[-1][0] < sign.start():
            quoted.extend([here] if name else [])
        elif name is None:
            unknown.append(here)
        else:
            parts += [Words(text[end : sign.start()]), Mention(name)]
            end = sign.start() + 1 + len(name)
    parts.append(Words(text[end:]))
    return ParsedPrompt(tuple(_joined(parts)), tuple(unknown), tuple(quoted))


def _longest(run: str, names: Collection[str], longest: int) -> str | None:
    """Return the known name that a run of letters begins with, where it may end there.

    No name has more than `longest` letters.
    """
    if run in names:
        return run
    dashes = len(run.rstrip("-"))
    for length in range(min(len(run) - 1, longest), 0, -1):
        if (length >= dashes or _is_spaceless(run[length])) and run[:length] in names:
            return run[:length]
    return None


def _is_spaceless(letter: str) -> bool:
    code = ord(letter)
    return code >= _FIRST_WITHOUT_SPACES and code not in _LATIN_AND_GREEK


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
