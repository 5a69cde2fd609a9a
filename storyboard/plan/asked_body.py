"""Read the body of a request by its endpoint: what a storyboard has a word for, and the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storyboard.catalogue import VideoEndpoint


@dataclass(frozen=True, slots=True)
class AskedBody:
    """A body in a storyboard's terms. What is not in it is None, an empty tuple or missing.

    `prompts` and `seconds` are of its shots, in their order. `start` and `end` are references as a
    plan shows them. `settings` has plain settings by their keys, `rest` what the endpoint's own
    constants are.
    """

    prompts: tuple[str, ...]
    seconds: tuple[int | None, ...]
    start: str | None
    end: str | None
    audio: object
    ratio: object
    settings: Mapping[str, object]
    elements: tuple[Mapping[str, object], ...]
    voices: tuple[object, ...]
    rest: Mapping[str, object]


def read_body(body: Mapping[str, object], endpoint: VideoEndpoint) -> AskedBody:
    """Read a body as a plan shows it. A body of another form reads as one that asks for less."""
    taken: set[str] = set()

    def take(name: str | None) -> object:
        if name is None:
            return None
        taken.add(name)
        return body.get(name)

    prompt = take(endpoint.prompt.name)
    whole = take(endpoint.duration_field)
    listed = tuple(_maps(take(endpoint.shots.name))) if endpoint.shots else ()
    if endpoint.shots and listed:
        field = endpoint.shots
        prompts = tuple(str(one.get(field.prompt_field, "")) for one in listed)
        seconds = tuple(_seconds(one.get(field.duration_field)) for one in listed)
    else:
        prompts, seconds = (str(prompt or ""),), (_seconds(whole),)
    settings = {key: take(field.name) for key, field in endpoint.settings.items()}
    voices = take(endpoint.voices.name) if endpoint.voices else None
    return AskedBody(
        prompts=prompts,
        seconds=seconds,
        start=_text(take(endpoint.start.name if endpoint.start else None)),
        end=_text(take(endpoint.end.name if endpoint.end else None)),
        audio=take(endpoint.audio.name if endpoint.audio else None),
        ratio=take(endpoint.aspect_ratio.name if endpoint.aspect_ratio else None),
        settings={key: value for key, value in settings.items() if value is not None},
        elements=tuple(_maps(take(endpoint.elements.name if endpoint.elements else None))),
        voices=tuple(voices) if isinstance(voices, list) else (),
        rest={key: value for key, value in body.items() if key not in taken},
    )


def _maps(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def _seconds(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
