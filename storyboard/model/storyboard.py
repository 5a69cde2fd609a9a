"""The whole storyboard, resolved: every name leads to its value, every default is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NewType, TypeAlias

from storyboard.diagnostics import Span
from storyboard.model.asset import Asset, LocalFile
from storyboard.model.cut import Cut, Look, Title, Transition
from storyboard.model.money import Usd
from storyboard.model.prompt import Prompt
from storyboard.model.time import FrameRate, Seconds

ShotName = NewType("ShotName", str)
"""A shot's full name, `scene/shot`."""


@dataclass(frozen=True, slots=True)
class AspectRatio:
    """Width to height in lowest terms: 16 and 9."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}:{self.height}"


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels, both even."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Format:
    """The film's shape. `size` or `fps` None is `auto`: what most of the film's seconds have."""

    aspect_ratio: AspectRatio
    size: Size | None
    fps: FrameRate | None


class Fit(StrEnum):
    """How a picture of another ratio becomes an output's."""

    CROP = "crop"
    PAD = "pad"
    BLUR = "blur"
    RENDER = "render"


class Captions(StrEnum):
    """Where spoken words and captions are shown."""

    OFF = "off"
    SIDECAR = "sidecar"
    BURN = "burn"


@dataclass(frozen=True, slots=True)
class Output:
    """One film to be delivered."""

    name: str
    format: Format
    fit: Fit
    captions: Captions
    span: Span


@dataclass(frozen=True, slots=True)
class ImageReferences:
    """An element shown by pictures: from the front, and 1 to 3 more."""

    frontal: Asset
    references: tuple[Asset, ...]


@dataclass(frozen=True, slots=True)
class VideoReference:
    """An element shown by one video."""

    video: Asset


@dataclass(frozen=True, slots=True)
class SinglePicture:
    """An element shown by one picture, for models that take pictures beside elements."""

    picture: Asset


@dataclass(frozen=True, slots=True)
class KnownVoice:
    """A voice that exists at the provider."""

    id: str


@dataclass(frozen=True, slots=True)
class SampledVoice:
    """A voice to be created once from a sound."""

    sample: Asset


Voice: TypeAlias = KnownVoice | SampledVoice


Likeness: TypeAlias = ImageReferences | VideoReference | SinglePicture
"""How an element is shown to a model."""


@dataclass(frozen=True, slots=True)
class Element:
    """A character or an object that stays the same from shot to shot."""

    name: str
    about: str
    likeness: Likeness | None
    voice: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Line:
    """A line of speech: who (an element's or voice's name), the voice behind it, the words."""

    speaker: str
    voice: str | None
    text: str
    span: Span


class Pack(StrEnum):
    """What a scene's packing minds first."""

    SCENE = "scene"
    SHOT = "shot"
    CHEAPEST = "cheapest"


class Continuity(StrEnum):
    """How a later job of a scene begins when its first shot names no start frame."""

    AUTO = "auto"
    CHAIN = "chain"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Settings:
    """What shots of one job must share. None is the endpoint's own default.

    `fields` are the values of the plain settings that are given, in the order of their table.
    """

    model: str
    endpoint: str | None
    style: str
    audio: bool | None
    aspect_ratio: AspectRatio
    fields: tuple[tuple[str, str | Decimal], ...] = ()

    def field(self, key: str) -> str | Decimal | None:
        """Return the value of a plain setting; None is the endpoint's own default."""
        return next((value for name, value in self.fields if name == key), None)

    def value(self, key: str) -> str | Decimal | bool | None:
        """Return the value of any setting by its key."""
        match key:
            case "model" | "endpoint" | "style" | "audio":
                found: str | bool | None = getattr(self, key)
                return found
            case _:
                return self.field(key)


class Move(StrEnum):
    """How a still picture is moved."""

    IN = "in"
    OUT = "out"
    LEFT = "left"
    RIGHT = "right"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Focus:
    """What a crop keeps in view: a box in parts of the picture, 0 to 1; a point has no size."""

    x: Decimal
    y: Decimal
    width: Decimal = Decimal(0)
    height: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class PromptShot:
    """A shot that a model renders. `takes` is how many takes its job has at least."""

    name: ShotName
    duration: Seconds
    prompt: Prompt
    settings: Settings
    start: Asset | None
    end: Asset | None
    say: tuple[Line, ...]
    look: Look
    span: Span
    takes: int = 1
    focus: Focus | None = None


@dataclass(frozen=True, slots=True)
class StillShot:
    """A picture, moved gently."""

    name: ShotName
    duration: Seconds
    picture: LocalFile
    move: Move
    say: tuple[Line, ...]
    look: Look
    span: Span
    focus: Focus | None = None


@dataclass(frozen=True, slots=True)
class FootageShot:
    """A clip of the user's own, shown from `start` for `duration`.

    `track` is the number of its sound that is heard, from 1 on; None is the clip's default.
    """

    name: ShotName
    duration: Seconds
    clip: LocalFile
    start: Seconds
    look: Look
    span: Span
    focus: Focus | None = None
    track: int | None = None


Shot: TypeAlias = PromptShot | StillShot | FootageShot


@dataclass(frozen=True, slots=True)
class Scene:
    """One place and time. The transition into it stands in its first shot's `look`."""

    id: str
    title: str | None
    shots: tuple[Shot, ...]
    pack: Pack
    continuity: Continuity
    span: Span


@dataclass(frozen=True, slots=True)
class Storyboard:
    """A film as it was asked for.

    `name` is the stem of its files: `first-cup`. `budget` bounds what all its films cost together,
    `budget_each` what each variation costs by itself. `ratio_span` is where its ratio is written,
    if it is. Every name in it has been checked: an element in a prompt stands in `elements`, a
    voice in `voices`.
    """

    name: str
    title: str
    scenes: tuple[Scene, ...]
    elements: Mapping[str, Element]
    voices: Mapping[str, Voice]
    format: Format
    cut: Cut
    outputs: tuple[Output, ...]
    budget: Usd | None
    file: str
    budget_each: Usd | None = None
    ratio_span: Span | None = None

    @property
    def shots(self) -> tuple[Shot, ...]:
        """Every shot in the order of the film."""
        return tuple(shot for scene in self.scenes for shot in scene.shots)


__all__ = [
    "AspectRatio",
    "Captions",
    "Continuity",
    "Element",
    "Fit",
    "Focus",
    "FootageShot",
    "Format",
    "ImageReferences",
    "KnownVoice",
    "Likeness",
    "Line",
    "Move",
    "Output",
    "Pack",
    "PromptShot",
    "SampledVoice",
    "Scene",
    "Settings",
    "Shot",
    "ShotName",
    "SinglePicture",
    "Size",
    "StillShot",
    "Storyboard",
    "Title",
    "Transition",
    "VideoReference",
    "Voice",
]
