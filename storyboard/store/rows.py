"""Journal rows into lives and back: the wire shape of version 1."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, assert_never

from storyboard.catalogue.endpoint import EndpointId
from storyboard.jobs.job import JobDigest, JobId
from storyboard.model.asset import ClipFacts
from storyboard.model.clip import ClipDigest
from storyboard.model.money import Usd
from storyboard.provider import Charge, Fault, Media, Product, RequestId, Ticket, VoiceMade
from storyboard.store import life as states
from storyboard.store.life import AttemptId, Life

KINDS: Mapping[type, str] = {
    states.Intended: "intended",
    states.Unknown: "unknown",
    states.Accepted: "accepted",
    states.Finished: "finished",
    states.Stored: "stored",
    states.Mislaid: "mislaid",
    states.Refused: "refused",
    states.Failed: "failed",
    states.Abandoned: "abandoned",
    states.Forgotten: "forgotten",
}
OPEN_KINDS = ("intended", "unknown", "accepted", "finished", "stored", "mislaid")
"""Kinds after which no other attempt at the job may begin."""

_FILE = ("digest", "suffix", "size")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the journal. `data` is JSON; `at` is a time in UTC, ISO 8601."""

    attempt: str
    job: str
    kind: str
    at: str
    data: str


class IllegalStep(ValueError):  # noqa: N818 - it names what was found
    """A journal row that cannot follow the one before it."""


def to_row(life: Life) -> Row:
    """Write the last step of a life."""
    order = states.order_of(life)
    data = json.dumps(_data(life), ensure_ascii=False, separators=(",", ":"))
    return Row(order.attempt, order.job, KINDS[type(life)], life.at.isoformat(), data)


def fold(rows: Iterable[Row]) -> dict[JobDigest, list[Life]]:
    """Read lives from rows in the order they were written: per job, its attempts, latest last.

    Raises:
        IllegalStep: where a row cannot follow the one before it.
    """
    lives: dict[JobDigest, list[Life]] = {}
    for row in rows:
        attempts = lives.setdefault(JobDigest(row.job), [])
        last = attempts[-1] if attempts else None
        if row.kind == "intended":
            if last is not None and KINDS[type(last)] in OPEN_KINDS:
                raise IllegalStep(f"a second attempt at {row.job} before the first was over")
            attempts.append(_begin(row))
        elif last is None or states.order_of(last).attempt != row.attempt:
            raise IllegalStep(f"{row.kind} of attempt {row.attempt}, which is not the current one")
        else:
            attempts[-1] = follow(last, row)
    return lives


def follow(before: Life, row: Row) -> Life:
    """Take the step that a row tells of.

    Raises:
        IllegalStep: where that step cannot follow.
    """
    try:
        after = _step(before, row.kind, json.loads(row.data), datetime.fromisoformat(row.at))
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise IllegalStep(f"{row.kind} of attempt {row.attempt} does not read: {error}") from error
    if after is None:
        raise IllegalStep(f"{row.kind} cannot follow {KINDS[type(before)]}")
    return after


def _begin(row: Row) -> states.Intended:
    try:
        data = json.loads(row.data)
        order = states.Order(
            attempt=AttemptId(row.attempt),
            job=JobDigest(row.job),
            id=JobId(data["id"]),
            endpoint=EndpointId(data["endpoint"]),
            body=data["body"],
            asked=data["asked"],
            cost=Usd(Decimal(data["cost"])),
            seconds=data["seconds"],
            shots=tuple(data["shots"]),
            films=tuple(data["films"]),
            provider=data["provider"],
            account=data.get("account"),
        )
        return states.Intended(order, datetime.fromisoformat(row.at))
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise IllegalStep(f"intended of attempt {row.attempt} does not read: {error}") from error


