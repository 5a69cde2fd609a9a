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
    from storyboard.cut.options import CutOptions
    from storyboard.delivery import Delivered, Order, Room, Undelivered, deliver, orders
    from storyboard.diagnostics import Diagnostic, Severity, Span
    from storyboard.model.money import Usd
    from storyboard.pipeline import Ask, Compiled
    from storyboard.plan import JobState, Plan, SavedPlan, to_json
    from storyboard.render.engine import render as render_plan
    from storyboard.render.next_step import FailedJobs
    from storyboard.report.rendering import Rendering
    from storyboard.session.backend_choice import Backend
    from storyboard.session.errors import (
        AgreementError,
        AskError,
        MistakesError,
        OverLimitError,
        PlanChangedError,
        SessionError,
        SetupError,
    )
    from storyboard.session.kept_plan import ask_again, kept_in
    from storyboard.session.listener import SessionEvent
    from storyboard.session.quote import Quote, plan_storyboard
    from storyboard.session.render_storyboard import (
        RenderOptions,
        cut_storyboard,
        render_storyboard,
    )
    from storyboard.session.stop_handle import StopHandle
    from storyboard.session.timelines import LaidOut, kept_timelines
    from storyboard.store import Store

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
    "storyboard.cut.options": ("CutOptions",),
    "storyboard.delivery": ("Delivered", "Order", "Room", "Undelivered", "deliver", "orders"),
    "storyboard.diagnostics": ("Diagnostic", "Severity", "Span"),
    "storyboard.compile": ("compile_storyboard",),
    "storyboard.model.money": ("Usd",),
    "storyboard.pipeline": ("Ask", "Compiled"),
    "storyboard.plan": ("JobState", "Plan", "SavedPlan", "to_json"),
    "storyboard.render.engine": ("render_plan",),
    "storyboard.render.next_step": ("FailedJobs",),
    "storyboard.report.rendering": ("Rendering",),
    "storyboard.session.backend_choice": ("Backend",),
    "storyboard.session.errors": (
        "AgreementError",
        "AskError",
        "MistakesError",
        "OverLimitError",
        "PlanChangedError",
        "SessionError",
        "SetupError",
    ),
    "storyboard.session.kept_plan": ("ask_again", "kept_in"),
    "storyboard.session.listener": ("SessionEvent",),
    "storyboard.session.quote": ("Quote", "plan_storyboard"),
    "storyboard.session.render_storyboard": (
        "RenderOptions",
        "cut_storyboard",
        "render_storyboard",
    ),
    "storyboard.session.stop_handle": ("StopHandle",),
    "storyboard.session.timelines": ("LaidOut", "kept_timelines"),
    "storyboard.store": ("Store",),
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
