"""Write a catalogue as text that is read again as the same value, and read it.

The text is JSON in the form of the endpoint files, so that one reader serves both. Equal catalogues
give equal text.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import TypeAlias

from storyboard.catalogue.endpoint import (
    Catalogue,
    Endpoint,
    FirstThenPerSecond,
    Mode,
    PerCall,
    PerSecond,
    Price,
    VideoEndpoint,
    VoiceEndpoint,
    gather,
)
from storyboard.catalogue.lower import Plain, endpoint
from storyboard.model import AspectRatio, Usd, exact

VERSION = 1

_Text: TypeAlias = "str | list[_Text] | dict[str, _Text]"

_KEYS = {"name": "field"}
"""Keys of the files that are not called as the values are."""

_PARTS = (
    *("prompt", "shots", "start", "end", "audio", "voices", "elements", "aspect_ratio"),
    *("pictures", "images", "dialect", "constants"),
)


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
    match json.loads(data):
        case {"catalogue": version, "endpoints": list() as endpoints} if version == VERSION:
            return gather(_read(one) for one in endpoints)
        case _:
            raise ValueError("it is not a catalogue of this version")


def _read(value: Mapping[str, Plain]) -> Endpoint:
    return endpoint(value, str(value.get("provider", "")))


def _endpoint(one: Endpoint) -> dict[str, _Text]:
    return {
        "endpoint": one.id,
        "provider": one.provider,
        "family": one.family,
        **(_video(one) if isinstance(one, VideoEndpoint) else _voice(one)),
        "price": _price(one.price),
        "typical_seconds": str(one.typical_seconds),
        "longest_wait": str(one.longest_wait),
        "source": _text(one.source),
    }


def _video(one: VideoEndpoint) -> dict[str, _Text]:
    parts = {key: getattr(one, key) for key in _PARTS} | dict(one.settings)
    return {
        "model": one.model,
        "durations": _text(one.durations),
        "duration": {"field": one.duration_field, "form": one.duration_form.value},
        **{key: _text(value) for key, value in parts.items() if value is not None},
    }


def _voice(one: VoiceEndpoint) -> dict[str, _Text]:
    sample = {
        "field": one.sample_field,
        "containers": one.containers,
        "min_seconds": one.min_seconds,
        "max_seconds": one.max_seconds,
    }
    return {"sample": _text(sample)}


def _price(price: Price) -> _Text:
    match price:
        case PerSecond(rates, with_video):
            others = {} if with_video is None else {"with_video": _rates(with_video)}
            return {"per_second": _rates(rates), **others}
        case FirstThenPerSecond(first_seconds, first, rate):
            return {
                "first_seconds": str(first_seconds),
                "first": exact(first),
                "then_per_second": exact(rate),
            }
        case PerCall(amount):
            return {"per_call": exact(amount)}


def _rates(rates: Mapping[Mode, Usd]) -> _Text:
    return {mode.value: exact(rate) for mode, rate in rates.items()}


def _text(value: object) -> _Text:
    """Write a value as the files have it: every scalar is its text."""
    match value:
        case tuple():
            return [_text(one) for one in value]
        case Mapping():
            return {str(key): _text(one) for key, one in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, AspectRatio):
            parts = {one.name: getattr(value, one.name) for one in fields(value)}
            return {
                _KEYS.get(key, key): _text(part) for key, part in parts.items() if part is not None
            }
        case _:
            return _scalar(value)


def _scalar(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)
