"""List what else is drawn of a storyboard's words than titles: burnt-in captions, and pages.

It loads nothing that draws: whether a font has to be looked at is asked for every storyboard.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storyboard.diagnostics import Span
from storyboard.model import Captions, FootageShot, Line, Mention, PromptShot, Shot, Storyboard

_PLAIN = re.compile("[\t\n\r -~\xa0-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac]*")
"""What the shipped fonts have, as most words of western languages are written."""


@dataclass(frozen=True, slots=True)
class DrawnWords:
    """Words and where they are written."""

    text: str
    span: Span


def burning(storyboard: Storyboard) -> tuple[str, ...]:
    """Return the names of the outputs that captions are burnt into."""
    return tuple(one.name for one in storyboard.outputs if one.captions is Captions.BURN)


def captions(storyboard: Storyboard) -> Iterator[DrawnWords]:
    """Go through the words of captions; a caption of a shot's own stands for all that is said."""
    for shot in storyboard.shots:
        if shot.look.caption:
            yield DrawnWords(shot.look.caption, shot.look.caption_span or shot.span)
        else:
            yield from (DrawnWords(one.text, one.span) for one in _said(shot))


def page_words(storyboard: Storyboard) -> Iterator[DrawnWords]:
    """Go through what pages and slates say of a shot: names, prompt, what is said."""
    for shot in storyboard.shots:
        words = [str(shot.name)]
        if isinstance(shot, PromptShot):
            words += [one.element if isinstance(one, Mention) else one.text for one in shot.prompt]
        words += [f"{one.speaker} {one.text}" for one in _said(shot)]
        yield DrawnWords(" ".join(words), shot.span)


def needs_fonts(storyboard: Storyboard) -> bool:
    """Tell whether it takes a look at fonts to know that all these words can be drawn."""
    burnt = tuple(captions(storyboard)) if burning(storyboard) else ()
    if burnt and storyboard.cut.font:  # which may be damaged
        return True
    return not all(is_plain(one.text) for one in (*burnt, *page_words(storyboard)))


def is_plain(text: str) -> bool:
    """Tell, at little cost, that the shipped fonts have all characters of a text."""
    return _PLAIN.fullmatch(text) is not None


def _said(shot: Shot) -> tuple[Line, ...]:
    return () if isinstance(shot, FootageShot) else shot.say
