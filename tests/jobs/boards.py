"""Short hand to storyboards, for the tests of packing and planning."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from storyboard.catalogue import EditionId, packaged
from storyboard.catalogue.endpoint import Catalogue, VideoEndpoint
from storyboard.diagnostics import Span
from storyboard.model.asset import (
    Asset,
    ClipFacts,
    FileDigest,
    LocalFile,
    PictureFacts,
    SoundFacts,
    Url,
)
from storyboard.model.cut import CUT, Cut, Look, Transition, TransitionKind
from storyboard.model.prompt import Mention, Prompt, Words
from storyboard.model.setting import FIELDS
from storyboard.model.storyboard import (
    AspectRatio,
    Captions,
    Continuity,
    Element,
    Fit,
    FootageShot,
    Format,
    ImageReferences,
    KnownVoice,
    Likeness,
    Line,
    Move,
    Output,
    Pack,
    PromptShot,
    SampledVoice,
    Scene,
    Settings,
    Shot,
    ShotName,
    SinglePicture,
    StillShot,
    Storyboard,
    VideoReference,
    Voice,
)

FIRST = packaged().at(EditionId("2026-11"))
WIDE = AspectRatio(16, 9)
PLAIN = Look(CUT, (), None)
CLIP = ClipFacts("mp4", 1920, 1080, Fraction(24), Fraction(5), "h264", None)


def span(line: int = 1, file: str = "storyboard.yaml") -> Span:
    return Span(file, line, 1, line, 9)


def picture(name: str, width: int = 1920, height: int = 1080) -> LocalFile:
    digest = (name.encode().hex() * 64)[:64]
    return LocalFile(f"assets/{name}", FileDigest(digest), 1000, PictureFacts("PNG", width, height))


def sound(name: str) -> LocalFile:
    digest = (name.encode().hex() * 64)[:64]
    facts = SoundFacts("wav", Fraction(10), 48000, 1)
    return LocalFile(f"assets/{name}", FileDigest(digest), 1000, facts)


def asset(text: str | Asset | None) -> Asset | None:
    if isinstance(text, str):
        return Url(text) if "://" in text else picture(text)
    return text


def words(text: str) -> Prompt:
    parts = re.split(r"@([a-z]+)", text)
    made = [Mention(part) if place % 2 else Words(part) for place, part in enumerate(parts)]
    return tuple(one for one in made if one != Words(""))


def settings(model: str = "kling-v3-pro", **more: object) -> Settings:
    fields = [(one.key, more.pop(one.key, None)) for one in FIELDS]
    given = tuple((key, value) for key, value in fields if value is not None)
    plain = Settings(model, None, "", None, WIDE, given)  # type: ignore[arg-type]
    return replace(plain, **more)  # type: ignore[arg-type]


def shot(  # noqa: PLR0913 -- a shot has many parts, and each test names the few it minds
    name: str,
    duration: str | int = 5,
    prompt: str = "",
    *,
    start: str | Asset | None = None,
    end: str | Asset | None = None,
    say: Sequence[tuple[str, str | None, str]] = (),
    takes: int = 1,
    look: Look = PLAIN,
    **more: object,
) -> PromptShot:
    return PromptShot(
        name=ShotName(name),
        duration=Fraction(duration),
        prompt=words(prompt or f"Shot {name}."),
        settings=settings(**more),  # type: ignore[arg-type]
        start=asset(start),
        end=asset(end),
        say=tuple(Line(who, voice, text, span()) for who, voice, text in say),
        look=look,
        span=span(),
        takes=takes,
    )


def still(name: str, duration: str | int = 2, look: Look = PLAIN) -> StillShot:
    picture_ = picture("still.png")
    return StillShot(ShotName(name), Fraction(duration), picture_, Move.NONE, (), look, span())


def footage(name: str, duration: str | int = 2) -> FootageShot:
    clip = LocalFile("assets/clip.mp4", FileDigest("c" * 64), 1000, CLIP)
    return FootageShot(ShotName(name), Fraction(duration), clip, Fraction(0), PLAIN, span())


def scene(
    *shots: Shot,
    id_: str = "s",
    pack: Pack = Pack.SCENE,
    continuity: Continuity = Continuity.AUTO,
) -> Scene:
    return Scene(id_, None, shots, pack, continuity, span())


def element(
    name: str,
    about: str,
    *,
    video: str | None = None,
    frontal: str | None = None,
    voice: str | None = None,
) -> Element:
    likeness: Likeness | None = None
    if video:
        likeness = VideoReference(asset(video) or picture(video))
    elif frontal:
        likeness = ImageReferences(
            asset(frontal) or picture(frontal), (picture(f"{name}-side.png"),)
        )
    return Element(name, about, likeness, voice, span())


def pictured(name: str, about: str, single: str) -> Element:
    """Make an element that is shown by a single picture."""
    return Element(name, about, SinglePicture(asset(single) or picture(single)), None, span())


def board(
    *scenes: Scene,
    elements: Sequence[Element] = (),
    voices: Mapping[str, str] | None = None,
    name: str = "film",
) -> Storyboard:
    """Make a storyboard; a voice that ends in `.wav` is a sample, every other one an id."""
    made: dict[str, Voice] = {
        key: SampledVoice(sound(one)) if one.endswith(".wav") else KnownVoice(one)
        for key, one in (voices or {}).items()
    }
    shape = Format(WIDE, None, None)
    return Storyboard(
        name=name,
        title=name,
        scenes=scenes,
        elements={one.name: one for one in elements},
        voices=made,
        format=shape,
        cut=Cut((), (), None, None, None),
        outputs=(Output("wide", shape, Fit.CROP, Captions.OFF, span()),),
        budget=None,
        file="storyboard.yaml",
    )


def crossfade(seconds: str) -> Look:
    return Look(Transition(TransitionKind.CROSSFADE, Fraction(seconds)), (), None)


def catalogue(*endpoints: VideoEndpoint) -> Catalogue:
    """Return the first edition, which never changes, or one with just these video endpoints."""
    return Catalogue(endpoints, FIRST.voices) if endpoints else FIRST


def usd(text: str) -> Decimal:
    return Decimal(text)
