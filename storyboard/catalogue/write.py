"""Write a catalogue as text that is read again as the same value, and read it.

The text is JSON in the form of the endpoint files, so that one reader serves both. Equal catalogues
give equal text.
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from storyboard.catalogue.endpoint import (
    Catalogue,
    Endpoint,
    FirstThenPerSecond,
    PerCall,
    PerSecond,
    Price,
    VideoEndpoint,
    VoiceEndpoint,
    gather,
)
from storyboard.catalogue.lower import Plain, endpoint
from storyboard.model.money import exact

VERSION = 1

_Text: TypeAlias = "str | list[_Text] | dict[str, _Text]"


def write(catalogue: Catalogue) -> bytes:
    """Write all endpoints of a catalogue."""
    endpoints = [_endpoint(one) for one in catalogue.endpoints]
    value = {"catalogue": VERSION, "endpoints": endpoints}
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def read(data: bytes) -> Catalogue:
    """Read what `write` wrote.

    Raises:
        ValueError: it is not that, or of a later version.
    """
    value = json.loads(data)
    if not isinstance(value, dict) or value.get("catalogue") != VERSION:
        raise ValueError("it is not a catalogue of this version")
    fields: list[Mapping[str, Plain]] = value["endpoints"]
    return gather(endpoint(one, str(one["provider"])) for one in fields)


def _endpoint(one: Endpoint) -> dict[str, _Text]:
    match one:
        case VideoEndpoint():
            fields = {**_video(one), **_optional(one)}
        case VoiceEndpoint():
            fields = {
                "sample": {
                    "field": one.sample_field,
                    "containers": list(one.containers),
                    "min_seconds": str(one.min_seconds),
                    "max_seconds": str(one.max_seconds),
                }
            }
    return {
        "endpoint": one.id,
        "provider": one.provider,
        "family": one.family,
        **fields,
        "price": _price(one.price),
        "typical_seconds": str(one.typical_seconds),
        "longest_wait": str(one.longest_wait),
        "source": {"text": one.source.text, "read": one.source.read.isoformat()},
    }


def _video(one: VideoEndpoint) -> dict[str, _Text]:
    images, prompt, dialect = one.images, one.prompt, one.dialect
    return {
        "model": one.model,
        "durations": [str(seconds) for seconds in one.durations],
        "duration": {"field": one.duration_field, "form": one.duration_form.value},
        "prompt": {
            "field": prompt.name,
            "required": _flag(value=prompt.required),
            "max_length": str(prompt.max_length),
        },
        "images": {
            "formats": list(images.formats),
            "min_side": str(images.min_side),
            "max_ratio": str(images.max_ratio),
            "max_bytes": str(images.max_bytes),
        },
        "dialect": {
            "element": dialect.element,
            "voiced": dialect.voiced,
            "speech": dialect.speech,
        },
        "constants": dict(one.constants),
    }


def _optional(one: VideoEndpoint) -> dict[str, _Text]:
    fields: dict[str, Mapping[str, object]] = {}
    for key, frame in (("start", one.start), ("end", one.end)):
        if frame is not None:
            fields[key] = {"field": frame.name, "required": frame.required}
    if (shots := one.shots) is not None:
        fields["shots"] = {
            "field": shots.name,
            "max_shots": shots.max_shots,
            "min_seconds": shots.min_seconds,
            "max_seconds": shots.max_seconds,
            "max_length": shots.max_length,
            "constants": shots.constants,
            "prompt_field": shots.prompt_field,
            "duration_field": shots.duration_field,
            "duration_form": shots.duration_form.value,
        }
    if one.audio is not None:
        fields["audio"] = {"field": one.audio.name, "default": one.audio.default}
    if (voices := one.voices) is not None:
        fields["voices"] = {
            "field": voices.name,
            "passing": voices.passing.value,
            "max_voices": voices.max_voices,
        }
    if (elements := one.elements) is not None:
        fields["elements"] = {
            "field": elements.name,
            "max_elements": elements.max_elements,
            "max_videos": elements.max_videos,
            "frontal_field": elements.frontal_field,
            "references_field": elements.references_field,
            "video_field": elements.video_field,
        }
    if (ratio := one.aspect_ratio) is not None:
        choices = [str(choice) for choice in ratio.choices]
        fields["aspect_ratio"] = {
            "field": ratio.name,
            "choices": choices,
            "default": str(ratio.default),
        }
    if (negative := one.negative_prompt) is not None:
        default = {} if negative.default is None else {"default": negative.default}
        fields["negative_prompt"] = {
            "field": negative.name,
            "max_length": negative.max_length,
            **default,
        }
    if (scale := one.cfg_scale) is not None:
        fields["cfg_scale"] = {
            "field": scale.name,
            "default": scale.default,
            "minimum": scale.minimum,
            "maximum": scale.maximum,
        }
    return {key: _texts(value) for key, value in fields.items()}


def _price(price: Price) -> dict[str, _Text]:
    match price:
        case PerSecond(rates):
            return {"per_second": {mode.value: exact(rate) for mode, rate in rates.items()}}
        case FirstThenPerSecond(first_seconds, first, rate):
            return {
                "first_seconds": str(first_seconds),
                "first": exact(first),
                "then_per_second": exact(rate),
            }
        case PerCall(amount):
            return {"per_call": exact(amount)}


def _texts(value: object) -> _Text:
    match value:
        case bool():
            return _flag(value=value)
        case Mapping():
            return {str(key): _texts(one) for key, one in value.items()}
        case str():
            return value
        case Sequence():
            return [_texts(one) for one in value]
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def _flag(*, value: bool) -> str:
    return "true" if value else "false"
