"""A storyboard's titles to what would be wrong with them on the screen, before anything is paid."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from storyboard.cut.overlay.collide import Shown, at_once, collisions, lift_of
from storyboard.cut.overlay.look import MAX_LINES, fits_easily, fonts_of, overflows, set_title
from storyboard.diagnostics import Code, Diagnostic, Severity
from storyboard.media.text import FontStack, NotAFont, can_shape, levels, missing_glyphs
from storyboard.model import AspectRatio, Output, Size, Storyboard, Title

_SHORT_SIDE = 1080
_MOST = 100
"""Titles of a shot, and outputs, that are measured: the schema allows no more."""


def measure_titles(storyboard: Storyboard, project: Path) -> tuple[Diagnostic, ...]:
    """Set every title in its real font for every output's shape, and tell what does not fit.

    `project` is the folder that the paths of local files are relative to.
    """
    font = storyboard.cut.font
    brand = project / font.path if font else None
    found: list[Diagnostic] = []
    outputs = storyboard.outputs[:_MOST]
    for shot in storyboard.shots:
        shown: list[Shown] = []
        for title in shot.look.titles[:_MOST]:
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
                found += collisions(shown, together, output, output_size(output))
            except NotAFont as error:
                found.append(_not_a_font(shown[0].title, str(error)))
    return tuple(dict.fromkeys(found))


def _alone(shown: Shown, outputs: Iterable[Output]) -> tuple[Diagnostic, ...]:
    """Find what is wrong with a title without looking at others.

    Raises:
        NotAFont: if its font is damaged.
    """
    rooms = (_room(shown, output, output_size(output)) for output in outputs)
    return (*_glyphs(shown.title, shown.fonts), *(one for room in rooms for one in room))


def output_size(output: Output) -> Size:
    """Return an output's size, or one of its ratio where it is not known yet."""
    if output.format.size:
        return output.format.size
    return _of_ratio(output.format.aspect_ratio)


def _of_ratio(ratio: AspectRatio) -> Size:
    short = min(ratio.width, ratio.height)
    even = [side * _SHORT_SIDE // short // 2 * 2 for side in (ratio.width, ratio.height)]
    return Size(even[0], even[1])


def _not_a_font(title: Title, why: str) -> Diagnostic:
    return Diagnostic(
        Code("SB751"),
        Severity.ERROR,
        f"the font of this title cannot be used: {why}",
        title.span,
        "give a .ttf or .otf file, or leave `font` out to use the one that is shipped",
    )


def _glyphs(title: Title, fonts: FontStack) -> Iterator[Diagnostic]:
    lost = missing_glyphs(title.text, fonts)
    if lost:
        shown = ", ".join(f"{one!r} (U+{ord(one[0]):04X})" for one in lost[:5])
        more = f" and {len(lost) - 5} more" if len(lost) > 5 else ""  # noqa: PLR2004 - as shown
        yield Diagnostic(
            Code("SB752"),
            Severity.ERROR,
            f"no font here can draw {shown}{more}",
            title.span,
            "name a font that has them under `brand.font`, or use other characters",
        )
    if not can_shape() and any(level % 2 for level in levels(title.text, "ltr")):
        yield Diagnostic(
            Code("SB753"),
            Severity.NOTE,
            "this machine has no FriBidi: right-to-left text is joined in a simpler way",
            title.span,
            "install the FriBidi library to set it with all its ligatures and marks",
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
