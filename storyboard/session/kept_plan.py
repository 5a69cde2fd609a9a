"""Read and write a file that keeps a plan for `render`, and what the plan was made from."""

import json
import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from storyboard.jobs import Json
from storyboard.model import Reach
from storyboard.pipeline import Ask
from storyboard.plan import NotKept, Plan, SavedPlan, load, save
from storyboard.session.errors import AskError, SetupError
from storyboard.template import Choice

_WHY = {
    NotKept.EARLIER: "was kept by an earlier storyboard, which did not hold every word of it",
    NotKept.LATER: "was kept by a newer storyboard",
    NotKept.EDITED: "was edited after it was kept: what is read in it is not what would be agreed",
}
_OF_PLANS = frozenset({"fingerprint", "to_pay"})


def keep(path: Path, plan: Plan, ask: Ask) -> None:
    """Write a plan that `render` takes in place of a storyboard.

    Raises:
        AskError: if `path` is the storyboard itself.
        SetupError: if the file cannot be written.
    """
    made_from: dict[str, Json] = {
        "storyboard": os.path.relpath(ask.storyboard.resolve(), path.resolve().parent),
        "variables": dict(ask.variables),
        "reach": ask.reach.value,
        "values": {name: [*texts] for name, texts in ask.choice.values},
        "rows": [[first, last] for first, last in ask.choice.rows],
    }
    text = json.dumps(save(plan, made_from), ensure_ascii=False, indent=1)
    try:
        if path.exists() and path.samefile(ask.storyboard):
            raise AskError(f"{path} is the storyboard", "keep the plan elsewhere")
        # A name on the disk need not be UTF-8.
        path.write_text(text, "utf-8", errors="surrogateescape")
    except OSError as error:
        raise SetupError(f"cannot write {path}: {error.strerror}") from error


def kept_in(file: Path) -> SavedPlan | None:
    """Read a kept plan; None if the file is a storyboard, or is not there.

    Raises:
        AskError: if it was meant as a plan and cannot be read as one.
    """
    value = _json_in(file)
    kept = load(value)
    if isinstance(kept, SavedPlan):
        return kept
    if _claims_to_be(file, value):
        raise _refused(file, value, kept)
    return None


def ask_again(file: Path, kept: SavedPlan) -> Ask:
    """Return what makes a kept plan again; its storyboard is named from the plan's own folder.

    Raises:
        AskError: if the storyboard is not there, or the plan was edited.
    """
    made_from = kept.made_from
    storyboard = _storyboard_of(file, kept)
    if not storyboard.is_file():
        raise AskError(
            f"{file} was made from {storyboard}, which is not there",
            "put the plan back where it was kept, or keep it again: "
            "storyboard plan FILE --save PLAN",
        )
    variables: Any = made_from.get("variables") or {}
    values: Any = made_from.get("values") or {}
    rows: Any = made_from.get("rows") or []
    try:
        choice = Choice(
            tuple((str(name), tuple(texts)) for name, texts in values.items()),
            tuple((first, last) for first, last in rows),
        )
        reach = Reach(str(made_from.get("reach", Reach.PROJECT)))
        return Ask(storyboard, {str(k): str(v) for k, v in variables.items()}, reach, choice)
    except (AttributeError, TypeError, ValueError) as error:  # somebody wrote in it
        raise _no_kept_plan(file) from error


def no_plan(file: Path) -> None:
    """Make sure that a file is not a plan, where a storyboard is wanted.

    Raises:
        AskError: if it is one.
    """
    value = _json_in(file)
    if not isinstance(value, dict) or "storyboard" in value or not _OF_PLANS & value.keys():
        return
    kept = load(value)
    if not isinstance(kept, SavedPlan):
        raise AskError(
            f"{file} is a plan that was printed, or cannot be rendered as it is, and no storyboard",
            "name the storyboard that it was made from",
        )
    raise AskError(
        f"{file} is a kept plan, and no storyboard",
        f"storyboard render {shlex.quote(str(file))} renders it; it was made from "
        f"{_storyboard_of(file, kept)}",
    )


def _json_in(file: Path) -> Json:
    """Read a file that begins as a kept plan does; None where it is anything else, or not there."""
    try:
        if not file.is_file():  # a pipe may never end
            return None
        # A name on the disk need not be UTF-8.
        with file.open(encoding="utf-8", errors="surrogateescape") as opened:
            text = opened.read(1)
            value: Json = _loaded(text + opened.read()) if text == "{" else None
    except (OSError, ValueError, RecursionError):
        return None
    return value


def _loaded(text: str) -> Json:
    value: Json = json.loads(text, object_pairs_hook=_once)
    return value


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """Refuse a key that is there twice: people would read the first one, and programs the last."""
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a key is there twice")
    return value


def _storyboard_of(file: Path, kept: SavedPlan) -> Path:
    """Return what a plan was made from; it is named from the plan's own folder."""
    return _made_from(file, kept.made_from)


def _made_from(file: Path, made_from: Mapping[str, Json]) -> Path:
    return Path(os.path.relpath(file.parent / str(made_from.get("storyboard"))))


def _refused(file: Path, value: Json, why: NotKept) -> AskError:
    """Say why a plan is not rendered, and how to keep it again."""
    told = _WHY.get(why)
    if told is None or not isinstance(value, dict):
        return _no_kept_plan(file)
    made_from = value["made_from"]
    storyboard = "FILE"
    if isinstance(made_from, dict) and isinstance(made_from.get("storyboard"), str):
        storyboard = shlex.quote(str(_made_from(file, made_from)))
    again = f"storyboard plan {storyboard} --save {shlex.quote(str(file))}"
    return AskError(f"{file} {told}", f"look at it again, and keep it again: {again}")


def _no_kept_plan(file: Path) -> AskError:
    return AskError(
        f"{file} is no plan kept by `storyboard plan --save`",
        "keep one: storyboard plan FILE --save PLAN",
    )


def _claims_to_be(file: Path, value: Json) -> bool:
    """Tell whether a file that is no kept plan was meant as one: JSON, and no storyboard."""
    if isinstance(value, dict):
        return "fingerprint" in value or "storyboard" not in value
    return file.suffix == ".json"
