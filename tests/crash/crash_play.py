"""Play a night and the morning after it, and see that all was paid once and nothing was lost."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import crash_child
from crash_engine import Ended, charges, paid_twice, run
from crash_film import JOBS, TWINS, environment, provider, write_film
from crash_loop import FILMS, RENDER, RESUME, SIGKILLED, forked
from crash_nights import Night, night

from storyboard.emulator.entry import ClipKind, Entry, Failure, Video
from storyboard.emulator.fault import Scenario
from storyboard.emulator.keep import LEAKS, Keep
from storyboard.emulator.serve import StandIn
from storyboard.provider import Charge
from storyboard.render.event import Refused, Rendered, Skipped, Unknown
from storyboard.render.ports import GivenConsent
from storyboard.store import Store, TakeKey, key_of
from storyboard.store.latest_attempts import latest_of
from storyboard.store.life import Failed, Finished, Stored, charge_of, order_of, request_of

OTHER = ("twin.yaml",)
RUNS_IN_THE_MORNING = 3
FAILED = 5
"""The exit code of a run in which a job failed."""


@dataclass(frozen=True, slots=True)
class Played:
    """What a night came to. `whole` tells whether its films were made: no paid job had failed."""

    number: int
    runs: int
    killed: int
    charges: int
    whole: bool


@dataclass(slots=True)
class _Play:
    """A night under way."""

    night: Night
    folder: Path
    runs: int = 0
    killed: int = 0

    @property
    def film(self) -> Path:
        return self.folder / "film"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def ledger(self) -> Path:
        return self.state / "ledger.jsonl"

    def said(self, film: str) -> Path:
        return self.folder / f"{film}.said.txt"

    def check_charges(self) -> None:
        """See that no request was charged twice, as far as the bodies tell."""
        assert paid_twice(self.ledger, TWINS if self.night.twin else 0) == []


def play(number: int, folder: Path) -> Played:
    """Play a night in an empty folder.

    Raises:
        AssertionError: with what was paid twice, lost, or not told.
    """
    now = _Play(night(number), folder)
    storyboard = write_film(now.film)
    with provider(now.state, now.night.scenario, tls=now.night.secure) as standing:
        for n, death in enumerate(now.night.deaths):
            with twin(now, standing, RENDER, now.night.skew_at(n)):
                ended = _run(now, storyboard, standing, death, now.night.skew_at(n))
            now.check_charges()
            if ended is not None and done(ended) and not now.night.twin:
                break
    with provider(now.state, Scenario(), tls=now.night.secure) as standing:
        for _ in range(RUNS_IN_THE_MORNING):
            # Nothing is hidden any more: what is not in the list was never accepted.
            with twin(now, standing, RESUME, now.night.skew):
                ended = run(storyboard, standing, GivenConsent(unknown=True), now.night.skew)
            now.runs += 1
            named(ended)
            now.check_charges()
        nothing_is_lost(now, ended)
        whole = films_are_made(now, standing, ended)
    assert not (now.state / LEAKS).exists()
    return Played(number, now.runs, now.killed, len(charges(now.ledger)), whole)


def _run(
    now: _Play, storyboard: Path, standing: StandIn, death: int | None, skew: timedelta
) -> Ended | None:
    """Render once; None if the process is to be killed on the way."""
    now.runs += 1
    if death is None:
        ended = run(storyboard, standing, skew=skew)
        named(ended)
        return ended
    code = command(now, standing, RENDER, skew, death)
    assert code in {0, 4, 5, 6, 7, SIGKILLED}, now.said(RENDER[1]).read_text("utf-8")
    now.killed += code == SIGKILLED
    return None


def command(
    now: _Play, standing: StandIn, arguments: tuple[str, ...], skew: timedelta, death: int = 0
) -> int | None:
    """Run a command in a process of its own."""
    process = started(now, standing, arguments, skew, death)
    process.join(crash_child.HANGS)
    return process.exitcode


def started(  # type: ignore[no-untyped-def]  # noqa: ANN201 -- a process of that context
    now: _Play, standing: StandIn, arguments: tuple[str, ...], skew: timedelta, death: int = 0
):
    """Start a command in a process of its own."""
    process = forked(
        target=crash_child.storyboard_command,
        args=(arguments, now.film, environment(standing), now.said(arguments[1]), death, skew),
    )
    process.start()
    return process


@contextmanager
def twin(now: _Play, standing: StandIn, like: tuple[str, ...], skew: timedelta) -> Iterator[None]:
    """Let another process render the twin beside what the block does, if the night has one."""
    if not now.night.twin:
        yield
        return
    now.runs += 1
    process = started(now, standing, (like[0], *OTHER, *like[2:]), skew)
    try:
        yield
    finally:
        process.join(crash_child.HANGS)
    assert process.exitcode in {0, 4, 5, 6, 7}, now.said(OTHER[0]).read_text("utf-8")


def named(ended: Ended) -> None:
    """See that every job has one outcome, and every failure a reason and a way out."""
    assert set(ended.outcomes) == {one.job.digest for one in ended.plan.jobs}
    for outcome in ended.outcomes.values():
        match outcome:
            case Refused(code=code, message=message, help=help_):
                assert code.startswith("SB")
                assert message
                assert help_
            case Unknown(message=message):
                assert message
            case Skipped(reason=reason):
                assert reason
            case Rendered():
                pass


def done(ended: Ended) -> bool:
    """Tell whether every job is rendered."""
    return all(isinstance(one, Rendered) for one in ended.outcomes.values())


def nothing_is_lost(now: _Play, ended: Ended) -> None:
    """See that every charge is one attempt's, and every good result is kept.

    A job without a result is one whose result the provider spoilt or refused, or builds on one.
    """
    assert len(ended.outcomes) == JOBS
    with Store.open(now.film) as store:
        attempts = store.journal.attempts()
    lives = [life for those in attempts.values() for life in those]
    by_request = {request: life for life in lives if (request := request_of(life)) is not None}
    assert len(by_request) == sum(request_of(life) is not None for life in lives)
    entries = {one.id: one for one in Keep(now.state).read() if isinstance(one, Entry)}
    paid: Counter[TakeKey] = Counter()
    for charge in charges(now.ledger):
        life = by_request[charge["request_id"]]  # type: ignore[index]  # an id is a text
        assert charge_of(life) is not Charge.NONE
        good = is_good(entries[charge["request_id"]])  # type: ignore[index]  # an id is a text
        assert isinstance(life, Stored) if good else isinstance(life, Failed | Finished), life
        paid[key_of(order_of(life))] += 1
    assert not [take for take, times in paid.items() if times > 1]
    for outcome in ended.outcomes.values():
        match outcome:
            case Refused():
                assert charge_of(latest_of(attempts[outcome.job.digest])) is not Charge.NONE
            case Skipped(because=because):
                assert because is not None
                assert isinstance(ended.outcomes[because], Refused | Skipped)
            case Unknown():
                raise AssertionError(f"still unknown in the morning: {outcome}")


def is_good(entry: Entry) -> bool:
    """Tell whether a request ended with what was asked for."""
    match entry.outcome:
        case Video(kind=kind):
            return kind is ClipKind.GOOD
        case Failure():
            return False
    return True


def films_are_made(now: _Play, standing: StandIn, ended: Ended) -> bool:
    """See that a run now ends with exit 0 and the films, if no paid job has failed."""
    code = command(now, standing, RESUME, now.night.skew)
    whole = done(ended)
    assert code == (0 if whole else FAILED), now.said(RESUME[1]).read_text("utf-8")
    if whole:
        assert all((now.film / "build" / name).stat().st_size for name in FILMS)
    now.check_charges()
    now.runs += 1
    return whole
