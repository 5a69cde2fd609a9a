"""A model, and whether there is a start and an end frame, to the endpoint that renders it."""

from collections.abc import Iterable
from enum import StrEnum

from storyboard.catalogue import Catalogue, VideoEndpoint
from storyboard.diagnostics import Code
from storyboard.jobs.refusal import NO_START, Refusal
from storyboard.model import Continuity, PromptShot, Settings

NO_END = Code("SB432")


class Entry(StrEnum):
    """What a job begins with: a picture of its first shot's, the job before it, or nothing."""

    OWN = "own"
    CHAINED = "chained"
    NONE = "none"


def endpoints(settings: Settings, catalogue: Catalogue) -> tuple[VideoEndpoint, ...]:
    """Return the endpoints that shots with these settings may use."""
    if settings.endpoint is not None:
        named = catalogue.get(settings.endpoint)
        return (named,) if named else ()
    return catalogue.of_model(settings.model)


def begins_with(
    shot: PromptShot, continuity: Continuity, catalogue: Catalogue, *, later: bool
) -> Entry:
    """Tell what a job with this first shot begins with; `later` where a job is before it."""
    if shot.start is not None:
        return Entry.OWN
    if not later or continuity is Continuity.NONE:
        return Entry.NONE
    if continuity is Continuity.CHAIN:
        return Entry.CHAINED
    free = any(_begins_alone(one) for one in endpoints(shot.settings, catalogue))
    return Entry.NONE if free else Entry.CHAINED


def choose(shot: PromptShot, entry: Entry, catalogue: Catalogue) -> VideoEndpoint | Refusal:
    """Return the endpoint for a job that begins with this shot."""
    offered = endpoints(shot.settings, catalogue)
    beginning = [one for one in offered if takes_entry(one, entry)]
    fitting = [one for one in beginning if shot.end is None or one.end is not None]
    if fitting:
        # An endpoint made for the case comes before one that merely allows it.
        return max(fitting, key=lambda one: (entry is not Entry.NONE) == bool(one.start))
    if beginning:
        return _no_end(shot, entry, offered, catalogue)
    return _no_start(shot, catalogue) if entry is Entry.NONE else _takes_no_start(shot, entry)


def _begins_alone(endpoint: VideoEndpoint) -> bool:
    return endpoint.start is None or not endpoint.start.required


def takes_entry(endpoint: VideoEndpoint, entry: Entry) -> bool:
    """Tell whether a request to an endpoint may begin so."""
    return _begins_alone(endpoint) if entry is Entry.NONE else endpoint.start is not None


def _named(settings: Settings) -> str:
    return f"`{settings.endpoint or settings.model}`"


def listed(models: Iterable[str]) -> str:
    """Write the names of models, each once, for a help text."""
    return ", ".join(f"`{model}`" for model in sorted(set(models)))


def _no_start(shot: PromptShot, catalogue: Catalogue) -> Refusal:
    free = [one.model for one in catalogue.videos if _begins_alone(one)]
    others = f", or choose a model that needs none: {listed(free)}" if free else ""
    return Refusal(
        "a start frame is missing",
        NO_START,
        f"{_named(shot.settings)} renders only from a start frame, and shot `{shot.name}` has none",
        f"give the scene or the shot `start:` with a picture{others}",
    )


def _takes_no_start(shot: PromptShot, entry: Entry) -> Refusal:
    if entry is Entry.OWN:
        help_ = "take `start` away, or choose a model that takes a start frame"
        message = f"{_named(shot.settings)} takes no start frame, and shot `{shot.name}` has one"
    else:
        help_ = "say `continuity: none`, or choose a model that takes a start frame"
        message = (
            f"{_named(shot.settings)} takes no start frame, so that shot `{shot.name}` cannot go "
            "on from the last frame of the job before it (`continuity: chain`)"
        )
    return Refusal("the model takes no start frame", Code("SB431"), message, help_)


def _no_end(
    shot: PromptShot, entry: Entry, offered: Iterable[VideoEndpoint], catalogue: Catalogue
) -> Refusal:
    if entry is Entry.NONE and any(one.end is not None for one in offered):
        return Refusal(
            "an end frame needs a start frame",
            NO_END,
            f"{_named(shot.settings)} takes an end frame only together with a start frame, and "
            f"shot `{shot.name}` has none",
            f"give shot `{shot.name}` a `start`, or remove `end`",
        )
    able = [one.model for one in catalogue.videos if one.end is not None]
    return Refusal(
        "the model takes no end frame",
        NO_END,
        f"{_named(shot.settings)} takes no end frame here, and shot `{shot.name}` has one",
        f"take `end` away, or choose a model that takes an end frame: {listed(able)}",
    )
