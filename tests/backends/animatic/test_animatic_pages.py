"""The pages of an animatic: the film stands on them as it will be, and the notes around it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from clips import ClipRecipe, make_clip
from films import QUICK, Take, make, timeline, title
from PIL import Image, ImageFilter

from storyboard import Ask, compile_storyboard
from storyboard.backends.animatic import AnimaticPages, Portrait, Spoken, pages_of
from storyboard.backends.animatic.camera import Motion
from storyboard.backends.animatic.leaf import Leaf, Words
from storyboard.backends.animatic.margin import clock_box, margin
from storyboard.backends.animatic.page import page_of
from storyboard.backends.animatic.ticker import film_time
from storyboard.cut import explain
from storyboard.cut.compose import compose
from storyboard.cut.cut_film import prepare
from storyboard.cut.cut_plan import Copied, Encoded
from storyboard.cut.recipe import FileDigests, recipe
from storyboard.cut.timeline import Cue, StillSource, TimedTitle, Timeline
from storyboard.delivery import Order, Room, ShownClips, orders, timeline_of
from storyboard.media.yuv import Frame, plain, planes
from storyboard.model.asset import FileDigest, LocalFile
from storyboard.model.cut import Corner, Place, TitleStyle, TransitionKind, Watermark
from storyboard.model.storyboard import Fit, Move, Size

WIDE, TALL, SQUARE = Size(960, 540), Size(540, 960), Size(540, 540)
READABLE = [WIDE, TALL, SQUARE]
SHAPES = [*READABLE, Size(480, 270), Size(270, 480), Size(360, 360), Size(192, 108), Size(108, 192)]
BT709 = 1
WORDS = Words("kling-v3-pro", Motion.DRIFT, "a cup")
LEAF = Leaf("opening/pour", 0, 1, 2, 0, 0, Fraction(2), WORDS)


def saying(**more: object) -> Leaf:
    return replace(LEAF, words=replace(WORDS, **more))


def luma(frame: Frame) -> np.ndarray:
    return planes(frame)[0].astype(int)


def rgb(frame: Frame) -> np.ndarray:
    return frame.to_ndarray(format="rgb24").astype(int)


def pages(size: Size, *leaves: Leaf, fps: int = 24) -> AnimaticPages:
    return AnimaticPages(size, Fraction(fps), leaves or (LEAF,))


@pytest.mark.parametrize("size", SHAPES, ids=str)
def test_a_page_keeps_its_parts_apart_and_inside(size: Size) -> None:
    page = page_of(size)
    words = [one for one in (page.picture, page.column, page.notes) if one]
    boxes = [*words, page.bar] if page.bar else words
    for box in boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.right <= size.width
        assert box.bottom <= size.height
        assert min(box.width, box.height) > 0
        assert all(edge % 2 == 0 for edge in (box.x, box.y, box.width, box.height))
    for one, other in combinations(words, 2):
        assert one.right <= other.x or other.right <= one.x or one.bottom <= other.y
    if page.bar and page.notes:
        assert page.picture.bottom <= page.bar.y
        assert page.bar.bottom <= page.notes.y
    assert abs(page.picture.width / page.picture.height - size.width / size.height) < 0.01


@pytest.mark.parametrize("size", READABLE, ids=str)
def test_what_is_said_changes_what_is_drawn(size: Size) -> None:
    said = (Spoken("mara", "hello", Fraction(0), Fraction(2)),)
    drawn = [
        LEAF,
        replace(LEAF, name="opening/other"),
        replace(LEAF, scene=1),
        replace(LEAF, number=2),
        replace(LEAF, length=Fraction(3, 2)),
        saying(prompt="another prompt"),
        saying(origin="still"),
        saying(lines=said),
        saying(portraits=(Portrait("mara", None),)),
        saying(motion=Motion.TILT_UP),
        saying(motion=None),
    ]
    assert len({margin(one, size).tobytes() for one in drawn}) == len(drawn)


@pytest.mark.parametrize("size", SHAPES, ids=str)
def test_the_longest_words_stay_beside_the_picture(size: Size) -> None:
    long = "word " * 500
    said = tuple(Spoken("x" * 60, long, Fraction(n), Fraction(n + 1)) for n in range(4))
    faces = tuple(Portrait("name" * 20, None) for _ in range(4))
    full = replace(saying(prompt=long, lines=said, portraits=faces), name="s" * 60 + "/" + "n" * 60)
    drawn, box = np.asarray(margin(full, size)), page_of(size).picture
    inside = drawn[box.y : box.bottom, box.x : box.right]
    assert (inside == inside[0, 0]).all()


def test_the_running_time_and_the_bar_run() -> None:
    book, frame = pages(WIDE), plain(pages(WIDE).picture, 16)
    first, later = (rgb(book.page(frame, n, BT709)) for n in (0, 30))
    page = page_of(WIDE)
    box, bar = clock_box(page), page.bar
    assert box is not None
    assert bar is not None
    changed = np.abs(first - later).max(axis=2) > 60
    assert changed[box.y : box.bottom, box.x : box.right].any()
    middle = changed[bar.y + 1, bar.x : bar.right]
    assert 0.55 < middle.mean() < 0.7
    changed[box.y : box.bottom, box.x : box.right] = False
    changed[bar.y : bar.bottom, bar.x : bar.right] = False
    assert not changed.any()
    assert film_time(Fraction(3723, 10)) == "06:12.3"


def test_a_page_is_turned_at_its_frame_and_known_by_what_is_seen() -> None:
    other = replace(LEAF, name="opening/other", turn=48, start=44)
    book, frame = pages(WIDE, LEAF, other), plain(pages(WIDE).picture, 16)
    names = [rgb(book.page(frame, n, BT709))[:120, 730:] for n in (0, 47, 48)]
    assert (names[0] == names[1]).all()
    assert (names[1] != names[2]).any()
    alone = pages(WIDE, LEAF)
    assert book.recipe(0, 48) == alone.recipe(0, 48)
    assert book.recipe(0, 49) != alone.recipe(0, 49)
    assert book.recipe(0, 24) != book.recipe(24, 48)
    assert repr(book) != repr(alone)


def test_what_is_too_small_for_words_is_all_picture() -> None:
    frame, book = plain(Size(192, 108), 100), pages(Size(192, 108))
    assert book.picture == Size(192, 108)
    assert book.page(frame, 0, BT709) is frame


# The film on its page.

CENTRE = TitleStyle("plain", Place.CENTRE, Decimal("0.10"), fade=Fraction(0))
LOWER = replace(CENTRE, place=Place.LOWER_THIRD, box="#ff0000")
LONG = "A rather wide title that fills the whole of its width"


def film(folder: Path, size: Size, fit: Fit) -> Timeline:
    """A clip, a still, a crossfade between them; titles, a burnt caption and a watermark."""
    clip = make_clip(folder / "clip.mp4", ClipRecipe(width=480, height=270, frames=12))
    Image.new("RGB", (320, 180), "teal").save(folder / "still.png")
    Image.new("RGBA", (80, 40), (255, 255, 0, 255)).save(folder / "mark.png")
    still = StillSource(folder / "still.png", Move.IN)
    made = timeline(
        [Take(clip, 12), Take(still, 12, 0, TransitionKind.CROSSFADE, 4)], size=size, fit=fit
    )
    mark = LocalFile("mark.png", FileDigest("a" * 64), 1, None)
    return replace(
        made,
        titles=(TimedTitle(LONG, 0, 12, CENTRE), TimedTitle("Below", 6, 12, LOWER)),
        captions=(Cue(Fraction(0), Fraction(1, 2), "Words that are said aloud.", None),),
        burn_captions=True,
        watermark=Watermark(mark, Corner.TOP_RIGHT, Decimal(1), Decimal("0.03")),
    )


def shown(one: Timeline, folder: Path) -> list[np.ndarray]:
    scenery = prepare(one, folder, QUICK).scenery
    return [luma(frame) for frame in compose(scenery, 0, one.frames)]


def softened(picture: Image.Image) -> np.ndarray:
    """Leave out what is finer than the eye: noise of a pixel, as numbered clips are made of."""
    return np.asarray(picture.filter(ImageFilter.GaussianBlur(2))).astype(int)


@pytest.mark.parametrize("fit", [Fit.CROP, Fit.PAD, Fit.BLUR])
@pytest.mark.parametrize("size", READABLE, ids=str)
def test_all_of_the_film_stands_in_the_pages_picture_and_nothing_beside_it(
    size: Size, fit: Fit, tmp_path: Path
) -> None:
    bare = film(tmp_path, size, fit)
    book, box = pages(size, replace(LEAF, length=Fraction(20, 24))), page_of(size).picture
    matrix = prepare(bare, tmp_path, QUICK).scenery.matrix
    empty = plain(book.picture, 16)
    frames = shown(bare, tmp_path)
    # Bars and what is between them end on even rows of the page: by a part of a row elsewhere.
    most = 0.5 if fit is Fit.CROP else 2.5
    for n, page in enumerate(shown(replace(bare, pages=book), tmp_path)):
        whole = Image.fromarray(frames[n].astype(np.uint8))
        small = whole.resize((box.width, box.height), Image.Resampling.LANCZOS)
        inside = Image.fromarray(page[box.y : box.bottom, box.x : box.right].astype(np.uint8))
        assert np.abs(softened(inside) - softened(small)).mean() < most
        beside = np.abs(page - luma(book.page(empty, n, matrix)))
        beside[box.y : box.bottom, box.x : box.right] = 0
        assert beside.max() == 0


def test_an_animatic_is_encoded_whole_and_changes_with_its_pages(tmp_path: Path) -> None:
    bare = timeline([Take(make_clip(tmp_path / "a.mp4", ClipRecipe(frames=24)), 24)])
    paged = [replace(bare, pages=pages(Size(192, 108), one)) for one in (LEAF, saying(prompt="b"))]
    recipes = set()
    for one in (bare, *paged):
        prepared = prepare(one, tmp_path, QUICK)
        (stretch,) = prepared.plan.stretches
        assert isinstance(stretch, Encoded if one.pages else Copied)
        assert ("qp 19" in explain(prepared.plan)) is bool(one.pages)
        whole = Encoded(0, 24, (), ())
        recipes.add(recipe(prepared.scenery, prepared.plan, whole, FileDigests()))
    assert len(recipes) == 3


def test_an_animatic_beside_it_changes_no_byte_of_the_film(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", ClipRecipe(width=480, height=270, frames=24))
    bare = timeline([Take(clip, 24)], size=Size(480, 270), titles=(title(6, 6),))
    before = make(bare, tmp_path / "clean" / "one").path.read_bytes()
    on_pages = make(replace(bare, pages=pages(Size(480, 270))), tmp_path / "animatic").path
    after = make(bare, tmp_path / "after")
    assert on_pages.read_bytes() != before
    assert after.path.read_bytes() == before
    assert after.reused == 0


# What is said of a film's shots.

BOARD = """\
storyboard: 1
model: kling-v2.6-pro
outputs:
  - {name: wide}
  - {name: pad, aspect_ratio: '9:16', fit: pad}
