"""The shots' exact lengths to whole seconds that an endpoint takes."""

from collections.abc import Sequence
from math import ceil

from storyboard.catalogue import DurationForm, ShotsField, VideoEndpoint
from storyboard.diagnostics import Code
from storyboard.jobs.refusal import Refusal, together
from storyboard.model import PromptShot, clock


def sent_as_one(count: int, endpoint: VideoEndpoint) -> bool:
    """Tell whether a job of `count` shots goes into the field of a single prompt.

    Where a request has no field for its length, even one shot goes into the list of shots.
    """
    return count == 1 and (endpoint.duration_form is not DurationForm.SUM or endpoint.shots is None)


def ask_seconds(shots: Sequence[PromptShot], endpoint: VideoEndpoint) -> tuple[int, ...] | Refusal:
    """Return the whole seconds asked for each shot; their sum is a length that the endpoint takes.

    What is missing to such a length is asked for at the end, where the cut trims it off.
    """
    if sent_as_one(len(shots), endpoint) or endpoint.shots is None:
        wanted = ceil(shots[0].duration)
        fitting = next((one for one in endpoint.durations if one >= wanted), None)
        return (fitting,) if fitting is not None else _too_long(shots[0], endpoint)
    field = endpoint.shots
    asked = [max(ceil(shot.duration), field.min_seconds) for shot in shots]
    longest = min(field.max_seconds, endpoint.durations[-1])
    for shot, seconds in zip(shots, asked, strict=True):
        if seconds > longest:
            return _too_long(shot, endpoint)
    total = next((one for one in endpoint.durations if one >= sum(asked)), None)
    if total is None:
        return together(f"{endpoint.durations[-1]} s are full")
    return _pad(asked, total, field, endpoint)


def _pad(
    asked: list[int], total: int, field: ShotsField, endpoint: VideoEndpoint
) -> tuple[int, ...] | Refusal:
    missing = total - sum(asked)
    for index in reversed(range(len(asked))):
        more = min(missing, field.max_seconds - asked[index])
        asked[index] += more
        missing -= more
    if missing:
        return Refusal(
            f"too short for {endpoint.model}",
            Code("SB434"),
            f"`{endpoint.model}` takes at least {endpoint.durations[0]} s a request, "
            f"and at most {field.max_seconds} s a shot: these shots cannot reach it",
            "make the shot longer, or put another one with equal settings beside it",
        )
    return tuple(asked)


def _too_long(shot: PromptShot, endpoint: VideoEndpoint) -> Refusal:
    longest = endpoint.durations[-1]
    return Refusal(
        f"{longest} s are full",
        Code("SB433"),
        f"shot `{shot.name}` is {clock(shot.duration)} long; "
        f"`{endpoint.model}` renders at most {longest} s at a time",
        f"shorten it to {longest} s, or make it two shots: with `continuity: chain` "
        "the second goes on from the first one's last frame",
    )
