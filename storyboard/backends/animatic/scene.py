"""A card to the picture that the camera moves over: the first frame, or one that is designed."""

from enum import Enum, auto

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from storyboard.backends.animatic.camera import always_above, always_seen
from storyboard.backends.animatic.clip import Card, Portrait
from storyboard.backends.animatic.colour import PAGE, TEXT, Colour, accent, mixed
from storyboard.backends.animatic.flow import shortened
from storyboard.backends.animatic.pictures import opened
from storyboard.media import covering
from storyboard.media.text import Block, Type, Weight, font_stack, lay_out, paint
from storyboard.model import Box, Size

_MIN_TEXT = 40
_MOST_FACES = 3
_LARGE, _BOLD, _SMALL = 0.085, 0.05, 0.026
"""Letters on a card, as parts of its shorter side: at most, bold down to, and at least."""

_WIDE, _HIGH, _EDGE = 0.72, 0.50, 0.05
"""How much of a card its words may fill, and how far they keep from where the camera looks away."""

_LEAST, _GAP = 0.14, 0.03
"""The least height in which words are read above a title, and how far they keep from it."""

_MIDDLE = 0.41
"""Where their middle stands: between titles at the top and those and captions at the bottom."""


class Motif(Enum):
    """What is to be seen in a card's picture; the page around it does not say it again."""

    FRAME = auto()
    FACES = auto()
    WORDS = auto()


def motif(card: Card) -> Motif:
    """Tell what a card's picture shows: its first frame, else its elements, else its prompt."""
    if card.picture and opened(card.picture):
        return Motif.FRAME
    return Motif.FACES if seen_faces(card) else Motif.WORDS


def seen_faces(card: Card) -> tuple[Portrait, ...]:
    """Return those of a card's elements that stand in its picture, where there is no frame."""
    if card.picture and opened(card.picture):
        return ()
    faces = (one for one in card.portraits if one.picture and opened(one.picture))
    return tuple(faces)[:_MOST_FACES]


def scene_picture(card: Card, seen: Size) -> Image.Image:
    """Return the picture that a card's camera moves over, of the ratio of `seen`."""
    if card.picture and (found := opened(card.picture)):
        return covering(found, seen, card.focus, 1.0)
    ground = _ground(card, seen)
    if faces := seen_faces(card):
        _draw_faces(ground, faces, card)
    elif seen.height >= _MIN_TEXT:
        _draw_words(ground, card)
    return ground


