"""Neighbouring shots to the one request that renders them, or to the reason why none can."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from storyboard.catalogue import (
    WRONG_PRICE,
    Catalogue,
    Mode,
    PerSecond,
    TextField,
    VideoEndpoint,
    VoicePassing,
    cost,
)
from storyboard.check import SILENT
from storyboard.diagnostics import Code, Follows, Same, counted
from storyboard.jobs.cause import Sent, cause
from storyboard.jobs.choose import Entry, choose
from storyboard.jobs.lengths import ask_seconds, sent_as_one
from storyboard.jobs.refusal import NO_RATIO, Refusal, together
from storyboard.jobs.words import Cast, Numbers, number, prompt_text
from storyboard.model import (
    SETTINGS,
    AspectRatio,
    PromptShot,
    SampledVoice,
    Usd,
    Use,
    VideoReference,
)

NO_MODE = Code("SB435")
ELEMENTS_FULL = Code("SB438")
VOICE_LOST = Code("SB457")
UNKNOWN_PRICE = Code("SB458")
_SPEECH_WITHOUT_SOUND = Follows(frozenset({SILENT}), Same.ABOUT)
"""That a model has no sound is reported where the shot speaks."""

_SEPARATE = tuple(one.key for one in SETTINGS if one.separates and one.use is not Use.SWITCH)
"""Settings that shots of one job must share. A switch counts as the endpoint sees it."""


@dataclass(frozen=True, slots=True)
class Request:
    """All that one job asks for, but for the picture it begins with.

    `audio` None where the endpoint has no switch for it; `cost` is that of one take. How many are
    wanted is not a part of what is asked.
    """

    shots: tuple[PromptShot, ...]
    endpoint: VideoEndpoint
    entry: Entry
    asked: tuple[int, ...]
    prompts: tuple[str, ...]
    numbers: Numbers
    audio: bool | None
    mode: Mode
    ratio: AspectRatio
    cost: Usd

    @property
    def seconds(self) -> int:
        """Length asked and paid for, in seconds."""
        return sum(self.asked)

    @property
    def takes(self) -> int:
        """How many takes are wanted: as many as the shot that wants most."""
        return max(shot.takes for shot in self.shots)


def ask(
    shots: tuple[PromptShot, ...],
    entry: Entry,
    cast: Cast,
    catalogue: Catalogue,
    ratio: AspectRatio | None,
) -> Request | Refusal:
    """Return the request for these shots, or the first reason why there is none.

    `ratio` stands in place of the one in the shots' settings, for an output of its own shape.
    """
    endpoint = choose(shots[0], entry, catalogue)
    if isinstance(endpoint, Refusal):
        return endpoint
    sent = Sent(shots[0], endpoint, entry, catalogue)
    asked = next(_forbidden(shots, sent), None) or ask_seconds(shots, endpoint)
    if isinstance(asked, Refusal):
        return asked
    numbers = number(shots, cast, endpoint)
    prompts = tuple(prompt_text(shot, cast, endpoint, numbers) for shot in shots)
    audio = _audio(shots[0], endpoint)
    shape = ratio or shots[0].settings.aspect_ratio
    mode = Mode.VOICE if numbers.voices else Mode.AUDIO if audio else Mode.SILENT
    videos = _videos(numbers, cast)
    price = cost(endpoint.price, mode, sum(asked), videos)
    if price is None and videos and cost(endpoint.price, mode, sum(asked)) is not None:
        return _price_not_known(shots[0], endpoint, mode)
    if price is None:
        return _no_price(shots[0], sent, mode)
    request = Request(shots, endpoint, entry, asked, prompts, numbers, audio, mode, shape, price)
    if catalogue.voice_of(endpoint) is None:
        yet = [name for name in numbers.voices if isinstance(cast.voices.get(name), SampledVoice)]
        if yet:
            return _nobody_creates(shots[0], endpoint, yet[0])
    return next(_over_limits(request, cast, sent), request)


def _forbidden(shots: Sequence[PromptShot], sent: Sent) -> Iterator[Refusal]:
    """Yield what forbids the shots to stand in one job, before anything is counted."""
    endpoint = sent.endpoint
    if len(shots) > 1:
        differing = [name for shot in shots[1:] for name in differences(shots[0], shot, endpoint)]
        if differing:
            yield together(f"settings differ: {', '.join(dict.fromkeys(differing))}")
        if any(shot.start is not None for shot in shots[1:]):
            yield together("a start frame of its own")
        if any(shot.end is not None for shot in shots):
            yield together("an end frame needs a job of its own")
        if endpoint.shots is None:
            yield together(f"{endpoint.model} renders one shot a job")
        elif len(shots) > endpoint.shots.max_shots:
            yield together(f"{endpoint.shots.max_shots} shots are full")
    for shot in shots:
        if endpoint.audio is None and (shot.settings.audio or shot.say):
            yield _no_mode(shot, sent, Mode.AUDIO)
        yield from _not_taken(shot, sent)


def differences(one: PromptShot, other: PromptShot, endpoint: VideoEndpoint) -> Iterator[str]:
    """Name the settings in which two shots differ, as a request to this endpoint sees them."""
    if one.settings != other.settings:
        yield from (it for it in _SEPARATE if one.settings.value(it) != other.settings.value(it))
    if one.settings.aspect_ratio != other.settings.aspect_ratio:
        yield "aspect_ratio"
    if _audio(one, endpoint) != _audio(other, endpoint):
        yield "audio"


def _audio(shot: PromptShot, endpoint: VideoEndpoint) -> bool | None:
    if endpoint.audio is None:
        return None
    if shot.settings.audio is not None:
        return shot.settings.audio
    return True if shot.say else endpoint.audio.default


def _not_taken(shot: PromptShot, sent: Sent) -> Iterator[Refusal]:
    endpoint = sent.endpoint
    for key, _ in shot.settings.fields:
        if key not in endpoint.settings:
            why = cause(sent, f"`{key}`", partial(_takes_setting, key=key))
            because = f": {why.because}" if why.because else ""
            yield Refusal(
                f"{endpoint.id} takes no {key}",
                Code("SB442"),
                f"`{endpoint.id}`, which renders shot `{shot.name}`, takes no `{key}`{because}",
                f"remove `{key}` from this shot, or {why.help}",
            )


def _takes_setting(endpoint: VideoEndpoint, key: str) -> bool:
    return key in endpoint.settings


def _over_limits(request: Request, cast: Cast, sent: Sent) -> Iterator[Refusal]:
    endpoint, numbers, name = request.endpoint, request.numbers, request.shots[0].name
    yield from _voice_limits(request, sent)
    if endpoint.elements:
        count = len(numbers.elements) + len(numbers.pictures)
        most = endpoint.elements.max_elements
        if count > most:
            yield _too_many(ELEMENTS_FULL, endpoint, name, counted(count, "element"), most)
        videos = _videos(numbers, cast)
        most = endpoint.elements.max_videos
        if videos > most:
            yield _too_many("SB439", endpoint, name, f"{videos} elements shown by a video", most)
        beside = endpoint.elements.max_with_video
        if videos and beside is not None and count > beside:
            what = f"{count} elements, one of them shown by a video"
            yield _too_many(ELEMENTS_FULL, endpoint, name, what, beside)
    yield from _prompt_limits(request)
    field = endpoint.aspect_ratio
    if field and request.ratio not in field.choices and request.entry is Entry.NONE:
        choices = ", ".join(str(one) for one in field.choices)
        yield Refusal(
            f"no ratio {request.ratio}",
            NO_RATIO,
            f"`{endpoint.model}` renders no {request.ratio} picture without a start frame",
            f"take one of {choices}, with `fit: crop`, `pad` or `blur` in the output; "
            "or give a start frame of that ratio",
        )


def _videos(numbers: Numbers, cast: Cast) -> int:
    """Count the elements of a request that are shown by a video."""
    if not numbers.elements:
        return 0
    likenesses = (cast.elements[one].likeness for one in numbers.elements)
    return sum(isinstance(one, VideoReference) for one in likenesses)


def _voice_limits(request: Request, sent: Sent) -> Iterator[Refusal]:
    endpoint, numbers = request.endpoint, request.numbers
    if endpoint.voices is None:
        yield from _no_voices(request.shots, sent)
        return
    count, most = len(numbers.voices), endpoint.voices.max_voices
    if count > most:
        yield _too_many("SB436", endpoint, request.shots[0].name, counted(count, "voice"), most)
    if endpoint.voices.passing is VoicePassing.ELEMENT:
        for line in (line for shot in request.shots for line in shot.say):
            if line.voice is not None and line.speaker not in numbers.elements:
                yield Refusal(
                    "a voice without an element",
                    Code("SB437"),
                    f"`{endpoint.model}` gives voices to elements only; `{line.speaker}` is none",
                    "make the speaker an element with pictures or a video and this `voice`, "
                    "or lay the line over the film as `voiceover`",
                )


def _no_voices(shots: Sequence[PromptShot], sent: Sent) -> Iterator[Refusal]:
    """Refuse a voice that other endpoints of the model take, and this one would ignore."""
    speaking = [one for one in shots if one.say and any(line.voice for line in one.say)]
    if not speaking:
        return
    why = cause(sent, "voices", lambda one: one.voices)
    if not why.whole:
        yield Refusal(
            f"{sent.endpoint.id} takes no voices",
            VOICE_LOST,
            f"shot `{speaking[0].name}` speaks with a voice: {why.words}",
            f"{why.help}; or remove the voice, or lay the line over the film as `voiceover`",
        )


def _prompt_limits(request: Request) -> Iterator[Refusal]:
    shots, endpoint = request.shots, request.endpoint
    field = endpoint.prompt if sent_as_one(len(shots), endpoint) else endpoint.shots
    most = (field or endpoint.prompt).max_length
    for shot, prompt in zip(shots, request.prompts, strict=True):
        if len(prompt) > most and len(shots) > 1:
            yield together(f"a prompt of over {most} characters needs a job of its own")
        if len(prompt) > most:
            yield _too_long(shot, "prompt", len(prompt), most, endpoint)
    for key, value in shots[0].settings.fields:
        match endpoint.settings.get(key), value:
            case TextField(max_length=most), str() if len(value) > most:
                yield _too_long(shots[0], key, len(value), most, endpoint)
            case _:
                continue


def _too_long(
    shot: PromptShot, key: str, length: int, most: int, endpoint: VideoEndpoint
) -> Refusal:
    return Refusal(
        f"{key} too long",
        Code("SB440"),
        f"the `{key}` sent for shot `{shot.name}` has {length} characters; "
        f"`{endpoint.model}` takes {most}",
        f"shorten it by {length - most}; style, speech and the words of elements count",
    )


def _nobody_creates(shot: PromptShot, endpoint: VideoEndpoint, voice: str) -> Refusal:
    return Refusal(
        f"the voice {voice} cannot be created",
        Code("SB451"),
        f"the catalogue has no endpoint that creates voices for `{endpoint.model}`, and shot "
        f"`{shot.name}` speaks with `{voice}`, which has only a sample",
        "give the voice the `id` of one that exists, or choose another model or catalogue edition",
    )


def _too_many(code: str, endpoint: VideoEndpoint, shot: str, needed: str, most: int) -> Refusal:
    what = needed.partition(" ")[2]
    return Refusal(
        f"{most} {what} are full",
        Code(code),
        f"shot `{shot}` needs {needed}; `{endpoint.model}` takes {most} a request",
        f"use at most {most} in one shot, or make it two shots",
    )


def _no_price(shot: PromptShot, sent: Sent, mode: Mode) -> Refusal:
    """Report a mode without a price: it is missing in a user's own, or not rendered at all."""
    endpoint = sent.endpoint
    written = endpoint.price.written if isinstance(endpoint.price, PerSecond) else None
    if written is None:
        return _no_mode(shot, sent, mode)
    return Refusal(
        f"no price for {mode.value}",
        WRONG_PRICE,
        f"the price of `{endpoint.id}` has no rate for `{mode.value}`, and shot `{shot.name}` is "
        f"rendered with {_MODES[mode]}",
        f"add a rate for `{mode.value}`, or remove the endpoint from the file to use the "
        "catalogue's price",
        span=written,
    )


