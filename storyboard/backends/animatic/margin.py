"""A leaf to the page around a film's picture: number, name, prompt, who is in it, what is said."""

from PIL import Image, ImageDraw

from storyboard.backends.animatic.camera import Motion
from storyboard.backends.animatic.colour import (
    FAINT,
    LINE,
    PAGE,
    QUIET,
    TEXT,
    accent,
    named,
)
from storyboard.backends.animatic.flow import Flow
from storyboard.backends.animatic.leaf import Leaf
from storyboard.backends.animatic.page import Page, page_of
from storyboard.model import Box, Size, clock

_SIGNS = {
    Motion.STATIC: "\u25a0",
    Motion.PUSH_IN: "\u2295",
    Motion.PULL_OUT: "\u2296",
    Motion.PAN_LEFT: "\u2190",
    Motion.PAN_RIGHT: "\u2192",
    Motion.TILT_UP: "\u2191",
    Motion.TILT_DOWN: "\u2193",
    Motion.TRACK_LEFT: "\u21d0",
    Motion.TRACK_RIGHT: "\u21d2",
    Motion.CRANE_UP: "\u21d1",
    Motion.CRANE_DOWN: "\u21d3",
    Motion.ORBIT: "\u21bb",
    Motion.HANDHELD: "\u223f",
}
_THUMB = 52
_SAY = 3
_BESIDE = 3
_CLOCK = 204
_SIZES = (22, 20, 18, 16, 14, 13)


def margin(leaf: Leaf, size: Size) -> Image.Image:
    """Draw everything on a page that does not move; the picture's place stays empty."""
    page = page_of(size)
    picture = Image.new("RGB", (size.width, size.height), PAGE)
    if page.bar:
        bar = page.bar
        edges = (bar.x, bar.y, bar.right - 1, bar.bottom - 1)
        ImageDraw.Draw(picture).rectangle(edges, fill=LINE)
    if page.column and page.notes:
        prompt_below = page.notes.right >= page.column.right
        _column(picture, leaf, page, page.column, () if prompt_below else _SIZES)
        _below(picture, leaf, page, page.notes, _SIZES[1:] if prompt_below else ())
    elif page.notes:
        _narrow(picture, leaf, page, page.notes)
    return picture


def clock_box(page: Page) -> Box | None:
    """Return where the running time stands: below the picture, on tall pages at the right."""
    if page.notes is None:
        return None
    width, height = page.px(_CLOCK) // 2 * 2, page.px(34) // 2 * 2
    x = page.notes.x if page.column else page.notes.right - width
    return Box(x, page.notes.y, width, height)


def _column(picture: Image.Image, leaf: Leaf, page: Page, box: Box, sizes: tuple[int, ...]) -> None:
    """Draw what stands beside the picture: which shot, its prompt, who is in it."""
    px, words = page.px, leaf.words
    scene, _, shot = leaf.name.partition("/")
    head = Flow(picture, box.x, box.y, box.width, box.bottom)
    head.words(
        f"ANIMATIC  \u00b7  {leaf.number}/{leaf.count}",
        px(13),
        named(accent(leaf.scene)),
        bold=True,
    )
    head.gap(px(8))
    head.words(shot or scene, px(30), TEXT, bold=True, lines=2)
    length = clock(leaf.length)
    head.words(f"{scene}  \u00b7  {length}" if shot else length, px(14), QUIET, lines=2)
    head.words(words.origin, px(14), FAINT)
    faces = px(_THUMB) * 11 // 8 if words.portraits else 0
    if (words.prompt and sizes) or faces:
        _rule(picture, box, head.y + px(12), px(2))
    text = Flow(picture, box.x, head.y + px(28), box.width, box.bottom - faces - px(14))
    if words.prompt and sizes:
        text.fitted(words.prompt, tuple(map(px, sizes)))
    if faces:
        Flow(picture, box.x, box.bottom - faces, box.width, box.bottom).faces(
            words.portraits, px(_THUMB)
        )


def _below(picture: Image.Image, leaf: Leaf, page: Page, box: Box, sizes: tuple[int, ...]) -> None:
    """Draw what stands below the picture: the camera's move, what is said, maybe the prompt."""
    px, words = page.px, leaf.words
    left = Flow(picture, box.x, box.y + px(42), px(_CLOCK), box.bottom)
    left.words(_move(words.motion), px(14), named(accent(leaf.scene)), bold=True)
    x = box.x + px(_CLOCK + 28)
    text = Flow(picture, x, box.y + px(6), box.right - x, box.bottom)
    for line in words.lines[:_SAY]:
        if text.y + px(17) * 2 < text.end:
            text.words(f"{line.speaker}: \u201c{line.text}\u201d", px(17), TEXT, lines=2)
            text.gap(px(4))
    if words.prompt and sizes:
        text.gap(px(4))
        text.fitted(words.prompt, tuple(map(px, sizes)), QUIET if words.lines else TEXT)


def _move(motion: Motion | None) -> str:
    return f"{_SIGNS.get(motion, '')}  {motion}".strip() if motion else ""


def _narrow(picture: Image.Image, leaf: Leaf, page: Page, notes: Box) -> None:
    """Draw a tall page: everything below the picture, who is in it at the right."""
    px, words = page.px, leaf.words
    head = Flow(picture, notes.x, notes.y, notes.width - px(_CLOCK + 16), notes.bottom)
    head.words(leaf.name, px(24), TEXT, bold=True)
    facts = (f"ANIMATIC {leaf.number}/{leaf.count}", clock(leaf.length), _move(words.motion))
    line = "  \u00b7  ".join(one for one in facts if one)
    head.words(line, px(16), named(accent(leaf.scene)), bold=True)
    head.width = notes.width
    head.words(words.origin, px(14), FAINT)
    head.gap(px(8))
    room = notes.width
    portraits = tuple(one for one in words.portraits if one.picture)[:_BESIDE]
    if portraits:
        room -= len(portraits) * px(_THUMB * 1.2) + px(8)
        Flow(picture, notes.x + room + px(14), head.y, notes.width - room, notes.bottom).faces(
            portraits, px(_THUMB)
        )
    below = Flow(picture, notes.x, head.y, room, notes.bottom)
    if names := [one.label for one in words.portraits if not one.picture]:
        below.words("  ".join(names), px(14), QUIET, bold=True)
    for said in words.lines[:2]:
        below.words(f"{said.speaker}: \u201c{said.text}\u201d", px(18), TEXT, lines=2)
    if words.prompt:
        below.gap(px(4))
        below.fitted(words.prompt, tuple(map(px, _SIZES[1:])), QUIET)


def _rule(picture: Image.Image, box: Box, y: int, height: int) -> None:
    edges = (box.x, y, box.right - 1, y + max(1, height) - 1)
    ImageDraw.Draw(picture).rectangle(edges, fill=LINE)
