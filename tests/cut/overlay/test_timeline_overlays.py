from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageColor, ImageFilter

from storyboard.check.resolve.color import shadow_under
from storyboard.cut.overlay import Overlay, measure_titles, overlays
from storyboard.cut.overlay.watermark import watermark_box
from storyboard.cut.timeline import Cue, Shape, TimedTitle, Timeline
from storyboard.diagnostics import Span
from storyboard.media.text import safe_area
from storyboard.media.text.fonts import FOLDER
from storyboard.model.asset import FileDigest, LocalFile, PictureFacts
from storyboard.model.cut import CUT, Corner, Cut, Look, Place, Title, TitleStyle, Watermark
from storyboard.model.storyboard import (
    AspectRatio,
    Captions,
    Continuity,
    Fit,
    Format,
    Move,
    Output,
    Pack,
    Scene,
    ShotName,
    Size,
    StillShot,
    Storyboard,
)

NOWHERE = Path("nowhere")
HERE = Span("storyboard.yaml", 3, 5, 3, 9)
SIZES = [Size(1280, 720), Size(720, 1280), Size(720, 720), Size(192, 108)]


def style(place: Place, **changed: object) -> TitleStyle:
    return replace(TitleStyle("plain", place), **changed)


def timeline(size: Size, *titles: TimedTitle, captions: tuple[Cue, ...] = ()) -> Timeline:
    return Timeline(
        shape=Shape(size, Fraction(24)),
        fit=Fit.CROP,
        pieces=(),
        titles=titles,
        captions=captions,
        burn_captions=bool(captions),
        music=(),
        voiceover=(),
        loudness=None,
        watermark=None,
        font=None,
        frames=48,
    )


def one(line: Timeline, project: Path = NOWHERE) -> Overlay:
    (only,) = overlays(line, project)
    return only


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("place", list(Place))
@pytest.mark.parametrize("box", [None, "#d9381e"])
def test_a_title_keeps_inside_the_safe_area(size: Size, place: Place, box: str | None) -> None:
    words = TimedTitle("First Cup: gypsy jazz and a day", 0, 48, style(place, box=box, shadow=None))
    drawn, area = one(timeline(size, words)), safe_area(size)
    assert area.x - 2 <= drawn.x
    assert drawn.x + drawn.width <= area.right + 2
    assert area.y - 2 <= drawn.y
    assert drawn.y + drawn.height <= area.bottom + 2


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_everything_lies_inside_the_picture_even_where_it_cannot_fit(size: Size) -> None:
    words = TimedTitle("word " * 60, 0, 48, style(Place.CENTRE, size=Decimal("0.3")))
    drawn = one(timeline(size, words))
    assert drawn.x >= 0
    assert drawn.y >= 0
    assert drawn.x + drawn.width <= size.width
    assert drawn.y + drawn.height <= size.height


def test_places_are_where_their_names_say() -> None:
    tops = {
        place: one(timeline(Size(1280, 720), TimedTitle("Cup", 0, 48, style(place))))
        for place in Place
    }
    assert tops[Place.TOP].y < tops[Place.CENTRE].y < tops[Place.BOTTOM].y
    assert tops[Place.LOWER_THIRD].x < 100
    middle = tops[Place.CENTRE]
    assert abs(middle.x + middle.width / 2 - 640) < 4
    assert abs(middle.y + middle.height / 2 - 360) < 12


def test_a_lower_third_of_hebrew_stands_at_the_right() -> None:
    drawn = one(timeline(Size(1280, 720), TimedTitle("כוס", 0, 48, style(Place.LOWER_THIRD))))
    assert drawn.x > 1000


def test_a_fade_goes_up_holds_and_goes_down_and_no_frame_is_empty() -> None:
    words = TimedTitle("Cup", 4, 40, style(Place.CENTRE, fade=Fraction(1, 2)))
    drawn = one(timeline(Size(320, 180), words))
    strengths = [drawn.opacity(n) for n in range(drawn.frames)]
    assert drawn.start == 4
    assert drawn.end == 44
    assert strengths[:12] == sorted(strengths[:12])
    assert strengths[-12:] == sorted(strengths[-12:], reverse=True)
    assert strengths == pytest.approx(strengths[::-1])
    assert set(strengths[12:28]) == {1.0}
    assert 0 < strengths[0] < 0.05
    assert np.array_equal(drawn.picture(0), drawn.picture(39))


def test_no_fade_is_full_strength_at_once() -> None:
    words = TimedTitle("Cup", 0, 5, style(Place.CENTRE, fade=Fraction(0)))
    drawn = one(timeline(Size(320, 180), words))
    assert [drawn.opacity(n) for n in range(5)] == [1.0] * 5


