from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from storyboard import Ask, compile_storyboard
from storyboard.backends.animatic import Animatic, AnimaticDrawing, animatic
from storyboard.backends.animatic.job_clip import Board, from_job, spoken
from storyboard.diagnostics import Span
from storyboard.jobs.job import ClipJob, FrameRef
from storyboard.model.storyboard import Fit, Line, PromptShot, Size
from storyboard.plan import Plan

EXAMPLES = sorted(Path(__file__).parents[3].glob("examples/*/storyboard.yaml"))
FIRST_CUP = Path(__file__).parents[3] / "examples/first-cup/storyboard.yaml"


def compiled(path: Path) -> tuple[Plan, Animatic]:
    result = compile_storyboard(Ask(path))
    assert result.plan is not None
    return result.plan, animatic(result.plan, result.project)


def clip_jobs(plan: Plan) -> list[ClipJob]:
    return [one.job for one in plan.jobs if isinstance(one.job, ClipJob)]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_job_of_the_examples_has_a_clip_of_its_timing(path: Path) -> None:
    plan, maker = compiled(path)
    for job in clip_jobs(plan):
        clip = maker.clip(job)
        assert clip.seconds == job.seconds
        assert [card.name for card in clip.cards] == [shot.name for shot in job.shots]
        assert [card.start for card in clip.cards] == [shot.start for shot in job.shots]
        assert sum(card.seconds for card in clip.cards) == job.seconds
        assert maker.drawn(job) == maker.drawn(job)
        assert maker.drawn(job).facts.duration == job.seconds
    assert len({repr(maker.drawn(job)) for job in clip_jobs(plan)}) == len(clip_jobs(plan))


def test_a_card_shows_the_shots_words_pictures_people_and_lines() -> None:
    plan, maker = compiled(FIRST_CUP)
    cards = {card.name: card for job in clip_jobs(plan) for card in maker.clip(job).cards}
    pour, smile = cards["opening/pour"], cards["counter/smile"]
    assert pour.picture is not None
    assert pour.picture.path.name == "opening.png"
    assert pour.prompt.startswith("Macro on @cup as milk")
    assert [face.label for face in smile.portraits] == ["@mara"]
    assert smile.portraits[0].picture is not None
    assert [line.text for line in smile.lines] == ["first cup's on the house."]


def test_a_job_becomes_a_clip_that_is_drawn_later() -> None:
    plan, maker = compiled(FIRST_CUP)
    job = clip_jobs(plan)[0]
    made = maker.drawn(job)
    assert made.drawing == AnimaticDrawing(maker.clip(job))
    facts = made.facts
    assert (facts.width, facts.height, facts.fps) == (1280, 720, 24)
    assert len(made.drawing.samples()) == job.seconds * 48_000


def test_a_chained_job_begins_with_the_picture_of_its_chain() -> None:
    plan, maker = compiled(FIRST_CUP)
    first, second = clip_jobs(plan)[:2]
    chained = replace(
        second, body={**second.body, "start_image_url": FrameRef(first.digest, Fraction(4))}
    )
    board = Board(maker.boards[first.digest], maker.jobs, maker.project)
    picture = from_job(chained, board).cards[0].picture
    assert picture is not None
    assert picture == from_job(first, board).cards[0].picture


def test_where_a_film_shows_all_of_a_clip_it_has_the_shape_of_its_start_frame(
    tmp_path: Path,
) -> None:
    Image.new("RGB", (900, 900), "teal").save(tmp_path / "start.png")
    (tmp_path / "film.yaml").write_text(
        "storyboard: 1\nmodel: kling-v3-turbo-pro\nscenes:\n"
        "  - {id: a, start: start.png, shots: [{id: one, prompt: A cup., duration: 3s}]}\n"
        "  - {id: b, shots: [{id: two, prompt: A jug., duration: 3s}]}\n",
        "utf-8",
    )
    plan, cropped = compiled(tmp_path / "film.yaml")
    one, two = clip_jobs(plan)
    whole = replace(cropped, fit=Fit.PAD)
    assert [cropped.clip(job).size for job in (one, two)] == [Size(1280, 720)] * 2
    assert [whole.clip(job).size for job in (one, two)] == [Size(720, 720), Size(1280, 720)]
    assert whole.drawn(two) == cropped.drawn(two)


def test_speech_shares_the_shots_time_as_its_captions_do() -> None:
    here = Span("a", 1, 1, 1, 2)
    lines = (
        Line("a", None, "1234", here),
        Line("b", None, " ", here),
        Line("c", None, "12345678", here),
    )
    assert [(one.speaker, one.start, one.end) for one in spoken(lines, Fraction(6))] == [
        ("a", 0, 2),
        ("c", 2, 6),
    ]


def test_a_format_that_is_named_is_drawn_at_it() -> None:
    plan, maker = compiled(FIRST_CUP)
    job = clip_jobs(plan)[0]
    board = maker.boards[job.digest]
    size = board.format.size
    assert size is not None
    assert maker.clip(job).size == size
    free = replace(board, format=replace(board.format, size=None, fps=None))
    clip = from_job(job, Board(free, maker.jobs, maker.project))
    assert (clip.size, clip.fps) == (Size(1280, 720), 24)
    assert all(
        isinstance(shot, PromptShot) or shot.name not in {c.name for c in clip.cards}
        for shot in board.shots
    )
