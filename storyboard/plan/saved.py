"""A plan to a value that a file keeps, so that what was approved is what is rendered."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass

from storyboard.jobs import Json
from storyboard.model import LocalFile
from storyboard.plan.as_json import to_json
from storyboard.plan.planned import Plan

_VERSION = 1
_COMPARED = {"id", "digest", "cost", "state"}


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan as it was approved. `made_from` is what the shell needs to make it again."""

    fingerprint: str
    made_from: Mapping[str, Json]
    plan: Mapping[str, Json]


def fingerprint(plan: Plan) -> str:
    """Return what differs as soon as anything that matters does.

    In it: every job with its body, price and state, and all that the storyboards say of the cut;
    not in it: where things stand in their files, and comments.
    """
    films = [
        {
            "variation": film.variation,
            "outputs": film.outputs,
            "storyboard": _plain(film.storyboard),
        }
        for film in plan.films
    ]
    text = json.dumps([to_json(plan), films], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def save(plan: Plan, made_from: Mapping[str, Json]) -> dict[str, Json]:
    """Write a plan to be kept; it contains the plan's own JSON for people and programs."""
    return {
        "version": _VERSION,
        "fingerprint": fingerprint(plan),
        "made_from": dict(made_from),
        "plan": to_json(plan),
    }


def load(value: Json) -> SavedPlan | None:
    """Read a kept plan; None where the value is none of this version."""
    match value:
        case {
            "version": 1,
            "fingerprint": str() as print_,
            "made_from": dict() as made_from,
            "plan": dict() as plan,
        }:
            return SavedPlan(print_, made_from, plan)
        case _:
            return None


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
        elif was["state"] != job["state"]:
            yield f"{name} was {was['state']}, and is {job['state']}"
    yield from (f"{name} is gone" for name in before if name not in now)


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