def test_a_title_is_cut_to_the_film() -> None:
    drawn = one(timeline(Size(320, 180), TimedTitle("Cup", 40, 30, style(Place.CENTRE))))
    assert drawn.end == 48


@pytest.mark.parametrize("words", ["", "   "])
def test_a_title_without_words_is_nothing(words: str) -> None:
    empty = TimedTitle(words, 0, 30, style(Place.CENTRE))
    assert overlays(timeline(Size(320, 180), empty), NOWHERE) == ()


def test_the_colours_are_those_of_the_style() -> None:
    words = style(Place.CENTRE, color="#00ff00", box="#ff000080", shadow=None)
    rgba = one(timeline(Size(1280, 720), TimedTitle("■", 0, 9, words))).picture(0)
    solid = rgba[rgba[..., 3] == 255]
    assert (solid[:, 1] > 250).any()
    box = rgba[rgba.shape[0] // 2, 3]
    assert tuple(box[:3]) == (255, 0, 0)
    assert abs(int(box[3]) - 128) <= 1


def test_a_shadow_is_dark_and_reaches_beyond_the_letters() -> None:
    bare = style(Place.CENTRE, shadow=None)
    plain = one(timeline(Size(1280, 720), TimedTitle("Cup", 0, 9, bare)))
    cast = one(timeline(Size(1280, 720), TimedTitle("Cup", 0, 9, style(Place.CENTRE))))
    assert cast.width > plain.width + 8
    rim = cast.picture(0)[[0, -1]]
    assert rim[..., :3][rim[..., 3] > 0].max() < 40


def luminance(level: np.ndarray) -> np.ndarray:
    part = level / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def edge_contrast(words: str, color: str, ground: int, size: Size) -> tuple[float, float]:
    """Draw a title on a plain picture; its contrast to what lies along its edge: least, middle."""
    looks = style(Place.CENTRE, color=color, shadow=shadow_under(color))
    bare = replace(looks, shadow=None)
    drawn = one(timeline(size, TimedTitle(words, 0, 9, looks)))
    plain = one(timeline(size, TimedTitle(words, 0, 9, bare)))
    ink = Image.new("L", (drawn.width, drawn.height))
    ink.paste(Image.fromarray(plain.rgba[..., 3]), (plain.x - drawn.x, plain.y - drawn.y))
    reach = 2 * max(1, min(size.width, size.height) // 720) + 1
    edge = np.asarray(ink.filter(ImageFilter.MaxFilter(reach))) > 0
    edge &= np.asarray(ink) == 0
    alpha = drawn.rgba[..., 3:] / 255
    picture = drawn.rgba[..., :3] * alpha + ground * (1 - alpha)
    letters = luminance(np.array(ImageColor.getrgb(color), float))
    around = luminance(picture)[edge]
    high, low = np.maximum(letters, around), np.minimum(letters, around)
    contrast = (high + 0.05) / (low + 0.05)
    return float(np.percentile(contrast, 5)), float(np.median(contrast))


@pytest.mark.parametrize(("color", "ground"), [("#ffffff", 255), ("#fffaf0", 240), ("#141a22", 0)])
@pytest.mark.parametrize("words", ["Made for slow mornings", "第一杯咖啡", "صباح الخير"])
@pytest.mark.parametrize("size", [Size(1280, 720), Size(720, 1280), Size(1920, 1080)])
def test_letters_stand_out_from_a_picture_of_their_own_colour(
    words: str, color: str, ground: int, size: Size
) -> None:
    least, middle = edge_contrast(words, color, ground, size)
    assert least > 3, "the weakest places of the edge"
    assert middle > 4.5, "most of the edge"


def test_a_shadow_leaves_a_dark_picture_as_it_is() -> None:
    drawn = one(timeline(Size(1280, 720), TimedTitle("First Cup", 0, 9, style(Place.CENTRE))))
    shadow = drawn.rgba[drawn.rgba[..., :3].sum(axis=2) == 0][:, 3] / 255
    assert (20 * shadow).max() < 14, "at most so many steps of 255 are taken from a picture at 20"


def test_equal_timelines_give_equal_pictures() -> None:
    line = timeline(Size(640, 360), TimedTitle("Cup ☕", 0, 9, style(Place.CENTRE)))
    assert np.array_equal(one(line).rgba, one(line).rgba)


def test_burnt_captions_are_split_and_lift_the_titles_above_them() -> None:
    said = Cue(Fraction(0), Fraction(2), "first cup's on the house, and so is the second", "mara")
    words = TimedTitle("Cup", 0, 48, style(Place.LOWER_THIRD))
    title, caption = overlays(timeline(Size(1280, 720), words, captions=(said,)), NOWHERE)
    assert title.y + title.height <= caption.y + 8
    assert caption.y + caption.height <= safe_area(Size(1280, 720)).bottom + 2
    assert one(timeline(Size(1280, 720), words)).y > title.y
    assert caption.start == 0
    assert {caption.opacity(n) for n in range(caption.frames)} == {1.0}


def test_a_title_is_lifted_only_while_a_caption_is_seen() -> None:
    size = Size(720, 1280)
    said = Cue(Fraction(0), Fraction(1), "first cup's on the house", "mara")
    looks = style(Place.BOTTOM, shadow=None)
    during, after = TimedTitle("Cup", 0, 20, looks), TimedTitle("Cup", 40, 8, looks)
    lifted, low, _ = overlays(timeline(size, during, after, captions=(said,)), NOWHERE)
    (free,) = overlays(timeline(size, after), NOWHERE)
    assert lifted.y < low.y == free.y


@pytest.mark.parametrize("corner", list(Corner))
def test_a_watermark_stands_in_its_corner(tmp_path: Path, corner: Corner) -> None:
    Image.new("RGBA", (60, 30), (255, 0, 0, 200)).save(tmp_path / "mark.png")
    facts = PictureFacts("PNG", 60, 30)
    file = LocalFile("mark.png", FileDigest("0" * 64), 1, facts)
    mark = Watermark(file, corner, Decimal("0.5"), Decimal("0.05"))
    drawn = one(replace(timeline(Size(640, 360)), watermark=mark), tmp_path)
    assert (drawn.frames, drawn.width, drawn.height) == (48, 60, 30)
    assert (drawn.x < 320) == corner.value.endswith("left")
    assert (drawn.y < 180) == corner.value.startswith("top")
    assert abs(int(drawn.rgba[5, 5, 3]) - 100) <= 1


def logo(
    width: int, height: int, corner: Corner = Corner.BOTTOM_RIGHT, margin: str = "0.04"
) -> Watermark:
    facts = PictureFacts("PNG", width, height)
    file = LocalFile("mark.png", FileDigest("0" * 64), 1, facts)
    return Watermark(file, corner, Decimal(1), Decimal(margin))


@pytest.mark.parametrize("corner", list(Corner))
@pytest.mark.parametrize(
    "size", [Size(1920, 1080), Size(1080, 1920), Size(1080, 1080), Size(640, 360)]
)
@pytest.mark.parametrize("picture", [(60, 30), (900, 300), (40, 2000)])
@pytest.mark.parametrize("margin", ["0", "0.04", "0.3"])
def test_a_watermark_is_inside_the_safe_area(
    tmp_path: Path, corner: Corner, size: Size, picture: tuple[int, int], margin: str
) -> None:
    Image.new("RGBA", picture, (255, 0, 0, 255)).save(tmp_path / "mark.png")
    mark = logo(*picture, corner, margin)
    drawn = one(replace(timeline(size), watermark=mark), tmp_path)
    area, clear = safe_area(size), round(min(size.width, size.height) * Decimal(margin))
    box = watermark_box(mark, picture, size, 0)
    assert (drawn.x, drawn.y, drawn.width, drawn.height) == (box.x, box.y, box.width, box.height)
    assert area.x <= box.x < box.right <= area.right
    assert area.y <= box.y < box.bottom <= area.bottom
    edges = {"left": box.x, "right": size.width - box.right}
    assert edges[corner.value.split("-")[1]] >= clear


@pytest.mark.parametrize("corner", list(Corner))
def test_a_watermark_is_above_captions_that_are_burnt_in(tmp_path: Path, corner: Corner) -> None:
    Image.new("RGBA", (90, 60), (255, 0, 0, 255)).save(tmp_path / "mark.png")
    size = Size(640, 360)
    said = Cue(
        Fraction(0), Fraction(1), "first cup's on the house, and the second one is too", "mara"
    )
    film = replace(timeline(size, captions=(said,)), watermark=logo(90, 60, corner))
    drawn, caption = overlays(film, tmp_path)
    assert drawn.y + drawn.height <= caption.y
    free = one(replace(timeline(size), watermark=logo(90, 60, corner)), tmp_path)
    assert (free.y > drawn.y) == corner.value.startswith("bottom")


WIDE = AspectRatio(16, 9)


def board(*titles: Title, ratio: AspectRatio = WIDE) -> Storyboard:
    shot = StillShot(
        ShotName("a/b"),
        Fraction(3),
        LocalFile("x.png", FileDigest("0" * 64), 1, PictureFacts("PNG", 9, 9)),
        Move.NONE,
        (),
        Look(CUT, titles, None),
        HERE,
    )
    shape = Format(ratio, None, None)
    return Storyboard(
        name="film",
        title="Film",
        scenes=(Scene("a", None, (shot,), Pack.SCENE, Continuity.AUTO, HERE),),
        elements={},
        voices={},
        format=shape,
        cut=Cut((), (), None, None, None),
        outputs=(Output("film", shape, Fit.CROP, Captions.OFF, HERE),),
        budget=None,
        file="storyboard.yaml",
    )


def title(text: str, **changed: object) -> Title:
    return Title(text, Fraction(0), Fraction(2), style(Place.CENTRE, **changed), HERE)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (title("First Cup"), []),
        (title("فنجان أول"), []),
        (title("ᚠ"), ["SB752"]),
        (title("one two three four five six", size=Decimal("0.5")), ["SB754"]),
        (title("Donaudampfschifffahrtsgesellschaft", size=Decimal("0.15")), ["SB755"]),
        (title("a\nb\nc\nd\ne"), ["SB756"]),
    ],
)
def test_what_would_be_wrong_on_the_screen_is_told(words: Title, codes: list[str]) -> None:
    found = measure_titles(board(words), NOWHERE)
    assert [one.code for one in found] == codes
    assert all(one.span == HERE and one.help for one in found)


