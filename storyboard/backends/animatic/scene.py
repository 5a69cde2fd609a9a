"""A card to the picture that the camera moves over: the first frame, or one that is designed."""

import numpy as np
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from storyboard.backends.animatic.clip import Card, Portrait
from storyboard.backends.animatic.colour import PAGE, TEXT, Colour, accent, mixed
from storyboard.backends.animatic.pictures import opened
from storyboard.media.picture import covering
from storyboard.media.text import Block, Type, Weight, font_stack, lay_out, paint
from storyboard.model.storyboard import Size

_SPARE = 1.08
"""A picture is kept this much larger than where it is seen: moving in stays sharp enough."""

_WORDS = 90
_MIN_TEXT = 40
_SHORT_WORD = 3


def scene_picture(card: Card, seen: Size) -> Image.Image:
    """Return the picture that a card's camera moves over, of the ratio of `seen`."""
    if card.picture and (found := opened(card.picture)):
        return covering(found, seen, card.focus, _SPARE)
    size = Size(round(seen.width * _SPARE), round(seen.height * _SPARE))
    ground = _ground(card, size)
    faces = [one for one in card.portraits if one.picture and opened(one.picture)][:3]
    if faces:
        _draw_faces(ground, faces, accent(card.scene))
    elif size.height >= _MIN_TEXT:
        _draw_words(ground, card.prompt, accent(card.scene))
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


def _draw_faces(ground: Image.Image, faces: list[Portrait], colour: Colour) -> None:
    """Set up to three pictures beside each other, as large as fits, their names below."""
    gap = ground.width // 28
    room = (ground.width * 0.80 - gap * (len(faces) - 1)) / len(faces)
    side = round(min(ground.height * 0.52, ground.width * 0.62, room))
    left = (ground.width - side * len(faces) - gap * (len(faces) - 1)) // 2
    top = round(ground.height * 0.47 - side / 2)
    letters = max(7, round(ground.height * 0.042))
    style = Type(font_stack(Weight.BOLD), letters)
    for face in faces:
        if face.picture and (found := opened(face.picture)):
            square = covering(found, Size(side, side))
            square = square.resize((side, side), Image.Resampling.LANCZOS)
            _paste_round(ground, square, (left, top), side // 14, colour)
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


def _draw_words(ground: Image.Image, prompt: str, colour: Colour) -> None:
    """Set the beginning of a prompt large, where there is nothing to look at yet."""
    letters = max(7, round(min(ground.width, ground.height) * 0.085))
    block = _large(_beginning(prompt), letters, ground)
    while block.height > ground.height * 0.66 and letters > 7:  # noqa: PLR2004 - hardly legible
        letters = letters * 9 // 10
        block = _large(_beginning(prompt), letters, ground)
    ink = paint(block, TEXT, "start")
    edge = round(ground.width * 0.14)
    leftward = block.lines[0].direction == "rtl"
    x = ground.width - edge - round(block.width) if leftward else edge
    y = round((ground.height - block.height) / 2)
    ground.paste(ink.picture, (x - ink.x, y - ink.y), ink.picture)
    left = ground.width - edge - letters * 2 if leftward else edge
    rule = (left, y - letters, left + letters * 2, y - letters + max(2, letters // 9))
    ImageDraw.Draw(ground).rectangle(rule, fill=colour)


def _large(words: str, letters: int, ground: Image.Image) -> Block:
    return lay_out(words, Type(font_stack(Weight.BOLD), letters, 1.28), ground.width * 0.72)


def _beginning(prompt: str) -> str:
    """Take the first words, and none of the short ones that would hang at the end."""
    if len(prompt) <= _WORDS:
        return prompt
    words = prompt[:_WORDS].rsplit(" ", 1)[0].split(" ")
    while len(words) > 1 and len(words[-1]) <= _SHORT_WORD:
        words.pop()
    return " ".join(words).rstrip(" ,.;:") + "\u2026"
