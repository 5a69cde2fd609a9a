"""Find the captions and the words of pages that no font can draw."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from storyboard.cut.overlay.words_drawn import (
    DrawnWords,
    burning,
    captions,
    is_plain,
    page_words,
)
from storyboard.diagnostics import Code, Diagnostic, Severity, Span
from storyboard.media.text import (
    FontStack,
    NotAFont,
    Type,
    Weight,
    font_stack,
    lay_out,
    missing_glyphs,
    script_names,
)
from storyboard.model import Storyboard

NO_GLYPH = Code("SB752")
NO_FONT = Code("SB751")
_SHOWN = 5
_USE_ANOTHER = "name a font that has them under `brand.font`, or use other characters"


def measure_words(storyboard: Storyboard, project: Path) -> tuple[Diagnostic, ...]:
    """Look for a glyph for every character that captions and pages draw.

    A caption without one is an error in an output that it is burnt into. Pages and slates are no
    part of a film, and are not set in fonts of the user's own: there it is a note.
    """
    burnt = tuple(_captions(storyboard, project))
    found = burnt or tuple(_pages(storyboard))
    return tuple(dict.fromkeys(found))


def no_glyphs(text: str, fonts: FontStack, span: Span, where: str = "") -> Iterator[Diagnostic]:
    """Tell which characters of a film's words have no glyph; `where` is said after them."""
    lost = missing_glyphs(text, fonts)
    if lost:
        shown = ", ".join(f"{one!r} (U+{ord(one[0]):04X})" for one in lost[:_SHOWN])
        more = f" and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
        message = f"no font here can draw {shown}{more}{where}"
        yield Diagnostic(NO_GLYPH, Severity.ERROR, message, span, _USE_ANOTHER)


def _captions(storyboard: Storyboard, project: Path) -> Iterator[Diagnostic]:
    outputs = burning(storyboard)
    font = storyboard.cut.font
    if not outputs or (font and font.is_stand_in):
        return
    own = project / font.path if font else None
    names = ", ".join(f"`{one}`" for one in outputs)
    where = f" in a caption that is burnt into output{'s' if len(outputs) > 1 else ''} {names}"
    for words in captions(storyboard):
        if own is None and is_plain(words.text):
            continue
        try:
            fonts = font_stack(Weight.BOLD, own)
            yield from no_glyphs(words.text, fonts, words.span, where)
            if own:
                lay_out(words.text, Type(fonts, 40), 4000)
        except NotAFont as error:
            yield _not_a_font(words, str(error))
            return


def _not_a_font(words: DrawnWords, why: str) -> Diagnostic:
    return Diagnostic(
        NO_FONT,
        Severity.ERROR,
        f"the font of captions cannot be used: {why}",
        words.span,
        "give a .ttf or .otf file, or leave `font` out to use the one that is shipped",
    )


def _pages(storyboard: Storyboard) -> Iterator[Diagnostic]:
    """Tell once, and by script: in every row of a table the words are others."""
    for words in page_words(storyboard):
        scripts = () if is_plain(words.text) else _scripts_without_font(words.text)
        if scripts:
            yield Diagnostic(
                NO_GLYPH,
                Severity.NOTE,
                f"no font here can draw {' and '.join(scripts)} characters of this shot's words; "
                "pages of an animatic and slates show boxes in their place",
                words.span,
                "the film is not affected: what it shows is checked by itself",
            )
            return


@lru_cache(maxsize=4096)
def _scripts_without_font(text: str) -> tuple[str, ...]:
    return script_names("".join(missing_glyphs(text, font_stack(Weight.REGULAR))))
