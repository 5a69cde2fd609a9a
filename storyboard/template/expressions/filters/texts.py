"""A text to another text."""

import re
from html.parser import HTMLParser

from jinja2 import Undefined

from storyboard.template.expressions.filters.arguments import amount, failed, words
from storyboard.template.expressions.meter import MAX_TEXT, too_long

_BLOCKS = frozenset(
    [
        "br",
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "tr",
        "td",
        "th",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
    ]
)
_SILENT = frozenset(("script", "style", "head", "template"))
_LOOSE = " ,;:.-\u2013\u2014"
_SPACES = re.compile(r"\s+")


def upper(value: object) -> str:
    """Write in capitals."""
    return words(value, "upper").upper()


def lower(value: object) -> str:
    """Write in small letters."""
    return words(value, "lower").lower()


def title(value: object) -> str:
    """Begin each word with a capital; what follows an apostrophe stays small."""
    return re.sub(r"[^\W_]+(?:['\u2019][^\W_]+)*", _capital, words(value, "title"))


def capitalize(value: object) -> str:
    """Begin the text with a capital; the rest stays as it is."""
    text = words(value, "capitalize")
    return text[:1].upper() + text[1:]


def trim(value: object) -> str:
    """Take spaces from both ends."""
    return words(value, "trim").strip()


def plain(value: object) -> str:
    """Turn a number into its text."""
    return words(value, "string")


def default(value: object, other: object = "", boolean: object = False) -> object:  # noqa: FBT002 - Jinja's own signature
    """Return `other` where the value is missing or null; with `true`, also where it is empty."""
    if isinstance(value, Undefined) or value is None:
        return other
    return other if boolean and not value else value


def replace(value: object, old: object, new: object) -> str:
    """Put `new` wherever `old` stands."""
    text, before, after = (words(one, "replace") for one in (value, old, new))
    if len(text) + text.count(before) * (len(after) - len(before)) > MAX_TEXT:
        raise too_long()
    return text.replace(before, after)


def split(value: object, separator: object = ",") -> tuple[str, ...]:
    """Make a list of a text; spaces around the parts and empty parts go."""
    mark = words(separator, "split")
    if not mark:
        raise failed("`split` needs the sign that stands between the parts", '`| split(";")`')
    return tuple(part for raw in words(value, "split").split(mark) if (part := raw.strip()))


def slug(value: object) -> str:
    """Write a text so that it can be a file's name: `Café au lait` to `cafe-au-lait`."""
    from slugify import slugify  # noqa: PLC0415 - 10 ms that few storyboards need

    return str(slugify(words(value, "slug")))


def truncate(value: object, length: object, end: object = "…") -> str:
    """Cut after a whole word so that text and `end` take at most `length` characters."""
    text, mark, most = words(value, "truncate"), words(end, "truncate"), amount(length, "truncate")
    if len(text) <= most:
        return text
    room = max(int(most) - len(mark), 0)
    cut = text[: room + 1]
    whole = cut.rpartition(" ")[0] if " " in cut else cut[:room]
    return whole.rstrip(_LOOSE) + mark


def strip_html(value: object) -> str:
    """Take the tags out of a text as shops export it, and read its entities."""
    reader = _Words()
    reader.feed(words(value, "strip_html"))
    reader.close()
    return _SPACES.sub(" ", "".join(reader.parts)).strip()


def _capital(word: re.Match[str]) -> str:
    return word[0][:1].upper() + word[0][1:].lower()


class _Words(HTMLParser):
    """Collects what a reader would see; a new block is a space."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the parser's signature
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(self._silent - (tag in _SILENT), 0)
        if tag in _BLOCKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
