"""`storyboard status`: a storyboard and its store to what is there, under way, and unknown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from storyboard.cli import show
from storyboard.cli.backend_option import backend_option, flag, unpaid
from storyboard.cli.compiling import Asked, ask_of, asking, good
from storyboard.cli.exits import Exit
from storyboard.cli.form_option import form_option
from storyboard.cli.terminal import say, write_json
from storyboard.jobs import Job, take_name
from storyboard.lock import DecidedCounts, decided_counts
from storyboard.model import dollars, exact, figures, total
from storyboard.pipeline import Compiled
from storyboard.plan import JobState, Plan, PlannedTake
from storyboard.session import BackendChoice, compiled, shot_standings
from storyboard.store import Layout

if TYPE_CHECKING:  # where nothing was ever rendered, nothing that reads a journal is waited for
    from storyboard.store import TakeKey
    from storyboard.store.life import Life

_NEXT = {
    JobState.UNKNOWN: (
        "storyboard reconcile{backend} looks them up at the provider; nothing is sent"
    ),
    JobState.IN_FLIGHT: (
        "storyboard render{backend} takes them up and fetches them; they are not paid again; "
        "storyboard cancel{backend} asks to cancel them"
    ),
    JobState.TO_RENDER: "storyboard render{backend} sends them, after showing the price",
    JobState.FAILED: (
        "they may have been charged; storyboard render{backend} --retry-failed sends them again"
    ),
    JobState.LEFT: "use the version of storyboard that has gone on with them",
    JobState.BLOCKED: "they are sent once what they build on has a result",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A take that is wanted of a job, and what the journal says of its last attempt."""

    job: Job
    take: PlannedTake
    request: str | None
    since: datetime | None


@click.command("status")
@asking
@backend_option()
@form_option()
def command(asked: Asked, choice: BackendChoice, form: str) -> int:
    """Show which jobs of FILE are rendered, in flight, or of unknown outcome, and what is next.

    Then how many shots have a pick, and how many are approved, if anything was decided.

    Reads the project's own journal only: no network, no key.
    """
    result = compiled(ask_of(asked), choice)
    plan = good(result, form)
    lines = _lines(plan, result.project / choice.folder)
    counts = _decided(result, plan, choice)
    if form == "json":
        jobs = [_json(line) for line in lines]
        decided = counts.to_json() if counts else None
        made = {"version": 1, "backend": choice.backend.value, "jobs": jobs, "decided": decided}
        write_json(made)
    else:
        for text in _text(plan, lines, choice):
            say(text)
        if counts and counts.words:
            say(counts.words)
    return Exit.OK


def _decided(result: Compiled, plan: Plan, choice: BackendChoice) -> DecidedCounts | None:
    """Count what was decided for the shots of the films; None if nothing was."""
    if all(one.is_undecided for one in result.lock.shots):
        return None
    return decided_counts(shot_standings(choice, result, plan))


def _lines(plan: Plan, store: Path) -> list[Line]:
    layout = Layout(store)
    if not layout.journal.exists():
        return [Line(one.job, take, None, None) for one in plan.jobs for take in one.takes]
    from storyboard.store import known_keys, reading  # noqa: PLC0415 -- the reason is above

    with reading(layout) as journal:
        attempts = journal.attempts() if journal else {}
    known = {one.job.digest: known_keys(one.job, attempts) for one in plan.jobs}
    return [
        _line(one.job, take, known[one.job.digest].get(take.number))
        for one in plan.jobs
        for take in one.takes
    ]


def _line(job: Job, take: PlannedTake, known: "tuple[TakeKey, Life] | None") -> Line:
    from storyboard.store.life import request_of, start_of  # noqa: PLC0415 -- the same

    if known is None:
        return Line(job, take, None, None)
    _, life = known
    return Line(job, take, request_of(life), start_of(life).at)


def _text(plan: Plan, lines: list[Line], choice: BackendChoice) -> Iterator[str]:
    title = plan.films[0].storyboard.title
    if not lines:
        picked = any(film.picks.current for film in plan.films)
        what = "what was picked, stills" if picked else "stills"
        yield f"{title}: nothing to render, only {what} and footage"
        return
    done = sum(line.take.state is JobState.RENDERED for line in lines)
    what = "job" if len(lines) == len(plan.jobs) else "take"
    yield f"{title}: {done} of {show.plural(len(lines), what)} rendered{unpaid(choice)}"
    table = [("job", "state", "USD", "sent", "request", "why")]
    prices = figures(line.job.cost for line in lines)
    table += [
        (
            take_name(line.job.id, line.take.number),
            line.take.state.value.replace("-", " "),
            price,
            f"{line.since:%Y-%m-%d %H:%M}" if line.since else "",
            line.request or "",
            line.take.reason,
        )
        for line, price in zip(lines, prices, strict=True)
    ]
    yield from show.table(show.without_empty(table), right=("USD",), below=("why",))
    for state, advice in _NEXT.items():
        held = [line.job.cost for line in lines if line.take.state is state]
        if held:
            name = state.value.replace("-", " ")
            following = advice.format(backend=flag(choice))
            yield f"{len(held)} {name}, {dollars(total(held))}: {following}"


def _json(line: Line) -> dict[str, object]:
    return {
        "id": line.job.id,
        "digest": line.job.digest,
        "take": line.take.number,
        "state": line.take.state.value,
        "reason": line.take.reason,
        "cost": {"usd": exact(line.job.cost)},
        "request_id": line.request,
        "sent": line.since.isoformat() if line.since else None,
    }
