"""A request's body and its endpoint into what it costs, by the catalogue and not by the compiler.

The compiler's own sum is left out of this on purpose: a ledger that asked it could never differ.
"""

from collections.abc import Mapping
from decimal import Decimal

from storyboard.catalogue import (
    Endpoint,
    FirstThenPerSecond,
    Mode,
    PerCall,
    PerSecond,
    VideoEndpoint,
    VoiceEndpoint,
    VoicePassing,
)
from storyboard.emulator.entry import Charge, Json

_DEFAULT_SECONDS = 5


def price(endpoint: Endpoint, body: Json) -> Charge:
    """Tell what the request costs when it succeeds."""
    seconds = 0 if isinstance(endpoint, VoiceEndpoint) else length(endpoint, body)
    match endpoint.price:
        case PerSecond(rates, with_video):
            mode = Mode.SILENT if isinstance(endpoint, VoiceEndpoint) else mode_of(endpoint, body)
            rates = (_shows_video(endpoint, body) and with_video) or rates
            rate = rates.get(mode, max(rates.values()))
            return Charge(seconds, seconds, rate * seconds)
        case FirstThenPerSecond(first_seconds, first, rate):
            more = max(0, seconds - first_seconds)
            return Charge(seconds, seconds, first + rate * more)
        case PerCall(amount):
            return Charge(seconds, 1, Decimal(amount))


def length(endpoint: VideoEndpoint, body: Json) -> int:
    """Tell how many seconds the clip is asked to be."""
    given = body.get(endpoint.duration_field)
    if given is not None:
        return int(given)
    shots = body.get(endpoint.shots.name) if endpoint.shots else None
    if shots:
        return sum(int(one.get("duration", _DEFAULT_SECONDS)) for one in shots)
    return _DEFAULT_SECONDS


def mode_of(endpoint: VideoEndpoint, body: Json) -> Mode:
    """Tell what the clip is rendered with."""
    if _speaks(endpoint, body):
        return Mode.VOICE
    return Mode.AUDIO if sounds(endpoint, body) else Mode.SILENT


def sounds(endpoint: VideoEndpoint, body: Json) -> bool:
    """Tell whether the clip has a sound track."""
    field = endpoint.audio
    return field is not None and bool(body.get(field.name, field.default))


def _shows_video(endpoint: Endpoint, body: Json) -> bool:
    field = endpoint.elements if isinstance(endpoint, VideoEndpoint) else None
    elements = body.get(field.name) if field else None
    return any(
        field is not None and field.video_field in one
        for one in elements or ()
        if isinstance(one, Mapping)
    )


def _speaks(endpoint: VideoEndpoint, body: Json) -> bool:
    field = endpoint.voices
    if field is None:
        return False
    match field.passing:
        case VoicePassing.LIST:
            return bool(body.get(field.name))
        case VoicePassing.ELEMENT:
            elements = body.get(endpoint.elements.name) if endpoint.elements else None
            return any(
                bool(one.get(field.name)) for one in elements or () if isinstance(one, Mapping)
            )
