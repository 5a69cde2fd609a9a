"""A file on the command line to a plan that was kept and approved, and what it was made from."""

from pathlib import Path
from typing import Any

from storyboard.cli.compiling import Asked
from storyboard.cli.exits import Exit, Stop
from storyboard.cli.plan_file import json_in, storyboard_of
from storyboard.jobs.wire import Json
from storyboard.model.asset import Reach
from storyboard.pipeline import Ask
from storyboard.plan import Plan, SavedPlan, changes, load
from storyboard.template.campaign.choose import Choice


def kept_plan(asked: Asked) -> SavedPlan | None:
    """Read a kept plan; None where the file is a storyboard, or is not there.

    Raises:
        Stop: where it is a plan that cannot be read, or words beside it ask for another one.
    """
    value = json_in(asked.file)
    kept = load(value)
    if kept is None:
        if _claims_to_be(asked.file, value):
            raise _no_kept_plan(asked.file)
        return None
    if typed := _typed(asked):
        raise Stop(
            Exit.USAGE,
            f"{asked.file} is rendered as it was approved; {typed} cannot change it",
            f"make a plan with it: storyboard plan FILE {typed} … --save PLAN",
        )
    return kept


def ask_again(file: Path, kept: SavedPlan) -> Ask:
    """Return what makes a kept plan again; its storyboard is named from the plan's own folder.

    Raises:
        Stop: where the storyboard is not there, or the plan was written in.
    """
    made_from = kept.made_from
    storyboard = storyboard_of(file, kept)
    if not storyboard.is_file():
        raise Stop(
            Exit.USAGE,
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


def still_holds(approved: SavedPlan, plan: Plan) -> None:
    """Refuse a kept plan that is not what would be rendered now."""
    found = changes(approved, plan)
    if found:
        listed = "\n".join(f"  - {one}" for one in found)
        raise Stop(
            Exit.DECLINED,
            f"this plan no longer holds\n{listed}",
            "look at the new one, and keep it again: storyboard plan FILE --save PLAN",
        )


def _no_kept_plan(file: Path) -> Stop:
    return Stop(
        Exit.USAGE,
        f"{file} is no plan kept by `storyboard plan --save`",
        "keep one: storyboard plan FILE --save PLAN",
    )


def _claims_to_be(file: Path, value: Json) -> bool:
    """Tell whether a file that is no kept plan was meant as one: JSON, and no storyboard."""
    if isinstance(value, dict):
        return "fingerprint" in value or "storyboard" not in value
    return file.suffix == ".json"


def _typed(asked: Asked) -> str:
    """Name the first option that would choose or change what is rendered."""
    options = {
        "--var": asked.variables,
        "--only": asked.only,
        "--rows": asked.rows is not None,
        "--allow-outside": asked.allow_outside,
    }
    return next((name for name, value in options.items() if value), "")
