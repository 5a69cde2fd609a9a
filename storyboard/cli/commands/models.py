"""`storyboard models`: the catalogue, a few lines an endpoint."""

from collections.abc import Iterable, Iterator
from itertools import groupby

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
from storyboard.cli.fitted import fitted, wrapped
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
    for line in _lines(catalogue.videos):
        say(line)
    for voice in catalogue.voices:
        told = (
            f"voices are created once from {voice.min_seconds} to {voice.max_seconds} s of sound, "
            f"{price(voice.price)} USD"
        )
        for line in wrapped(told, show.width()):
            say(line)


def _lines(videos: Iterable[VideoEndpoint]) -> Iterator[str]:
    """Write a heading for each model, and below it how it may be asked, by what it begins with."""
    ordered = sorted(videos, key=lambda video: (video.model, video.id))
    for model, endpoints in groupby(ordered, key=lambda video: video.model):
        yield model
        for one in endpoints:
            yield from _about(one)
        yield ""


def _about(one: VideoEndpoint) -> Iterator[str]:
    begins = {"none": "text", "required": "frame", "optional": "either"}[_start(one)]
    shots = f"1-{one.shots.max_shots} shots" if one.shots else "1 shot"
    rows = (
        (begins, f"{lengths(one)} s, {shots}"),
        ("", f"{price(one.price)} USD, read {one.source.read.isoformat()}"),
        ("", f"takes {', '.join(takes(one))}" if takes(one) else ""),
    )
    yield from (f"  {line}" for line in fitted([row for row in rows if any(row)], (), _inner()))


def _inner() -> int:
    return show.width() - 2


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
