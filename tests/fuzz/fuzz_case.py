"""One fuzzed case: what is put in, as bytes by name; written to a file and read back."""

import base64
import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any


class Kind(StrEnum):
    """What is fuzzed. Cases take turns, so that each kind has a fifth of them."""

    YAML = "yaml"
    JSON = "json"
    TABLE = "table"
    MEDIA = "media"
    ANSWER = "answer"


STORYBOARDS = frozenset({Kind.YAML, Kind.JSON})


@dataclass(frozen=True, slots=True)
class Case:
    """`parts` are files by name; of an answer, its head and body."""

    seed: int
    number: int
    kind: Kind
    parts: dict[str, bytes]

    def write(self, folder: Path, why: str) -> Path:
        """Keep the case as a file that `read` reads, with what went wrong."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self.kind}-{self.seed}-{self.number}.json"
        parts = {name: base64.b64encode(data).decode() for name, data in self.parts.items()}
        value = {"seed": self.seed, "number": self.number, "kind": self.kind, "parts": parts}
        file.write_text(json.dumps({**value, "why": why}, indent=1), "utf-8")
        return file


def read(file: Path) -> Case:
    """Read a case that was kept."""
    value: Any = json.loads(file.read_text("utf-8"))
    parts = {name: base64.b64decode(data) for name, data in value["parts"].items()}
    return Case(value["seed"], value["number"], Kind(value["kind"]), parts)


def kind_of(number: int) -> Kind:
    """Return the kind of the case of a number."""
    return tuple(Kind)[number % len(Kind)]


def luck_of(seed: int, number: int) -> Random:
    """Return the luck of one case: no other case changes it."""
    return Random(f"{seed}/{number}")