def _ground(card: Card, size: Size) -> Image.Image:
    if card.backdrop and (found := opened(card.backdrop)):
        wide = covering(found, Size(160, max(1, 160 * size.height // size.width)))
        soft = wide.filter(ImageFilter.GaussianBlur(wide.width / 45))
        dim = ImageEnhance.Brightness(ImageEnhance.Color(soft).enhance(0.8)).enhance(0.42)
        picture = dim.resize((size.width, size.height), Image.Resampling.BICUBIC)
    else:
        picture = _gradient(size, accent(card.scene))
    _draw_thirds(picture)
    return picture


def _gradient(size: Size, colour: Colour) -> Image.Image:
    """Draw a light from the upper left that falls into the dark, in the scene's colour."""
    across = np.linspace(0, 1, size.width)[None, :]
    down = np.linspace(0, 1, size.height)[:, None]
    light = np.clip(1 - np.hypot(across - 0.3, down - 0.2) / 1.05, 0, 1)[..., None] ** 1.3
    dark, bright = np.array(mixed(PAGE, colour, 0.10)), np.array(mixed(PAGE, colour, 0.52))
    return Image.fromarray((dark + (bright - dark) * light).round().astype(np.uint8))


def _draw_thirds(picture: Image.Image) -> None:
    """Draw the thirds, so that the eye has something to follow when the camera moves."""
    lines = Image.new("L", picture.size)
    draw = ImageDraw.Draw(lines)
    wide = max(1, picture.height // 400)
    for part in (1, 2):
        x, y = picture.width * part // 3, picture.height * part // 3
        draw.line((x, 0, x, picture.height), fill=26, width=wide)
        draw.line((0, y, picture.width, y), fill=26, width=wide)
    picture.paste((255, 255, 255), mask=lines)


def _room(card: Card, ground: Image.Image, wide: float) -> Box:
    """Return where something can be read in every frame, however the camera moves."""
    left, top, right, bottom = always_seen(card.camera)
    part = min(wide, right - left - 2 * _EDGE), min(_HIGH, bottom - top - 3 * _EDGE)
    width, height = round(ground.width * part[0]), round(ground.height * part[1])
    x = round(ground.width * (left + right) / 2 - width / 2)
    middle = ground.height * (top + (bottom - top) * _MIDDLE)
    return Box(
        x, max(round(ground.height * (top + _EDGE)), round(middle - height / 2)), width, height
    )


def _room_above(card: Card, ground: Image.Image) -> Box | None:
    """Return the room above a title in the middle; None where there is none, or too little."""
    whole, (_, top, _, _) = _room(card, ground, _WIDE), always_seen(card.camera)
    first, last = top + 2 * _EDGE, always_above(card.camera, card.free) - _GAP
    if card.free >= 1 or last - first < _LEAST:
        return None
    height = round(ground.height * min(last - first, _HIGH))
    return Box(whole.x, round(ground.height * last) - height, whole.width, height)


def _draw_faces(ground: Image.Image, faces: tuple[Portrait, ...], card: Card) -> None:
    """Set up to three pictures beside each other, as large as fits, their names below."""
    gap, area = ground.width // 28, _room(card, ground, 0.80)
    room = (area.width - gap * (len(faces) - 1)) / len(faces)
    side = round(min(ground.height * 0.52, area.width * 0.78, room))
    left = area.x + (area.width - side * len(faces) - gap * (len(faces) - 1)) // 2
    top = round(area.y + area.height / 2 - ground.height * 0.03 - side / 2)
    letters = max(7, round(ground.height * 0.042))
    style = Type(font_stack(Weight.BOLD), letters)
    for face in faces:
        if face.picture and (found := opened(face.picture)):
            square = covering(found, Size(side, side))
            square = square.resize((side, side), Image.Resampling.LANCZOS)
            _paste_round(ground, square, (left, top), side // 14, accent(card.scene))
        ink = paint(lay_out(face.label, style, room + gap), TEXT)
        at = (left + (side - ink.picture.width) // 2, top + side + letters // 2)
        ground.paste(ink.picture, at, ink.picture)
        left += side + gap


def _paste_round(
    ground: Image.Image, square: Image.Image, at: tuple[int, int], radius: int, colour: Colour
) -> None:
    smooth = 3
    side = square.width
    mask = Image.new("L", (side * smooth, side * smooth))
    edges = (0, 0, side * smooth - 1, side * smooth - 1)
    ImageDraw.Draw(mask).rounded_rectangle(edges, radius * smooth, fill=255)
    mask = mask.resize((side, side), Image.Resampling.BOX)
    rim = max(1, side // 90)
    frame = mask.resize((side + 2 * rim, side + 2 * rim), Image.Resampling.BICUBIC)
    ground.paste(colour, (at[0] - rim, at[1] - rim), frame)
    ground.paste(square, at, mask)


def _draw_words(ground: Image.Image, card: Card) -> None:
    """Set a prompt as large as it fits, where there is nothing to look at yet."""
    room = _room_above(card, ground) or _room(card, ground, _WIDE)
    unit = min(ground.width, ground.height)
    block = _fitted(card.prompt, room, unit)
    ink = paint(block, TEXT, "start")
    leftward = block.lines[0].direction == "rtl"
    x = room.right - round(block.width) if leftward else room.x
    y = room.y + round((room.height - block.height) / 2)
    ground.paste(ink.picture, (x - ink.x, y - ink.y), ink.picture)
    wide = round(unit * _LARGE)
    left = room.right - wide * 2 if leftward else room.x
    top = y - wide * 2 // 3
    rule = (left, top, left + wide * 2, top + wide // 9)
    ImageDraw.Draw(ground).rectangle(rule, fill=accent(card.scene))


def _fitted(prompt: str, room: Box, unit: int) -> Block:
    """Set a text in the largest letters in which all of it fits; cut it in the smallest."""
    least, bold = max(7, round(unit * _SMALL)), round(unit * _BOLD)
    letters = max(least, round(unit * _LARGE))
    while True:
        weight = Weight.BOLD if letters >= bold else Weight.REGULAR
        style = Type(font_stack(weight), letters, 1.28 if weight is Weight.BOLD else 1.4)
        lines = max(1, int(room.height / (letters * style.leading)))
        block = lay_out(prompt, style, room.width)
        if len(block.lines) <= lines and (letters == least or not block.broken):
            return block
        if letters == least:
            return shortened(prompt, style, room.width, lines)
        letters = max(least, letters * 9 // 10)
