"""What is written of titles, their styles and transitions to their values."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial

from storyboard.check.assets import AssetKind
from storyboard.check.finding import place
from storyboard.check.reading import child, entries, items, key_of, seconds, text
from storyboard.check.resolve.amount import part
from storyboard.check.resolve.color import color, shadow_under
from storyboard.check.resolve.files import local
from storyboard.check.subject import Subject
from storyboard.model import (
    CUT,
    FrameRate,
    Place,
    Seconds,
    Title,
    TitleStyle,
    Transition,
    TransitionKind,
    parse_time,
)
from storyboard.source import Node

OVERLAP: Seconds = Fraction(1, 2)
"""How long a transition takes that does not say."""

_TRANSITION = re.compile(r"([a-z-]+)(?:\s+(\S+))?")


def transition(node: Node | None, fps: FrameRate | None) -> Transition | None:
    """Read `crossfade 0.5s`; None where it is none."""
    found = _TRANSITION.fullmatch(text(node) or "")
    if found is None or found[1] not in set(TransitionKind):
        return None
    if found[1] == TransitionKind.CUT:
        return CUT
    length = OVERLAP if found[2] is None else parse_time(found[2], fps)
    return Transition(TransitionKind(found[1]), length) if length else CUT


def styles(subject: Subject) -> dict[str, TitleStyle]:
    """Resolve the four styles there always are, and the brand's: once for all shots."""
    brand = subject.outline.root.get("brand")
    make = partial(_styles, subject, brand)
    return subject.memory.recall(("styles", subject.outline.fps), (brand,), make)


def _styles(subject: Subject, brand: Node | None) -> dict[str, TitleStyle]:
    found = {one.value: TitleStyle(one.value, one) for one in Place}
    for entry in entries(child(brand, "styles")):
        name = key_of(entry)
        found[name] = _style(subject, name, entry.value, found.get(name))
    return found


def titles(
    subject: Subject, node: Node | None, length: Seconds, known: dict[str, TitleStyle]
) -> Iterator[Title]:
    """Resolve a shot's titles; one that does not say how long stays to the shot's end."""
    fps = subject.outline.fps
    for title in items(node):
        written = child(title, "text")
        words = text(written)
        if written is None or words is None:
            continue
        at = seconds(child(title, "at"), fps) or Fraction(0)
        stays = seconds(child(title, "for"), fps)
        if stays is None:
            stays = max(length - at, Fraction(0))
        name = text(child(title, "style")) or Place.LOWER_THIRD
        yield Title(words, at, stays, known.get(name, known[Place.LOWER_THIRD]), place(written))


def _style(subject: Subject, name: str, node: Node, base: TitleStyle | None) -> TitleStyle:
    base = base or TitleStyle(name, Place.LOWER_THIRD)
    colors = subject.outline.colors
    where = text(child(node, "place"))
    faded = seconds(child(node, "fade"), subject.outline.fps)
    ink = color(child(node, "color"), colors) or base.color
    box, shadow = child(node, "box"), child(node, "shadow")
    return TitleStyle(
        name=name,
        place=Place(where) if where in set(Place) else base.place,
        size=part(child(node, "size"), Decimal(base.size)),
        color=ink,
        box=base.box if box is None else color(box, colors),
        shadow=shadow_under(ink) if shadow is None else color(shadow, colors),
        font=local(subject, child(node, "font"), AssetKind.FONT) or base.font,
        fade=base.fade if faded is None else faded,
    )
