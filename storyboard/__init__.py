"""Compile a YAML storyboard kept in git into a finished film.

    from pathlib import Path
    from storyboard import Ask, plan_storyboard, render_storyboard

    ask = Ask(Path("storyboard.yaml"))
    quote = plan_storyboard(ask)
    print(quote.cost, quote.fingerprint)
    render_storyboard(ask, agreed=quote.fingerprint, max_cost=quote.cost)

`compile_storyboard` returns every mistake as a diagnostic instead; `cut_storyboard` pays for
nothing. What stands in `__all__` is the public interface, the one that the command line itself
uses; everything else may change. Names are imported when they are first asked for.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storyboard.compile import compile_storyboard
    from storyboard.cut import CutOptions
    from storyboard.delivery import Delivered, Order, Room, Undelivered, deliver, orders
    from storyboard.diagnostics import Diagnostic, Severity, Span
    from storyboard.model import Usd
    from storyboard.pipeline import Ask, Compiled
    from storyboard.plan import JobState, Plan, SavedPlan, to_json
    from storyboard.render import render as render_plan
    from storyboard.report import Rendering
    from storyboard.session import (
        Backend,
        LaidOut,
        Quote,
        RenderOptions,
        SessionEvent,
        StopHandle,
        ask_again,
        cut_storyboard,
        kept_in,
        kept_timelines,
        plan_storyboard,
        render_storyboard,
    )
    from storyboard.session.errors import (
        AgreementError,
        AskError,
        MistakesError,
        NotApprovedError,
        NotAsLockedError,
        OverLimitError,
        PlanChangedError,
        SessionError,
        SetupError,
    )
    from storyboard.store import FailedJobs, Store

__all__ = [
    "AgreementError",
    "Ask",
    "AskError",
    "Backend",
    "Compiled",
    "CutOptions",
    "Delivered",
    "Diagnostic",
    "FailedJobs",
    "JobState",
    "LaidOut",
    "MistakesError",
    "NotApprovedError",
    "NotAsLockedError",
    "Order",
    "OverLimitError",
    "Plan",
    "PlanChangedError",
    "Quote",
    "RenderOptions",
    "Rendering",
    "Room",
    "SavedPlan",
    "SessionError",
    "SessionEvent",
    "SetupError",
    "Severity",
    "Span",
    "StopHandle",
    "Store",
    "Undelivered",
    "Usd",
    "ask_again",
    "compile_storyboard",
    "cut_storyboard",
    "deliver",
    "kept_in",
    "kept_timelines",
    "orders",
    "plan_storyboard",
    "render_plan",
    "render_storyboard",
    "to_json",
]

_ROOMS = {
    "storyboard.compile": ("compile_storyboard",),
    "storyboard.cut": ("CutOptions",),
    "storyboard.delivery": ("Delivered", "Order", "Room", "Undelivered", "deliver", "orders"),
    "storyboard.diagnostics": ("Diagnostic", "Severity", "Span"),
    "storyboard.model": ("Usd",),
    "storyboard.pipeline": ("Ask", "Compiled"),
    "storyboard.plan": ("JobState", "Plan", "SavedPlan", "to_json"),
    "storyboard.render": ("render_plan",),
    "storyboard.report": ("Rendering",),
    "storyboard.session": (
        "Backend",
        "LaidOut",
        "Quote",
        "RenderOptions",
        "SessionEvent",
        "StopHandle",
        "ask_again",
        "cut_storyboard",
        "kept_in",
        "kept_timelines",
        "plan_storyboard",
        "render_storyboard",
    ),
    "storyboard.session.errors": (
        "AgreementError",
        "AskError",
        "MistakesError",
        "NotApprovedError",
        "NotAsLockedError",
        "OverLimitError",
        "PlanChangedError",
        "SessionError",
        "SetupError",
    ),
    "storyboard.store": ("FailedJobs", "Store"),
}
# The rooms `storyboard.render`, `plan` and `cut` have the plain names already.
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
