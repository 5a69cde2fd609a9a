"""Leaves to the pages of an animatic: the film's picture stands on them as the film will be."""

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from PIL import Image

from storyboard.backends.animatic.colour import accent
from storyboard.backends.animatic.job_clip import Board
from storyboard.backends.animatic.leaf import Leaf, leaves
from storyboard.backends.animatic.margin import clock_box, margin
from storyboard.backends.animatic.page import Page, page_of
from storyboard.backends.animatic.ticker import Ticker
from storyboard.cut import Timeline
from storyboard.media import Frame, Planes, blank, picture_planes, planes
from storyboard.model import Box, FrameRate, Size
from storyboard.plan import Film

_EDITION = 4
"""Counts up when the same leaves would be drawn differently, so that kept films are made anew."""


@dataclass(frozen=True, slots=True)
class AnimaticPages:
    """The pages of a film of this size and rate; the first leaf is turned to at frame 0."""

    size: Size
    fps: FrameRate
    leaves: tuple[Leaf, ...]
    edition: int = _EDITION

    @property
    def picture(self) -> Size:
        """The size of the frame's place."""
        place = page_of(self.size).picture
        return Size(place.width, place.height)

    def page(self, frame: Frame, n: int, matrix: int) -> Frame:
        """Return the page of frame `n`, with the frame on it."""
        place = page_of(self.size)
        if place.bar is None:
            return frame
        leaf = self._leaf(n)
        made = blank(self.size)
        drawn = planes(made)
        for target, source in zip(drawn, _margin(leaf, self.size, matrix), strict=True):
            target[:] = source
        _put(drawn, frame, place.picture)
        passed = (n - leaf.start) / self.fps
        _fill(drawn, place.bar, min(Fraction(1), passed / leaf.length), _colour(leaf.scene, matrix))
        if ticker := _ticker(place):
            ticker.draw(drawn[0], n / self.fps, passed, leaf.length)
        return made

    def recipe(self, start: int, stop: int) -> str:
        """Say which leaves are seen, and when: the running time stands on each frame."""
        shown = dict.fromkeys(self._leaf(n) for n in range(start, stop))
        return repr((self.edition, self.size, self.fps, start, tuple(shown)))

    def _leaf(self, n: int) -> Leaf:
        return self.leaves[bisect_right(self.leaves, n, key=lambda one: one.turn) - 1]


def pages_of(film: Film, project: Path, timeline: Timeline) -> AnimaticPages:
    """Make the pages of a film; `project` is the folder that files' paths are relative to."""
    board = Board(film.storyboard, {one.digest: one for one in film.clips}, project)
    shape = timeline.shape
    return AnimaticPages(shape.size, shape.fps, leaves(board, timeline))


@lru_cache(maxsize=8)
def _margin(leaf: Leaf, size: Size, matrix: int) -> Planes:
    return picture_planes(margin(leaf, size), matrix)


@lru_cache(maxsize=8)
def _ticker(page: Page) -> Ticker | None:
    box = clock_box(page)
    return Ticker(box) if box else None


@lru_cache(maxsize=16)
def _colour(scene: int, matrix: int) -> tuple[int, int, int]:
    y, u, v = picture_planes(Image.new("RGB", (2, 2), accent(scene)), matrix)
    return (int(y[0, 0]), int(u[0, 0]), int(v[0, 0]))


def _put(drawn: Planes, frame: Frame, box: Box) -> None:
    for target, source, by in zip(drawn, planes(frame), (1, 2, 2), strict=True):
        x, y = box.x // by, box.y // by
        target[y : y + box.height // by, x : x + box.width // by] = source


def _fill(drawn: Planes, bar: Box, part: Fraction, colour: tuple[int, int, int]) -> None:
    width = int(bar.width * part / 2) * 2
    for plane, value, by in zip(drawn, colour, (1, 2, 2), strict=True):
        rows = slice(bar.y // by, bar.bottom // by)
        plane[rows, bar.x // by : (bar.x + width) // by] = value
