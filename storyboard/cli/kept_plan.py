"""Read a plan that was kept and approved, named on a command line in place of a storyboard."""

from storyboard.cli.compiling import Asked
from storyboard.cli.exits import Exit, Stop
from storyboard.plan import SavedPlan
from storyboard.session import kept_in


def kept_plan(asked: Asked) -> SavedPlan | None:
    """Read a kept plan; None where the file is a storyboard, or is not there.

    Raises:
        AskError: where it is a plan that cannot be read.
        Stop: where words beside it ask for another one.
    """
    kept = kept_in(asked.file)
    if kept is not None and (typed := _typed(asked)):
        raise Stop(
            Exit.USAGE,
            f"{asked.file} is rendered as it was approved; {typed} cannot change it",
            f"make a plan with it: storyboard plan FILE {typed} … --save PLAN",
        )
    return kept


def _typed(asked: Asked) -> str:
    """Name the first option that would choose or change what is rendered."""
    options = {
        "--var": asked.variables,
        "--only": asked.only,
        "--rows": asked.rows is not None,
        "--allow-outside": asked.allow_outside,
    }
    return next((name for name, value in options.items() if value), "")
