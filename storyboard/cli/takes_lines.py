"""Write the takes of each shot for people, and for programs."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from storyboard.cli import show
from storyboard.model import clock, exact, figures
from storyboard.session import ExportedTake, ShotTake, TakesOfShot
from storyboard.store import Layout

_HEAD = ("take", "clip", "part", "USD", "day", "request", "words", "")
_CLIP = 8
_MOST_NAMES = 10
_WORDS = {True: "today's", False: "older", None: "unknown"}


def takes_lines(shots: Sequence[TakesOfShot]) -> Iterator[str]:
    """Write a table of the takes of each shot, and name the shots without one."""
    with_takes = [one for one in shots if one.takes]
    takes = [(one, take) for one in with_takes for take in one.takes]
    prices = figures(take.price for _, take in takes)
    rows = [_HEAD, *(_row(one, take, usd) for (one, take), usd in zip(takes, prices, strict=True))]
    head, *lines = show.table_by_row(rows, right=("take", "USD"), indent=2)
    if with_takes:
        yield from head
    laid = iter(lines)
    for one in with_takes:
        yield _title(one)
        for _ in one.takes:
            yield from next(laid)
    names = list(dict.fromkeys(one.title for one in shots if not one.takes))
    if names:
        more = f", and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        yield f"no take yet: {', '.join(names[:_MOST_NAMES])}{more}"
    if not shots:
        yield "no shots of a model: only stills and footage"


def _title(shot: TakesOfShot) -> str:
    films = _named(shot.films)
    if not films:
        return shot.title
    more = show.plural(len(films) - 1, "other film")
    # Of several shots of one name, the first film tells which this is.
    named = films[0] if len(films) == 1 else f"{films[0]} and {more}"
    return f"{shot.title}  ({_films(films) if shot.alone else named})"


def _films(films: Sequence[str | None]) -> str:
    named = _named(films)
    return named[0] if len(named) == 1 else show.plural(len(named), "film")


def _row(shot: TakesOfShot, take: ShotTake, price: str) -> tuple[str, ...]:
    return (
        str(take.number),
        take.clip[:_CLIP],
        "" if take.at is None else f"{clock(take.at)}-{clock(take.at + take.used)}",
        price,
        take.day.isoformat() if take.day else "",
        _together(take),
        _WORDS[take.is_current],
        ", ".join(_states(shot, take)),
    )


def _together(take: ShotTake) -> str:
    """Say what else a request rendered: `pour..smile`, by the shots' names in their scene."""
    if len(take.together) < 2:  # noqa: PLR2004 -- with no other
        return "alone" if take.together else ""
    first, *_, last = (one.rpartition("/")[2] for one in take.together)
    return f"{first}..{last}"


def _states(shot: TakesOfShot, take: ShotTake) -> Iterator[str]:
    """Say what is done with a take, in all films of its shot or in some, and what is wrong."""
    use = take.use
    if use.picked_in:
        yield f"picked{_some(use.picked_in, shot)}"
    if use.stale_in:
        yield f"stale pick{_some(use.stale_in, shot)}"
    if shown := [one for one in use.shown_in if one not in use.picked_in]:
        yield f"shown{_some(shown, shot)}"
    if not take.is_there:
        yield "file gone" if take.is_known else "not in this store"


def _some(films: Sequence[str | None], shot: TakesOfShot) -> str:
    return "" if len(films) == len(shot.films) else f" in {_films(films)}"


def takes_json(
    shots: Sequence[TakesOfShot], store: Path, exported: Sequence[ExportedTake] = ()
) -> dict[str, object]:
    """Write them for programs, version 1; `exported` are files that were asked for."""
    layout, paths = Layout(store), {id(one.take): one.path for one in exported}
    return {
        "version": 1,
        "shots": [
            {
                "shot": one.name,
                "ratio": str(one.ratio) if one.ratio else None,
                "films": [film for film in one.films if film is not None],
                "asks": one.asks,
                "takes": [
                    {
                        **_take_json(take, layout),
                        **({"exported": str(paths[id(take)])} if id(take) in paths else {}),
                    }
                    for take in one.takes
                ],
            }
            for one in shots
        ],
    }


def _take_json(take: ShotTake, store: Layout) -> dict[str, object]:
    return {
        "take": take.number,
        "clip": take.clip,
        "path": str(store.clip(take.clip, take.suffix)) if take.is_there else None,
        "at": None if take.at is None else str(take.at),
        "used": str(take.used),
        "length": str(take.length),
        "bytes": take.size,
        "job": take.name or None,
        "digest": take.job,
        "rendering": take.rendering,
        "shots": list(take.together),
        "endpoint": take.endpoint,
        "request_id": take.request,
        "cost": {"usd": exact(take.price)},
        "day": take.day.isoformat() if take.day else None,
        "words": {True: "today", False: "older", None: None}[take.is_current],
        "asks": take.asks,
        "picked": bool(take.use.picked_in),
        "stale_pick": bool(take.use.stale_in),
        "shown": bool(take.use.shown_in),
        "picked_in": _named(take.use.picked_in),
        "shown_in": _named(take.use.shown_in),
        "in_store": take.is_there,
    }


def _named(films: Sequence[str | None]) -> list[str]:
    return [one for one in films if one is not None]
