"""A storyboard's titles to what would be wrong with them on the screen, before anything is paid."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from storyboard.cut.overlay.collide import Shown, at_once, collisions, lift_of, over_watermark
from storyboard.cut.overlay.glyphs import NO_FONT, no_glyphs
from storyboard.cut.overlay.look import MAX_LINES, fits_easily, fonts_of, overflows, set_title
from storyboard.cut.overlay.title_room import MOST, output_size
from storyboard.diagnostics import Code, Diagnostic, Severity
from storyboard.media.text import NotAFont
from storyboard.model import Output, Size, Storyboard, Title


def measure_titles(storyboard: Storyboard, project: Path) -> tuple[Diagnostic, ...]:
    """Set every title in its real font for every output's shape, and tell what does not fit.

    `project` is the folder that the paths of local files are relative to.
    """
    font = storyboard.cut.font
    brand = project / font.path if font else None
    found: list[Diagnostic] = []
    outputs = storyboard.outputs[:MOST]
    for shot in storyboard.shots:
        shown: list[Shown] = []
        for title in shot.look.titles[:MOST]:
            own = title.style.font or font
            if own is not None and own.is_stand_in:
                continue
            try:
                one = Shown(title, fonts_of(title.style, brand, project))
                found += _alone(one, outputs)
                shown.append(one)
            except NotAFont as error:
                found.append(_not_a_font(title, str(error)))
        together = at_once(shown)
        for output in outputs if shown else ():
            try:
                size = output_size(output)
                found += collisions(shown, together, output, size)
                if mark := storyboard.cut.watermark:
                    found += over_watermark(shown, mark, output, size)
            except NotAFont as error:
                found.append(_not_a_font(shown[0].title, str(error)))
    return tuple(dict.fromkeys(found))


def _alone(shown: Shown, outputs: Iterable[Output]) -> tuple[Diagnostic, ...]:
    """Find what is wrong with a title without looking at others.

    Raises:
        NotAFont: if its font is damaged.
    """
    title = shown.title
    rooms = (_room(shown, output, output_size(output)) for output in outputs)
    return (
        *no_glyphs(title.text, shown.fonts, title.span),
        *(one for room in rooms for one in room),
    )


def _not_a_font(title: Title, why: str) -> Diagnostic:
    return Diagnostic(
        NO_FONT,
        Severity.ERROR,
        f"the font of this title cannot be used: {why}",
        title.span,
        "give a .ttf or .otf file, or leave `font` out to use the one that is shipped",
    )


def _room(shown: Shown, output: Output, size: Size) -> Iterator[Diagnostic]:
    title = shown.title
    if fits_easily(title.text, title.style, shown.fonts, size):
        return
    placed = set_title(title.text, title.style, shown.fonts, size, lift_of(output, size))
    lines, most = len(placed.block.lines), MAX_LINES[title.style.place]
    where = f"in output `{output.name}` ({output.format.aspect_ratio})"
    if overflows(placed, size):
        yield Diagnostic(
            Code("SB754"),
            Severity.ERROR,
            f"this title does not fit the safe area {where} at its size",
            title.span,
            "shorten it, or give its style a smaller `size`",
        )
    elif placed.block.broken:
        yield Diagnostic(
            Code("SB755"),
            Severity.WARNING,
            f"a word of this title is wider than a line {where} and is broken inside",
            title.span,
            "use a shorter word, put a break into it, or give its style a smaller `size`",
        )
    elif lines > most:
        yield Diagnostic(
            Code("SB756"),
            Severity.WARNING,
            f"this title takes {lines} lines {where}; more than {most} are hard to read",
            title.span,
            "shorten it, split it over two shots, or give its style a smaller `size`",
        )
