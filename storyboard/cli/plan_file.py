"""A file on the command line to the plan that it holds, where it holds one and no storyboard."""

import json
import os
import shlex
from pathlib import Path

from storyboard.cli.exits import Exit, Stop
from storyboard.jobs.wire import Json
from storyboard.plan import SavedPlan, load

_OF_PLANS = frozenset({"fingerprint", "to_pay"})


def json_in(file: Path) -> Json:
    """Read a file that begins as a kept plan does; None where it is anything else, or not there."""
    try:
        if not file.is_file():  # a pipe may never end
            return None
        # A name on the disk need not be UTF-8.
        with file.open(encoding="utf-8", errors="surrogateescape") as opened:
            text = opened.read(1)
            value: Json = json.loads(text + opened.read()) if text == "{" else None
    except (OSError, ValueError, RecursionError):
        return None
    return value


def storyboard_of(file: Path, kept: SavedPlan) -> Path:
    """Return what a plan was made from; it is named from the plan's own folder."""
    return Path(os.path.relpath(file.parent / str(kept.made_from.get("storyboard"))))


def no_plan(file: Path) -> None:
    """Make sure that a file is not a plan, where a storyboard is wanted.

    Raises:
        Stop: where it is one.
    """
    value = json_in(file)
    if not isinstance(value, dict) or "storyboard" in value or not _OF_PLANS & value.keys():
        return
    kept = load(value)
    if kept is None:
        raise Stop(
            Exit.USAGE,
            f"{file} is a plan that was printed, or kept by another version, and no storyboard",
            "name the storyboard that it was made from",
        )
    raise Stop(
        Exit.USAGE,
        f"{file} is a kept plan, and no storyboard",
        f"storyboard render {shlex.quote(str(file))} renders it; it was made from "
        f"{storyboard_of(file, kept)}",
    )