def _price_not_known(shot: PromptShot, endpoint: VideoEndpoint, mode: Mode) -> Refusal:
    """Refuse what has no price: nothing may be sent of which nobody knows what it costs."""
    return Refusal(
        "the price is not known",
        UNKNOWN_PRICE,
        f"the price of `{endpoint.id}` with an element shown by a video is not known, and shot "
        f"`{shot.name}` has one",
        "look it up at the provider, and write it into `storyboard-prices.yaml`: "
        f"`with_video: {{{mode.value}: …}}` beside `per_second` of `{endpoint.id}`; "
        "or show the element by pictures",
    )


def _no_mode(shot: PromptShot, sent: Sent, mode: Mode) -> Refusal:
    endpoint = sent.endpoint
    why = cause(sent, _MODES[mode], partial(_renders, mode=mode))
    because = f": {why.because}" if why.because else ""
    return Refusal(
        f"{endpoint.model} renders no {mode.value}",
        NO_MODE,
        f"`{endpoint.id}` does not render with {_MODES[mode]}, which shot `{shot.name}` asks "
        f"for{because}",
        f"remove `audio` and `say` from this shot, or {why.help}",
        _SPEECH_WITHOUT_SOUND,
    )


def _renders(endpoint: VideoEndpoint, mode: Mode) -> bool:
    switch = mode is Mode.SILENT or endpoint.audio is not None
    return switch and cost(endpoint.price, mode, 1) is not None


_MODES = {Mode.SILENT: "the sound off", Mode.AUDIO: "sound", Mode.VOICE: "voices"}
