"""Draws the pictures of the templates and of the shop feed, and plays their music.

Run `python templates/make_assets.py`; the files are kept in git, so that nobody has to.
"""

from pathlib import Path

from drawing import (
    TALL,
    WIDE,
    Profile,
    bokeh,
    bottle,
    bowl,
    dull,
    hall,
    jar,
    lamp,
    mug,
    room,
    save,
    turned,
    vase,
)
from figures import person, phone
from music import tune

HERE = Path(__file__).resolve().parent
FEED = HERE.parent / "examples" / "shop-feed" / "assets"


def product_ad() -> None:
    """Three things of a kitchen, between a title above and a price below, and their table."""
    out = HERE / "product-ad" / "assets"
    middle = (360, 880)
    save(
        turned(
            room(TALL, "#c9d6d2", "#8f6f56"),
            middle,
            430,
            mug,
            "#2f6f95",
            band=(0.62, 0.8, "#e8dcc6"),
        ),
        out / "mug.jpg",
    )
    save(
        turned(
            room(TALL, "#e4d3c4", "#7d5a46"),
            middle,
            540,
            bottle,
            "#3f6b4d",
            band=(0.52, 0.78, "#f1e7d2"),
            shine=0.9,
            hollow=False,
        ),
        out / "oil.jpg",
    )
    save(
        turned(room(TALL, "#d8d0dc", "#6d5a68"), middle, 500, vase, "#c4573f", shine=0.35),
        out / "vase.jpg",
    )
    table = room(TALL, "#dfe3dd", "#97795f", 3)
    save(
        turned(
            turned(table, (470, 1000), 330, vase, "#e9e2d3", shine=0.2),
            (250, 1060),
            220,
            mug,
            "#44505a",
        ),
        out / "morning.jpg",
    )
    tune(out / "music.mp3", 12, 220, (0, 4, 7, 12, 7, 4), 96)


def offer_countdown() -> None:
    """One bottle, in two lights."""
    out = HERE / "offer-countdown" / "assets"
    wall = bokeh(room(WIDE, "#3b1f3f", "#241322", 5), ("#ff9a5a", "#ffd08a", "#ff5f7a"), 46, 8)
    save(
        turned(
            wall,
            (640, 640),
            500,
            bottle,
            "#b8862f",
            band=(0.5, 0.8, "#201019"),
            shine=1.0,
            hollow=False,
        ),
        out / "bottle.jpg",
    )
    shelf = bokeh(room(WIDE, "#271636", "#1b1024", 6), ("#7a6bff", "#ff9a5a"), 30, 3)
    for x, tint in ((330, "#8c6a2a"), (960, "#7a4a52"), (640, "#b8862f")):
        shelf = turned(
            shelf,
            (x, 640),
            430 if x != 640 else 500,
            bottle,
            tint,
            band=(0.5, 0.8, "#201019"),
            hollow=False,
        )
    save(shelf, out / "shelf.jpg")
    tune(out / "music.mp3", 12, 196, (0, 3, 7, 10, 12, 10, 7, 3), 124)


def testimonial() -> None:
    """Three customers at home."""
    out = HERE / "testimonial" / "assets"
    people = {
        "anna": ("#cfd8cf", "#e9b999", "#5b3524", "#2f6f6a", 0.16),
        "marco": ("#d9cdbf", "#c98f68", "#1f1a19", "#b8483a", 0.0),
        "yuki": ("#c9cfdd", "#f0c8a6", "#17151a", "#e6b84a", 0.1),
    }
    for name, (wall, skin, hair, shirt, long_hair) in people.items():
        back = bokeh(room(TALL, wall, wall, 7), ("#ffffff", "#fff0d0"), 14, 4)
        save(person(back, skin, hair, shirt, long_hair=long_hair), out / f"{name}.jpg")
    save(
        turned(
            room(TALL, "#d5dcd2", "#8a6f5a"),
            (360, 940),
            300,
            jar,
            "#f2efe6",
            band=(0.0, 0.3, "#c89b4c"),
        ),
        out / "cream.jpg",
    )


def before_after() -> None:
    """A bowl and a vase, worn and restored."""
    out = HERE / "before-after" / "assets"
    bowl_now = turned(
        room(TALL, "#d9d3c4", "#6e5240"),
        (360, 900),
        240,
        bowl,
        "#a9662f",
        shine=0.9,
        band=(0.14, 0.22, "#5c3216"),
    )
    vase_now = turned(
        room(TALL, "#cfd8dc", "#5f5a58"),
        (360, 940),
        600,
        vase,
        "#2e7d8c",
        shine=0.9,
        band=(0.5, 0.58, "#f2c14e"),
    )
    for name, image in (("bowl", bowl_now), ("vase", vase_now)):
        save(image, out / f"{name}-after.jpg")
        save(dull(image, 5), out / f"{name}-before.jpg")


def event_invitation() -> None:
    """A hall before the show, and while it is on."""
    out = HERE / "event-invitation" / "assets"
    save(hall(WIDE, "#171430", ("#5a6bff", "#ff5ac8", "#5ad7ff"), 2), out / "hall.jpg")
    save(hall(WIDE, "#2a1020", ("#ffb35a", "#ff5a5a", "#ffd98a", "#ff7ac0"), 9), out / "show.jpg")
    tune(out / "music.mp3", 12, 174.6, (0, 7, 12, 7, 3, 7, 10, 7), 118)


def app_demo() -> None:
    """Four screens of an app, and a desk in the morning."""
    out = HERE / "app-demo" / "assets"
    for screen, wall in (
        ("list", "#7f8cf0"),
        ("chart", "#59b8a4"),
        ("map", "#f0a35f"),
        ("done", "#e0708c"),
    ):
        save(phone(TALL, wall, wall, screen), out / f"{screen}.jpg")
    desk = turned(room(TALL, "#dfe6ea", "#a98a6c"), (500, 1040), 250, mug, "#e4e0d8")
    save(turned(desk, (230, 1000), 560, lamp, "#334052", shine=0.6, hollow=False), out / "desk.jpg")


def shop_feed() -> None:
    """The four products of the feed, with room above and below for what is said of them."""
    things: tuple[tuple[str, Profile, float, str], ...] = (
        ("stoneware-mug", mug, 400, "#4d7c8a"),
        ("walnut-bowl", bowl, 230, "#7a4a26"),
        ("olive-oil", bottle, 540, "#54703a"),
        ("linen-lamp", lamp, 540, "#d9c9a8"),
    )
    for place, (name, profile, size, tint) in enumerate(things):
        back = room(TALL, ("#dcd6cc", "#cdd8d4", "#e2dccb", "#cfd0da")[place], "#86715d", place)
        hollow = profile in (mug, bowl)
        save(turned(back, (360, 880), size, profile, tint, hollow=hollow), FEED / f"{name}.jpg")


def main() -> None:
    """Make everything."""
    for make in (
        product_ad,
        offer_countdown,
        testimonial,
        before_after,
        event_invitation,
        app_demo,
        shop_feed,
    ):
        make()


if __name__ == "__main__":
    main()
