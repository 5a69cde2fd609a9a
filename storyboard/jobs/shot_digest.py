"""Compute the digest of what one shot asks for by itself, whatever it is packed with.

A digest is the SHA-256 of this canonical JSON, in UTF-8, keys sorted, no blanks:

    {"audio":…,"fields":{…},"model":"…","prompt":[…],"ratio":"16:9","say":[…],"style":"…",
     "used":"2.5","version":1}

with `endpoint` in place of `model` if the shot names one, and `start` and `end` if it has such a
picture.
An element stands in it as what it shows and says, a voice as its id or its sample, a file as
`asset:sha256:<content>`. Titles, captions, transitions, the names of shots, elements, voices and
files, takes, neighbours and the catalogue's edition are not in it. What was picked for a shot is
current while this digest stays: `_VERSION` is raised only when it must be, for then every pick of
every user becomes stale.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NewType, TypeAlias, assert_never

from storyboard.jobs.body import asset
from storyboard.jobs.job import Body, BodyValue
from storyboard.jobs.wire_form import seconds_text, shown
from storyboard.model import (
    AspectRatio,
    Element,
    ImageReferences,
    KnownVoice,
    Line,
    Mention,
    PromptShot,
    SampledVoice,
    SinglePicture,
    Storyboard,
    VideoReference,
    Voice,
    Words,
)

ShotDigest = NewType("ShotDigest", str)
"""SHA-256 of what a shot asks for by itself, 64 lower-case hex digits."""

_VERSION = 1

_Asking: TypeAlias = tuple[PromptShot, Mapping[str, Element], Mapping[str, Voice]]
"""All that a digest is of, but for the ratio."""


@dataclass(slots=True)
class ShotDigests:
    """Computes the digest of a shot once for all films of a campaign that share its value.

    What is the same in several films is one value in them, known by its identity. The values are
    held for as long as this is, so that no other one gets their addresses.
    """

    _known: dict[tuple[int, int, int, AspectRatio | None], tuple[_Asking, ShotDigest]] = field(
        default_factory=dict, repr=False
    )

    def of(
        self, shot: PromptShot, storyboard: Storyboard, ratio: AspectRatio | None = None
    ) -> ShotDigest:
        """Return the digest of a shot of a storyboard, as `digest_of_shot` does."""
        asking = (shot, storyboard.elements, storyboard.voices)
        key = (id(shot), id(storyboard.elements), id(storyboard.voices), ratio)
        if key not in self._known:
            self._known[key] = asking, digest_of_shot(shot, storyboard, ratio)
        return self._known[key][1]


def digest_of_shot(
    shot: PromptShot, storyboard: Storyboard, ratio: AspectRatio | None = None
) -> ShotDigest:
    """Return the digest of a shot of a storyboard.

    `ratio` stands in place of the shot's own, for an output that is rendered again.
    """
    return ShotDigest(hashlib.sha256(shot_text(shot, storyboard, ratio).encode()).hexdigest())


def shot_text(shot: PromptShot, storyboard: Storyboard, ratio: AspectRatio | None = None) -> str:
    """Write the canonical JSON of a shot."""
    settings = shot.settings
    asked: dict[str, BodyValue] = {
        "version": _VERSION,
        "prompt": _prompt(shot, storyboard),
        "say": tuple(_line(one, storyboard) for one in shot.say),
        "style": settings.style.strip(),
        "audio": True if settings.audio is None and shot.say else settings.audio,
        "fields": dict(settings.fields),
        "used": seconds_text(shot.duration),
        "ratio": str(ratio or settings.aspect_ratio),
    }
    if settings.endpoint is None:
        asked["model"] = settings.model
    else:
        asked["endpoint"] = settings.endpoint
    if shot.start is not None:
        asked["start"] = asset(shot.start)
    if shot.end is not None:
        asked["end"] = asset(shot.end)
    return json.dumps(shown(asked), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _prompt(shot: PromptShot, storyboard: Storyboard) -> tuple[BodyValue, ...]:
    """Write the parts of a prompt; blanks at its ends are not sent."""
    parts: list[BodyValue] = []
    for part in shot.prompt:
        match part:
            case Words(text):
                parts.append(text)
            case Mention(name):
                parts.append(_element(name, storyboard))
            case _:
                assert_never(part)
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    return tuple(one for one in parts if one != "")


def _line(line: Line, storyboard: Storyboard) -> Body:
    voice = {} if line.voice is None else {"voice": _voice(line.voice, storyboard)}
    return {"who": _element(line.speaker, storyboard), "text": line.text.strip(), **voice}


def _voice(name: str, storyboard: Storyboard) -> Body:
    match storyboard.voices[name]:
        case KnownVoice(known):
            return {"id": known}
        case SampledVoice(sample):
            return {"sample": asset(sample)}
        case other:
            assert_never(other)


def _element(name: str, storyboard: Storyboard) -> Body:
    """Write what a name stands for: its words and its likeness; only without either, itself."""
    element = storyboard.elements.get(name)
    if element is None:
        return {"about": _as_words(name)}
    if element.likeness is None:
        return {"about": element.about or _as_words(name)}
    return {"about": element.about, **_likeness(element)}


def _as_words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _likeness(element: Element) -> Body:
    match element.likeness:
        case ImageReferences(frontal, references):
            return {
                "frontal": asset(frontal),
                "references": tuple(asset(one) for one in references),
            }
        case VideoReference(video):
            return {"video": asset(video)}
        case SinglePicture(picture):
            return {"picture": asset(picture)}
        case None:
            return {}
        case _:
            assert_never(element.likeness)
