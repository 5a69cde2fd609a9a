"""Write the JSON of a journal row, and read it: the wire shape of versions 1 and 2.

Version 1 differs in one thing: it wrote the addresses of an accepted request beside its id, and
left to the order whose request it is. Fields that have their usual value are left out, so most rows
are the same in both.
"""

import json
from typing import Any, assert_never

from storyboard.catalogue import EndpointId
from storyboard.jobs import JobDigest, JobId, ShotDigest
from storyboard.model import ClipDigest, Usd
from storyboard.provider import Charge, Fault, Media, Product, RequestId, Ticket, VoiceMade
from storyboard.store import fields
from storyboard.store import life as states
from storyboard.store.facts_data import clip_data, clip_of
from storyboard.store.fields import Fields
from storyboard.store.life import AttemptId, Life, Order

_VERSION_1_ADDRESSES = ("status_url", "response_url", "cancel_url")


def write(life: Life) -> str:
    """Write what the last step of a life says, as JSON."""
    if isinstance(life, states.Later):
        return life.data
    return json.dumps(_data(life), ensure_ascii=False, separators=(",", ":"))


def _data(life: states.Known) -> dict[str, Any]:  # noqa: C901 - a case per state
    data: dict[str, Any] = {}
    match life:
        case states.Intended():
            data = _order_data(life.order)
        case states.Unknown():
            data = {"reason": life.reason, **_unless(Charge.POSSIBLE, charge=life.charge)}
        case states.Accepted():
            data = _ticket_data(life.ticket)
        case states.Finished():
            data = {**_product_data(life.product), "units": life.units}
        case states.Stored(before=states.Adopted(order=start, origin=found)):
            data = {**_order_data(start), "origin": _origin_data(found), **_product_data(life.kept)}
        case states.Stored():
            data = _product_data(life.kept)
        case states.Refused():
            data = {**_fault_data(life.fault), **_amount(life.amount)}
        case states.Failed():
            kept = None if life.aside is None else _file_data(life.aside)
            data = {**_fault_data(life.fault), "aside": kept, **_amount(life.amount)}
        case states.Abandoned():
            data = {"reason": life.reason, "charge": life.charge.value, **_amount(life.amount)}
        case states.Mislaid() | states.Forgotten():
            pass
        case _:
            assert_never(life)
    return data


def _unless(usual: object, **field: object) -> dict[str, Any]:
    """Leave a field out if it has its usual value."""
    return {name: value for name, value in field.items() if value != usual}


def _amount(amount: Usd | None) -> dict[str, Any]:
    return {} if amount is None else {"amount": str(amount)}


def _order_data(order: Order) -> dict[str, Any]:
    return {
        "id": order.id,
        "endpoint": order.endpoint,
        "body": order.body,
        "asked": order.asked,
        "cost": str(order.cost),
        "seconds": order.seconds,
        "shots": list(order.shots),
        "films": list(order.films),
        "provider": order.provider,
        **_unless(None, account=order.account),
        **_unless(1, take=order.take),
        **_unless([], used=[str(seconds) for seconds in order.used]),
        **_unless([], starts=[str(seconds) for seconds in order.starts]),
        **({} if order.asks is None else {"asks": list(order.asks)}),
    }


def order(attempt: AttemptId, job: JobDigest, data: Fields, body: str) -> Order:
    """Read what an attempt asked for."""
    return Order(
        attempt=attempt,
        job=job,
        id=JobId(fields.text(data, "id")),
        endpoint=EndpointId(fields.text(data, "endpoint")),
        body=body,
        asked=fields.json_text(data, "asked"),
        cost=fields.usd(data, "cost"),
        seconds=fields.whole(data, "seconds"),
        shots=fields.texts(data, "shots"),
        films=fields.texts(data, "films"),
        provider=fields.text(data, "provider"),
        account=fields.text_or_none(data, "account"),
        take=fields.ordinal(data, "take") if "take" in data else 1,
        used=fields.fractions(data, "used") if "used" in data else (),
        starts=fields.fractions(data, "starts") if "starts" in data else (),
        asks=_asks(data) if "asks" in data else None,
    )


def _asks(data: Fields) -> tuple[ShotDigest, ...]:
    return tuple(ShotDigest(one) for one in fields.digests(data, "asks"))


def _origin_data(origin: states.Origin) -> dict[str, Any]:
    known = _unless(None, provider=origin.provider, request=origin.request)
    return {"place": origin.place, **known}


def origin(data: Fields) -> states.Origin:
    """Read where an adopted result comes from."""
    request = fields.text_or_none(data, "request")
    return states.Origin(
        fields.text(data, "place"),
        fields.text_or_none(data, "provider"),
        None if request is None else RequestId(request),
    )


def _ticket_data(ticket: Ticket) -> dict[str, Any]:
    return {
        "request": ticket.request,
        "provider": ticket.provider,
        **_unless(None, account=ticket.account),
        "addresses": dict(ticket.addresses),
    }


def ticket(order: Order, data: Fields) -> Ticket:
    """Read an accepted request; what version 1 left out is as in the order."""
    request = RequestId(fields.text(data, "request"))
    if "addresses" in data:
        account = fields.text_or_none(data, "account")
        found = fields.addresses(data, "addresses")
        return Ticket(request, fields.text(data, "provider"), account, found)
    urls = tuple((name, fields.text(data, name)) for name in _VERSION_1_ADDRESSES)
    return Ticket(request, order.provider, order.account, urls)


def _fault_data(fault: Fault) -> dict[str, Any]:
    return {
        "code": fault.code,
        "message": fault.message,
        "help": fault.help,
        "charge": fault.charge.value,
        "again": fault.again,
    }


def fault(data: Fields) -> Fault:
    """Read why there is no result."""
    return Fault(
        fields.text(data, "code"),
        fields.text(data, "message"),
        fields.text(data, "help"),
        Charge(data["charge"]),
        fields.flag(data, "again"),
    )


def _file_data(file: states.KeptFile) -> dict[str, Any]:
    return {"digest": file.digest, "suffix": file.suffix, "size": file.size}


def aside(data: Fields) -> states.KeptFile | None:
    """Read which file came that was not what was asked for, if one did."""
    if data["aside"] is None:
        return None
    found = fields.nested(data, "aside")
    digest = ClipDigest(fields.digest(found, "digest"))
    return states.KeptFile(digest, fields.suffix(found, "suffix"), fields.whole(found, "size"))


def product(data: Fields) -> Product:
    """Read what a finished request has made."""
    if "voice" in data:
        return VoiceMade(fields.text(data, "voice"))
    return Media(fields.text(data, "url"))


def kept(data: Fields) -> states.Kept:
    """Read what is kept."""
    if "voice" in data:
        return VoiceMade(fields.text(data, "voice"))
    clip = fields.nested(data, "clip")
    return states.KeptClip(
        ClipDigest(fields.digest(clip, "digest")),
        fields.suffix(clip, "suffix"),
        fields.whole(clip, "size"),
        clip_of(fields.nested(clip, "facts")),
    )


def _product_data(product: states.Kept | Media) -> dict[str, Any]:
    match product:
        case Media():
            return {"url": product.url}
        case VoiceMade():
            return {"voice": product.id}
        case states.KeptClip():
            return {
                "clip": {
                    "digest": product.digest,
                    "suffix": product.suffix,
                    "size": product.size,
                    "facts": clip_data(product.facts),
                }
            }
    assert_never(product)
