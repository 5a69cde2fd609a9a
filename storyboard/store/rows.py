"""Fold journal rows into lives, and write a life's last step as a row. See docs/journal.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from storyboard.jobs import JobDigest
from storyboard.provider import Charge
from storyboard.store import fields, row_data
from storyboard.store import life as states
from storyboard.store.fields import UNREADABLE, Fields
from storyboard.store.life import AttemptId, Known, Life, order_of

_KINDS: Mapping[type, str] = {
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
_INTENDED, _ADOPTED, _RECOVERED = "intended", "adopted", "recovered"
KINDS = frozenset({*_KINDS.values(), _ADOPTED, _RECOVERED})
"""Every kind of row that this version knows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the journal. `data` is JSON; `at` is a time in UTC, ISO 8601."""

    attempt: str
    job: str
    kind: str
    at: str
    data: str


class IllegalStep(ValueError):  # noqa: N818 - it names what was found
    """A journal row that cannot follow the one before it, or that does not read."""


def kind_of(life: Life) -> str:
    """Return the kind of row that a life's last step is."""
    match life:
        case states.Later():
            return life.kind
        case states.Stored(before=states.Adopted()):
            return _ADOPTED
        case states.Stored(before=states.Failed()):
            return _RECOVERED
        case _:
            return _KINDS[type(life)]


def kind_before(life: Known) -> str | None:
    """Return the kind of row that the last step follows; None if it begins the attempt."""
    before = None if isinstance(life, states.Intended) else life.before
    return None if before is None or isinstance(before, states.Adopted) else kind_of(before)


def to_row(life: Life) -> Row:
    """Write the last step of a life."""
    order = order_of(life)
    data = row_data.write(life)
    return Row(order.attempt, order.job, kind_of(life), life.at.isoformat(), data)


def checked_row(life: Known) -> Row:
    """Write the last step of a life, sure that it reads back as the same.

    Raises:
        IllegalStep: where it does not; one such row would make the whole journal unreadable.
    """
    row = to_row(life)
    before = None if isinstance(life, states.Intended) else life.before
    if before is None or isinstance(before, states.Adopted):
        read = _begin(row)
    else:
        read = follow(before, row)
    if read != life:
        raise IllegalStep(f"{row.kind} of attempt {row.attempt} would read as something else")
    return row


def fold(rows: Iterable[Row]) -> dict[JobDigest, list[Life]]:
    """Read lives from rows in the order they were written: per job, its attempts as they began.

    Raises:
        IllegalStep: where a row cannot follow the one before it, or does not read.
    """
    lives: dict[str, dict[str, Life]] = {}
    for row in rows:
        attempts = lives.setdefault(row.job, {})
        before = attempts.get(row.attempt)
        if before is None:
            begun = _begin(row)
            _check_alone(begun, attempts.values())
            attempts[row.attempt] = begun
        else:
            attempts[row.attempt] = follow(before, row)
    return {JobDigest(job): list(attempts.values()) for job, attempts in lives.items()}


def follow(before: Life, row: Row) -> Life:
    """Take the step that a row tells of.

    Raises:
        IllegalStep: where that step cannot follow.
    """
    try:
        at = fields.time(row.at)
        if isinstance(before, states.Later) or row.kind not in KINDS:
            return states.Later(before, fields.checked_kind(row.kind), row.data, at)
        after = _step(before, row.kind, fields.object_of(row.data), at)
    except UNREADABLE as error:
        raise _unreadable(row, error) from error
    if after is None:
        raise IllegalStep(f"{row.kind} cannot follow {kind_of(before)}")
    return after


def _begin(row: Row) -> Life:
    try:
        attempt = AttemptId(fields.checked_attempt(row.attempt))
        job, kind = JobDigest(fields.checked_digest(row.job)), fields.checked_kind(row.kind)
    except UNREADABLE as error:
        raise IllegalStep(f"a row does not read: {error}") from error
    if kind in KINDS and kind not in {_INTENDED, _ADOPTED}:
        raise IllegalStep(f"{kind} of attempt {attempt}, which was never begun")
    try:
        at, data = fields.time(row.at), fields.object_of(row.data)
        if row.kind == _ADOPTED:
            order = row_data.order(attempt, job, data, fields.text(data, "body"))
            adopted = states.Adopted(order, row_data.origin(fields.nested(data, "origin")), at)
            return states.Stored(adopted, row_data.kept(data), at)
        intended = states.Intended(
            row_data.order(attempt, job, data, fields.json_text(data, "body")), at
        )
    except UNREADABLE as error:
        raise _unreadable(row, error) from error
    return intended if row.kind in KINDS else states.Later(intended, row.kind, row.data, at)


def _check_alone(begun: Life, attempts: Iterable[Life]) -> None:
    """Refuse a second attempt at a take; what a later version began, it knows the rules of."""
    if isinstance(begun, states.Later):
        return
    order = order_of(begun)
    for life in attempts:
        if order_of(life).take == order.take and not isinstance(life, states.Over):
            raise IllegalStep(f"a second attempt at {order.job} before the first was over")


def _unreadable(row: Row, error: Exception) -> IllegalStep:
    kind = row.kind if row.kind in KINDS else "a row"  # only those are sure to be words
    return IllegalStep(f"{kind} of attempt {row.attempt} does not read: {error}")


def _step(  # noqa: C901 - a case per kind
    before: Life, kind: str, data: Fields, at: datetime
) -> Life | None:
    after: Life | None = None
    match kind, before:
        case "accepted", states.Intended() | states.Unknown():
            after = states.Accepted(before, row_data.ticket(order_of(before), data), at)
        case "unknown", states.Intended():
            charge = Charge(data.get("charge", Charge.POSSIBLE))
            after = states.Unknown(before, fields.text(data, "reason"), at, charge)
        case "refused", states.Intended():
            amount = fields.usd_or_none(data, "amount")
            after = states.Refused(before, row_data.fault(data), at, amount)
        case "abandoned", states.Intended() | states.Unknown():
            amount, reason = fields.usd_or_none(data, "amount"), fields.text(data, "reason")
            after = states.Abandoned(before, reason, Charge(data["charge"]), at, amount)
        case "finished", states.Accepted():
            units = fields.text_or_none(data, "units")
            after = states.Finished(before, row_data.product(data), units, at)
        case "stored", states.Finished() | states.Mislaid():
            after = states.Stored(before, row_data.kept(data), at)
        case "recovered", states.Failed() if states.may_come_yet(before):
            after = states.Stored(before, row_data.kept(data), at)
        case "mislaid", states.Stored():
            after = states.Mislaid(before, at)
        case "failed", states.Accepted() | states.Finished() | states.Mislaid():
            amount = fields.usd_or_none(data, "amount")
            after = states.Failed(before, row_data.fault(data), row_data.aside(data), at, amount)
        case "forgotten", (states.Stored() | states.Mislaid() | states.Failed() | states.Refused()):
            after = states.Forgotten(before, at)
    return after
