import struct
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from storyboard.cut.overlay import overlays
from storyboard.cut.slate import slate_picture
from storyboard.cut.still import open_still
from storyboard.cut.timeline import Shape, Timeline
from storyboard.media.picture import View, covering, open_picture, open_with_alpha
from storyboard.media.shape import Wanted
from storyboard.model.asset import FileDigest, LocalFile, PictureFacts
from storyboard.model.cut import Corner, Watermark
from storyboard.model.storyboard import Fit, Focus, Move, Size

WIDE, TALL = Size(160, 90), Size(90, 160)


def wanted(size: Size = WIDE, fit: Fit = Fit.CROP, focus: Focus | None = None) -> Wanted:
    return Wanted(size, fit, focus, 1)


def moved(path: Path, move: Move, frames: int) -> Iterator[np.ndarray]:
    still = open_still(path, move, frames, wanted())
    return (still.frame(n) for n in range(frames))


def spot(path: Path, at: tuple[int, int] = (400, 300), size: tuple[int, int] = (800, 600)) -> Path:
    """A dark picture with a soft bright spot."""
    rows, columns = np.mgrid[0 : size[1], 0 : size[0]]
    light = 255 * np.exp(-((columns - at[0]) ** 2 + (rows - at[1]) ** 2) / 800)
    Image.fromarray(light.astype(np.uint8)).convert("RGB").save(path)
    return path


def centre(frame: np.ndarray) -> tuple[float, float, float]:
    """Where the light is, and how far it spreads."""
    light = frame[..., 0].astype(float)
    rows, columns = np.mgrid[0 : light.shape[0], 0 : light.shape[1]]
    x, y = (columns * light).sum() / light.sum(), (rows * light).sum() / light.sum()
    return x, y, float(np.sqrt((((columns - x) ** 2) * light).sum() / light.sum()))


@pytest.mark.parametrize("move", list(Move))
def test_frames_are_the_films_size_and_as_many_as_asked(tmp_path: Path, move: Move) -> None:
    frames = list(moved(spot(tmp_path / "a.png"), move, 7))
    assert [frame.shape for frame in frames] == [(90, 160, 3)] * 7


@pytest.mark.parametrize(
    ("move", "sign"), [(Move.LEFT, 1), (Move.RIGHT, -1)], ids=["left", "right"]
)
def test_a_sideways_move_is_even_and_never_jitters(tmp_path: Path, move: Move, sign: int) -> None:
    path = spot(tmp_path / "a.png")
    places = [centre(frame)[0] for frame in moved(path, move, 48)]
    steps = np.diff(places) * sign
    assert (steps > 0).all()
    assert steps.max() < 1.6 * steps.mean()  # every step is less than a pixel, and like the others
    assert np.abs(np.diff(steps)).max() < 0.08


def test_in_grows_and_out_shrinks_and_none_stands_still(tmp_path: Path) -> None:
    path = spot(tmp_path / "a.png")
    spreads = {move: [centre(frame)[2] for frame in moved(path, move, 24)] for move in Move}
    assert (np.diff(spreads[Move.IN]) > 0).all()
    assert (np.diff(spreads[Move.OUT]) < 0).all()
    assert len(set(spreads[Move.NONE])) == 1
    assert spreads[Move.IN][-1] / spreads[Move.IN][0] == pytest.approx(1.1, abs=0.03)


def test_the_focus_stays_in_view_where_the_ratio_cuts(tmp_path: Path) -> None:
    path = spot(tmp_path / "a.png", at=(60, 300))
    focus = Focus(Decimal("0.07"), Decimal("0.5"))
    away = open_still(path, Move.NONE, 1, wanted(TALL)).frame(0)
    kept = open_still(path, Move.NONE, 1, wanted(TALL, focus=focus)).frame(0)
    assert away.max() < 60
    assert kept.max() > 200


def bordered(path: Path) -> Path:
    """A red picture of 16:9 with a green line along its edge."""
    picture = Image.new("RGB", (320, 180), (0, 255, 0))
    picture.paste((255, 0, 0), (10, 10, 310, 170))
    picture.save(path)
    return path


@pytest.mark.parametrize("fit", [Fit.PAD, Fit.BLUR])
def test_a_picture_that_is_not_cropped_is_seen_whole(tmp_path: Path, fit: Fit) -> None:
    path = bordered(tmp_path / "a.png")
    frame = open_still(path, Move.NONE, 1, wanted(TALL, fit)).frame(0).astype(int)
    assert frame.shape == (160, 90, 3)
    inside = frame[54:106]  # 90 wide leaves 50 or 51 rows in the middle
    green = inside[..., 1] > 150
    assert green[:, 45].any(), "its upper and lower edge"
    assert green[25, 0], "its left edge"
    assert green[25, -1], "its right edge"
    beside = frame[:40]
    assert (beside.max() == 0) == (fit is Fit.PAD)
    if fit is Fit.BLUR:
        assert beside[20, 45, 0] > 150, "the picture itself, out of focus"


@pytest.mark.parametrize("move", list(Move))
@pytest.mark.parametrize("fit", [Fit.PAD, Fit.BLUR])
def test_a_picture_that_is_not_cropped_moves_inside_its_place(
    tmp_path: Path, move: Move, fit: Fit
) -> None:
    still = open_still(spot(tmp_path / "a.png"), move, 24, wanted(TALL, fit))
    first, last = still.frame(0), still.frame(23)
    assert np.array_equal(first[:46], last[:46])
    assert np.array_equal(first, last) == (move is Move.NONE)