scenes:
  - id: a
    shots:
      - {id: one, prompt: 'Rain, pan left.', duration: 3s, say: [{mara: hello there}]}
  - id: b
    transition: crossfade 1s
    start: start.png
    shots:
      - {id: two, prompt: A street at night., duration: 3s}
  - id: c
    shots: [{id: three, still: start.png, move: out, duration: 2s}]
voices: {mara: {id: '1'}}
"""


def leaves(folder: Path) -> Sequence[AnimaticPages]:
    """Lay out both films of the board, and make their pages."""
    Image.new("RGB", (640, 640), "teal").save(folder / "start.png")
    (folder / "film.yaml").write_text(BOARD, "utf-8")
    result = compile_storyboard(Ask(folder / "film.yaml"))
    assert result.plan is not None, result.diagnostics

    def paged(order: Order, made: Timeline) -> AnimaticPages:
        return pages_of(order.film, folder, made)

    room = Room(folder, folder / "derived", QUICK, paged=paged)
    wanted = orders(result.plan.films, folder, "animatic")
    found = [timeline_of(one, ShownClips({}), room).pages for one in wanted]
    plain_room = replace(room, paged=None)
    assert [timeline_of(one, ShownClips({}), plain_room).pages for one in wanted] == [None, None]
    assert all(isinstance(one, AnimaticPages) for one in found)
    return [one for one in found if isinstance(one, AnimaticPages)]


def test_every_shot_has_a_leaf_of_its_time_that_says_nothing_twice(tmp_path: Path) -> None:
    wide, pad = leaves(tmp_path)
    assert [one.name for one in wide.leaves] == ["a/one", "b/two", "c/three"]
    assert [(one.number, one.count, one.scene) for one in wide.leaves] == [
        (1, 3, 0),
        (2, 3, 1),
        (3, 3, 2),
    ]
    # The crossfade overlaps a second: its page is turned in the middle of it.
    assert [(one.start, one.turn) for one in wide.leaves] == [(0, 0), (48, 60), (120, 120)]
    assert [one.length for one in wide.leaves] == [3, 3, 2]
    rain, street, still = (one.words for one in wide.leaves)
    assert rain.prompt == ""  # it is what its picture shows
    assert [line.text for line in rain.lines] == ["hello there"]
    assert rain.motion is Motion.PAN_LEFT
    assert street.prompt == "A street at night."  # its picture shows the start frame
    assert (still.origin, still.motion) == ("still", Motion.PULL_OUT)
    # Between bars the words on a card are too small.
    assert pad.leaves[0].words.prompt == "Rain, pan left."


def test_a_film_of_nothing_has_no_leaves(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text(BOARD, "utf-8")
    Image.new("RGB", (640, 640), "teal").save(tmp_path / "start.png")
    result = compile_storyboard(Ask(tmp_path / "film.yaml"))
    assert result.plan is not None
    assert not pages_of(result.plan.films[0], tmp_path, timeline([])).leaves
