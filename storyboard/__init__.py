"""Compiles a YAML storyboard kept in git into a finished film.

    from pathlib import Path
    from storyboard import Ask, compile_storyboard

    result = compile_storyboard(Ask(Path("storyboard.yaml")))
    for one in result.diagnostics:
        print(one.code, one.message, one.span)
    if result.plan is not None:
        print(result.plan.to_pay)

What stands in `__all__` is the public interface, the one that the command line itself uses;
everything else may change. Names are imported when they are first asked for.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.delivery import Delivered, Order, Room, Undelivered, deliver, orders
    from storyboard.diagnostics import Diagnostic, Severity, Span
    from storyboard.from_disk import compile_storyboard
    from storyboard.pipeline import Ask, Compiled
    from storyboard.plan import JobState, Plan, to_json
    from storyboard.render.engine import render as render_plan
    from storyboard.store import Store

__all__ = [
    "Ask",
    "Compiled",
    "Delivered",
    "Diagnostic",
    "JobState",
    "Order",
    "Plan",
    "Room",
    "Severity",
    "Span",
    "Store",
    "Undelivered",
    "compile_storyboard",
    "deliver",
    "orders",
    "render_plan",
    "to_json",
]

_ROOMS = {
    "storyboard.delivery": ("Delivered", "Order", "Room", "Undelivered", "deliver", "orders"),
    "storyboard.diagnostics": ("Diagnostic", "Severity", "Span"),
    "storyboard.pipeline": ("Ask", "Compiled"),
    "storyboard.from_disk": ("compile_storyboard",),
    "storyboard.plan": ("JobState", "Plan", "to_json"),
    "storyboard.render.engine": ("render_plan",),
    "storyboard.store": ("Store",),
}
# The room `storyboard.render` has the plain name already.
_OWN_NAMES = {"render_plan": "render"}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that `storyboard --help` waits for none."""
    if name not in _HOMES:
        message = f"module 'storyboard' has no attribute '{name}'"
        raise AttributeError(message)
    return getattr(importlib.import_module(_HOMES[name]), _OWN_NAMES.get(name, name))


def __dir__() -> list[str]:
    return __all__