@pytest.mark.parametrize("fit", list(Fit))
def test_a_picture_of_the_films_ratio_fills_it_whatever_the_fit(tmp_path: Path, fit: Fit) -> None:
    frame = open_still(bordered(tmp_path / "a.png"), Move.NONE, 1, wanted(WIDE, fit)).frame(0)
    assert (frame[[0, -1], :, 1] > 150).all()


def wide_profile() -> bytes:
    """Write an ICC profile of Adobe RGB: three colours and one curve."""
    colours = [
        (0.60974, 0.31111, 0.01947),
        (0.20528, 0.62567, 0.06087),
        (0.14919, 0.06322, 0.74457),
    ]
    white = (0.9642, 1.0, 0.8249)

    def xyz(values: tuple[float, ...]) -> bytes:
        return b"".join(struct.pack(">i", round(one * 65536)) for one in values)

    tags = {b"desc": b"desc" + bytes(4) + struct.pack(">I", 6) + b"Adobe" + bytes(80)}
    tags[b"wtpt"] = b"XYZ " + bytes(4) + xyz(white)
    for name, colour in zip(b"rgb", colours, strict=True):
        tags[bytes([name]) + b"XYZ"] = b"XYZ " + bytes(4) + xyz(colour)
        tags[bytes([name]) + b"TRC"] = b"curv" + bytes(4) + struct.pack(">IHxx", 1, 563)
    table, body, start = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for tag, data in tags.items():
        table += tag + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = 128 + len(table) + len(body)
    head = struct.pack(">I4xI4s4s4s12x4s", size, 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    return head + bytes(28) + xyz(white) + bytes(48) + table + body


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_colours_are_those_of_the_pictures_own_profile(tmp_path: Path, mode: str) -> None:
    """What photographers save would be dull otherwise."""
    colour = (200, 100, 50, 255)[: len(mode)]
    Image.new(mode, (8, 8), colour).save(tmp_path / "a.png", icc_profile=wide_profile())
    assert open_picture(tmp_path / "a.png").getpixel((2, 2)) == (227, 100, 42)
    Image.new(mode, (8, 8), colour).save(tmp_path / "b.png", icc_profile=b"broken")
    assert open_picture(tmp_path / "b.png").getpixel((2, 2)) == (200, 100, 50)


def test_a_large_picture_is_opened_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pillow would warn of it on the terminal, and raise where it is twice as large."""
    Image.new("RGB", (40, 20)).save(tmp_path / "a.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    assert open_picture(tmp_path / "a.png").size == (40, 20)


def test_transparency_16_bits_and_rotation_are_understood(tmp_path: Path) -> None:
    Image.new("RGBA", (40, 20), (255, 255, 255, 128)).save(tmp_path / "alpha.png")
    assert open_picture(tmp_path / "alpha.png").getpixel((3, 3)) == (128, 128, 128)
    Image.fromarray(np.full((20, 40), 65535, np.uint16)).save(tmp_path / "deep.png")
    assert open_picture(tmp_path / "deep.png").getpixel((3, 3)) == (255, 255, 255)
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(tmp_path / "turned.jpg", exif=exif)
    assert open_picture(tmp_path / "turned.jpg").size == (20, 40)


def test_a_watermark_is_understood_as_stills_are(tmp_path: Path) -> None:
    Image.new("RGBA", (40, 20), (255, 0, 0, 128)).save(tmp_path / "alpha.png")
    assert open_with_alpha(tmp_path / "alpha.png").getpixel((3, 3)) == (255, 0, 0, 128)
    Image.fromarray(np.full((20, 40), 257 * 90, np.uint16)).save(tmp_path / "deep.png")
    assert open_with_alpha(tmp_path / "deep.png").getpixel((3, 3)) == (90, 90, 90, 255)
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20)).save(tmp_path / "turned.jpg", exif=exif)
    mark = Watermark(
        LocalFile("turned.jpg", FileDigest("0" * 64), 1, PictureFacts("JPEG", 20, 40)),
        Corner.TOP_LEFT,
        Decimal(1),
        Decimal("0.05"),
    )
    shape = Shape(Size(640, 360), Fraction(24))
    film = Timeline(shape, Fit.CROP, (), (), (), False, (), (), None, mark, None, 24)  # noqa: FBT003
    (drawn,) = overlays(film, tmp_path)
    assert (drawn.width, drawn.height) == (20, 40)


@pytest.mark.parametrize("size", [(1, 1), (3, 500), (500, 3), (777, 333), (1270, 718)])
def test_any_picture_fills_any_film(size: tuple[int, int]) -> None:
    for film in (Size(160, 90), Size(90, 160), Size(2, 2)):
        picture = covering(Image.new("RGB", size, "red"), film)
        left, top, right, bottom = View(0.9, 0.1, 0.7).box(*picture.size)
        assert 0 <= left <= right <= picture.width
        assert 0 <= top <= bottom <= picture.height


@pytest.mark.parametrize("size", [Size(1280, 720), Size(720, 1280), Size(192, 108)], ids=str)
def test_a_slate_says_which_shot_is_missing_and_why(size: Size) -> None:
    one = slate_picture("opening/smile", "refused: content policy", size, size)
    other = slate_picture("opening/smile", "the account is empty", size, size)
    assert one.shape == (size.height, size.width, 3)
    assert one.max() > 200
    assert not np.array_equal(one, other)
