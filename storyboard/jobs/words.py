"""A shot's words to the prompt that is sent: elements numbered, speech and style put in.

How elements, voices and speech are written is the endpoint's dialect. What a user wrote is never
rewritten, upper case included.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import assert_never

from storyboard.catalogue import Dialect, VideoEndpoint, VoicePassing
from storyboard.model import (
    Element,
    ImageReferences,
    Line,
    Mention,
    PromptShot,
    SinglePicture,
    VideoReference,
    Voice,
    Words,
)

# Any script's stops and closing quotes end a sentence.
_ENDS = (
    *'.!?…:;"”»。」',
    "\N{RIGHT SINGLE QUOTATION MARK}",
    "\N{FULLWIDTH EXCLAMATION MARK}",
    "\N{FULLWIDTH QUESTION MARK}",
)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone and everything that prompts and lines may name."""

    elements: Mapping[str, Element]
    voices: Mapping[str, Voice]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The elements and voices that a job refers to, in the order of first use: the first is 1.

    `pictures` are elements that are shown by a single one.
    """

    elements: tuple[str, ...]
    voices: tuple[str, ...]
    pictures: tuple[str, ...] = ()


def number(shots: Iterable[PromptShot], cast: Cast, endpoint: VideoEndpoint) -> Numbers:
    """Find the elements with a likeness and the voices that are used and the endpoint takes."""
    elements: dict[str, None] = {}
    pictures: dict[str, None] = {}
    voices: dict[str, None] = {}
    for shot in shots:
        for name in named(shot):
            element = cast.elements.get(name)
            if element is not None and holds(endpoint, element):
                single = isinstance(element.likeness, SinglePicture)
                (pictures if single else elements)[name] = None
        for line in shot.say:
            if line.voice is not None:
                voices[line.voice] = None
    return Numbers(tuple(elements), tuple(voices) if endpoint.voices else (), tuple(pictures))


def holds(endpoint: VideoEndpoint, element: Element) -> bool:
    """Tell whether an endpoint takes the likeness of an element."""
    match element.likeness:
        case SinglePicture():
            return endpoint.pictures is not None
        case ImageReferences() | VideoReference():
            return endpoint.elements is not None
        case None:
            return False
        case _:
            assert_never(element.likeness)


def prompt_text(shot: PromptShot, cast: Cast, endpoint: VideoEndpoint, numbers: Numbers) -> str:
    """Write a shot's prompt: its words, its speech, the style, each a sentence of its own."""
    dialect = endpoint.dialect
    words = "".join(_part(part, cast, dialect, numbers) for part in shot.prompt)
    speech = (_speech(line, cast, endpoint, numbers) for line in shot.say)
    return _sentences(words, *speech, shot.settings.style)


def described(shots: Iterable[PromptShot], cast: Cast, numbers: Numbers) -> tuple[str, ...]:
    """Name the elements that have a likeness and are put into words instead."""
    names = (name for shot in shots for name in named(shot))
    return tuple(
        dict.fromkeys(
            name
            for name in names
            if name not in numbers.elements
            and name not in numbers.pictures
            and name in cast.elements
            and cast.elements[name].likeness is not None
        )
    )


def named(shot: PromptShot) -> Iterable[str]:
    """Yield the names that a shot's prompt and lines mention, in their order."""
    for part in shot.prompt:
        if isinstance(part, Mention):
            yield part.element
    for line in shot.say:
        yield line.speaker


def _part(part: Words | Mention, cast: Cast, dialect: Dialect, numbers: Numbers) -> str:
    match part:
        case Words(text):
            return text
        case Mention(name):
            return _mention(name, cast, dialect, numbers)
        case _:
            assert_never(part)


def _mention(name: str, cast: Cast, dialect: Dialect, numbers: Numbers) -> str:
    if name in numbers.elements:
        return dialect.element.format(number=numbers.elements.index(name) + 1)
    if name in numbers.pictures:
        return dialect.picture.format(number=numbers.pictures.index(name) + 1)
    element = cast.elements.get(name)
    return element.about if element and element.about else name.replace("_", " ").replace("-", " ")


def _speech(line: Line, cast: Cast, endpoint: VideoEndpoint, numbers: Numbers) -> str:
    dialect = endpoint.dialect
    who = _mention(line.speaker, cast, dialect, numbers)
    who = who[:1].upper() + who[1:]
    listed = endpoint.voices is not None and endpoint.voices.passing is VoicePassing.LIST
    if listed and line.voice in numbers.voices:
        who = dialect.voiced.format(who=who, number=numbers.voices.index(line.voice) + 1)
    text = line.text.strip()
    if '"' in dialect.speech:
        # A double quote inside would end the speech for the model; a single one reads the same.
        text = text.replace('"', "'")
    return dialect.speech.format(who=who, text=text)


def _sentences(*parts: str) -> str:
    """Join parts by a blank, and end each but the last with a full stop if nothing else ends it."""
    texts = [part.strip() for part in parts if part.strip()]
    ended = [text if text.endswith(_ENDS) else f"{text}." for text in texts[:-1]]
    return " ".join([*ended, *texts[-1:]])
