"""What concerns a whole storyboard is reported once, and marks no film."""

from pathlib import Path

from storyboard import Ask, Compiled, compile_storyboard
from storyboard.cli.campaign import table_of

STORY = """\
storyboard: 1
model: kling-v3-turbo-pro
elements:
  cup: {about: a blue cup}
variables: {offer: {default: two for one}}
scenes:
  - id: a
    shots: [{id: b, duration: 3s, prompt: "{{ prompt }}"}]
variations: {rows: rows.csv, name: "{{ id }}"}
"""


def compiled(folder: Path, *prompts: str) -> Compiled:
    rows = "".join(f"{number},{prompt}\n" for number, prompt in enumerate(prompts))
    (folder / "storyboard.yaml").write_text(STORY, "utf-8")
    (folder / "rows.csv").write_text(f"id,prompt\n{rows}", "utf-8")
    return compile_storyboard(Ask(folder / "storyboard.yaml"))


def test_what_nothing_uses_is_reported_once_and_marks_no_film(tmp_path: Path) -> None:
    result = compiled(tmp_path, "A table", "A chair", "A bed")
    assert [(one.code, one.message) for one in result.diagnostics] == [
        ("SB202", "the element `cup` is in no prompt"),
        ("SB613", "the variable `offer` is used nowhere"),
    ]
    assert [set(line.levels) for line in table_of(result).lines] == [{"ok"}] * 3


def test_what_one_film_uses_is_not_unused(tmp_path: Path) -> None:
    result = compiled(tmp_path, "A table", "@cup on it", "A bed")
    assert "SB202" not in {one.code for one in result.diagnostics}
