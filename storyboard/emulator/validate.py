"""A request's body and an endpoint of the catalogue into what the model would refuse in it."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from storyboard.catalogue import (
    DurationForm,
    Endpoint,
    NumberField,
    TextField,
    VideoEndpoint,
    VoiceEndpoint,
    VoicePassing,
    VoicesField,
)
from storyboard.emulator.entry import Json
from storyboard.emulator.errors import model_error

Finding: TypeAlias = dict[str, Any]
Loc: TypeAlias = tuple[str | int, ...]
Fetchable: TypeAlias = Callable[[str], bool]
"""Tells whether a URL can be downloaded."""

_ELEMENT_KEYS = {"frontal_image_url", "reference_image_urls", "video_url", "voice_id"}


def validate(endpoint: Endpoint, body: Json, fetchable: Fetchable) -> tuple[Finding, ...]:
    """List what the endpoint refuses in a body, in fal's shape; nothing means it is taken.

    Stricter than fal in one thing: a field that the catalogue does not know is refused, so that
    a misspelt one shows here and not as a clip that ignores it.
    """
    match endpoint:
        case VoiceEndpoint():
            return tuple(_voice(endpoint, body, fetchable))
        case VideoEndpoint():
            return tuple(_video(endpoint, body, fetchable))


def _voice(endpoint: VoiceEndpoint, body: Json, fetchable: Fetchable) -> Iterator[Finding]:
    yield from _url(body, endpoint.sample_field, required=True, fetchable=fetchable)
    yield from _unknown(body, {endpoint.sample_field})


def _video(endpoint: VideoEndpoint, body: Json, fetchable: Fetchable) -> Iterator[Finding]:
    yield from _prompts(endpoint, body)
    yield from _duration(endpoint, body)
    for frame in (endpoint.start, endpoint.end):
        if frame is not None:
            yield from _url(body, frame.name, required=frame.required, fetchable=fetchable)
    if (
        endpoint.shots
        and endpoint.end
        and body.get(endpoint.shots.name)
        and body.get(endpoint.end.name)
    ):
        yield _value(("body", endpoint.end.name), "An end frame excludes several prompts.", body)
    if endpoint.audio and not isinstance(body.get(endpoint.audio.name, True), bool):
        yield _typed(("body", endpoint.audio.name), "boolean", body[endpoint.audio.name])
    yield from _voices(endpoint, body)
    yield from _elements(endpoint, body, fetchable)
    yield from _texts(endpoint, body)
    yield from _constants(endpoint.constants, body)
    yield from _unknown(body, known_fields(endpoint))


def known_fields(endpoint: VideoEndpoint) -> set[str]:
    """Name every field that a body for the endpoint may have."""
    optional = (
        endpoint.start,
        endpoint.end,
        endpoint.audio,
        _listed_voices(endpoint),
        endpoint.elements,
        endpoint.pictures,
        endpoint.aspect_ratio,
        *endpoint.settings.values(),
        endpoint.shots,
    )
    names = {one.name for one in optional if one is not None}
    constants = set(endpoint.constants) | set(endpoint.shots.constants if endpoint.shots else ())
    return names | constants | {endpoint.prompt.name, endpoint.duration_field}


def _listed_voices(endpoint: VideoEndpoint) -> VoicesField | None:
    """Return the field of a list of voices; a voice on an element is not a field of the body."""
    voices = endpoint.voices
    return voices if voices is not None and voices.passing is VoicePassing.LIST else None


def _prompts(endpoint: VideoEndpoint, body: Json) -> Iterator[Finding]:
    prompt, field = body.get(endpoint.prompt.name), endpoint.prompt
    shots = body.get(endpoint.shots.name) if endpoint.shots else None
    loc: Loc = ("body", field.name)
    if prompt is not None and shots:
        yield model_error(loc, "Give one prompt or several, not both.", "one_of", prompt)
    if prompt is None and not shots and (field.required or endpoint.start is None):
        yield _missing(loc)
    if prompt is not None:
        yield from _text(loc, prompt, field.max_length)
    if shots:
        yield from _shots(endpoint, body, shots)


def _shots(endpoint: VideoEndpoint, body: Json, shots: object) -> Iterator[Finding]:
    field = endpoint.shots
    if field is None:
        return
    loc: Loc = ("body", field.name)
    if not isinstance(shots, list):
        yield _typed(loc, "list", shots)
        return
    if len(shots) > field.max_shots:
        yield model_error(loc, f"At most {field.max_shots} shots.", "sequence_too_long", len(shots))
    allowed = tuple(str(one) for one in range(field.min_seconds, field.max_seconds + 1))
    for place, shot in enumerate(shots):
        here = (*loc, place)
        if not isinstance(shot, Mapping):
            yield _typed(here, "dict", shot)
            continue
        yield from _text((*here, "prompt"), shot.get("prompt"), field.max_length)
        if str(shot.get("duration", "5")) not in allowed:
            yield _choice((*here, "duration"), allowed, shot.get("duration"))
        yield from _unknown(shot, {"prompt", "duration"}, here)
    yield from _constants(field.constants, body)
    yield from _sum(endpoint, body, shots)


def _constants(constants: Mapping[str, str], body: Json) -> Iterator[Finding]:
    for name, constant in constants.items():
        if body.get(name) != constant:
            yield _choice(("body", name), (constant,), body.get(name))


def _sum(endpoint: VideoEndpoint, body: Json, shots: list[Any]) -> Iterator[Finding]:
    asked = body.get(endpoint.duration_field)
    lengths = [str(one.get("duration", "5")) for one in shots if isinstance(one, Mapping)]
    if not all(one.isdigit() for one in lengths):
        return
    together = sum(int(one) for one in lengths)
    if asked is not None and str(together) != str(asked):
        message = f"The shots are {together} s long together, the clip {asked} s."
        yield _value(("body", endpoint.duration_field), message, asked)


def _duration(endpoint: VideoEndpoint, body: Json) -> Iterator[Finding]:
    loc: Loc = ("body", endpoint.duration_field)
    given = body.get(endpoint.duration_field)
    match endpoint.duration_form:
        case DurationForm.TEXT:
            allowed = tuple(str(one) for one in endpoint.durations)
            if given is not None and given not in allowed:
                yield _choice(loc, allowed, given)
        case DurationForm.NUMBER:
            if given is not None and (isinstance(given, bool) or given not in endpoint.durations):
                yield _choice(loc, tuple(str(one) for one in endpoint.durations), given)
        case DurationForm.SUM:
            if given is not None:
                yield model_error(
                    loc, "The length is the sum of the shots.", "extra_forbidden", given
                )


def _voices(endpoint: VideoEndpoint, body: Json) -> Iterator[Finding]:
    field = _listed_voices(endpoint)
    if field is None or (given := body.get(field.name)) is None:
        return
    loc: Loc = ("body", field.name)
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        yield _typed(loc, "list of strings", given)
    elif len(given) > field.max_voices:
        yield model_error(loc, f"At most {field.max_voices} voices.", "sequence_too_long", given)


def _elements(endpoint: VideoEndpoint, body: Json, fetchable: Fetchable) -> Iterator[Finding]:
    if endpoint.elements is None or (given := body.get(endpoint.elements.name)) is None:
        return
    loc: Loc = ("body", endpoint.elements.name)
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        yield _typed(loc, "list of elements", given)
        return
    pictures = body.get(endpoint.pictures.name, ()) if endpoint.pictures else ()
    count = len(given) + len(pictures)
    if count > endpoint.elements.max_elements:
        most = endpoint.elements.max_elements
        yield model_error(loc, f"At most {most} elements.", "sequence_too_long", count)
    if sum("video_url" in one for one in given) > endpoint.elements.max_videos:
        most = endpoint.elements.max_videos
        yield _value(loc, f"At most {most} elements with a video.", len(given))
    beside = endpoint.elements.max_with_video
    if beside is not None and any("video_url" in one for one in given) and count > beside:
        yield _value(loc, f"At most {beside} elements where one has a video.", count)
    for place, element in enumerate(given):
        here = (*loc, place)
        yield from _unknown(element, _ELEMENT_KEYS, here)
        if "video_url" not in element and "frontal_image_url" not in element:
            yield _missing((*here, "frontal_image_url"))
        for name in ("video_url", "frontal_image_url"):
            yield from _url(element, name, required=False, fetchable=fetchable, loc=here)


def _setting(field: TextField | NumberField, value: object) -> Iterator[Finding]:
    loc: Loc = ("body", field.name)
    if isinstance(field, TextField):
        yield from _text(loc, value, field.max_length)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        yield _typed(loc, "number", value)
    elif not field.minimum <= Decimal(str(value)) <= field.maximum:
        yield _value(loc, f"Between {field.minimum} and {field.maximum}.", value)


def _texts(endpoint: VideoEndpoint, body: Json) -> Iterator[Finding]:
    for field in endpoint.settings.values():
        if (value := body.get(field.name)) is not None:
            yield from _setting(field, value)
    ratio = endpoint.aspect_ratio
    if ratio and (chosen := body.get(ratio.name)) is not None:
        allowed = tuple(str(one) for one in ratio.choices)
        if chosen not in allowed:
            yield _choice(("body", ratio.name), allowed, chosen)


def _url(
    holder: Json, name: str, *, required: bool, fetchable: Fetchable, loc: Loc = ("body",)
) -> Iterator[Finding]:
    given = holder.get(name)
    here = (*loc, name)
    if given is None:
        if required:
            yield _missing(here)
    elif not isinstance(given, str) or not given.startswith(("http://", "https://", "data:")):
        yield _value(here, "Not a URL.", given)
    elif not fetchable(given):
        yield model_error(here, "The file could not be downloaded.", "file_download_error", given)


def _text(loc: Loc, given: object, longest: int) -> Iterator[Finding]:
    if given is None:
        yield _missing(loc)
    elif not isinstance(given, str):
        yield _typed(loc, "string", given)
    elif len(given) > longest:
        message = f"String should have at most {longest} characters"
        yield model_error(loc, message, "string_too_long", given)


def _unknown(holder: Json, known: set[str], loc: Loc = ("body",)) -> Iterator[Finding]:
    for name in holder:
        if name not in known:
            message = "Extra inputs are not permitted"
            yield model_error((*loc, name), message, "extra_forbidden", holder[name])


def _missing(loc: Loc) -> Finding:
    return model_error(loc, "Field required", "missing", None)


def _typed(loc: Loc, wanted: str, given: object) -> Finding:
    return model_error(
        loc, f"Input should be a valid {wanted}", f"{wanted.split(maxsplit=1)[0]}_type", given
    )


def _choice(loc: Loc, allowed: tuple[str, ...], given: object) -> Finding:
    if given is None:
        return _missing(loc)
    wanted = ", ".join(f"'{one}'" for one in allowed)
    return model_error(loc, f"Input should be {wanted}", "enum", given)


def _value(loc: Loc, message: str, given: object) -> Finding:
    return model_error(loc, message, "value_error", given)