def test_what_fits_a_wide_film_may_not_fit_a_tall_one() -> None:
    words = title("Filterkaffeemeisterschaft", size=Decimal("0.09"))
    assert measure_titles(board(words), NOWHERE) == ()
    (found,) = measure_titles(board(words, ratio=AspectRatio(9, 16)), NOWHERE)
    assert found.code == "SB755"
    assert "`film` (9:16)" in found.message


def at(start: int, place: Place, text: str = "First Cup") -> Title:
    return Title(text, Fraction(start), Fraction(2), style(place), HERE)


@pytest.mark.parametrize(
    ("titles", "codes"),
    [
        ((at(0, Place.TOP), at(1, Place.TOP, "Now")), ["SB757"]),
        ((at(0, Place.TOP), at(2, Place.TOP, "Now")), []),
        ((at(0, Place.TOP), at(0, Place.BOTTOM, "Now")), []),
        ((at(0, Place.LOWER_THIRD), at(0, Place.BOTTOM, "Now")), []),
        ((at(0, Place.LOWER_THIRD), at(0, Place.BOTTOM, "Now " * 10)), ["SB757"]),
    ],
)
def test_titles_that_lie_over_each_other_are_told(
    titles: tuple[Title, ...], codes: list[str]
) -> None:
    found = measure_titles(board(*titles), NOWHERE)
    assert [one.code for one in found] == codes
    assert all(one.related for one in found)


