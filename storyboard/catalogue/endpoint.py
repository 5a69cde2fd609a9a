"""One endpoint of the provider, as data: its fields, limits and price.

Nothing here knows of Kling: whole-clip lengths, how a length is written, how voices are passed,
how a prompt names elements and what is charged are values that come from the endpoint's file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType, TypeAlias

from storyboard.diagnostics import Span
from storyboard.model import AspectRatio, Usd

EndpointId = NewType("EndpointId", str)
"""The provider's name of it, as it stands in the submit URL: `fal-ai/kling-video/create-voice`."""

Provider = NewType("Provider", str)
"""Who renders, as the folder of its endpoint files is named: `fal`."""

Family = NewType("Family", str)
"""What a provider's endpoints have in common, so that a voice made by one is known to another."""

EditionId = NewType("EditionId", str)
"""The date of a whole catalogue, `2026-11` or `2026-11-20`; a later one sorts after it."""


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

    `max_with_video` is how many of them if one is shown by a video, None if that makes no
    difference. The further fields are those of one element in the list.
    """

    name: str
    max_elements: int
    max_videos: int
    max_with_video: int | None = None
    frontal_field: str = "frontal_image_url"
    references_field: str = "reference_image_urls"
    video_field: str = "video_url"


@dataclass(frozen=True, slots=True)
class PicturesField:
    """The field of pictures beside elements. They count as elements do."""

    name: str


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
class Dialect:
    """How a model's prompts name what is passed beside them.

    `element` and `picture` have a place for `{number}`; `voiced`, a speaker with a voice, for
    `{who}` and `{number}`; `speech` for `{who}` and `{text}`. Numbers begin at 1.
    """

    element: str
    voiced: str
    speech: str
    picture: str = ""


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
    """An amount a second, by mode. A mode that the endpoint has not is not in it.

    `with_video` are the amounts if an element is shown by a video, None if that makes no
    difference; a mode without one has a price that is not known. `written` is where a user wrote
    it, None for the catalogue's own.
    """

    rates: Mapping[Mode, Usd]
    with_video: Mapping[Mode, Usd] | None = None
    written: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class FirstThenPerSecond:
    """An amount for the first seconds together, and one for each further second."""

    first_seconds: int
    first: Usd
    rate: Usd


@dataclass(frozen=True, slots=True)
class PerCall:
    """An amount a request."""

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
    takes no first frame. `shots` None means one prompt a request. `constants` are fields that are
    sent with every request, as they are. `longest_wait` is how many seconds a request may take
    from submit to result before it counts as lost. `settings` are the plain settings of the
    language that it takes, by their keys.
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
    provider: Provider
    family: Family
    dialect: Dialect
    constants: Mapping[str, str] = field(default_factory=dict)
    pictures: PicturesField | None = None


@dataclass(frozen=True, slots=True)
class VoiceEndpoint:
    """An endpoint that creates a voice from a sound of `min_seconds` to `max_seconds`.

    The voice is known to the video endpoints of its provider and family.
    """

    id: EndpointId
    sample_field: str
    containers: tuple[str, ...]
    min_seconds: int
    max_seconds: int
    price: Price
    typical_seconds: int
    longest_wait: int
    source: Source
    provider: Provider
    family: Family


Endpoint: TypeAlias = VideoEndpoint | VoiceEndpoint


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Endpoints that requests are made for. A model is a name that video endpoints share.

    `instead` are, by shot name, the catalogues of shots that stay as they were rendered: what
    holds for such a shot is what held then.
    """

    videos: tuple[VideoEndpoint, ...]
    voices: tuple[VoiceEndpoint, ...]
    instead: Mapping[str, "Catalogue"] = field(default_factory=dict)

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """Every endpoint, of both kinds."""
        return *self.videos, *self.voices

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

    def voice_of(self, video: VideoEndpoint) -> VoiceEndpoint | None:
        """Return the endpoint that creates voices for a video endpoint, if there is one."""
        theirs = (video.provider, video.family)
        return next((one for one in self.voices if (one.provider, one.family) == theirs), None)

    def of_shot(self, shot: str) -> "Catalogue":
        """Return the catalogue that holds for a shot."""
        return self.instead.get(shot, self)


def gather(endpoints: Iterable[Endpoint]) -> Catalogue:
    """Put endpoints together, ordered by their ids."""
    ordered = sorted(endpoints, key=lambda one: one.id)
    return Catalogue(
        tuple(one for one in ordered if isinstance(one, VideoEndpoint)),
        tuple(one for one in ordered if isinstance(one, VoiceEndpoint)),
    )
