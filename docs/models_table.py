"""The catalogue to the table of models in the README; the tests hold the README to it.

python docs/models_table.py
"""

import sys

from storyboard.catalogue import load
from storyboard.catalogue.endpoint import VideoEndpoint, VoiceEndpoint
from storyboard.cli.commands.models import lengths, price, takes

HEAD = (
    "| model | endpoint | begins from | seconds | shots | takes | USD | read |\n"
    "|---|---|---|---|---|---|---|---|"
)
STARTS = {None: "text", True: "a start frame", False: "either"}


def row(one: VideoEndpoint) -> str:
    """Write an endpoint's row."""
    start = STARTS[one.start.required if one.start else None]
    shots = f"1 to {one.shots.max_shots}" if one.shots else "1"
    cells = (
        f"`{one.model}`",
        f"`{one.id.removeprefix('fal-ai/kling-video/')}`",
        start,
        lengths(one),
        shots,
        ", ".join(takes(one)) or "-",
        price(one.price),
        one.source.read.isoformat(),
    )
    return "| " + " | ".join(cells) + " |"


def table() -> str:
    """Write the whole table, and the line on voices."""
    catalogue = load()
    videos = sorted(catalogue.videos, key=lambda one: (one.model, one.id))
    return "\n".join([HEAD, *map(row, videos), *map(voice_row, catalogue.voices)])


def voice_row(voice: VoiceEndpoint) -> str:
    """Write the row of an endpoint that creates voices."""
    name = voice.id.removeprefix("fal-ai/kling-video/")
    return (
        f"| (a voice) | `{name}` | {voice.min_seconds} to {voice.max_seconds} s of sound "
        f"| - | - | {', '.join(voice.containers)} | {price(voice.price)} "
        f"| {voice.source.read.isoformat()} |"
    )


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
