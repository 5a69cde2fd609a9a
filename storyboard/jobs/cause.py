"""Name why a request does not take what a shot asks for, and what to do about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import assert_never

from storyboard.catalogue import Catalogue, VideoEndpoint
from storyboard.jobs.choose import Entry, listed, takes_entry
from storyboard.model import PromptShot


@dataclass(frozen=True, slots=True)
class Sent:
    """Where the job of some shots is sent: its first shot, its endpoint, what it begins with.

    `later` tells that a job of the scene may be before it.
    """

    first: PromptShot
    endpoint: VideoEndpoint
    entry: Entry
    catalogue: Catalogue
    later: bool = False


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is not taken, and what to do.

    `because` is what of the request led it to its endpoint, empty if that is not why. `whole` if
    nothing of the model takes it.
    """

    words: str
    because: str
    help: str
    whole: bool = False


def cause(sent: Sent, what: str, takes: Callable[[VideoEndpoint], object]) -> Cause:
    """Return why a request does not take `what`, which an endpoint takes if `takes` says so."""
    endpoint, name = sent.endpoint, f"`{sent.endpoint.id}`"
    able = [one for one in sent.catalogue.of_model(endpoint.model) if takes(one)]
    if not able:
        help_ = _another(one for one in sent.catalogue.videos if takes(one))
        return Cause(f"`{endpoint.model}` takes no {what}", "", help_, whole=True)
    if sent.first.settings.endpoint is not None:
        help_ = f"remove `endpoint`, or name `{able[0].id}`"
        return Cause(f"{name}, which `endpoint` names, takes no {what}", "", help_)
    if any(takes_entry(one, sent.entry) for one in able):
        fitting = next(one for one in able if takes_entry(one, sent.entry))
        help_ = f"say `endpoint: {fitting.id}`"
        return Cause(f"its request goes to {name}, which takes no {what}", "", help_)
    begins = _BEGINS[sent.entry]
    videos = (one for one in sent.catalogue.videos if takes_entry(one, sent.entry))
    others = _another(one for one in videos if takes(one))
    return Cause(f"{begins}, and {name} takes no {what}", begins, _otherwise(sent, others))


def _another(able: Iterable[VideoEndpoint]) -> str:
    models = listed(one.model for one in able)
    return f"choose a model that does: {models}" if models else "do without"


def _otherwise(sent: Sent, others: str) -> str:
    match sent.entry:
        case Entry.NONE:
            chain = "say `continuity: chain`, or " if sent.later else ""
            return f"{chain}give shot `{sent.first.name}` a `start`"
        case Entry.OWN:
            return f"remove `start`, or {others}"
        case Entry.CHAINED:
            return f"say `continuity: none`, or {others}"
        case _:
            assert_never(sent.entry)


_BEGINS = {
    Entry.NONE: "its request begins without a start frame",
    Entry.OWN: "its request begins with a start frame",
    Entry.CHAINED: "its request begins with the last frame of the one before it",
}
