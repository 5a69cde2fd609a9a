"""`storyboard models`: the catalogue as a table."""

import click

from storyboard.catalogue import (
    FirstThenPerSecond,
    Mode,
    PerCall,
    PerSecond,
    Price,
    VideoEndpoint,
    load,
)
from storyboard.cli import show
from storyboard.cli.form_option import form_option
from storyboard.cli.terminal import say, write_json
from storyboard.model import exact


@click.command("models")
@form_option()
def command(form: str) -> None:
    """List the models: what each takes, at most, and what a second costs."""
    catalogue = load()
    if form == "json":
        write_json({"version": 1, "models": [_json(one) for one in catalogue.videos]})
        return
    head = ("model", "from", "seconds", "shots", "takes", "USD", "read")
    videos = sorted(catalogue.videos, key=lambda video: (video.model, video.id))
    for line in show.table([head, *map(_row, videos)]):
        say(line)
    say("")
    for voice in catalogue.voices:
        say(
            f"voices are created once from {voice.min_seconds} to {voice.max_seconds} s of sound, "
            f"{price(voice.price)}"
        )


def _row(one: VideoEndpoint) -> tuple[str, ...]:
    return (
        one.model,
        {"none": "text", "required": "frame", "optional": "either"}[_start(one)],
        lengths(one),
        f"1-{one.shots.max_shots}" if one.shots else "1",
        ", ".join(takes(one)) or "-",
        price(one.price),
        one.source.read.isoformat(),
    )


def _start(one: VideoEndpoint) -> str:
    if one.start is None:
        return "none"
    return "required" if one.start.required else "optional"


def lengths(one: VideoEndpoint) -> str:
    """Write the whole-clip lengths of an endpoint: `3-15`, or `5, 10`."""
    first, last = one.durations[0], one.durations[-1]
    whole = one.durations == tuple(range(first, last + 1))
    return f"{first}-{last}" if whole else ", ".join(map(str, one.durations))


def takes(one: VideoEndpoint) -> list[str]:
    """Name what an endpoint takes beyond a prompt, in the words of the language."""
    named = {
        "end": one.end,
        "audio": one.audio,
        "voices": one.voices,
        "elements": one.elements,
        "pictures": one.pictures,
        "aspect_ratio": one.aspect_ratio,
    }
    return [*(name for name, there in named.items() if there is not None), *one.settings]


def price(value: Price) -> str:
    """Write a price in one line."""
    match value:
        case PerSecond(rates, with_video):
            parts = [f"{exact(rate)}/s {mode.value}" for mode, rate in rates.items()]
            parts = parts if len(parts) > 1 else [parts[0].rsplit(" ", 1)[0]]
            others = with_video or {}
            parts += [f"{exact(rate)}/s {mode.value} with a video" for mode, rate in others.items()]
            if unknown := [] if with_video is None else [*(rates.keys() - others.keys())]:
                modes = " and ".join(mode.value for mode in Mode if mode in unknown)
                parts.append(f"not known for {modes} with a video")
            return ", ".join(parts)
        case FirstThenPerSecond(seconds, first, rate):
            return f"{exact(first)} for {seconds} s, then {exact(rate)}/s"
        case PerCall(amount):
            return f"{exact(amount)} a call"


def _json(one: VideoEndpoint) -> dict[str, object]:
    return {
        "model": one.model,
        "endpoint": one.id,
        "start_frame": _start(one),
        "durations": list(one.durations),
        "max_shots": one.shots.max_shots if one.shots else 1,
        "takes": takes(one),
        "price": price(one.price),
        "source": one.source.text,
        "read": one.source.read.isoformat(),
    }
