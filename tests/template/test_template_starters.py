"""Templates and the shop feed compile without a finding, and share what they say they share."""

import re
from pathlib import Path

import pytest

from storyboard import Ask, compile_storyboard

ROOT = Path(__file__).parents[2]
FILMS_AND_JOBS = {
    "templates/product-ad": (6, 4),
    "templates/offer-countdown": (4, 2),
    "templates/testimonial": (3, 3),
    "templates/before-after": (2, 2),
    "templates/event-invitation": (4, 2),
    "templates/app-demo": (3, 1),
    "examples/shop-feed": (4, 4),
}


@pytest.mark.parametrize("folder", FILMS_AND_JOBS)
def test_a_starter_compiles_clean_and_pays_for_few_jobs(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    compiled = compile_storyboard(Ask(Path(folder) / "storyboard.yaml"))
    assert compiled.diagnostics == ()
    assert compiled.plan is not None
    films = {one.variation for one in compiled.wanted}
    assert (len(films), len(compiled.plan.jobs)) == FILMS_AND_JOBS[folder]


def test_every_template_is_listed_here_and_says_what_it_is() -> None:
    folders = {f"templates/{one.parent.name}" for one in ROOT.glob("templates/*/storyboard.yaml")}
    assert folders == {one for one in FILMS_AND_JOBS if one.startswith("templates/")}
    for folder in folders:
        assert (ROOT / folder / "README.md").read_text("utf-8").startswith("# ")
        lines = (ROOT / folder / "storyboard.yaml").read_text("utf-8").splitlines()
        assert lines[1].startswith("# ")


def test_the_shop_feed_shows_what_is_in_stock_and_what_costs_less() -> None:
    compiled = compile_storyboard(Ask(ROOT / "examples/shop-feed/storyboard.yaml"))
    shots = {
        one.variation: [str(shot.name) for shot in one.storyboard.shots] for one in compiled.wanted
    }
    assert shots == {
        "stoneware-mug": ["product/turn", "variants/MUG-T-S", "variants/MUG-T-L", "offer/card"],
        "walnut-bowl": ["product/turn", "variants/BOWL-W"],
        "olive-oil": ["product/turn", "variants/OIL-05", "variants/OIL-10"],
        "linen-lamp": ["product/turn", "variants/LAMP-N", "offer/card"],
    }


def test_the_first_example_of_the_docs_makes_the_films_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (ROOT / "docs/variations.md").read_text("utf-8")
    story, table = re.findall(r"```(?:yaml)?\n(.*?)```", page, re.DOTALL)[:2]
    monkeypatch.chdir(tmp_path)
    Path("storyboard.yaml").write_text(story, "utf-8")
    Path("products.csv").write_text(table, "utf-8")
    compiled = compile_storyboard(Ask(Path("storyboard.yaml")))
    assert compiled.diagnostics == ()
    assert [one.variation for one in compiled.wanted] == ["A12-de", "A12-en", "B07-de", "B07-en"]
    assert compiled.plan is not None
    assert len(compiled.plan.jobs) == 2
