"""Say in a storyboard's words how a job differs from what was asked for earlier."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from storyboard.catalogue import Catalogue, VideoEndpoint
from storyboard.jobs import ClipJob, JobDigest, VoiceJob, reference_text, shown
from storyboard.jobs import FileRef as File
from storyboard.model import (
    Asset,
    Element,
    ImageReferences,
    KnownVoice,
    LocalFile,
    Mention,
    PromptShot,
    Seconds,
    Storyboard,
    VideoReference,
    Words,
)
from storyboard.plan.asked_body import AskedBody, read_body
from storyboard.plan.planned import Requested

_FRAME = "frame:"
_OTHERWISE = "it is asked for in another way"


@dataclass(frozen=True, slots=True)
class Differences:
    """Compares jobs of one film with earlier requests.

    `catalogue` knows the endpoints, also those of the earlier requests. `voices` names the voices
    that jobs create.
    """

    storyboard: Storyboard
    catalogue: Catalogue
    voices: Mapping[JobDigest, str] = field(default_factory=dict)

    def of_voice(self, job: VoiceJob, before: Requested) -> tuple[str, ...]:
        """Say what has changed in a voice that is to be created."""
        changed = "sample" if job.endpoint == before.endpoint else "model"
        return (f"another {changed} for the voice `{job.voice}`",)

    def of_clip(self, job: ClipJob, before: Requested) -> tuple[str, ...]:
        """Say what has changed in a clip; at least one thing, the most telling ones first."""
        here, there = self.catalogue.get(job.endpoint), self.catalogue.get(before.endpoint)
        if here is None or there is None or here.model != there.model:
            return (f"another model: `{job.model}`, before {_model(there, before)}",)
        now, then = read_body(shown(job.body), here), read_body(before.body, there)
        names = tuple(str(shot.name) for shot in job.shots)
        found = (
            *_packed(job, before),
            *self._shots(job, before, now, then),
            *(_began(job, now, then) if before.shots[:1] == names[:1] else ()),
            *(_ended(job, now, then) if before.shots[-1:] == names[-1:] else ()),
            *_switched(now, then),
            *self._people(now, then),
        )
        if found:
            return tuple(dict.fromkeys(found))
        return ("another take",) if (now, here) == (then, there) else (_OTHERWISE,)

    def _shots(
        self, job: ClipJob, before: Requested, now: AskedBody, then: AskedBody
    ) -> Iterator[str]:
        """Compare the shots that both have."""
        places = {name: place for place, name in enumerate(before.shots)}
        shots = {shot.name: shot for shot in self.storyboard.shots if isinstance(shot, PromptShot)}
        for number, shot in enumerate(job.shots):
            place = places.get(shot.name)
            if place is None or number >= len(now.prompts) or place >= len(then.prompts):
                continue
            if now.prompts[number] != then.prompts[place]:
                both = now.prompts[number], then.prompts[place]
                yield from self._words(shots.get(shot.name), shot.name, *both)
            used = before.used[place] if place < len(before.used) else None
            yield from _length(
                shot.name,
                (shot.asked, shot.used),
                (then.seconds[place], used),
            )

    def _words(self, shot: PromptShot | None, name: str, now: str, then: str) -> Iterator[str]:
        """Say which words of a shot are new: the prompt's, an element's, a line's, the style's."""
        prompt = f"the prompt of {_short(name)} changed"
        new = []
        for what, text in self._texts(shot, prompt) if shot else ():
            if text in now and text not in then:
                new.append(what)
        # Nothing new, so something is gone; of what, the request does not say.
        yield from new or [prompt]

    def _texts(self, shot: PromptShot, prompt: str) -> Iterator[tuple[str, str]]:
        """Pair what a shot's prompt is put together from with what to say if it is new."""
        for part in shot.prompt:
            match part:
                case Words(text):
                    yield prompt, text.strip()
                case Mention(name) if name in self.storyboard.elements:
                    about = self.storyboard.elements[name].about
                    yield f"the words for `{name}` changed", about
        for line in shot.say:
            said = f"what {_short(shot.name)} says changed"
            yield from ((said, text) for text in (line.text.strip(), line.text.replace('"', "'")))
        yield "the style changed", shot.settings.style.strip()

    def _people(self, now: AskedBody, then: AskedBody) -> Iterator[str]:
        """Compare elements and voices, by their names."""
        if len(now.elements) == len(then.elements):
            for one, other in zip(now.elements, then.elements, strict=True):
                yield from self._element(one, other)
        else:
            added = [one for one in now.elements if one not in then.elements]
            yield from (f"{self._name(one)} is in it now" for one in added)
            if len(now.elements) < len(then.elements):
                yield "an element is no longer in it"
        if now.voices != then.voices:
            names = [self._voice(one) for one in now.voices if one not in then.voices]
            yield from (f"the voice {name} is another one" for name in names)
            if not names:
                yield "its voices are others" if now.voices else "it has no voice any more"

    def _element(self, one: Mapping[str, object], other: Mapping[str, object]) -> Iterator[str]:
        changed = [key for key in {**one, **other} if one.get(key) != other.get(key)]
        seen = [key for key in changed if _is_picture(one.get(key)) or _is_picture(other.get(key))]
        if seen:
            yield f"the pictures of {self._name(one)} changed"
        elif changed:
            yield f"the voice of {self._name(one)} is another one"

    def _name(self, entry: Mapping[str, object]) -> str:
        """Find whose pictures these are."""
        held = {text for value in entry.values() for text in _texts(value)}
        names = (name for name, one in self.storyboard.elements.items() if held & {*_likeness(one)})
        return next((f"`{name}`" for name in names), "an element")

    def _voice(self, value: object) -> str:
        known = {
            voice.id: name
            for name, voice in self.storyboard.voices.items()
            if isinstance(voice, KnownVoice)
        }
        made = {f"voice:sha256:{job}": name for job, name in self.voices.items()}
        name = {**known, **made}.get(str(value))
        return f"`{name}`" if name else str(value)


