"""What became of a render, to words and to JSON, version 1."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from storyboard.cut import report_to_json
from storyboard.cut.sound import sound_to_json
from storyboard.delivery import Delivered, Delivery, Undelivered
from storyboard.jobs import JobDigest, take_name
from storyboard.model import NOTHING, Usd, clock, dollars, exact, total
from storyboard.plan import Plan
from storyboard.render import Outcome, Refused, Rendered, Skipped, Unknown
from storyboard.report.lock_news import LockNews, lock_to_json, lock_words

_MOST_ODD = 2
_REHEARSAL = "emulator"
_UNKNOWN = (
    "`storyboard reconcile{0}` looks for it again; `storyboard render{0} --resubmit-unknown` sends "
    "it again, and may pay for it twice"
)


@dataclass(frozen=True, slots=True)
class Rendering:
    """A whole run: what was planned, what became of each job, the films, the backend's name.

    `outcomes` are of the takes that films show, by their jobs, `further` of all others. `lock`
    tells what was written into the lock, None if the run has none.
    """

    plan: Plan
    backend: str
    outcomes: Mapping[JobDigest, Outcome]
    films: tuple[Delivery, ...]
    further: tuple[Outcome, ...] = ()
    lock: LockNews | None = None

    @property
    def of_takes(self) -> tuple[Outcome, ...]:
        """What became of every take."""
        return (*self.outcomes.values(), *self.further)

    @property
    def spent(self) -> Usd:
        """What this run paid, or may have paid for a job that failed."""
        return NOTHING if self.backend == _REHEARSAL else self._price

    @property
    def rehearsed(self) -> Usd:
        """What a rehearsal would have paid, had it been a render."""
        return self._price if self.backend == _REHEARSAL else NOTHING

    @property
    def _price(self) -> Usd:
        return total(one.cost for one in self.of_takes if isinstance(one, Rendered | Refused))


def to_json(rendering: Rendering) -> dict[str, object]:
    """Write a run for programs. Money is exact decimal text, seconds are numbers.

    A job's `cost` is its price, in a rehearsal too; what was paid is `spent` alone.
    """
    return {
        "version": 1,
        "films": [_film(one, rendering.backend) for one in rendering.films],
        "jobs": [_job(one) for one in _in_order(rendering)],
        "spent": {"usd": exact(rendering.spent)},
        "rehearsed": {"usd": exact(rendering.rehearsed)},
        "lock": lock_to_json(rendering.lock) if rendering.lock else None,
    }


def _in_order(rendering: Rendering) -> Iterator[Outcome]:
    """Yield what became of the takes of each job, in the order of the plan."""
    for planned in rendering.plan.jobs:
        digest = planned.job.digest
        if digest in rendering.outcomes:
            yield rendering.outcomes[digest]
        yield from (one for one in rendering.further if one.job.digest == digest)


def _film(one: Delivery, backend: str) -> dict[str, object]:
    order = one.order
    base: dict[str, object] = {
        "variation": order.film.variation,
        "output": order.output.name,
        "path": str(order.path),
        "backend": backend,
    }
    match one:
        case Delivered():
            return base | {
                "seconds": round(float(one.seconds), 6),
                "captions": [str(path) for path in one.captions],
                "slates": [str(shot) for shot in one.slates],
                "sound": sound_to_json(one.report.sound) if one.report else None,
                "cut": report_to_json(one.report) if one.report else None,
                "unchanged": one.report is None,
            }
        case Undelivered():
            return base | {"seconds": None, "error": one.reason, "help": one.help}


def _job(one: Outcome) -> dict[str, object]:
    base: dict[str, object] = {"id": one.job.id, "digest": one.job.digest, "take": one.take}
    match one:
        case Rendered():
            return base | {
                "state": "rendered",
                "request_id": one.request,
                "cost": {"usd": exact(one.cost)},
            }
        case Refused():
            return base | {
                "state": "failed",
                "request_id": one.request,
                "cost": {"usd": exact(one.cost)},
                "code": one.code,
                "error": one.message,
                "help": one.help,
            }
        case Unknown():
            return base | {
                "state": "unknown",
                "request_id": None,
                "cost": {"usd": exact(one.job.cost)},
                "error": one.message,
            }
        case Skipped():
            return base | {
                "state": "skipped",
                "request_id": None,
                "cost": {"usd": "0.00"},
                "error": one.reason,
            }


def words(rendering: Rendering) -> Iterator[str]:
    """Write a run for people: what went wrong first, then the films, then the money."""
    yield from _troubles(rendering)
    for one in rendering.films:
        match one:
            case Delivered():
                yield f"{one.order.path}  {clock(one.seconds)}{_about(one)}"
                yield from (str(path) for path in one.captions)
            case Undelivered():
                yield f"error: {one.order.path} could not be cut: {one.reason}"
                if one.help:
                    yield f"  help: {one.help}"
    if rendering.lock:
        yield from lock_words(rendering.lock)
    if rendering.rehearsed:
        yield f"a rehearsal of {dollars(rendering.rehearsed)}: nothing was paid"
    if rendering.spent:
        yield f"spent {dollars(rendering.spent)}"


def tally(films: Sequence[Delivery]) -> str:
    """Count films by what became of them: `75 films, 60 unchanged, 1 with slates`."""
    delivered = [one for one in films if isinstance(one, Delivered)]
    counts = (
        (sum(one.report is None for one in delivered), "unchanged"),
        (sum(bool(one.slates) for one in delivered), "with slates"),
        (len(films) - len(delivered), "not cut"),
    )
    noun = "film" if len(films) == 1 else "films"
    return ", ".join((f"{len(films):,} {noun}", *(f"{n:,} {word}" for n, word in counts if n)))


def _about(one: Delivered) -> str:
    """Say in one line how the film sounds, and what it lacks."""
    if one.report is None:
        return "  (unchanged)"
    sound = one.report.sound
    parts = [f"{sound.loudness} LUFS"] if sound.loudness is not None else []
    if not parts and not sound.notes:
        parts = ["silent"]
    if one.slates:
        parts.append(f"with slates for {', '.join(one.slates)}")
    parts += sound.notes
    if one.report.findings:
        odd = one.report.findings.oddities
        parts += odd[:_MOST_ODD]
        parts += [f"and {len(odd) - _MOST_ODD} more; --json has all"] if odd[_MOST_ODD:] else []
    return f"  ({'; '.join(parts)})"


def _troubles(rendering: Rendering) -> Iterator[str]:
    rehearsing = f" --backend {_REHEARSAL}" if rendering.backend == _REHEARSAL else ""
    for one in rendering.of_takes:
        name = take_name(one.job.id, one.take)
        match one:
            case Refused():
                yield f"error[{one.code}]: {name}: {one.message}"
                yield f"  help: {one.help}"
            case Unknown():
                yield f"error[{one.code}]: {name}: {one.message}"
                yield f"  help: {_UNKNOWN.format(rehearsing)}"
            case Skipped():
                yield f"skipped: {name}: {one.reason}"
            case Rendered():
                pass
