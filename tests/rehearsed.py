"""Projects that were rehearsed with the stand-in, for tests of what is decided about clips."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from storyboard.cli.main import run

BOARD = """\
storyboard: 1
title: Sea
model: kling-v3-turbo-pro
format: {resolution: 128x72, fps: 24, aspect_ratio: "16:9"}
scenes:
  - id: sea
    pack: shot
    continuity: chain
    shots:
      - {id: waves, duration: 3s, prompt: Waves in the evening., takes: 2}
      - {id: boat, duration: 3s, prompt: A boat far out.}
  - id: land
    shots:
      - {id: card, duration: 2s, still: card.png}
      - {id: gull, duration: 3s, prompt: A gull on a post.}
"""
CAMPAIGN = """\
storyboard: 1
title: Cups
model: kling-v3-turbo-pro
format: {resolution: 128x72, fps: 24, aspect_ratio: "16:9"}
variations: {matrix: {who: [Ann, Bo]}, name: "{{ who }}"}
scenes:
  - {id: one, shots: [{id: cup, duration: 3s, prompt: A cup., takes: 2}]}
  - {id: two, shots: [{id: face, duration: 3s, prompt: "{{ who }} smiles."}]}
"""
NAME = "film.yaml"
LOCK = "film.rehearsal.lock.yaml"

Typed = Callable[..., tuple[int, str, str]]
"""Types a command about the film of a rehearsal: its exit code, output and errors."""


def rehearse(folder: Path, board: str) -> Path:
    """Write a storyboard into a folder and rehearse it; return the folder."""
    Image.new("RGB", (128, 72), "navy").save(folder / "card.png")
    (folder / NAME).write_text(board, "utf-8")
    assert run(["render", str(folder / NAME), "--backend", "emulator", "--yes", "--draft"]) == 0
    return folder


def copied(rehearsed: Path, folder: Path) -> Path:
    """Copy a rehearsed project into a folder that is not there; return its storyboard."""
    shutil.copytree(rehearsed, folder)
    return folder / NAME


def typing(film: Path, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Return what types a command about a film of a rehearsal."""

    def typed(command: str, *words: str) -> tuple[int, str, str]:
        code = run([command, str(film), *words, "--backend", "emulator"])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return typed


def takes_of(typed: Typed) -> dict[str, list[dict[str, Any]]]:
    """Return the takes of each shot, by its name."""
    code, out, _ = typed("takes", "--json")
    assert code == 0
    return {one["shot"]: one["takes"] for one in json.loads(out)["shots"]}