def _model(endpoint: VideoEndpoint | None, before: Requested) -> str:
    return f"`{endpoint.model}`" if endpoint else f"`{before.endpoint}`"


def _packed(job: ClipJob, before: Requested) -> Iterator[str]:
    """Say which shots are rendered together that were not, or are not any more."""
    names = [str(shot.name) for shot in job.shots]
    joined = [name for name in names if name not in before.shots]
    gone = [name for name in before.shots if name not in names]
    if joined:
        yield f"rendered together with {_listed(joined)} now"
    if gone:
        yield f"no longer together with {_listed(gone)}"
    if not joined and not gone and names != list(before.shots):
        yield "its shots are in another order"


def _length(
    name: str, now: tuple[int, Seconds], then: tuple[int | None, Seconds | None]
) -> Iterator[str]:
    """Say how a shot's length changed, if other seconds are asked for it."""
    (asked, used), (was_asked, was_used) = now, then
    if was_asked is None or asked == was_asked:
        return
    was = Seconds(was_asked) if was_used is None else was_used
    # Its length is not known to have changed: only what is asked for around it did.
    if used == was or (used > was) != (asked > was_asked):
        yield f"{asked} s are asked for {_short(name)}, before {was_asked} s"
        return
    word = "longer" if used > was else "shorter"
    yield f"{_short(name)} is {word}: {_s(was)} to {_s(used)}"


def _began(job: ClipJob, now: AskedBody, then: AskedBody) -> Iterator[str]:
    """Say how the picture that it begins with changed."""
    first = _short(job.shots[0].name)
    match (_kind(then.start), _kind(now.start)):
        case _ if now.start == then.start:
            return
        case ("frame", "frame"):
            yield "the job before it changed"
        case (_, "frame"):
            yield "it goes on from the job before it now"
        case ("frame", "picture"):
            yield f"{first} begins with a start frame of its own now"
        case ("frame", "nothing"):
            yield "it does not go on from the job before it any more"
        case ("nothing", _):
            yield f"{first} has a start frame now"
        case (_, "nothing"):
            yield f"{first} has no start frame any more"
        case _:
            yield f"the start frame of {first} changed"


def _ended(job: ClipJob, now: AskedBody, then: AskedBody) -> Iterator[str]:
    last = _short(job.shots[-1].name)
    if now.end != then.end:
        if then.end is None:
            yield f"{last} has an end frame now"
        elif now.end is None:
            yield f"{last} has no end frame any more"
        else:
            yield f"the end frame of {last} changed"


def _switched(now: AskedBody, then: AskedBody) -> Iterator[str]:
    if now.audio != then.audio and now.audio is not None:
        yield "its sound is on now" if now.audio else "its sound is off now"
    # A request that begins with a picture has its ratio from there.
    if now.ratio != then.ratio and now.ratio and then.ratio:
        yield f"its aspect ratio is {now.ratio}, before {then.ratio}"
    for key in dict.fromkeys((*now.settings, *then.settings)):
        if now.settings.get(key) != then.settings.get(key):
            yield f"`{key}` changed"


def _kind(start: str | None) -> str:
    if start is None:
        return "nothing"
    return "frame" if start.startswith(_FRAME) else "picture"


def _likeness(element: Element) -> Iterator[str]:
    match element.likeness:
        case ImageReferences(frontal, references):
            yield from map(_asset, (frontal, *references))
        case VideoReference(video):
            yield _asset(video)
        case None:
            return


def _asset(asset: Asset) -> str:
    return reference_text(File(asset)) if isinstance(asset, LocalFile) else asset.address


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        yield from (str(one) for one in value)
    else:
        yield str(value)


def _is_picture(value: object) -> bool:
    return any(one.startswith(("asset:", "http")) for one in _texts(value))


def _short(name: str) -> str:
    """Name a shot without its scene, which the job's own name says."""
    return f"`{name.rpartition('/')[2]}`"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(_short, names))


def _s(time: Seconds) -> str:
    return f"{round(float(time), 2):g} s"
