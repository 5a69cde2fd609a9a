"""One endpoint of the provider, as data: its fields, limits and price.

Nothing here knows of Kling: whole-clip lengths, how a length is written, how voices are passed
and what is charged are values that come from the endpoint's file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType, TypeAlias

from storyboard.model.money import Usd
from storyboard.model.storyboard import AspectRatio

EndpointId = NewType("EndpointId", str)
"""The provider's name of it, as it stands in the submit URL: `fal-ai/kling-video/create-voice`."""


class DurationForm(StrEnum):
    """How a request says its length: as text ("5"), a number (5), or not at all (shots' sum)."""

    TEXT = "text"
    NUMBER = "number"
    SUM = "sum"


class VoicePassing(StrEnum):
    """How voices reach the model: in a list, with `<<<voice_1>>>` tags, or as an element's id."""

    LIST = "list"
    ELEMENT = "element"


@dataclass(frozen=True, slots=True)
class FrameField:
    """A field that takes a picture as first or last frame."""

    name: str
    required: bool


@dataclass(frozen=True, slots=True)
class PromptField:
    """The field of a single prompt, and how many characters it may hold."""

    name: str
    required: bool
    max_length: int


@dataclass(frozen=True, slots=True)
class ShotsField:
    """The field of several prompts. `constants` are sent along with it (`shot_type`).

    `min_seconds` and `max_seconds` are of one shot, `max_length` the characters of its prompt.
    """

    name: str
    max_shots: int
    min_seconds: int
    max_seconds: int
    max_length: int
    constants: Mapping[str, str]
    prompt_field: str = "prompt"
    duration_field: str = "duration"
    duration_form: DurationForm = DurationForm.TEXT


@dataclass(frozen=True, slots=True)
class AudioField:
    """The switch for sound, and what it is when not sent."""

    name: str
    default: bool


@dataclass(frozen=True, slots=True)
class VoicesField:
    """How voices are passed, and how many a request takes."""

    name: str
    passing: VoicePassing
    max_voices: int


@dataclass(frozen=True, slots=True)
class ElementsField:
    """How elements are passed, and how many a request takes.

    The further fields are those of one element in the list.
    """

    name: str
    max_elements: int
    max_videos: int
    frontal_field: str = "frontal_image_url"
    references_field: str = "reference_image_urls"
    video_field: str = "video_url"


@dataclass(frozen=True, slots=True)
class RatioField:
    """The field of the picture's ratio."""

    name: str
    choices: tuple[AspectRatio, ...]
    default: AspectRatio


@dataclass(frozen=True, slots=True)
class TextField:
    """A further text field."""

    name: str
    default: str | None
    max_length: int


@dataclass(frozen=True, slots=True)
class NumberField:
    """A further number field."""

    name: str
    default: Decimal
    minimum: Decimal
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class ImageLimits:
    """What a picture must be: `min_side` in pixels, `max_ratio` of longer to shorter side."""

    formats: tuple[str, ...]
    min_side: int
    max_ratio: Decimal
    max_bytes: int


class Mode(StrEnum):
    """What a clip is rendered with; it decides the price."""

    SILENT = "silent"
    AUDIO = "audio"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class PerSecond:
    """So much a second, by mode. A mode that the endpoint has not is not in it."""

    rates: Mapping[Mode, Usd]


@dataclass(frozen=True, slots=True)
class FirstThenPerSecond:
    """So much for the first seconds together, and so much for each further one."""

    first_seconds: int
    first: Usd
    rate: Usd


@dataclass(frozen=True, slots=True)
class PerCall:
    """So much a request."""

    amount: Usd


Price: TypeAlias = PerSecond | FirstThenPerSecond | PerCall


@dataclass(frozen=True, slots=True)
class Source:
    """Where the facts are from, and the day they were read."""

    text: str
    read: date


@dataclass(frozen=True, slots=True)
class VideoEndpoint:
    """An endpoint that renders a clip.

    `durations` are the whole-clip lengths it takes, in seconds, ascending. `start` None means it
    takes no first frame. `shots` None means one prompt a request. `longest_wait` is how many
    seconds a request may take from submit to result before it counts as lost. `settings` are the
    plain settings of the language that it takes, by their keys.
    """

    id: EndpointId
    model: str
    durations: tuple[int, ...]
    duration_field: str
    duration_form: DurationForm
    prompt: PromptField
    shots: ShotsField | None
    start: FrameField | None
    end: FrameField | None
    audio: AudioField | None
    voices: VoicesField | None
    elements: ElementsField | None
    aspect_ratio: RatioField | None
    settings: Mapping[str, TextField | NumberField]
    images: ImageLimits
    price: Price
    typical_seconds: int
    longest_wait: int
    source: Source


@dataclass(frozen=True, slots=True)
class VoiceEndpoint:
    """The endpoint that creates a voice from a sound of `min_seconds` to `max_seconds`."""

    id: EndpointId
    sample_field: str
    containers: tuple[str, ...]
    min_seconds: int
    max_seconds: int
    price: Price
    typical_seconds: int
    longest_wait: int
    source: Source


Endpoint: TypeAlias = VideoEndpoint | VoiceEndpoint


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every endpoint there is. A model is a name that one or more video endpoints share."""

    videos: tuple[VideoEndpoint, ...]
    voice: VoiceEndpoint

    @property
    def models(self) -> tuple[str, ...]:
        """Names of all models, each once, in the order of the alphabet."""
        return tuple(sorted({one.model for one in self.videos}))

    def of_model(self, model: str) -> tuple[VideoEndpoint, ...]:
        """Return the endpoints of a model: none for an unknown one."""
        return tuple(one for one in self.videos if one.model == model)

    def get(self, endpoint: str) -> VideoEndpoint | None:
        """Return the video endpoint of that id."""
        return next((one for one in self.videos if one.id == endpoint), None)
