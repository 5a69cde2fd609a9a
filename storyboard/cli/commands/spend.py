"""`storyboard spend`: the journal to what was spent, on what, and what the provider billed."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from storyboard.cli import show
from storyboard.cli.backend_option import backend_option, unpaid
from storyboard.cli.exits import Exit
from storyboard.cli.form_option import form_option
from storyboard.cli.project import project_argument, project_at
from storyboard.cli.terminal import say, write_json
from storyboard.model import Usd, dollars, exact, figures, rounded, total
from storyboard.session import BackendChoice
from storyboard.store import Layout, Spent, Sum, reading, spent, summed, whole

_CENTS, _MICRO = 2, 6
"""Places after the point: for people, if all that was spent has no more, and for programs."""


@click.command("spend")
@project_argument
@backend_option()
@form_option()
def command(where: Path, choice: BackendChoice, form: str) -> int:
    """Show what was spent: in all, by day, by scene and by film.

    A result that several films share is shared out equally among them. Needs no key and no
    network, and writes nothing.
    """
    layout = Layout(project_at(where) / choice.folder)
    with reading(layout) as journal:
        rows = spent(journal.attempts()) if journal else ()
    if form == "json":
        write_json(_json(rows, choice))
    else:
        for line in _lines(rows, choice):
            say(line)
    return Exit.OK


def _groups(rows: tuple[Spent, ...]) -> Mapping[str, Mapping[str, Sum]]:
    return {
        "day": summed(rows, lambda row: (row.day.isoformat(),)),
        "scene": summed(rows, lambda row: (row.scene,)),
        "film": summed(rows, lambda row: row.films),
    }


def _lines(rows: tuple[Spent, ...], choice: BackendChoice) -> Iterator[str]:
    if not rows:
        yield "nothing was spent"
        return
    for name, sums in _groups(rows).items():
        table: list[tuple[str, ...]] = [(name, "USD", "possibly")]
        paid, possible = _rounded(sums, whole(rows), _CENTS)
        table += zip(
            (key or "(none)" for key in sums), figures(paid), figures(possible), strict=True
        )
        if not any(one.possible for one in sums.values()):
            table = [row[:2] for row in table]
        yield from show.table(table, right=("USD", "possibly"))
        yield ""
    yield from _total(rows, choice)


def _total(rows: tuple[Spent, ...], choice: BackendChoice) -> Iterator[str]:
    everything = whole(rows)
    open_ = [row for row in rows if row.open]
    in_flight = f", {show.plural(len(open_), 'request')} of it in flight" if open_ else ""
    yield f"{dollars(everything.paid)} in all{in_flight}{unpaid(choice)}"
    if everything.possible:
        yield f"{dollars(everything.possible)} more may have been charged: answers that were lost"
    known = [(row, billed) for row in rows if (billed := row.billed) is not None]
    if known:
        estimate = total(row.estimate for row, _ in known)
        billed = total(one for _, one in known)
        yield (
            f"of {show.plural(len(known), 'clip')} the provider told the billed units: "
            f"{dollars(Usd(round(billed, _MICRO)))}, estimated {dollars(estimate)}"
        )


def _json(rows: tuple[Spent, ...], choice: BackendChoice) -> dict[str, object]:
    everything = whole(rows)
    return {
        "version": 1,
        "backend": choice.backend.value,
        "spent": {"usd": exact(everything.paid)},
        "possible": {"usd": exact(everything.possible)},
        **{f"by_{name}": _sums(sums, everything) for name, sums in _groups(rows).items()},
        "attempts": [_row(row) for row in rows],
    }


def _sums(sums: Mapping[str, Sum], everything: Sum) -> list[dict[str, object]]:
    paid, possible = _rounded(sums, everything, _MICRO)
    return [
        {"name": name, "usd": exact(one), "possible_usd": exact(other)}
        for name, one, other in zip(sums, paid, possible, strict=True)
    ]


def _rounded(
    sums: Mapping[str, Sum], everything: Sum, places: int
) -> tuple[tuple[Usd, ...], tuple[Usd, ...]]:
    """Round amounts that may be thirds, so that they add up to everything."""
    return (
        rounded((one.paid for one in sums.values()), everything.paid, places),
        rounded((one.possible for one in sums.values()), everything.possible, places),
    )


def _row(row: Spent) -> dict[str, object]:
    return {
        "job": row.job,
        "take": row.take,
        "day": row.day.isoformat(),
        "scene": row.scene,
        "films": list(row.films),
        "charge": row.charge.value,
        "estimate": {"usd": exact(row.estimate)},
        "seconds": row.seconds,
        "billed_units": str(row.units) if row.units is not None else None,
        "request_id": row.request,
        "in_flight": row.open,
    }