def _step(before: Life, kind: str, data: Mapping[str, Any], at: datetime) -> Life | None:
    after: Life | None = None
    match kind, before:
        case "accepted", states.Intended() | states.Unknown():
            after = states.Accepted(before, _ticket(before, data), at)
        case "unknown", states.Intended():
            after = states.Unknown(before, data["reason"], at)
        case "refused", states.Intended():
            after = states.Refused(before, _fault(data), at)
        case "abandoned", states.Intended() | states.Unknown():
            after = states.Abandoned(before, data["reason"], Charge(data["charge"]), at)
        case "finished", states.Accepted():
            after = states.Finished(before, _product(data), data["units"], at)
        case "stored", states.Finished() | states.Mislaid():
            after = states.Stored(before, _kept(data), at)
        case "mislaid", states.Stored():
            after = states.Mislaid(before, at)
        case "failed", states.Accepted() | states.Finished() | states.Mislaid():
            aside = states.KeptFile(**data["aside"]) if data["aside"] else None
            after = states.Failed(before, _fault(data), aside, at)
        case "forgotten", states.Stored() | states.Failed() | states.Refused():
            after = states.Forgotten(before, at)
    return after


def _data(life: Life) -> dict[str, Any]:
    data: dict[str, Any] = {}
    match life:
        case states.Intended():
            data = _order_data(life.order)
        case states.Unknown():
            data = {"reason": life.reason}
        case states.Accepted():
            data = {"request": life.ticket.request, **dict(life.ticket.addresses)}
        case states.Finished():
            data = {**_kept_data(life.product), "units": life.units}
        case states.Stored():
            data = _kept_data(life.kept)
        case states.Refused():
            data = _fault_data(life.fault)
        case states.Failed():
            aside = {name: getattr(life.aside, name) for name in _FILE} if life.aside else None
            data = {**_fault_data(life.fault), "aside": aside}
        case states.Abandoned():
            data = {"reason": life.reason, "charge": life.charge.value}
        case states.Mislaid() | states.Forgotten():
            pass
        case _:
            assert_never(life)
    return data


def _order_data(order: states.Order) -> dict[str, Any]:
    labelled = {} if order.account is None else {"account": order.account}
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
        **labelled,
    }


def _ticket(before: Life, data: Mapping[str, Any]) -> Ticket:
    """Read a ticket: all but the request's id are addresses; whose it is stands in the order."""
    order, request = states.order_of(before), data["request"]
    if not isinstance(request, str):
        raise TypeError("its request is no text")
    addresses = tuple((name, str(text)) for name, text in data.items() if name != "request")
    return Ticket(RequestId(request), order.provider, order.account, addresses)


def _fault_data(fault: Fault) -> dict[str, Any]:
    return {
        "code": fault.code,
        "message": fault.message,
        "help": fault.help,
        "charge": fault.charge.value,
        "again": fault.again,
    }


def _fault(data: Mapping[str, Any]) -> Fault:
    charge = Charge(data["charge"])
    return Fault(data["code"], data["message"], data["help"], charge, data["again"])


def _product(data: Mapping[str, Any]) -> Product:
    return VoiceMade(data["voice"]) if "voice" in data else Media(data["url"])


def _kept(data: Mapping[str, Any]) -> states.Kept:
    return VoiceMade(data["voice"]) if "voice" in data else _clip(data["clip"])


def _clip(data: Mapping[str, Any]) -> states.KeptClip:
    facts = dict(data["facts"])
    facts["fps"], facts["duration"] = Fraction(facts["fps"]), Fraction(facts["duration"])
    digest = ClipDigest(data["digest"])
    return states.KeptClip(digest, data["suffix"], data["size"], ClipFacts(**facts))


def _kept_data(kept: states.Kept | Media) -> dict[str, Any]:
    match kept:
        case Media():
            return {"url": kept.url}
        case VoiceMade():
            return {"voice": kept.id}
        case states.KeptClip():
            facts = kept.facts
            return {
                "clip": {
                    "digest": kept.digest,
                    "suffix": kept.suffix,
                    "size": kept.size,
                    "facts": {
                        "container": facts.container,
                        "width": facts.width,
                        "height": facts.height,
                        "fps": str(facts.fps),
                        "duration": str(facts.duration),
                        "video_codec": facts.video_codec,
                        "audio_codec": facts.audio_codec,
                    },
                }
            }
    assert_never(kept)
