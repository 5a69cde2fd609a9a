"""The plain mappings of an endpoint's file to an endpoint.

Every scalar arrives as the text that stands in the file, so that `16:9` stays a ratio and
`0.224` an exact decimal whatever YAML would make of them.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from storyboard.catalogue.endpoint import (
    AudioField,
    Dialect,
    DurationForm,
    ElementsField,
    Endpoint,
    EndpointId,
    Family,
    FirstThenPerSecond,
    FrameField,
    ImageLimits,
    Mode,
    NumberField,
    PerCall,
    PerSecond,
    PicturesField,
    Price,
    PromptField,
    Provider,
    RatioField,
    ShotsField,
    Source,
    TextField,
    VideoEndpoint,
    VoiceEndpoint,
    VoicePassing,
    VoicesField,
)
from storyboard.model import FIELDS, AspectRatio, Form, Usd
from storyboard.source import Mapping as Keys
from storyboard.source import Node, Scalar
from storyboard.source import Sequence as Items

_NO_PRICE = 10**6
_PLACES = 12
"""More decimal places than any price has: what is added up stays exact."""

Plain: TypeAlias = "str | Sequence[Plain] | Mapping[str, Plain]"


def plain(node: Node) -> Plain:
    """Turn a node into plain mappings, lists and texts."""
    match node:
        case Scalar(value=str() as text):
            return text
        case Scalar(text=text):
            return text
        case Keys(entries=entries):
            return {str(entry.key.value): plain(entry.value) for entry in entries}
        case Items(items=items):
            return [plain(item) for item in items]


def endpoint(fields: Mapping[str, Plain], provider: str) -> Endpoint:
    """Build the endpoint that a file's mapping describes.

    `provider` is the name of the file's folder.

    Raises:
        ValueError: the file is wrong; it is ours, not a user's.
    """
    try:
        return _voice(fields, provider) if "sample" in fields else _video(fields, provider)
    except KeyError as missing:
        raise ValueError(f"the key {missing} is missing, or has an unknown value") from missing


def price(fields: Mapping[str, Plain]) -> Price:
    """Build a price: `per_second`, `per_call`, or `first_seconds`, `first`, `then_per_second`.

    `with_video` may be beside `per_second`.
    """
    if "per_second" in fields:
        rates = _map(fields["per_second"])
        if not rates:
            raise ValueError("no mode has a price")
        others = _rates(_map(fields["with_video"])) if "with_video" in fields else None
        return PerSecond(_rates(rates), others)
    if "per_call" in fields:
        return PerCall(_usd(fields["per_call"]))
    return FirstThenPerSecond(
        int(_text(fields["first_seconds"])), _usd(fields["first"]), _usd(fields["then_per_second"])
    )


def _rates(fields: Mapping[str, Plain]) -> Mapping[Mode, Usd]:
    return {Mode(mode): _usd(rate) for mode, rate in fields.items()}


def _video(fields: Mapping[str, Plain], provider: str) -> VideoEndpoint:
    length = _map(fields["duration"])
    optional = {
        name: build(_map(fields[name])) if name in fields else None
        for name, build in _OPTIONAL.items()
    }
    return VideoEndpoint(
        id=EndpointId(_text(fields["endpoint"])),
        model=_text(fields["model"]),
        durations=_durations(fields["durations"]),
        duration_field=_text(length.get("field", "duration")),
        duration_form=DurationForm(_text(length["form"])),
        prompt=_prompt(_map(fields["prompt"])),
        images=_images(_map(fields["images"])),
        price=price(_map(fields["price"])),
        typical_seconds=int(_text(fields["typical_seconds"])),
        longest_wait=int(_text(fields["longest_wait"])),
        source=_source(_map(fields["source"])),
        settings={
            one.key: _setting(one.form, _map(fields[one.key]))
            for one in FIELDS
            if one.key in fields
        },
        provider=Provider(provider),
        family=Family(_text(fields["family"])),
        dialect=_dialect(_map(fields["dialect"])),
        constants=_constants(fields),
        **optional,  # type: ignore[arg-type] # each value is what `_OPTIONAL` builds for that name
    )


def _voice(fields: Mapping[str, Plain], provider: str) -> VoiceEndpoint:
    sample = _map(fields["sample"])
    return VoiceEndpoint(
        id=EndpointId(_text(fields["endpoint"])),
        sample_field=_text(sample["field"]),
        containers=tuple(_text(one) for one in sample["containers"]),
        min_seconds=int(_text(sample["min_seconds"])),
        max_seconds=int(_text(sample["max_seconds"])),
        price=price(_map(fields["price"])),
        typical_seconds=int(_text(fields["typical_seconds"])),
        longest_wait=int(_text(fields["longest_wait"])),
        source=_source(_map(fields["source"])),
        provider=Provider(provider),
        family=Family(_text(fields["family"])),
    )


def _durations(value: Plain) -> tuple[int, ...]:
    if isinstance(value, Mapping):
        return tuple(range(int(_text(value["from"])), int(_text(value["to"])) + 1))
    return tuple(int(_text(one)) for one in value)


def _prompt(fields: Mapping[str, Plain]) -> PromptField:
    return PromptField(
        _text(fields["field"]), _flag(fields["required"]), _int(fields, "max_length")
    )


def _shots(fields: Mapping[str, Plain]) -> ShotsField:
    return ShotsField(
        name=_text(fields["field"]),
        max_shots=_int(fields, "max_shots"),
        min_seconds=_int(fields, "min_seconds"),
        max_seconds=_int(fields, "max_seconds"),
        max_length=_int(fields, "max_length"),
        constants=_constants(fields),
        prompt_field=_text(fields.get("prompt_field", "prompt")),
        duration_field=_text(fields.get("duration_field", "duration")),
        duration_form=DurationForm(_text(fields.get("duration_form", "text"))),
    )


def _constants(fields: Mapping[str, Plain]) -> Mapping[str, str]:
    return {key: _text(one) for key, one in _map(fields.get("constants", {})).items()}


def _dialect(fields: Mapping[str, Plain]) -> Dialect:
    optional = {"picture"} - fields.keys()
    made = Dialect(**{key: _text(fields[key]) for key in _PLACES_OF if key not in optional})
    for key, places in _PLACES_OF.items():
        form = getattr(made, key)
        try:
            form.format(**dict.fromkeys(places, ""))
        except (LookupError, ValueError) as wrong:
            raise ValueError(f"dialect: {key}: {form!r} has places other than {places}") from wrong
    return made


def _frame(fields: Mapping[str, Plain]) -> FrameField:
    return FrameField(_text(fields["field"]), _flag(fields.get("required", "false")))


def _audio(fields: Mapping[str, Plain]) -> AudioField:
    return AudioField(_text(fields["field"]), _flag(fields["default"]))


def _voices(fields: Mapping[str, Plain]) -> VoicesField:
    passing = VoicePassing(_text(fields["passing"]))
    return VoicesField(_text(fields["field"]), passing, _int(fields, "max_voices"))


def _elements(fields: Mapping[str, Plain]) -> ElementsField:
    inner = {key: _text(one) for key, one in fields.items() if key.endswith("_field")}
    most = _int(fields, "max_with_video") if "max_with_video" in fields else None
    count, videos = _int(fields, "max_elements"), _int(fields, "max_videos")
    return ElementsField(_text(fields["field"]), count, videos, most, **inner)


def _pictures(fields: Mapping[str, Plain]) -> PicturesField:
    return PicturesField(_text(fields["field"]))


def _ratios(fields: Mapping[str, Plain]) -> RatioField:
    choices = tuple(_ratio(one) for one in fields["choices"])
    return RatioField(_text(fields["field"]), choices, _ratio(fields["default"]))


def _setting(form: Form, fields: Mapping[str, Plain]) -> TextField | NumberField:
    return _number(fields) if form is Form.NUMBER else _words(fields)


def _words(fields: Mapping[str, Plain]) -> TextField:
    default = _text(fields["default"]) if "default" in fields else None
    return TextField(_text(fields["field"]), default, _int(fields, "max_length"))


def _number(fields: Mapping[str, Plain]) -> NumberField:
    default, low, high = (Decimal(_text(fields[key])) for key in ("default", "minimum", "maximum"))
    return NumberField(_text(fields["field"]), default, low, high)


def _images(fields: Mapping[str, Plain]) -> ImageLimits:
    return ImageLimits(
        formats=tuple(_text(one) for one in fields["formats"]),
        min_side=_int(fields, "min_side"),
        max_ratio=Decimal(_text(fields["max_ratio"])),
        max_bytes=_int(fields, "max_bytes"),
    )


def _source(fields: Mapping[str, Plain]) -> Source:
    return Source(_text(fields["text"]), date.fromisoformat(_text(fields["read"])))


_PLACES_OF = {"element": ("number",), "voiced": ("who", "number"), "speech": ("who", "text")} | {
    "picture": ("number",)
}

_OPTIONAL = {
    "shots": _shots,
    "start": _frame,
    "end": _frame,
    "audio": _audio,
    "voices": _voices,
    "elements": _elements,
    "aspect_ratio": _ratios,
    "pictures": _pictures,
}


def _ratio(value: Plain) -> AspectRatio:
    width, height = _text(value).split(":")
    return AspectRatio(int(width), int(height))


def _usd(value: Plain) -> Usd:
    amount = Decimal(_text(value))
    if not amount.is_finite() or not 0 <= amount < _NO_PRICE or amount != round(amount, _PLACES):
        raise ValueError(f"{amount} is no price")
    return Usd(amount)


def text_of(fields: Mapping[str, Plain], key: str) -> str:
    """Return a text that must be there.

    Raises:
        ValueError: it is not.
    """
    if key not in fields:
        raise ValueError(f"the key '{key}' is missing")
    return _text(fields[key])


def _int(fields: Mapping[str, Plain], key: str) -> int:
    return int(_text(fields[key]))


def _flag(value: Plain) -> bool:
    return {"true": True, "false": False}[_text(value)]


def _text(value: Plain) -> str:
    if not isinstance(value, str):
        raise ValueError(f"a text is wanted here, not {value!r}")  # noqa: TRY004 # one error for a wrong file
    return value


def _map(value: Plain) -> Mapping[str, Plain]:
    if not isinstance(value, Mapping):
        raise ValueError(f"a mapping is wanted here, not {value!r}")  # noqa: TRY004 # the same
    return value
