"""A request to the body that is sent, field by field as its endpoint's file names them.

Sound is always sent where the endpoint has a switch for it, and the length where it has a field:
the price depends on both, so neither may depend on a default that the provider could change.
Everything else is sent when the storyboard says it.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias, assert_never

from storyboard.catalogue import (
    DurationForm,
    ElementsField,
    Mode,
    VideoEndpoint,
    VoiceEndpoint,
    VoicePassing,
    cost,
)
from storyboard.jobs.digest import digest
from storyboard.jobs.job import (
    Body,
    BodyValue,
    FileRef,
    FrameRef,
    JobDigest,
    JobId,
    VoiceJob,
    VoiceRef,
)
from storyboard.jobs.lengths import sent_as_one
from storyboard.jobs.request import Request
from storyboard.jobs.words import Cast
from storyboard.model import (
    NOTHING,
    Asset,
    Element,
    ImageReferences,
    KnownVoice,
    LocalFile,
    SampledVoice,
    SinglePicture,
    Url,
    VideoReference,
)

MadeBy: TypeAlias = Callable[[str, SampledVoice], JobDigest]
"""Names the job that creates a voice, by the voice's name and sample."""


def body(request: Request, cast: Cast, made_by: MadeBy, start: Asset | FrameRef | None) -> Body:
    """Build the body of a request that begins with `start`; it is `None` where it begins freely."""
    endpoint, shots = request.endpoint, request.shots
    fields: dict[str, BodyValue] = {**endpoint.constants, **_prompts(request)}
    if endpoint.duration_form is not DurationForm.SUM:
        fields[endpoint.duration_field] = _length(request.seconds, endpoint.duration_form)
    if endpoint.start is not None and start is not None:
        fields[endpoint.start.name] = start if isinstance(start, FrameRef) else asset(start)
    if endpoint.end is not None and shots[0].end is not None:
        fields[endpoint.end.name] = asset(shots[0].end)
    if endpoint.audio is not None and request.audio is not None:
        fields[endpoint.audio.name] = request.audio
    if endpoint.aspect_ratio is not None and request.ratio in endpoint.aspect_ratio.choices:
        fields[endpoint.aspect_ratio.name] = str(request.ratio)
    for key, value in shots[0].settings.fields:
        if key in endpoint.settings:
            fields[endpoint.settings[key].name] = value
    fields.update(_cast(request, cast, made_by))
    return fields


def voice_job(name: str, voice: SampledVoice, endpoint: VoiceEndpoint) -> VoiceJob:
    """Return the job that creates a voice from its sample."""
    fields: Body = {endpoint.sample_field: asset(voice.sample)}
    return VoiceJob(
        id=JobId(f"voice/{name}"),
        digest=digest(endpoint.id, fields, 1),
        endpoint=endpoint.id,
        voice=name,
        body=fields,
        cost=cost(endpoint.price, Mode.VOICE, endpoint.max_seconds) or NOTHING,
    )


def asset(value: Asset) -> str | FileRef:
    """Return what stands in a body for a file: its reference, or its address as it is written."""
    match value:
        case LocalFile():
            return FileRef(value)
        case Url(address):
            return address
        case _:
            assert_never(value)


def _prompts(request: Request) -> Mapping[str, BodyValue]:
    endpoint = request.endpoint
    if sent_as_one(len(request.shots), endpoint) or endpoint.shots is None:
        return {endpoint.prompt.name: request.prompts[0]}
    field = endpoint.shots
    shots = tuple(
        {field.prompt_field: prompt, field.duration_field: _length(seconds, field.duration_form)}
        for prompt, seconds in zip(request.prompts, request.asked, strict=True)
    )
    return {field.name: shots, **field.constants}


def _length(seconds: int, form: DurationForm) -> str | int:
    return str(seconds) if form is DurationForm.TEXT else seconds


def _cast(request: Request, cast: Cast, made_by: MadeBy) -> Mapping[str, BodyValue]:
    endpoint, numbers = request.endpoint, request.numbers
    fields: dict[str, BodyValue] = {}
    if endpoint.elements is not None and numbers.elements:
        speakers = _speakers(request) if _on_elements(endpoint) else {}
        fields[endpoint.elements.name] = tuple(
            {
                **_likeness(cast.elements[name], endpoint.elements),
                **_voice_of(speakers.get(name), cast, endpoint, made_by),
            }
            for name in numbers.elements
        )
    if endpoint.pictures is not None and numbers.pictures:
        likenesses = (cast.elements[name].likeness for name in numbers.pictures)
        fields[endpoint.pictures.name] = tuple(
            asset(one.picture) for one in likenesses if isinstance(one, SinglePicture)
        )
    if endpoint.voices is not None and numbers.voices and not _on_elements(endpoint):
        fields[endpoint.voices.name] = tuple(
            _voice_id(name, cast, made_by) for name in numbers.voices
        )
    return fields


def _on_elements(endpoint: VideoEndpoint) -> bool:
    return endpoint.voices is not None and endpoint.voices.passing is VoicePassing.ELEMENT


def _speakers(request: Request) -> Mapping[str, str]:
    lines = (line for shot in request.shots for line in shot.say)
    return {line.speaker: line.voice for line in lines if line.voice is not None}


def _voice_of(
    name: str | None, cast: Cast, endpoint: VideoEndpoint, made_by: MadeBy
) -> Mapping[str, BodyValue]:
    if name is None or endpoint.voices is None:
        return {}
    return {endpoint.voices.name: _voice_id(name, cast, made_by)}


def _voice_id(name: str, cast: Cast, made_by: MadeBy) -> str | VoiceRef:
    match cast.voices[name]:
        case KnownVoice(known):
            return known
        case SampledVoice() as sampled:
            return VoiceRef(made_by(name, sampled))
        case other:
            assert_never(other)


def _likeness(element: Element, field: ElementsField) -> Mapping[str, BodyValue]:
    match element.likeness:
        case ImageReferences(frontal, references):
            return {
                field.frontal_field: asset(frontal),
                field.references_field: tuple(asset(one) for one in references),
            }
        case VideoReference(video):
            return {field.video_field: asset(video)}
        case SinglePicture() | None:
            return {}
        case other:
            assert_never(other)
