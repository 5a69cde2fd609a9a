"""A plan to a value that a file keeps, so that what was approved is what is rendered."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from storyboard.jobs import JobId, Json, take_name
from storyboard.model import LocalFile
from storyboard.plan.as_json import to_json
from storyboard.plan.planned import Plan

_VERSION = 3
"""Version 1 made its fingerprint of the plan, and not of what is read in the file; version 2 had
each take as a job of its own."""

_COMPARED = {"id", "digest", "cost", "takes"}


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan as it was approved. `made_from` is what the shell needs to make it again."""

    fingerprint: str
    made_from: Mapping[str, Json]
    plan: Mapping[str, Json]


class NotKept(Enum):
    """Why a value is not a plan as it was kept."""

    NO_PLAN = "no plan"
    EARLIER = "kept by an earlier version"
    LATER = "kept by a later version"
    EDITED = "edited after it was kept"


def fingerprint(plan: Plan) -> str:
    """Return what differs as soon as anything that matters does.

    In it: every job with its body, price and state, as they are read in a kept plan, and all that
    the storyboards say of the cut; not in it: where things stand in their files, and comments.
    """
    return _digest([to_json(plan), _cut(plan)])


def _cut(plan: Plan) -> str:
    """Return a digest of all that the storyboards say of the cut."""
    films = [
        {
            "variation": film.variation,
            "outputs": film.outputs,
            "storyboard": _plain(film.storyboard),
        }
        for film in plan.films
    ]
    return _digest(films)


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    # The name of a file need not be UTF-8.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def save(plan: Plan, made_from: Mapping[str, Json]) -> dict[str, Json]:
    """Write a plan to be kept; it contains the plan's own JSON for people and programs."""
    return {
        "version": _VERSION,
        "fingerprint": fingerprint(plan),
        "cut": _cut(plan),
        "made_from": dict(made_from),
        "plan": to_json(plan),
    }


def load(value: Json) -> SavedPlan | NotKept:
    """Read a kept plan, if what is read in it is what its fingerprint was made from.

    A key that is not known is refused as well: it would be read by people, and covered by nothing.
    """
    match value:
        case {
            "version": 3,
            "fingerprint": str() as print_,
            "cut": str() as cut,
            "made_from": dict() as made_from,
            "plan": dict() as plan,
            **more,
        } if not more and print_ == _digest([plan, cut]):
            return SavedPlan(print_, made_from, plan)
        case {"version": int() as version, "fingerprint": str(), "made_from": {}, "plan": {}}:
            if version == _VERSION:
                return NotKept.EDITED
            return NotKept.EARLIER if version < _VERSION else NotKept.LATER
        case _:
            return NotKept.NO_PLAN


def changes(saved: SavedPlan, now: Plan) -> tuple[str, ...]:
    """Tell what is different now; nothing where the plan still holds."""
    if saved.fingerprint == fingerprint(now):
        return ()
    found = tuple(_changes(_jobs(saved.plan), _jobs(to_json(now))))
    return found or ("the cut has changed: titles, transitions, music or outputs",)


def _changes(
    before: Mapping[str, Mapping[str, Json]], now: Mapping[str, Mapping[str, Json]]
) -> Iterator[str]:
    for name, job in now.items():
        was = before.get(name)
        if was is None:
            yield f"{name} is new"
        elif was["digest"] != job["digest"]:
            yield f"{name} asks for something else"
        elif was["cost"] != job["cost"]:
            yield f"{name} has another price"
        elif was["takes"] != job["takes"]:
            yield from _of_takes(name, _takes(was), _takes(job))
    yield from (f"{name} is gone" for name in before if name not in now)


def _of_takes(name: str, before: Mapping[int, Json], now: Mapping[int, Json]) -> Iterator[str]:
    """Tell which takes are in another state, and which are wanted that were not, or no longer."""
    for number, state in now.items():
        take = take_name(JobId(name), number)
        if number not in before:
            yield f"{take} is new"
        elif before[number] != state:
            yield f"{take} was {before[number]}, and is {state}"
    gone = (number for number in before if number not in now)
    yield from (f"{take_name(JobId(name), number)} is gone" for number in gone)


def _takes(job: Mapping[str, Json]) -> dict[int, Json]:
    """Return the state of each take of a job, by its number."""
    takes = job["takes"]
    every = takes if isinstance(takes, list) else []
    return {
        number: one.get("state")
        for one in every
        if isinstance(one, dict) and isinstance(number := one.get("number"), int)
    }


def _jobs(plan: Mapping[str, Json]) -> dict[str, Mapping[str, Json]]:
    jobs = plan.get("jobs")
    every = jobs if isinstance(jobs, list) else []
    return {
        str(job["id"]): job for job in every if isinstance(job, dict) and job.keys() >= _COMPARED
    }


def _plain(value: object) -> object:
    """Write a value of the model as JSON: spans left out, files as their path and content."""
    if isinstance(value, LocalFile):
        return [value.path, value.digest]
    if is_dataclass(value):
        named = ((one.name, getattr(value, one.name)) for one in fields(value))
        return {name: _plain(one) for name, one in named if name not in _NO_MEANING}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | None) else str(value)


_NO_MEANING = frozenset({"span", "file"})
