"""fal's queue into answers: submit once, status, result, cancel."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

import httpx

from storyboard.backends.fal import errors
from storyboard.backends.fal.address import FalWire
from storyboard.backends.fal.facts import FAL
from storyboard.backends.http import (
    CLIENT,
    LOCKED,
    NOT_TAKEN,
    SUCCESS,
    Answer,
    answered,
    is_id,
    is_safe,
    parsed,
    retry_after,
)
from storyboard.catalogue import EndpointId
from storyboard.provider import (
    Addresses,
    Charge,
    Fault,
    Media,
    Product,
    RequestId,
    Ticket,
    VoiceMade,
    answer,
)

_SUBMIT_HEADERS = {
    # Another model than the one that was shown, priced and agreed to is not wanted.
    "x-app-fal-disable-fallback": "true",
    # One attempt in the journal is one rendering at fal; what cost nothing is sent again by us.
    "X-Fal-No-Retry": "1",
}
_LONGEST_QUEUE = 10**9
_NOT_NOW = frozenset({404, 408, 425, 429})


async def submit(wire: FalWire, endpoint: EndpointId, body: str) -> answer.Submitted:
    """Send a paid request, once. Only proof that nothing was sent comes back as `NotSent`."""
    url = f"{wire.addresses.queue}/{endpoint}"
    got = answered(await wire.submit(url, body, _SUBMIT_HEADERS), FAL.title)
    if not isinstance(got, httpx.Response):
        return got
    status, said = got.status_code, _json(got)
    if status in SUCCESS:
        return _taken(wire, endpoint, got, said)
    if status in LOCKED:
        return answer.Locked(wire.clean(errors.locked(status, said)))
    if status == HTTPStatus.NOT_FOUND:
        return answer.NotTaken(errors.no_endpoint(endpoint))
    if status in NOT_TAKEN:
        return answer.NotTaken(wire.clean(_unqueued(got, said)))
    return answer.Unsure(wire.excerpt(got))


def _unqueued(got: httpx.Response, said: Any) -> Fault:  # noqa: ANN401 - JSON
    """Tell why a submit was refused; without a request there is nothing to be charged for."""
    fault = errors.fault_of(got.status_code, said, errors.error_type(said))
    named = "x-fal-request-id" in got.headers
    return replace(fault, charge=Charge.POSSIBLE if named else Charge.NONE)


def _taken(
    wire: FalWire,
    endpoint: EndpointId,
    got: httpx.Response,
    said: Any,  # noqa: ANN401 - JSON
) -> answer.Taken | answer.Unsure:
    fields = said if isinstance(said, dict) else {}
    named, spare = fields.get("request_id"), got.headers.get("x-fal-request-id")
    request = named if is_id(named) else spare
    if is_id(request):
        return answer.Taken(RequestId(request), places(wire, endpoint, request, fields))
    if "request_id" in fields or spare is not None:
        # It was taken: whoever names a request has it. By that name nobody can ask for it.
        reason = f"it was accepted under an id that cannot be used: {wire.excerpt(got)}"
        return answer.Unsure(reason, Charge.PAID)
    return answer.Unsure(f"an answer without a request id: {wire.excerpt(got)}")


def places(wire: FalWire, endpoint: str, request: str, said: dict[str, Any]) -> Addresses:
    """Return the addresses that came with an answer; built ones where one is not usable."""
    base = wire.addresses.request(endpoint, request)
    built = {"status_url": f"{base}/status", "response_url": base, "cancel_url": f"{base}/cancel"}
    given = {name: str(said.get(name)) for name in built}
    return tuple((name, given[name] if is_safe(given[name]) else built[name]) for name in built)


async def status(  # noqa: PLR0911 - a return per answer
    wire: FalWire, ticket: Ticket
) -> answer.Status:
    """Ask how a request stands."""
    got = await wire.keyed("GET", wire.addresses.to_queue(ticket.address("status_url")))
    if not isinstance(got, httpx.Response):
        return answer.Trouble(got.detail)
    said = _json(got)
    if got.status_code == HTTPStatus.NOT_FOUND:
        return answer.Gone(errors.gone(f"request {ticket.request}"))
    if got.status_code in LOCKED:
        return answer.Locked(wire.clean(errors.locked(got.status_code, said)))
    if got.status_code not in SUCCESS or not isinstance(said, dict):
        return answer.Trouble(wire.excerpt(got), retry_after(got))
    match said.get("status"):
        case "IN_QUEUE":
            return answer.InQueue(_place(said.get("queue_position")))
        case "IN_PROGRESS":
            return answer.InProgress()
        case "COMPLETED":
            error = said.get("error_type") or said.get("error")
            return answer.Completed(str(error) if error else None)
        case _:
            return answer.Trouble(f"a status that is not known: {wire.excerpt(got)}")


def _place(value: object) -> int | None:
    """Read a place in the queue; None for what is not one, such as a number of 400 digits."""
    place = value if isinstance(value, int) and not isinstance(value, bool) else None
    return place if place is not None and 0 <= place <= _LONGEST_QUEUE else None


async def result(  # noqa: PLR0911 - a return per answer
    wire: FalWire, ticket: Ticket, ended: answer.Completed
) -> answer.Result:
    """Fetch the result of a completed request.

    A 5xx is believed to be the request's own only where its status said that it failed: from a
    gateway it only means that the result cannot be had now, and sending again would pay twice.
    """
    got = await wire.keyed("GET", wire.addresses.to_queue(ticket.address("response_url")))
    if not isinstance(got, httpx.Response):
        return answer.Trouble(got.detail)
    code, said = got.status_code, _json(got)
    if code in SUCCESS:
        product = _product(said)
        if product is None:
            return answer.Trouble(f"a result without a clip or a voice: {wire.excerpt(got)}")
        return answer.Ready(product, got.headers.get("x-fal-billable-units"))
    if code in LOCKED:
        return answer.Locked(wire.clean(errors.locked(code, said)))
    kind = errors.error_type(said, got.headers.get("x-fal-error-type"))
    if _is_final(code, kind, ended):
        fault = errors.fault_of(code, said, kind or ended.error, retryable=_retryable(got))
        return answer.Broken(wire.clean(fault))
    if code == HTTPStatus.NOT_FOUND:
        return answer.Gone(errors.gone(f"the result of request {ticket.request}"))
    return answer.Trouble(wire.excerpt(got), retry_after(got))


def _is_final(code: int, kind: str | None, ended: answer.Completed) -> bool:
    """Tell whether an error is the request's own: one of a known form, or as its status said."""
    if ended.error is None:
        return kind is not None and code == HTTPStatus.UNPROCESSABLE_ENTITY
    return kind is not None or (code in CLIENT and code not in _NOT_NOW)


