"""A plan for people: what each job begins with, what is lost, and what the look costs."""

from pathlib import Path

import pytest
from PIL import Image

from storyboard.cli.main import run

KITCHEN = """\
storyboard: 1
title: Kitchen
model: kling-v3-standard
elements:
  mara: {about: a barista, frontal: assets/a.png, references: [assets/a.png], voice: v}
voices:
  v: {id: "123"}
scenes:
  - id: kitchen
    start: assets/a.png
    shots:
      - {id: pour, duration: 5s, prompt: "@mara pours.", say: [{mara: "good morning."}]}
      - {id: smile, duration: 5s, prompt: "@mara smiles."}
"""


@pytest.fixture
def kitchen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a scene that would cost less if half of it were rendered from words alone."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "assets").mkdir()
    Image.new("RGB", (1280, 720), "navy").save(tmp_path / "assets" / "a.png")
    (tmp_path / "storyboard.yaml").write_text(KITCHEN, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path / "storyboard.yaml"


def test_the_plan_says_what_keeping_the_look_costs(
    kitchen: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["plan"]) == 0
    assert (
        "keeping the look of scene `kitchen` costs 0.14 USD; `pack: cheapest` saves that, with "
        "1 shot without its start frame, 1 likeness put into words, 1 shot from another endpoint\n"
    ) in capsys.readouterr().out
    kitchen.write_text(KITCHEN.replace("start:", "pack: cheapest\n    start:"), "utf-8")
    assert run(["plan"]) == 0
    assert "keeping the look" not in capsys.readouterr().out


LONG = """\
storyboard: 1
title: Kitchen
model: kling-v3-turbo-pro
elements:
  mara: {about: a barista, frontal: assets/a.png, references: [assets/a.png]}
scenes:
  - id: kitchen
    start: assets/a.png
    shots:
      - {id: pour, duration: 10s, prompt: A cup.}
      - {id: smile, duration: 10s, prompt: "A smile."}
      - {id: leave, duration: 3s, prompt: A door., start: assets/a.png}
"""


@pytest.mark.parametrize(
    ("continuity", "begins"),
    [
        ("auto", ["assets/a.png", "words alone", "assets/a.png"]),
        ("chain", ["assets/a.png", "last frame of kitchen/pour", "assets/a.png"]),
    ],
)
def test_the_plan_shows_what_each_job_begins_with(
    kitchen: Path, capsys: pytest.CaptureFixture[str], continuity: str, begins: list[str]
) -> None:
    kitchen.write_text(LONG.replace("start:", f"continuity: {continuity}\n    start:", 1), "utf-8")
    assert run(["plan"]) == 0
    shown = [one for one in capsys.readouterr().out.splitlines() if one.startswith("kitchen/")]
    assert [one.endswith(begin) for one, begin in zip(shown, begins, strict=True)] == [True] * 3


@pytest.mark.parametrize("command", [["check"], ["plan"], ["render", "--backend", "animatic"]])
def test_what_a_shot_loses_is_a_warning_wherever_a_storyboard_is_read(
    kitchen: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    mute = KITCHEN.replace(', say: [{mara: "good morning."}]', "")
    kitchen.write_text(mute.replace("    start: assets/a.png\n", ""), "utf-8")
    run(command)
    shown = capsys.readouterr()
    assert (
        "warning[SB443]: shots `kitchen/pour` and `kitchen/smile` are rendered without the "
        "likeness of `@mara`, which is put into words: its request begins without a start frame, "
        "and `fal-ai/kling-video/v3/standard/text-to-video` takes no elements"
    ) in shown.out + shown.err
