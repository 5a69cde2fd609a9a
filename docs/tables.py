"""Write the tables of the pages that say what the catalogue and the settings are.

python docs/tables.py

A table stands between `<!-- table: NAME -->` and `<!-- end -->`; the tests hold each to its source.
The names that the schema offers editors for `model` and `endpoint` are the catalogue's too.
"""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from storyboard.catalogue import VideoEndpoint, VoiceEndpoint, load
from storyboard.cli.commands.models import lengths, price, takes
from storyboard.model import FIELDS

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = "schemas/storyboard-1.schema.json"
PLACE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)

HEAD = """\
| model | endpoint | begins from | seconds | shots | takes | USD | read |
|---|---|---|---|---|---|---|---|
"""
STARTS = {None: "text", True: "a start frame", False: "either"}


def models() -> str:
    """Write a row for each endpoint of the newest catalogue."""
    catalogue = load()
    videos = sorted(catalogue.videos, key=lambda one: (one.model, one.id))
    return HEAD + "".join([*map(_video, videos), *map(_voice, catalogue.voices)])


def _video(one: VideoEndpoint) -> str:
    start = STARTS[one.start.required if one.start else None]
    shots = f"1 to {one.shots.max_shots}" if one.shots else "1"
    takes_ = ", ".join(takes(one)) or "-"
    return _row(
        f"`{one.model}`", _short(one), start, lengths(one), shots, takes_, price(one.price), one
    )


def _voice(one: VoiceEndpoint) -> str:
    seconds = f"{one.min_seconds} to {one.max_seconds} s of sound"
    kinds = ", ".join(one.containers)
    return _row("(a voice)", _short(one), seconds, "-", "-", kinds, price(one.price), one)


def _row(*cells: "str | VideoEndpoint | VoiceEndpoint") -> str:
    texts = (one if isinstance(one, str) else one.source.read.isoformat() for one in cells)
    return f"| {' | '.join(texts)} |\n"


def _short(one: VideoEndpoint | VoiceEndpoint) -> str:
    return f"`{one.id.removeprefix('fal-ai/kling-video/')}`"


def settings() -> str:
    """Write a row for each plain setting, as the schema describes it."""
    schema = json.loads((ROOT / SCHEMA).read_text("utf-8"))
    rows = (
        f"| `{one.key}` | {schema['definitions'][one.key]['description']} |\n" for one in FIELDS
    )
    return "| setting | what it is |\n|---|---|\n" + "".join(rows)


TABLES: Mapping[str, Callable[[], str]] = {"models": models, "settings": settings}
PAGES = ("README.md", "docs/language.md")


def written(page: str) -> str:
    """Return a page with its tables as they should be."""
    text = (ROOT / page).read_text("utf-8")
    return PLACE.sub(lambda found: found[1] + TABLES[found[2]]() + found[3], text)


def with_names(text: str) -> str:
    """Return the schema with the names of the newest catalogue; those it has keep their order."""
    schema = json.loads(text)
    videos = load().videos
    found = {"model": {one.model for one in videos}, "endpoint": {one.id for one in videos}}
    for key, names in found.items():
        definition = schema["definitions"][key]
        kept = [one for one in definition["examples"] if one in names]
        definition["examples"] = [*kept, *sorted(names.difference(kept))]
    return json.dumps(schema, indent=2) + "\n"


if __name__ == "__main__":
    for name in PAGES:
        (ROOT / name).write_text(written(name), "utf-8")
    path = ROOT / SCHEMA
    path.write_text(with_names(path.read_text("utf-8")), "utf-8")