def _product(said: Any) -> Product | None:  # noqa: ANN401 - JSON as it comes
    match said:
        case {"video": {"url": str(url)}} if is_safe(url):
            return Media(url)
        case {"voice_id": str() | int() as voice} if voice and not isinstance(voice, bool):
            return VoiceMade(str(voice))
        case _:
            return None


def _retryable(got: httpx.Response) -> bool:
    names = ("x-fal-retryable", "x-fal-needs-retry")
    return any(got.headers.get(name, "").lower() in {"1", "true"} for name in names)


async def cancel(wire: FalWire, ticket: Ticket) -> answer.Stopped:
    """Ask to cancel; a request that has begun may still finish, and be charged."""
    got = await wire.keyed("PUT", wire.addresses.to_queue(ticket.address("cancel_url")))
    if not isinstance(got, httpx.Response):
        return answer.Trouble(got.detail)
    said = _json(got)
    word = said.get("status") if isinstance(said, dict) else None
    if got.status_code in SUCCESS:
        return answer.Stopping()
    if word == "ALREADY_COMPLETED":
        return answer.TooLate()
    if got.status_code == HTTPStatus.NOT_FOUND:
        return answer.Gone(errors.gone(f"request {ticket.request}"))
    if got.status_code in LOCKED:
        return answer.Locked(wire.clean(errors.locked(got.status_code, said)))
    return answer.Trouble(wire.excerpt(got), retry_after(got))


def _json(got: Answer) -> Any:  # noqa: ANN401 - whatever JSON there is
    return parsed(got.content) if isinstance(got, httpx.Response) else None
