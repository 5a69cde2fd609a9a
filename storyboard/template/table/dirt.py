"""A cell's text to what is suspicious in it: what spreadsheets and wrong encodings leave behind."""

import re
from dataclasses import dataclass

from storyboard.diagnostics import Code
from storyboard.template.codes import CONTROL_CHARACTER, MANGLED_NUMBER, MOJIBAKE, SPREADSHEET_ERROR

_ERROR = re.compile(r"#(?:REF|N/A|NAME\?|VALUE|DIV/0|NULL|NUM|SPILL|CALC|BEZUG|WERT|NV)!?")
_MOJIBAKE = re.compile(r"\ufffd|[ÃÂ][\u0080-\u00bf\u201a-\u203a\u20ac\u0152-\u0192]|â€|ï¿½")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SCIENTIFIC = re.compile(r"\d[.,]\d+E\+\d{2}")


@dataclass(frozen=True, slots=True)
class Dirt:
    """What is suspicious in a cell, and what to do."""

    code: Code
    message: str
    help: str


def dirt_in(text: str) -> Dirt | None:
    """Return the first thing that is suspicious in a cell; None for a clean one."""
    if text.isascii() and text.isalnum():
        return None
    if _ERROR.fullmatch(text):
        return Dirt(
            SPREADSHEET_ERROR,
            f"`{text}` is an error of the spreadsheet, not a value",
            "mend the formula there, and export the table again",
        )
    if found := _CONTROL.search(text):
        return Dirt(
            CONTROL_CHARACTER,
            f"a control character (U+{ord(found[0]):04X}) stands in this cell",
            "take it out; it shows as a box, or not at all",
        )
    if found := _MOJIBAKE.search(text):
        return Dirt(
            MOJIBAKE,
            f"`{found[0]}` looks like a letter read in the wrong encoding",
            "export the table again as UTF-8, or name its encoding",
        )
    if _SCIENTIFIC.fullmatch(text):
        return Dirt(
            MANGLED_NUMBER,
            f"`{text}` is a number that a spreadsheet has shortened",
            "make the column a text column there, and export the table again",
        )
    return None
