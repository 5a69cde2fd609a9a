"""Characters that YAML would take wrongly to stand-ins of the same length, and back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

ALWAYS = "\x85\u2028\u2029\ufeff"
"""YAML 1.1, and so PyYAML, ends lines at the first three and does not count the last; 1.2 and
every editor know them as plain characters."""

_IN_WORD = re.compile(r"(?<=[^\s,\[\]{}])\?")
_AFTER_WORD = re.compile(r"([^\s,\[\]{}:?\-][ \t]+)\?")
_STAND_INS = range(0xF0000, 0xFFFFE)
"""Private characters. One that a file uses itself is not taken."""


@dataclass(slots=True)
class Mask:
    """A text in which single characters can be hidden from YAML without moving any other.

    What YAML makes of the text is turned back with `unmask`.
    """

    text: str
    _stand_ins: dict[str, str] = field(default_factory=dict)
    _back: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for char in ALWAYS:
            if char in self.text:
                self.text = self.text.replace(char, self._stand_in(char))

    def hide(self, places: Iterable[int]) -> None:
        """Make the characters at these places ordinary letters to YAML."""
        signs = {index: self._stand_in(self.text[index]) for index in places}
        if signs:
            letters = list(self.text)
            for index, sign in signs.items():
                letters[index] = sign
            self.text = "".join(letters)

    def comment_out(self, index: int) -> None:
        """Make the rest of the line from `index` on a comment."""
        self._put(index, "#")

    def put_comma(self, index: int) -> None:
        """Make the character at `index` a comma."""
        self._put(index, ",")

    def blank(self, start: int, end: int) -> None:
        """Make the characters from `start` up to `end` spaces."""
        self.text = f"{self.text[:start]}{' ' * (end - start)}{self.text[end:]}"

    def text_for_pure(self) -> str:
        """Return the text with every `?` hidden that the pure parser would stumble over.

        In brackets it ends a text at any `?`: `[really?]`. YAML does so only where a key begins.
        """
        if "?" not in self.text:
            return self.text
        stand_in = self._stand_in("?")
        text = _IN_WORD.sub(stand_in, self.text)
        return _AFTER_WORD.sub(lambda found: found[1] + stand_in, text)

    def unmask(self, value: str) -> str:
        """Turn what YAML read back into what the file says."""
        return value.translate(self._back) if self._back else value

    def _put(self, index: int, char: str) -> None:
        self.text = f"{self.text[:index]}{char}{self.text[index + 1 :]}"

    def _stand_in(self, char: str) -> str:
        if char not in self._stand_ins:
            used = {*map(chr, self._back), *self.text}
            code = next(one for one in _STAND_INS if chr(one) not in used)
            self._stand_ins[char] = chr(code)
            self._back[code] = char
        return self._stand_ins[char]
