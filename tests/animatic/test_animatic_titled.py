"""A card's words stand clear of a title that the cut lays over its middle."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from storyboard import Ask, compile_storyboard
from storyboard.backends.animatic import animatic
from storyboard.backends.animatic.camera import Camera, Motion, view
from storyboard.backends.animatic.clip import Card
from storyboard.backends.animatic.scene import scene_picture
from storyboard.jobs.job import ClipJob
from storyboard.model.storyboard import Size

LEVEL = [one for one in Motion if not one.name.startswith(("TILT", "CRANE"))]
"""Moves on which there is always enough to be seen above the middle."""

LONG = "A slow dolly through a narrow market street at dawn, steam rises from pots. " * 4


@pytest.mark.parametrize("motion", LEVEL)
@pytest.mark.parametrize("size", [Size(568, 320), Size(320, 568)], ids=str)
@pytest.mark.parametrize("prompt", ["A cup.", LONG], ids=["short", "long"])
def test_words_stand_above_a_title_however_the_camera_moves(
    motion: Motion, size: Size, prompt: str
) -> None:
    camera = Camera(motion)
    titled = Card("a/b", 0, Fraction(0), Fraction(2), prompt, camera, free=0.42)
    words = np.asarray(scene_picture(titled, size)).astype(int)
    ground = np.asarray(scene_picture(replace(titled, prompt=" "), size)).astype(int)
    inked = np.flatnonzero((np.abs(words - ground).max(axis=2) > 60).any(axis=1)) / size.height
    for n in range(101):
        _, top, _, bottom = view(camera, n / 100).box(1, 1)
        assert top < inked[0]
        assert (inked[-1] - top) / (bottom - top) < 0.42


@pytest.mark.parametrize(
    ("style", "free"), [("centre", 0.46), ("top", 1.0), ("lower-third", 1.0), ("offer", 0.44)]
)
def test_a_card_knows_of_titles_in_the_middle(tmp_path: Path, style: str, free: float) -> None:
    path = tmp_path / "storyboard.yaml"
    path.write_text(
        "storyboard: 1\n"
        "model: kling-v3-turbo-pro\n"
        "brand: {styles: {offer: {place: centre, size: 9%}}}\n"
        "scenes:\n"
        "  - id: a\n"
        "    shots:\n"
        "      - id: b\n"
        "        duration: 3s\n"
        "        prompt: A cup on a table.\n"
        f"        titles: [{{text: First Cup, style: {style}}}]\n",
        encoding="utf-8",
    )
    result = compile_storyboard(Ask(path))
    assert result.plan is not None
    maker = animatic(result.plan, result.project)
    (card,) = (
        card
        for one in result.plan.jobs
        if isinstance(one.job, ClipJob)
        for card in maker.clip(one.job).cards
    )
    assert abs(card.free - free) < 0.02
