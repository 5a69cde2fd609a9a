"""An animatic's outputs: how the clips of each are drawn, and that only they stand on pages."""

from pathlib import Path

import pytest

from storyboard.compile import compile_storyboard
from storyboard.model.storyboard import AspectRatio, Fit
from storyboard.pipeline import Ask
from storyboard.session.backend_choice import ANIMATIC, FAL, NONE, REHEARSAL
from storyboard.session.drawn_outputs import Drawing, drawing, further_drawings
from storyboard.session.production import paged


@pytest.mark.parametrize(
    ("output", "ratio", "fit"),
    [
        ("{name: a}", None, Fit.CROP),
        ("{name: a, fit: pad}", None, Fit.PAD),
        ("{name: a, aspect_ratio: '9:16', fit: pad}", None, Fit.PAD),
        ("{name: a, aspect_ratio: '1:1', fit: blur}", None, Fit.PAD),
        ("{name: a, aspect_ratio: '9:16', fit: crop}", AspectRatio(9, 16), Fit.CROP),
        ("{name: a, aspect_ratio: '9:16', fit: render}", AspectRatio(9, 16), Fit.CROP),
    ],
)
def test_clips_are_drawn_for_what_the_film_shows_of_them(
    output: str, ratio: AspectRatio | None, fit: Fit, tmp_path: Path
) -> None:
    story = tmp_path / "storyboard.yaml"
    story.write_text(
        f"storyboard: 1\nmodel: kling-v3-turbo-pro\noutputs: [{output}]\n"
        "scenes: [{id: one, shots: [{id: a, prompt: A cup., duration: 3s}]}]\n",
        "utf-8",
    )
    result = compile_storyboard(Ask(story))
    assert result.plan is not None
    board = result.plan.films[0].storyboard
    assert drawing(board, board.outputs[0]) == Drawing(ratio, fit)


def test_only_an_animatic_stands_on_pages(tmp_path: Path) -> None:
    assert paged(ANIMATIC, tmp_path) is not None
    assert [paged(one, tmp_path) for one in (FAL, NONE, REHEARSAL)] == [None] * 3


def test_equal_drawings_are_drawn_once(tmp_path: Path) -> None:
    story = tmp_path / "storyboard.yaml"
    story.write_text(
        "storyboard: 1\nmodel: kling-v3-turbo-pro\n"
        "outputs:\n"
        "  - {name: wide}\n"
        "  - {name: tall, aspect_ratio: '9:16', fit: crop}\n"
        "  - {name: bars, aspect_ratio: '9:16', fit: pad}\n"
        "  - {name: blurred, aspect_ratio: '1:1', fit: blur}\n"
        "scenes: [{id: one, shots: [{id: a, prompt: A cup., duration: 3s}]}]\n",
        "utf-8",
    )
    plan = compile_storyboard(Ask(story)).plan
    assert plan is not None
    assert [output.name for _, output in further_drawings(plan)] == ["tall", "bars"]
