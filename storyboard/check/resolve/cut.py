"""What is written of the cut to its values."""

from decimal import Decimal
from fractions import Fraction

from storyboard.check.assets import AssetKind
from storyboard.check.finding import place
from storyboard.check.reading import child, count, one_or_many, seconds, text
from storyboard.check.resolve.amount import decibels, loudness, part
from storyboard.check.resolve.files import local
from storyboard.check.subject import Subject
from storyboard.model import Corner, Cut, Music, Seconds, VoiceOver, Watermark
from storyboard.source import Node

_VOLUME = Decimal(-12)
_DUCK = Decimal(6)
_FADE_OUT = Fraction(1)
_MARGIN = Decimal("0.04")


def cut_of(subject: Subject) -> Cut:
    """Resolve the cut; sounds and pictures without a file are left out."""
    node, brand = subject.outline.root.get("cut"), subject.outline.root.get("brand")
    music = (_music(subject, one) for one in one_or_many(child(node, "music")))
    speech = (_voiceover(subject, one) for one in one_or_many(child(node, "voiceover")))
    mark = child(node, "watermark") or child(brand, "watermark")
    return Cut(
        music=tuple(one for one in music if one),
        voiceover=tuple(one for one in speech if one),
        loudness=loudness(child(node, "loudness")),
        watermark=_watermark(subject, mark),
        font=local(subject, child(brand, "font"), AssetKind.FONT),
    )


def _music(subject: Subject, node: Node) -> Music | None:
    file = local(subject, child(node, "file"), AssetKind.SOUND)
    if file is None:
        return None
    return Music(
        file=file,
        volume=decibels(child(node, "volume"), _VOLUME),
        duck=abs(decibels(child(node, "duck"), _DUCK)),
        fade_in=_time(subject, node, "fade_in", Fraction(0)),
        fade_out=_time(subject, node, "fade_out", _FADE_OUT),
        start=_time(subject, node, "from", Fraction(0)),
        span=place(node),
        track=count(child(node, "sound_track")),
    )


def _voiceover(subject: Subject, node: Node) -> VoiceOver | None:
    file = local(subject, child(node, "file"), AssetKind.SOUND)
    if file is None:
        return None
    at, track = _time(subject, node, "at", Fraction(0)), count(child(node, "sound_track"))
    return VoiceOver(file, at, place(node), track)


def _watermark(subject: Subject, node: Node | None) -> Watermark | None:
    image = local(subject, child(node, "image"), AssetKind.PICTURE)
    if image is None:
        return None
    corner = text(child(node, "corner"))
    return Watermark(
        image=image,
        corner=Corner(corner) if corner in set(Corner) else Corner.BOTTOM_RIGHT,
        opacity=part(child(node, "opacity"), Decimal(1)),
        margin=part(child(node, "margin"), _MARGIN),
    )


def _time(subject: Subject, node: Node, key: str, default: Seconds) -> Seconds:
    found = seconds(child(node, key), subject.outline.fps)
    return default if found is None else found
