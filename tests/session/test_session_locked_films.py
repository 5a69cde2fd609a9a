"""The shots of a plan, as a lock has entries for them: of every film once."""

from pathlib import Path

from storyboard import Ask, compile_storyboard
from storyboard.session import lock_shots

BOARD = """\
storyboard: 1
title: Sea
model: kling-v3-turbo-pro
format: {aspect_ratio: "16:9"}
outputs:
  - {name: wide}
  - {name: tall, aspect_ratio: "9:16", fit: render}
variations: {rows: films.csv, name: "{{ film }}"}
scenes:
  - id: sea
    shots:
      - {id: open, duration: 3s, prompt: The sea.}
      - {id: own, duration: 3s, prompt: "{{ what }}."}
"""


def test_every_film_is_there_once_with_each_ratio(tmp_path: Path) -> None:
    path = tmp_path / "storyboard.yaml"
    path.write_text(BOARD, "utf-8")
    (tmp_path / "films.csv").write_text("film,what\np1,Waves\np2,Sand\n", "utf-8")
    result = compile_storyboard(Ask(path))
    assert result.plan is not None, result.diagnostics
    shots = lock_shots(result.plan)
    found = [(one.film, str(one.name), str(one.ratio)) for one in shots]
    assert found == [
        (film, f"sea/{name}", ratio)
        for film in ("p1", "p2")
        for name in ("open", "own")
        for ratio in ("None", "9:16")
    ]
    assert len({one.asks for one in shots}) == 6