LONG = (
    "Opening week, with two cups for the price of one, from eight until noon, in all of our shops"
)


@pytest.mark.parametrize(
    ("corner", "words", "place", "told"),
    [
        (Corner.BOTTOM_RIGHT, "First Cup", Place.LOWER_THIRD, 0),
        (Corner.BOTTOM_LEFT, "First Cup", Place.LOWER_THIRD, 1),
        (Corner.BOTTOM_RIGHT, "قهوة", Place.LOWER_THIRD, 1),
        (Corner.TOP_LEFT, "First Cup", Place.LOWER_THIRD, 0),
        (Corner.TOP_RIGHT, "First Cup", Place.TOP, 0),
        (Corner.TOP_RIGHT, LONG, Place.TOP, 1),
        (Corner.BOTTOM_RIGHT, LONG, Place.BOTTOM, 1),
        (Corner.BOTTOM_RIGHT, "First Cup", Place.CENTRE, 0),
    ],
)
def test_a_title_over_the_watermark_is_told(
    corner: Corner, words: str, place: Place, told: int
) -> None:
    film = board(at(0, place, words))
    marked = replace(film, cut=replace(film.cut, watermark=logo(600, 300, corner)))
    found = measure_titles(marked, NOWHERE)
    assert [one.code for one in found] == ["SB757"] * told
    assert all("lies over the watermark in output `film` (16:9)" in one.message for one in found)


def test_a_font_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.ttf").write_bytes(b"nothing")
    file = LocalFile("bad.ttf", FileDigest("0" * 64), 7, PictureFacts("PNG", 9, 9))
    (found,) = measure_titles(board(title("Cup", font=file)), tmp_path)
    assert found.code == "SB751"
    assert "bad.ttf" in found.message


@pytest.mark.parametrize("table", [b"hmtx", b"head", b"maxp", b"loca"])
def test_a_font_that_is_damaged_where_letters_are_drawn_is_told(
    tmp_path: Path, table: bytes
) -> None:
    data = (FOLDER / "NotoSans-Bold.ttf").read_bytes()
    assert table in data[:400]
    (tmp_path / "bad.ttf").write_bytes(data.replace(table, b"zzzz", 1))
    file = LocalFile("bad.ttf", FileDigest("0" * 64), 7, PictureFacts("PNG", 9, 9))
    (found,) = measure_titles(board(title("Cup", font=file)), tmp_path)
    assert found.code == "SB751"
