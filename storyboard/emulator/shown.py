"""Find the shots that a clip shows: when each begins, its name and its words."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from storyboard.emulator.entry import Json

NAMES = "shots.json"
"""The file with the names of shots by their prompts; a rehearsal writes it into the folder."""

_DEFAULT_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A shot of a clip: the second at which it begins, its name (or nothing), and its words."""

    start: int
    name: str
    words: str


def shown(body: Json, names: Mapping[str, str]) -> tuple[Shown, ...]:
    """List the shots that a body asks for."""
    return tuple(_shown(body, names))


def _shown(body: Json, names: Mapping[str, str]) -> Iterator[Shown]:
    start = 0
    shots = body.get("multi_prompt")
    for one in shots if isinstance(shots, list) and shots else (body,):
        words = str(one.get("prompt") or "")
        yield Shown(start, names.get(words, ""), words)
        start += int(one.get("duration") or _DEFAULT_SECONDS)


def names_in(folder: Path) -> Mapping[str, str]:
    """Read the names of shots by their prompts; a stand-in on its own knows none."""
    try:
        names: dict[str, str] = json.loads((folder / NAMES).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return names
