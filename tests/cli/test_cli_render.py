"""`storyboard render` with the animatic: every example becomes a film that plays."""

import json
import shutil
from pathlib import Path

import pytest

from storyboard import Ask, compile_storyboard
from storyboard.cli.backend import ANIMATIC, FAL, NONE, REHEARSAL
from storyboard.cli.main import run
from storyboard.cli.pages import Drawing, drawing, paged
from storyboard.media.probe import probe
from storyboard.model.asset import ClipFacts
from storyboard.model.storyboard import AspectRatio, Fit

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(one.parent.name for one in (ROOT / "examples").glob("*/storyboard.yaml"))


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_becomes_a_film(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAL_KEY", raising=False)
    folder = tmp_path / name
    shutil.copytree(
        ROOT / "examples" / name, folder, ignore=shutil.ignore_patterns("build", "make_*")
    )
    code = run(["render", str(folder / "storyboard.yaml"), "--draft", "--json"])
    shown = capsys.readouterr()
    assert code == 0, shown.err
    rendering = json.loads(shown.out)
    assert rendering["version"] == 1
    assert rendering["spent"] == {"usd": "0.00"}
    plan_code = run(["plan", str(folder / "storyboard.yaml"), "--json"])
    planned = json.loads(capsys.readouterr().out)
    assert plan_code == 0
    assert rendering["films"]
    for film in rendering["films"]:
        facts = probe(Path(film["path"]))
        assert isinstance(facts, ClipFacts)
        assert facts.audio_codec == "aac"
        assert film["slates"] == []
        per_film = planned["timeline"]["seconds"]
        assert float(facts.duration) == pytest.approx(per_film, abs=0.1) or len(
            rendering["films"]
        ) > len({one["output"] for one in rendering["films"]})
        if planned["jobs"]:
            assert film["backend"] == "animatic"
            assert film["path"].endswith(".animatic.mp4")
        else:
            assert not film["path"].endswith(".animatic.mp4")


def test_render_and_cut_make_the_same_animatic_of_every_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAL_KEY", raising=False)
    story = tmp_path / "storyboard.yaml"
    shot = "{id: a, prompt: A cup., duration: 3s}"
    story.write_text(
        "storyboard: 1\nmodel: kling-v3-turbo-pro\n"
        "format: {aspect_ratio: '16:9', resolution: 480x270, fps: 24}\n"
        "outputs:\n"
        "  - {name: wide}\n"
        "  - {name: tall, aspect_ratio: '9:16', fit: crop}\n"
        "  - {name: bars, aspect_ratio: '9:16', fit: pad}\n"
        f"scenes: [{{id: one, shots: [{shot}]}}]\n",
        "utf-8",
    )
    made = {}
    for command in ("render", "cut"):
        out = tmp_path / command
        words = [command, str(story), "--backend", "animatic", "--draft", "--out", str(out)]
        assert run(words) == 0
        made[command] = {one.name: one.read_bytes() for one in sorted(out.glob("*.mp4"))}
    assert made["render"] == made["cut"]
    assert len(set(made["cut"].values())) == 3


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
